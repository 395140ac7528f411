import { MAX_PUSH_ENTRIES } from '@evertill/shared/protocol/push'

/*
 * What to do next, from what just happened. Pure: every delay, retry and batch size of the till is decided here.
 *
 *   look ─▶ push ─▶ look …    something waits, or a heartbeat is due
 *      ├──▶ pull ─▶ look …    the feed is due
 *      └──▶ sleep ─▶ look     nothing to do, or the last attempt failed
 *
 * An entry has three fates: tried again without end, acknowledged, or held for a person. None of them loses it.
 */

export const POLL_MS = 60_000
const BACK_OFF_FROM_MS = 1000
const BACK_OFF_TO_MS = 60_000
/** However long the server, or a proxy in its place, asks to be left alone. */
const MOST_PATIENCE_MS = 300_000
/** A batch halves when something is wrong with it, and grows back by this factor with each success. */
const GROWTH = 1.25

export interface SyncState {
  /** Failed attempts in a row: they set the back-off and nothing else ends the trying. */
  readonly failures: number
  /** Pushes in a row with which the server found fault. */
  readonly refusals: number
  /** Entries in the next push. */
  readonly most: number
  /** Hashes of entries the server fails on, longest-waiting first: those behind them go ahead. */
  readonly aside: readonly string[]
  /** Somebody asked: the feed is due before its time. */
  readonly asked: boolean
}

export const SYNC_START: SyncState = {
  failures: 0,
  refusals: 0,
  most: MAX_PUSH_ENTRIES,
  aside: [],
  asked: true,
}

export interface Facts {
  readonly enrolled: boolean
  readonly online: boolean
  readonly visible: boolean
  readonly waiting: number
  /** Since the last of each; infinite when there was none. */
  readonly sinceAttemptMs: number
  readonly sincePushMs: number
  readonly sincePullMs: number
}

export type SyncEvent =
  | { readonly type: 'looked'; readonly facts: Facts }
  | { readonly type: 'pushed'; readonly sent: number; readonly settled: number }
  | { readonly type: 'pulled' }
  /** Nothing is wrong with what was sent: the network, the server's health, the till's standing. */
  | { readonly type: 'failed'; readonly retryAfterMs?: number }
  /** No answer came in time: the road may be too slow for so many entries. */
  | { readonly type: 'too-slow'; readonly sent: number }
  /** The server answered that something is wrong with the push as such. */
  | { readonly type: 'refused'; readonly hashes: readonly string[] }
  | { readonly type: 'too-large'; readonly hashes: readonly string[] }
  | { readonly type: 'held' }
  | { readonly type: 'slept' }
  | { readonly type: 'woken'; readonly by: 'online' | 'asked' }

export type Action =
  | { readonly do: 'look' }
  | { readonly do: 'push'; readonly most: number; readonly aside: readonly string[] }
  | { readonly do: 'pull' }
  | { readonly do: 'hold'; readonly hash: string }
  | { readonly do: 'sleep'; readonly ms: number }

export interface Decision {
  readonly state: SyncState
  readonly action: Action
}

/** @param chance 0 ≤ chance < 1, the jitter of whatever delay comes of it */
export function decide(state: SyncState, event: SyncEvent, chance: number): Decision {
  switch (event.type) {
    case 'looked':
      return { state, action: nextAction(state, event.facts, chance) }
    case 'pushed': {
      // An answer that names none of the entries sent is no progress: asking again at once would only spin.
      if (event.sent > 0 && event.settled === 0) return afterFailure(state, chance)
      const most = Math.min(MAX_PUSH_ENTRIES, Math.ceil(state.most * GROWTH))
      return { state: { ...state, failures: 0, refusals: 0, most }, action: { do: 'look' } }
    }
    case 'pulled':
      return { state: { ...state, failures: 0, asked: false }, action: { do: 'look' } }
    case 'failed':
      return afterFailure(state, chance, event.retryAfterMs)
    case 'too-slow':
      return afterFailure({ ...state, most: half(event.sent) }, chance)
    case 'refused':
      return afterFailure(narrowed(state, event.hashes), chance)
    case 'too-large': {
      const [only, ...others] = event.hashes
      if (only !== undefined && others.length === 0) return { state, action: { do: 'hold', hash: only } }
      return { state: { ...state, most: half(event.hashes.length) }, action: { do: 'look' } }
    }
    case 'held':
    case 'slept':
      return { state, action: { do: 'look' } }
    case 'woken':
      // Being online again makes past failures meaningless; being asked does not bring the server back.
      return {
        state: { ...state, asked: true, failures: event.by === 'online' ? 0 : state.failures },
        action: { do: 'look' },
      }
  }
}

function nextAction(state: SyncState, facts: Facts, chance: number): Action {
  if (!facts.enrolled) return { do: 'sleep', ms: POLL_MS }
  // Browsers are sure of being offline only most of the time: try now and then all the same.
  if (!facts.online && facts.sinceAttemptMs < POLL_MS)
    return { do: 'sleep', ms: POLL_MS - facts.sinceAttemptMs }
  // Every second attempt after a failure is the feed's, so that a push that fails for ever does not starve it.
  if (facts.sincePullMs >= POLL_MS && state.failures % 2 === 1) return { do: 'pull' }
  if (facts.waiting > 0 || facts.sincePushMs >= POLL_MS)
    return { do: 'push', most: state.most, aside: state.aside }
  if (facts.sincePullMs >= POLL_MS || (state.asked && facts.sincePullMs >= 5000)) return { do: 'pull' }
  const dueMs = POLL_MS - Math.max(facts.sincePushMs, facts.sincePullMs)
  return { do: 'sleep', ms: Math.max(1000, facts.visible ? Math.min(dueMs, 5000 + 5000 * chance) : dueMs) }
}

/** Full jitter, so that the tills of a shop do not come back in step after an outage. */
export const backOffMs = (failures: number, chance: number): number =>
  Math.round(chance * Math.min(BACK_OFF_TO_MS, BACK_OFF_FROM_MS * 2 ** Math.min(failures - 1, 10)))

function afterFailure(state: SyncState, chance: number, retryAfterMs = 0): Decision {
  const failures = state.failures + 1
  const waitMs = backOffMs(failures, chance)
  return {
    state: { ...state, failures },
    action: { do: 'sleep', ms: Math.min(retryAfterMs, MOST_PATIENCE_MS) + waitMs },
  }
}

/**
 * Closes in on an entry the server fails on, so that it cannot hold up its neighbours: after a second one the
 * batch is halved, and an entry that fails alone goes behind all others.
 */
function narrowed(state: SyncState, hashes: readonly string[]): SyncState {
  const [only, ...others] = hashes
  if (only === undefined) return state
  const refusals = state.refusals + 1
  if (others.length === 0)
    return { ...state, refusals, aside: [...state.aside.filter((hash) => hash !== only), only].slice(-100) }
  return { ...state, refusals, most: refusals === 1 ? state.most : half(hashes.length) }
}

const half = (count: number): number => Math.max(1, Math.floor(count / 2))
