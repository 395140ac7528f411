import { expect, test } from 'vitest'
import { pointsWords } from './points-words.ts'

const money = (amount: number) => `$${(amount / 100).toFixed(2)}`

test('another worth of points is told by an example, and the button names it', () => {
  expect(pointsWords(1, 1, money)).toBeUndefined()
  expect(pointsWords(10, 5, money)).toEqual({
    title: 'Make points worth less?',
    confirm: 'Make a point worth $0.05',
    words: expect.stringContaining('1,000 points were worth $100.00, now $50.00.'),
  })
  expect(pointsWords(0, 5, money)?.words).toContain('were worth nothing, now $50.00.')
  expect(pointsWords(5, 0, money)).toMatchObject({ confirm: 'Let points pay nothing' })
})
