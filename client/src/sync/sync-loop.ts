import { noteContact, readContact } from '../store/contact.ts'
import { askAboutHeld } from '../store/former-tills.ts'
import { pruneJournal } from '../store/prune-journal.ts'
import { SYNC_START, type SyncEvent } from './decide.ts'
import { type DrainDeps, drain } from './drain.ts'
import { drainFormerTills, type Tryings } from './drain-former.ts'

export interface SyncDeps extends DrainDeps {
  /** `navigator.locks`, where the browser has it: spares work, correctness does not rest on it. */
  readonly locks: Pick<LockManager, 'request'> | undefined
}

export interface Sync {
  /** Look now: something was recorded, or a person asked. */
  wake(): void
  /** The network is back: forget the back-off. */
  online(): void
  /** Ends after the step under way. */
  stop(): Promise<void>
}

const PRUNE_EVERY_MS = 3_600_000
const LOCK = 'evertill-sync'
/** How long another tab may hold the lock before this one looks whether that tab is still talking. */
const LOCK_PATIENCE_MS = 30_000

export function startSync(deps: SyncDeps): Sync {
  const stopping = new AbortController()
  let state = SYNC_START
  let next: SyncEvent | undefined
  let rest = new AbortController()

  const wakeBy = (event: SyncEvent) => {
    next = event
    rest.abort()
  }

  async function run(): Promise<void> {
    // A killed browser leaves this set.
    await noteContact(deps.db, { sending: false }).catch(() => undefined)
    let event: SyncEvent = { type: 'slept' }
    let prunedAt = 0
    const tryings: Tryings = new Map()
    while (!stopping.signal.aborted) {
      rest = new AbortController()
      next = undefined
      const round = await oneAtATime(deps, stopping.signal, async () => {
        const drained = await drain(deps, state, event, () => stopping.signal.aborted)
        if (deps.isOnline())
          await drainFormerTills(deps, tryings, () => stopping.signal.aborted).catch(() => undefined)
        return drained
      })
      if (round !== undefined) state = round.state
      if (Math.abs(deps.now().getTime() - prunedAt) >= PRUNE_EVERY_MS) {
        prunedAt = deps.now().getTime()
        await pruneJournal(deps.db).catch(() => 0)
        if (deps.isOnline()) await askAboutHeld(deps.db).catch(() => undefined)
      }
      if (!rest.signal.aborted) await deps.sleep(round?.restMs ?? 1000, rest.signal)
      event = next ?? { type: 'slept' }
    }
  }
  const running = run()

  return {
    wake: () => wakeBy({ type: 'woken', by: 'asked' }),
    online: () => wakeBy({ type: 'woken', by: 'online' }),
    stop: async () => {
      stopping.abort()
      rest.abort()
      await running
    },
  }
}

/**
 * One round at a time per browser. A tab that was put to sleep may hold the lock for ever; when nobody has talked to
 * the server for a while this tab goes on without it.
 */
async function oneAtATime<T>(
  { locks, sleep, db, now }: SyncDeps,
  stopping: AbortSignal,
  round: () => Promise<T>,
): Promise<T | undefined> {
  if (locks === undefined) return round()
  const settled = new AbortController()
  const patience = new AbortController()
  const giveUp = () => patience.abort()
  stopping.addEventListener('abort', giveUp)
  void sleep(LOCK_PATIENCE_MS, settled.signal).then(giveUp)
  let started = false
  try {
    return await locks.request(LOCK, { signal: patience.signal }, () => {
      started = true
      settled.abort()
      return round()
    })
  } catch (error) {
    if (started) throw error
    if (stopping.aborted) return undefined
    // Not given in time, or no locks to be had here at all.
    if (!patience.signal.aborted) return round()
    const { lastAttemptAt } = await readContact(db)
    const quietMs = now().getTime() - new Date(lastAttemptAt ?? 0).getTime()
    return quietMs >= 0 && quietMs < LOCK_PATIENCE_MS ? undefined : round()
  } finally {
    settled.abort()
    stopping.removeEventListener('abort', giveUp)
  }
}
