import { PIN_ATTEMPTS, PIN_LOCK_MS, PIN_PATTERN } from '@evertill/shared/protocol/pin'
import type { StaffRow } from '@evertill/shared/protocol/pull'
import { loadOnce } from './load-once.ts'
import { attemptsOf } from './pin-attempts.ts'
import { openPinThread, type PinThread, withFallback } from './pin-thread.ts'
import { readState, writeState } from './state.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export interface PinAttempts {
  readonly count: number
  /** When the last one was made, in milliseconds. */
  readonly at?: number
  /** Milliseconds; wrong PINs are not even tried before. */
  readonly lockedUntil?: number
}

export type PinOutcome =
  | { readonly code: 'ok'; readonly staff: StaffRow }
  | { readonly code: 'wrong'; readonly attemptsLeft: number }
  | { readonly code: 'locked'; readonly until: Date }

/**
 * Finds whose PIN was typed, without the network. The attempt is written down before the PIN is tried, so that
 * reloading the page between two guesses gains nothing.
 */
export async function checkPin(db: TillDatabase, pin: string, now: Date): Promise<PinOutcome> {
  const counter = attemptsOf(db)
  const reserved = await counter.transaction('rw', counter.state, async () => {
    const next = afterAttempt(await readState(counter, 'pinAttempts'), now.getTime())
    if (next.code === 'counted') await writeState(counter, 'pinAttempts', next.attempts)
    return next
  })
  if (reserved.code === 'locked') return { code: 'locked', until: new Date(reserved.until) }
  const staff = PIN_PATTERN.test(pin) ? await staffOf(db, pin) : undefined
  if (staff !== undefined) {
    await takeBack(counter, reserved.attempts)
    return { code: 'ok', staff }
  }
  const { count, lockedUntil } = reserved.attempts
  if (lockedUntil !== undefined) return { code: 'locked', until: new Date(lockedUntil) }
  return { code: 'wrong', attemptsLeft: PIN_ATTEMPTS - count }
}

type Reserved =
  | { readonly code: 'locked'; readonly until: number }
  | { readonly code: 'counted'; readonly attempts: PinAttempts }

/**
 * A right PIN was no attempt, and unlocks what it locked. Those before it count on: who guesses at a colleague's PIN has
 * one of their own.
 */
const takeBack = (db: TillDatabase, mine: PinAttempts): Promise<void> =>
  db.transaction('rw', db.state, async () => {
    const { lockedUntil, count = 0, ...rest } = (await readState(db, 'pinAttempts')) ?? {}
    const keepsLock = lockedUntil !== undefined && lockedUntil !== mine.lockedUntil
    await writeState(db, 'pinAttempts', {
      ...rest,
      count: Math.max(0, count - 1),
      ...(keepsLock && { lockedUntil }),
    })
  })

/** The counter after one more attempt. Pure; the fifth within a minute of the one before it locks at once. */
export function afterAttempt(attempts: PinAttempts | undefined, now: number): Reserved {
  const { count = 0, at = now, lockedUntil } = attempts ?? {}
  // A clock that was set back must not lock anybody out for longer than the lock lasts.
  if (lockedUntil !== undefined && now < lockedUntil && lockedUntil - now <= PIN_LOCK_MS)
    return { code: 'locked', until: lockedUntil }
  // What one waits for after five is enough to wait for after four.
  const isLongAgo = lockedUntil !== undefined || now - at >= PIN_LOCK_MS
  const next = (isLongAgo ? 0 : count) + 1
  return {
    code: 'counted',
    attempts: { count: next, at: now, ...(next >= PIN_ATTEMPTS && { lockedUntil: now + PIN_LOCK_MS }) },
  }
}

async function staffOf(db: TillDatabase, pin: string): Promise<StaffRow | undefined> {
  const till = await readTill(db)
  if (till === undefined) return undefined
  const { pinVerifier } = await loadPinVerifier()
  // A row that cannot be checked is nobody's: it must not keep the others out.
  const checkable = (await db.staff.toArray()).filter((row) => SALT.test(row.pinSalt))
  // Each try takes its time, so a big shop's cashiers must not wait for one another's.
  const lately = (await readState(db, 'signedInLately')) ?? []
  const placeOf = ({ staffId }: StaffRow) => {
    const place = lately.indexOf(staffId)
    return place < 0 ? lately.length : place
  }
  for (const row of checkable.toSorted((a, b) => placeOf(a) - placeOf(b)))
    if ((await pinVerifier(pin, row.pinSalt, till.tillId)) === row.pinVerifier) return row
  return undefined
}

/** At least the 8 bytes that argon2 asks for. */
const SALT = /^(?:[0-9a-f]{2}){8,}$/

/**
 * What makes verifiers, needed when somebody signs in: on a thread of its own, else a file for the page's. It may be
 * asked for before the first PIN is typed.
 */
export const loadPinVerifier = loadOnce(async (): Promise<PinThread> => {
  const onPage = () => import('./pin-verifier.ts')
  if (typeof Worker === 'undefined') return onPage()
  try {
    const worker = new Worker(new URL('./pin-worker.ts', import.meta.url), { type: 'module' })
    return withFallback(await openPinThread(worker), onPage)
  } catch {
    return onPage()
  }
})
