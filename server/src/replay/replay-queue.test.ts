import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fate } from './apply-lines.ts'
import type { ReadableLine } from './read-line.ts'
import { createReplayQueue, LIMITS, laneOf, nextCall } from './replay-queue.ts'

const idle = { live: 0, backlog: 0 }

test('a sale goes at once when none is on its way, whatever a backlog is doing', () => {
  expect(nextCall([1], { live: 0, backlog: LIMITS.backlog.calls }, true)).toEqual({ lane: 'live', take: [0] })
  expect(nextCall([500, 500, 1], { live: 0, backlog: 1 }, true)).toEqual({ lane: 'live', take: [2] })
})

test('sales that waited for a call go together in the next, before any backlog', () => {
  expect(nextCall([1, 500, 2, 1], idle, true)).toEqual({ lane: 'live', take: [0, 2, 3] })
})

test('a backlog waits for those before it, not for sales', () => {
  expect(nextCall([500], { live: 1, backlog: 0 }, true)).toEqual({ lane: 'backlog', take: [0] })
  expect(nextCall([500], { live: 0, backlog: LIMITS.backlog.calls }, false)).toBeUndefined()
})

test('backlogs share a call as far as they fit, in order of arrival', () => {
  expect(nextCall([100, 100, 100, 50], idle, false)).toEqual({ lane: 'backlog', take: [0, 1] })
})

test('while anybody sells, backlogs go one by one and in smaller calls', () => {
  const one = { live: 0, backlog: 1 }
  expect(nextCall([50], one, false)).toEqual({ lane: 'backlog', take: [0] })
  expect(nextCall([50], one, true)).toBeUndefined()
  expect(nextCall([80, 70, 50], idle, false)).toEqual({ lane: 'backlog', take: [0, 1, 2] })
  expect(nextCall([30, 21, 50], idle, true)).toEqual({ lane: 'backlog', take: [0] })
})

test('nothing waiting is nothing to send', () => expect(nextCall([], idle, false)).toBeUndefined())

test('whatever waits, a call keeps to its lane and its size, and whoever waits longest in the lane is in it', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(sizes, (waiting) => {
      const call = nextCall(waiting, idle, false)
      if (call === undefined) throw new Error('somebody waits')
      const taken = call.take.map((i) => waiting[i] ?? 0)
      expect(taken.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMITS[call.lane].entries)
      expect(new Set(taken.map(laneOf))).toEqual(new Set([call.lane]))
      expect(call.take[0]).toBe(waiting.findIndex((size) => laneOf(size) === call.lane))
    }),
  )
})

/** Calls that end when the test says so. */
function gatedApply() {
  const calls: { lines: readonly ReadableLine[]; end: (error?: unknown) => void }[] = []
  let at = 0
  const rests: { ms: number; end: () => void }[] = []
  const queue = createReplayQueue(
    (_, lines) =>
      new Promise((resolve, reject) => {
        const fates = lines.map(({ hash }): Fate => ({ fate: 'unstorable', reason: hash }))
        calls.push({ lines, end: (error) => (error === undefined ? resolve(fates) : reject(error)) })
      }),
    {
      now: () => new Date(at),
      sleep: (ms) => new Promise<void>((end) => rests.push({ ms, end })),
    },
  )
  const pass = (ms: number) => {
    at += ms
  }
  return { calls, rests, ...queue, pass }
}
const push = (...hashes: string[]) => hashes.map((hash) => ({ hash }) as ReadableLine)
const settled = () => new Promise((resolve) => setImmediate(resolve))
const reasons = (fates: Fate[]) => fates.map((fate) => 'reason' in fate && fate.reason)

test('each push gets the fates of its own entries, and not before its call has ended', async () => {
  const { calls, apply } = gatedApply()
  const answered: string[] = []
  const all = ['a', 'b', 'c'].map((name) =>
    apply('company', push(`${name}1`, `${name}2`)).then((fates) => {
      answered.push(name)
      return reasons(fates)
    }),
  )
  expect(calls.map(({ lines }) => lines.length)).toEqual([2])
  calls[0]?.end()
  await settled()
  expect(answered).toEqual(['a'])
  expect(calls.map(({ lines }) => lines.length)).toEqual([2, 4])
  calls[1]?.end()
  expect(await Promise.all(all)).toEqual([
    ['a1', 'a2'],
    ['b1', 'b2'],
    ['c1', 'c2'],
  ])
})

test('beside sales a backlog rests after a call as long as that took; a sale does not wait for it', async () => {
  const { calls, rests, apply, pass } = gatedApply()
  const backlog = () => push(...Array.from({ length: 50 }, (_, i) => `b${i}`))
  void apply('company', push('sale'))
  calls[0]?.end()
  await settled()
  void apply('company', backlog())
  void apply('company', backlog())
  expect(calls).toHaveLength(2)
  pass(12)
  calls[1]?.end()
  await settled()
  expect(rests.map(({ ms }) => ms)).toEqual([12])
  expect(calls).toHaveLength(2)
  void apply('company', push('another sale'))
  expect(calls).toHaveLength(3)
  rests[0]?.end()
  await settled()
  expect(calls).toHaveLength(4)
})

test('where nobody sells, a backlog does not rest', async () => {
  const { calls, rests, apply, pass } = gatedApply()
  void apply('company', push(...Array.from({ length: 200 }, (_, i) => `b${i}`)))
  pass(30)
  calls[0]?.end()
  await settled()
  expect(rests).toEqual([])
})

test('companies do not wait for one another', () => {
  const { calls, apply } = gatedApply()
  void apply('one', push('a'))
  void apply('two', push('b'))
  expect(calls).toHaveLength(2)
})

test('an error that nobody foresaw fails only the push it comes from', async () => {
  const { calls, apply } = gatedApply()
  const all = ['a', 'bad', 'c'].map((name) => apply('company', push(name)))
  const ended = Promise.allSettled(all)
  calls[0]?.end()
  await settled()
  expect(calls[1]?.lines).toHaveLength(2)
  calls[1]?.end(new Error('unforeseen'))
  await settled()
  calls[2]?.end(new Error('unforeseen'))
  await settled()
  calls[3]?.end()
  expect((await ended).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await settled()
  void apply('company', push('later'))
  expect(calls).toHaveLength(5)
})

test('a database that does not answer is told to everyone who travelled, and the next call is made', async () => {
  const { calls, apply } = gatedApply()
  const all = ['a', 'b', 'c'].map((name) => apply('company', push(name)))
  const ended = Promise.allSettled(all)
  calls[0]?.end()
  await settled()
  const later = apply('company', push('d'))
  calls[1]?.end(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' }))
  expect((await ended).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  await settled()
  calls[2]?.end()
  expect(reasons(await later)).toEqual(['d'])
})

test('backlogs are asked for small pieces from a sale until nobody has sold for a second', () => {
  const { apply, pieceSize, pass } = gatedApply()
  const [quiet, besideSales] = [LIMITS.backlog.entries, LIMITS.backlogBesideSales.entries]
  void apply('company', push(...Array.from({ length: 50 }, (_, i) => `${i}`)))
  expect(pieceSize('company')).toBe(quiet)
  void apply('company', push('a'))
  expect([pieceSize('company'), pieceSize('another')]).toEqual([besideSales, quiet])
  pass(999)
  expect(pieceSize('company')).toBe(besideSales)
  pass(1)
  expect(pieceSize('company')).toBe(quiet)
})
