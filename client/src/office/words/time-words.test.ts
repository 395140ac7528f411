import { expect, it } from 'vitest'
import { clockWords, countdownText, durationText } from './time-words.ts'

const now = new Date('2025-11-13T12:00:00.000Z')
const before = (ms: number) => new Date(now.getTime() - ms).toISOString()

it('gives lengths of time in one unit', () => {
  expect([4_200, 180_000, 7_200_000, 432_000_000].map(durationText)).toEqual(['4 s', '3 min', '2 h', '5 d'])
})

it('counts down and stops at nothing', () => {
  expect(countdownText(before(-847_000), now)).toBe('14:07')
  expect(countdownText(before(-3_601_000), now)).toBe('1:00:01')
  expect(countdownText(before(1_000), now)).toBe('0:00')
})

it('tells a slow clock from a fast one', () => {
  expect(clockWords(300)).toEqual({ right: true, words: 'right' })
  expect(clockWords(180_000)).toEqual({ right: false, words: '3 min behind' })
  expect(clockWords(-4_000)).toEqual({ right: false, words: '4 s ahead' })
})
