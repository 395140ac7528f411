import { MAX_PUSH_ENTRIES } from '@evertill/shared/protocol/push'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  backOffMs,
  decide,
  type Facts,
  POLL_MS,
  SYNC_START,
  type SyncEvent,
  type SyncState,
} from './decide.ts'

const facts = (changes: Partial<Facts> = {}): Facts => ({
  enrolled: true,
  online: true,
  visible: true,
  waiting: 0,
  sinceAttemptMs: 1000,
  sincePushMs: 1000,
  sincePullMs: 1000,
  ...changes,
})
const rested: SyncState = { ...SYNC_START, asked: false }
const look = (changes: Partial<Facts>, state = rested, chance = 0.5) =>
  decide(state, { type: 'looked', facts: facts(changes) }, chance).action
const after = (event: SyncEvent, state = rested, chance = 0.5) => decide(state, event, chance)

describe('having looked', () => {
  test('a till that is not enrolled does nothing', () => {
    expect(look({ enrolled: false, waiting: 3 })).toEqual({ do: 'sleep', ms: POLL_MS })
  })

  test('what waits is sent before anything is fetched', () => {
    expect(look({ waiting: 1, sincePullMs: Infinity })).toMatchObject({ do: 'push', most: MAX_PUSH_ENTRIES })
  })

  test('a push that goes on failing does not keep prices from arriving', () => {
    const due = { waiting: 1, sincePullMs: POLL_MS }
    const attempts = [0, 1, 2, 3].map((failures) => look(due, { ...rested, failures }).do)
    expect(attempts).toEqual(['push', 'pull', 'push', 'pull'])
  })

  test('a heartbeat goes out every minute, so that head office sees the till', () => {
    expect(look({ sincePushMs: POLL_MS - 1 }).do).toBe('sleep')
    expect(look({ sincePushMs: POLL_MS }).do).toBe('push')
  })

  test('the feed is fetched every minute, and sooner when somebody asks', () => {
    expect(look({ sincePullMs: POLL_MS }).do).toBe('pull')
    expect(look({ sincePullMs: 6000 }).do).toBe('sleep')
    expect(look({ sincePullMs: 6000 }, SYNC_START).do).toBe('pull')
    expect(look({ sincePullMs: 4000 }, SYNC_START).do).toBe('sleep')
  })

  test('a page in view looks again within ten seconds, a hidden one when something is due', () => {
    expect(look({}, rested, 0)).toEqual({ do: 'sleep', ms: 5000 })
    expect(look({}, rested, 0.999)).toEqual({ do: 'sleep', ms: 9995 })
    expect(look({ visible: false, sincePushMs: 10_000 })).toEqual({ do: 'sleep', ms: POLL_MS - 10_000 })
  })

  test('a browser that believes to be offline is not believed for longer than a minute', () => {
    expect(look({ online: false, waiting: 1, sinceAttemptMs: 20_000 })).toEqual({ do: 'sleep', ms: 40_000 })
    expect(look({ online: false, waiting: 1, sinceAttemptMs: POLL_MS }).do).toBe('push')
  })
})

describe('after a push', () => {
  test('that went through, failures are forgotten and batches grow back', () => {
    const { state, action } = after(
      { type: 'pushed', sent: 10, settled: 10 },
      { ...rested, failures: 7, most: 10 },
    )
    expect(action).toEqual({ do: 'look' })
    expect(state).toMatchObject({ failures: 0, most: 13 })
  })

  test('whose answer settled nothing, the till backs off instead of spinning', () => {
    const { state, action } = after({ type: 'pushed', sent: 10, settled: 0 })
    expect(state.failures).toBe(1)
    expect(action).toEqual({ do: 'sleep', ms: 500 })
  })

  test('a heartbeat settles nothing and is a success', () => {
    expect(after({ type: 'pushed', sent: 0, settled: 0 }, { ...rested, failures: 3 })).toMatchObject({
      state: { failures: 0 },
      action: { do: 'look' },
    })
  })

  test('that was too large, half as much is sent at once, down to a single entry, which is held', () => {
    let state = rested
    let hashes = Array.from({ length: 500 }, (_, i) => String(i))
    for (const expected of [250, 125, 62, 31, 15, 7, 3, 1]) {
      const decision = after({ type: 'too-large', hashes }, state)
      expect(decision).toMatchObject({ state: { most: expected }, action: { do: 'look' } })
      state = decision.state
      hashes = hashes.slice(0, expected)
    }
    expect(after({ type: 'too-large', hashes }, state).action).toEqual({ do: 'hold', hash: '0' })
  })

  test('that had no answer in time, half as much is sent after a while', () => {
    const { state, action } = after({ type: 'too-slow', sent: 300 }, { ...rested, most: 400 })
    expect(state).toMatchObject({ failures: 1, most: 150 })
    expect(action.do).toBe('sleep')
    expect(after({ type: 'too-slow', sent: 1 }).state.most).toBe(1)
  })

  test('on which the server fails again, the batch is halved until the entry at fault stands alone', () => {
    const hashes = ['a', 'b', 'c', 'd']
    const first = after({ type: 'refused', hashes })
    expect(first.state).toMatchObject({ failures: 1, most: MAX_PUSH_ENTRIES })
    const pulled = after({ type: 'pulled' }, first.state)
    const second = after({ type: 'refused', hashes }, pulled.state)
    expect(second.state).toMatchObject({ failures: 1, most: 2 })
    expect(second.action.do).toBe('sleep')
    const alone = after({ type: 'refused', hashes: ['a'] }, { ...second.state, aside: ['a', 'x'] })
    expect(alone.state.aside).toEqual(['x', 'a'])
  })
})

describe('after a failure', () => {
  test('the delay grows to a minute and is spread over all of it', () => {
    expect([1, 2, 3, 4, 5, 6, 60, 6000].map((failures) => backOffMs(failures, 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ])
    expect(backOffMs(7, 0)).toBe(0)
    expect(backOffMs(7, 0.25)).toBe(15_000)
  })

  test('the server’s own wish is kept, but for no longer than five minutes', () => {
    expect(after({ type: 'failed', retryAfterMs: 7000 }).action).toEqual({ do: 'sleep', ms: 7500 })
    expect(after({ type: 'failed', retryAfterMs: 86_400_000 }).action).toEqual({ do: 'sleep', ms: 300_500 })
  })

  test('being online again forgets the failures, being asked does not', () => {
    const failing = { ...rested, failures: 9 }
    expect(after({ type: 'woken', by: 'online' }, failing).state).toMatchObject({ failures: 0, asked: true })
    expect(after({ type: 'woken', by: 'asked' }, failing).state).toMatchObject({ failures: 9, asked: true })
  })
})

test('whatever happens, the till never stops trying and never sends a senseless batch', () => {
  const hashes = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 500 })
  const event: fc.Arbitrary<SyncEvent> = fc.oneof(
    fc.constantFrom<SyncEvent>(
      { type: 'pulled' },
      { type: 'held' },
      { type: 'slept' },
      { type: 'woken', by: 'online' },
      { type: 'woken', by: 'asked' },
      { type: 'failed' },
    ),
    fc.record({ type: fc.constant('too-slow' as const), sent: fc.integer({ min: 1, max: 500 }) }),
    fc.record({ type: fc.constant('failed' as const), retryAfterMs: fc.nat() }),
    fc.record({ type: fc.constantFrom('refused' as const, 'too-large' as const), hashes }),
    fc.record({ type: fc.constant('pushed' as const), sent: fc.nat(500), settled: fc.nat(500) }),
    fc.record({
      type: fc.constant('looked' as const),
      facts: fc.record({
        enrolled: fc.boolean(),
        online: fc.boolean(),
        visible: fc.boolean(),
        waiting: fc.nat(),
        sinceAttemptMs: fc.oneof(fc.nat(), fc.constant(Infinity)),
        sincePushMs: fc.oneof(fc.nat(), fc.constant(Infinity)),
        sincePullMs: fc.oneof(fc.nat(), fc.constant(Infinity)),
      }),
    }),
  )
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(event, chance), { maxLength: 60 }), (history) => {
      let state = SYNC_START
      for (const [happened, luck] of history) {
        const decision = decide(state, happened, luck)
        state = decision.state
        expect(state.most).toBeGreaterThanOrEqual(1)
        expect(state.most).toBeLessThanOrEqual(MAX_PUSH_ENTRIES)
        expect(state.aside.length).toBeLessThanOrEqual(100)
        if (decision.action.do === 'sleep') {
          expect(decision.action.ms).toBeGreaterThanOrEqual(0)
          expect(decision.action.ms).toBeLessThanOrEqual(360_000)
        }
      }
    }),
  )
})
