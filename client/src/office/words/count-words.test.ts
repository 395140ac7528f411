import { expect, it } from 'vitest'
import { countOf } from './count-words.ts'

it('counts in words', () => {
  expect(countOf(1, 'product')).toBe('1 product')
  expect(countOf(0, 'entry', 'entries')).toBe('0 entries')
  expect(countOf(1312, 'product')).toBe('1,312 products')
})
