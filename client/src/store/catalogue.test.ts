import { expect, test } from 'vitest'
import { sortedByName } from './catalogue.ts'

test('products stand in the order of their names: numbers as numbers, whatever the case and the accents', () => {
  const names = ['Tea 10 bags', 'tea 9 bags', 'Éclair', 'eclair, mini', 'Apple', '豆腐 Tofu', '2 for 1 box']
  expect(sortedByName(names.map((name) => ({ name }))).map(({ name }) => name)).toEqual([
    '2 for 1 box',
    'Apple',
    'Éclair',
    'eclair, mini',
    'tea 9 bags',
    'Tea 10 bags',
    '豆腐 Tofu',
  ])
})
