import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fate } from './apply-lines.ts'
import type { ReadableLine } from './read-line.ts'
import { createReplayQueue, laneOf, MOST_CALL_ENTRIES, MOST_CALLS, nextCall } from './replay-queue.ts'

const idle = { live: 0, backlog: 0 }

test('a sale goes at once when none is on its way, whatever a backlog is doing', () => {
  expect(nextCall([1], { live: 0, backlog: MOST_CALLS.backlog })).toEqual({ lane: 'live', take: [0] })
  expect(nextCall([500, 500, 1], { live: 0, backlog: 1 })).toEqual({ lane: 'live', take: [2] })
})

test('sales that waited for a call go together in the next, before any backlog', () => {
  expect(nextCall([1, 500, 2, 1], idle)).toEqual({ lane: 'live', take: [0, 2, 3] })
})

test('a backlog waits for the one before it, not for sales', () => {
  expect(nextCall([500], { live: 1, backlog: 0 })).toEqual({ lane: 'backlog', take: [0] })
  expect(nextCall([500], { live: 0, backlog: 1 })).toBeUndefined()
})

test('backlogs share a call as far as they fit, in order of arrival', () => {
  expect(nextCall([200, 200, 200, 50], idle)).toEqual({ lane: 'backlog', take: [0, 1] })
})

test('nothing waiting is nothing to send', () => expect(nextCall([], idle)).toBeUndefined())

test('whatever waits, a call keeps to its lane and its size, and whoever waits longest in the lane is in it', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(sizes, (waiting) => {
      const call = nextCall(waiting, idle)
      if (call === undefined) throw new Error('somebody waits')
      const taken = call.take.map((i) => waiting[i] ?? 0)
      expect(taken.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_CALL_ENTRIES)
      expect(new Set(taken.map(laneOf))).toEqual(new Set([call.lane]))
      expect(call.take[0]).toBe(waiting.findIndex((size) => laneOf(size) === call.lane))
    }),
  )
})

/** Calls that end when the test says so. */
function gatedApply() {
  const calls: { lines: readonly ReadableLine[]; end: (error?: unknown) => void }[] = []
  const apply = createReplayQueue(
    (_, lines) =>
      new Promise((resolve, reject) => {
        const fates = lines.map(({ hash }): Fate => ({ fate: 'unstorable', reason: hash }))
        calls.push({ lines, end: (error) => (error === undefined ? resolve(fates) : reject(error)) })
      }),
  )
  return { calls, apply }
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
