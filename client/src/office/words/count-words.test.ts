import { expect, it } from 'vitest'
import { countOf, number, percentText, quantityText } from './count-words.ts'

it('counts in words', () => {
  expect(countOf(1, 'product')).toBe('1 product')
  expect(countOf(0, 'entry', 'entries')).toBe('0 entries')
  expect(countOf(1312, 'product')).toBe('1,312 products')
})

it('writes negative numbers with a minus sign, not a hyphen', () => {
  expect(number(-3)).toBe('−3')
})

it('writes quantities without trailing zeros', () => {
  expect([2000, 1250, 500, -500, -1_234_000, 0, 1001].map(quantityText)).toEqual([
    '2',
    '1.25',
    '0.5',
    '−0.5',
    '−1,234',
    '0',
    '1.001',
  ])
})

it('writes rates as percentages', () => {
  expect([90_000, 0, 87_500, 1_000_000].map(percentText)).toEqual(['9 %', '0 %', '8.75 %', '100 %'])
})
