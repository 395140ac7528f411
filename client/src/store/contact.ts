import { readState, writeState } from './state.ts'
import type { TimeKnown } from './till-clock.ts'
import type { TillDatabase } from './till-database.ts'

/** What the till knows of its talks with the server; written by sync, shown by the health page. */
export interface Contact {
  /** Instant of the last readable answer, by the till's clock; so are the others but `serverTime`. */
  readonly lastContactAt?: string
  readonly lastAttemptAt?: string
  readonly lastPushAt?: string
  readonly lastPullAt?: string
  readonly serverTime?: string
  /** Whether the last attempt reached the server. */
  readonly online: boolean
  readonly sending: boolean
  readonly lastProblem?: { readonly code: string; readonly message: string; readonly at: string }
  /** By epoch: every seq up to here is on the server. */
  readonly highWater: { readonly [epoch: number]: number }
  /** Entries acknowledged on this business date. */
  readonly sent: { readonly businessDate: string; readonly count: number }
}

export const NO_CONTACT: Contact = {
  online: false,
  sending: false,
  highWater: {},
  sent: { businessDate: '', count: 0 },
}

const HEARD_EVERY_MS = 3_600_000
/** A till that hears of the server asks it every minute: two were missed. */
const FRESH_FOR_MS = 150_000

export async function readContact(db: TillDatabase): Promise<Contact> {
  return (await readState(db, 'contact')) ?? NO_CONTACT
}

/**
 * Whether what the server counts is known as it is now, but for what other tills did in the last moments. Decided by
 * the age of the count alone: a browser can be sure of being online and be wrong.
 */
export async function isCountFresh(db: TillDatabase, now: Date): Promise<boolean> {
  const { lastPullAt } = await readContact(db)
  const age = lastPullAt === undefined ? -1 : now.getTime() - Date.parse(lastPullAt)
  return age >= 0 && age < FRESH_FOR_MS
}

/** An answer settles what was wrong before it: `lastProblem` goes unless `patch` brings a new one. */
export async function noteContact(db: TillDatabase, patch: Partial<Contact>): Promise<void> {
  await db.transaction('rw', db.state, async () => {
    const { lastProblem, ...rest } = await readContact(db)
    const kept = patch.lastContactAt === undefined && lastProblem !== undefined ? { lastProblem } : {}
    await writeState(db, 'contact', { ...rest, ...kept, ...patch })
  })
}

/**
 * Takes over a measured clock offset when it differs by more than the measurement's own uncertainty, so that a
 * slow network does not make the till's idea of time wobble.
 */
export async function noteServerTime(
  db: TillDatabase,
  serverTime: string,
  offsetMs: number,
  uncertaintyMs: number,
): Promise<void> {
  await db.transaction('rw', db.state, async () => {
    await writeState(db, 'contact', { ...(await readContact(db)), serverTime })
    const heardAt = await readState(db, 'heardAt')
    if (heardAt === undefined || Math.abs(Date.parse(serverTime) - Date.parse(heardAt)) >= HEARD_EVERY_MS)
      await writeState(db, 'heardAt', serverTime)
    const known = await readState(db, 'clockOffsetMs')
    if (known === undefined || Math.abs(known - offsetMs) > uncertaintyMs + 250)
      await writeState(db, 'clockOffsetMs', Math.round(offsetMs))
  })
}

export async function readTimeKnown(db: TillDatabase): Promise<TimeKnown> {
  const clockOffsetMs = (await readState(db, 'clockOffsetMs')) ?? 0
  const heardAt = await readState(db, 'heardAt')
  return { clockOffsetMs, ...(heardAt !== undefined && { heardAt }) }
}
