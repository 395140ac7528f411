import { expect, it } from 'vitest'
import { parseSearchText, searchText } from './search-text.ts'

it('keeps a barcode in the address as it was typed', () => {
  expect(searchText({ q: '0888800112', outlet: undefined, from: '' })).toBe('?q=0888800112')
  expect(parseSearchText('?q=0888800112')).toEqual({ q: '0888800112' })
})

it('reads back whatever it writes', () => {
  const search = { q: 'kopi-o & 50% “peng” +1', back: '/sales?q=a&from=2025-11-13' }
  expect(parseSearchText(searchText(search))).toEqual(search)
})

it('writes nothing when there is nothing', () => {
  expect(searchText({})).toBe('')
})
