import { expect, test } from 'vitest'
import { offsetAt, timeAt } from './till-clock.ts'

const heardAt = '2026-03-07T01:00:00.000Z'

test('the time is the clock’s with the offset that was measured', () => {
  const now = new Date('2026-03-07T03:00:00.000Z')
  expect(offsetAt(now, { clockOffsetMs: -1500, heardAt })).toBe(-1500)
  expect(offsetAt(now, { clockOffsetMs: 90_000 })).toBe(90_000)
})

test('a clock that lost its battery shows no time before the server’s', () => {
  const now = new Date('2000-01-01T00:00:07.000Z')
  expect(timeAt(now, { clockOffsetMs: 0, heardAt }).toISOString()).toBe(heardAt)
  expect(timeAt(now, { clockOffsetMs: 4_020_000, heardAt }).toISOString()).toBe(heardAt)
})

test('a clock that is right again is believed at once', () => {
  const now = new Date('2026-03-07T02:00:00.000Z')
  expect(timeAt(now, { clockOffsetMs: 0, heardAt })).toEqual(now)
})

test('the wobble of a measurement moves nothing', () => {
  const now = new Date('2026-03-07T00:59:58.000Z')
  expect(offsetAt(now, { clockOffsetMs: 0, heardAt })).toBe(0)
})
