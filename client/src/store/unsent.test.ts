import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byPlace, type JournalKey, outside, toRanges } from './unsent.ts'

const places = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 })), {
    selector: (place) => place.join(' '),
  })
  .map((found) => found.sort(byPlace))

test('ranges hold exactly the places they were made of', () => {
  fc.assert(
    fc.property(places, places, (held, asked) => {
      const names = new Set(held.map(String))
      expect(outside(asked, toRanges(held))).toEqual(asked.filter((place) => !names.has(String(place))))
    }),
  )
})

test('neighbours are one range, and an epoch ends it', () => {
  const found: JournalKey[] = [
    [1, 4],
    [1, 5],
    [1, 7],
    [2, 8],
  ]
  expect(toRanges(found)).toEqual([
    [1, 4, 5],
    [1, 7, 7],
    [2, 8, 8],
  ])
})
