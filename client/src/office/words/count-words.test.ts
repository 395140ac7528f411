import { expect, it } from 'vitest'
import { countOf, salesWords } from './count-words.ts'

it('counts in words', () => {
  expect(countOf(1, 'product')).toBe('1 product')
  expect(countOf(0, 'entry', 'entries')).toBe('0 entries')
  expect(countOf(1312, 'product')).toBe('1,312 products')
})

it('says how many were taken back beside how many were sold, and nothing where none were', () => {
  expect(salesWords({ sales: 12, refunds: 1 })).toBe('12 sales, 1 refund')
  expect(salesWords({ sales: 1, refunds: 0, voids: 2 })).toBe('1 sale, 2 voids')
  expect(salesWords({ sales: 0, refunds: 0 })).toBe('0 sales')
})
