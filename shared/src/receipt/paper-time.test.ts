import { expect, it } from 'vitest'
import { paperTime } from './paper-time.ts'

const at = '2026-11-21T04:00:00.000Z'

it('is the till’s clock, put right by what that was off', () => {
  expect(paperTime({ at, clockOffsetMs: 0 })).toBe(at)
  expect(paperTime({ at, clockOffsetMs: -90_000 })).toBe('2026-11-21T03:58:30.000Z')
})

it('is the till’s own where what it was off by makes no date of it, as at head office', () => {
  expect(paperTime({ at: '9999-12-31T23:59:59.000Z', clockOffsetMs: 1e14 })).toBe('9999-12-31T23:59:59.000Z')
  expect(paperTime({ at, clockOffsetMs: -1e14 })).toBe(at)
})
