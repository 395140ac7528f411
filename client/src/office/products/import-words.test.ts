import { expect, it } from 'vitest'
import { countsWords, readingWords, resultWords, toImport } from './import-words.ts'

const problem = (line: number) => ({ line, column: 'price', value: 'x', reason: 'is not an amount' })
const report = (change: object) => ({
  format: 'evertill' as const,
  committed: false,
  total: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  problems: [],
  preview: [],
  ...change,
})

it('counts what will happen, and a row with two faults once', () => {
  const counted = report({
    created: 300,
    updated: 12,
    unchanged: 5,
    problems: [problem(4), problem(4), problem(9)],
  })
  expect(countsWords(counted)).toBe('300 new products, 12 to change, 5 unchanged, 2 rows left out')
  expect(toImport(counted)).toBe(312)
})

it('does not mention what there is none of', () => {
  expect(countsWords(report({ created: 1 }))).toBe('1 new product, 0 to change')
})

it('says what has been done', () => {
  expect(resultWords(report({ created: 300, updated: 1 }))).toBe('300 products added, 1 product changed.')
  expect(resultWords(report({ created: 2, problems: [problem(3)] }))).toBe(
    '2 products added. 1 row was left out.',
  )
  expect(resultWords(report({ unchanged: 4 }))).toBe('Nothing had to change.')
})

it('says how a file was read, or that it was not', () => {
  expect(readingWords({ format: 'shopify' }, false)).toBe('Read as a Shopify product export')
  expect(readingWords(undefined, false)).toBe('Reading…')
  expect(readingWords(undefined, true)).toBe('Not read')
})
