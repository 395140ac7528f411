import { formerTillsWithUnsent } from '../store/former-tills.ts'
import { readBatch } from '../store/read-batch.ts'
import type { Till } from '../store/till.ts'
import { decide, SYNC_START, type SyncState } from './decide.ts'
import { mostChars, type PushDeps, sendBatch } from './push-once.ts'

/** How the sending for one former till goes. It lasts as long as the page. */
interface Trying {
  readonly state: SyncState
  /** By the till's clock, milliseconds. */
  readonly notBefore: number
}
export type Tryings = Map<string, Trying>

export interface FormerDeps extends PushDeps {
  readonly random: () => number
}

/** A server that turned a former till away once may know it again after head office has put things right. */
const AFTER_FAILURE_MS = 300_000

/**
 * Sends what the tills that this browser was before left behind, by their own ids and keys. Their failures slow
 * nothing down but themselves: the till that this browser is now sells and sends as if they were not there.
 */
export async function drainFormerTills(
  deps: FormerDeps,
  tryings: Tryings,
  stopped: () => boolean = () => false,
): Promise<void> {
  for (const { till } of await formerTillsWithUnsent(deps.db)) {
    const now = deps.now().getTime()
    const { state, notBefore } = tryings.get(till.tillId) ?? { state: SYNC_START, notBefore: now }
    // A clock that was set back must not make the wait longer than it is.
    if (now < notBefore && notBefore - now <= AFTER_FAILURE_MS) continue
    tryings.set(till.tillId, {
      state: await drainOne(deps, till, state, stopped),
      notBefore: deps.now().getTime() + AFTER_FAILURE_MS,
    })
  }
}

/** Sends until nothing waits or something fails. */
async function drainOne(
  deps: FormerDeps,
  till: Till,
  before: SyncState,
  stopped: () => boolean,
): Promise<SyncState> {
  let state = before
  while (!stopped()) {
    const { most, aside } = state
    const batch = await readBatch(deps.db, { most, aside, maxChars: mostChars() }, till)
    if (batch === undefined || batch.entries.length === 0) return state
    const { event } = await sendBatch(deps, batch)
    const next = decide(state, event, deps.random())
    state = next.state
    if (next.action.do === 'hold') {
      // Too large even alone: the others go ahead, and a rescue file can carry it.
      const { hash } = next.action
      if (aside.includes(hash)) return state
      state = { ...state, aside: [...aside, hash] }
    } else if (next.action.do !== 'look') return state
  }
  return state
}
