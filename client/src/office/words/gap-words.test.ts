import { expect, it } from 'vitest'
import { gapWords } from './gap-words.ts'

it('says nothing when every entry up to the last has arrived', () => {
  expect(gapWords({ highWater: 0, lastSeq: 0 })).toBeUndefined()
  expect(gapWords({ highWater: 41, lastSeq: 41 })).toBeUndefined()
})

it('names the one entry that is missing', () => {
  expect(gapWords({ highWater: 41, lastSeq: 43 })).toBe('42')
  expect(gapWords({ highWater: 0, lastSeq: 2 })).toBe('1')
})

it('names the stretch in which entries are missing', () => {
  expect(gapWords({ highWater: 1041, lastSeq: 1050 })).toBe('Between 1,042 and 1,049')
})
