import { expect, test } from 'vitest'
import { piecesAhead } from './pieces-ahead.ts'

test.each([
  ['6*', 6, ''],
  ['6*milk', 6, 'milk'],
  [' 12 × 8888200123457', 12, ' 8888200123457'],
  ['007*kopi', 7, 'kopi'],
  ['9999*', 9999, ''],
])('%s says how many are added', (text, pieces, rest) => {
  expect(piecesAhead(text)).toEqual({ pieces, rest })
})

test.each(['', 'milk', '*6', '0*', '10000*milk', '6x330ml', '6'])('%s says nothing of it', (text) => {
  expect(piecesAhead(text)).toEqual({ pieces: undefined, rest: text })
})
