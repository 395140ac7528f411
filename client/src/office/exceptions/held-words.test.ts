import { expect, it } from 'vitest'
import { heldText, replayedText } from './held-words.ts'

const all = { entries: 0, sales: 0, refunds: 0, amount: 0, unclear: 0 }

it('says what is held by kind', () => {
  expect(heldText({ ...all, entries: 14, sales: 10, refunds: 1 })).toBe('10 sales, 1 refund, 3 other entries')
  expect(heldText({ ...all, entries: 1, sales: 1 })).toBe('1 sale')
  expect(heldText({ ...all, entries: 2, unclear: 2 })).toBe('2 entries')
})

it('says what counts now, what had counted, and why the rest does not', () => {
  const nothing = { applied: 0, duplicate: 0, held: 0, reason: null, since: 0 }
  expect(replayedText({ ...nothing, applied: 12 })).toBe('12 entries count now.')
  expect(replayedText({ ...nothing, applied: 1, duplicate: 2 })).toBe(
    '1 entry counts now. 2 entries had been counted already.',
  )
  expect(replayedText({ ...nothing, held: 1, reason: 'The text is not JSON.' })).toBe(
    '1 entry still cannot be taken: The text is not JSON.',
  )
  expect(replayedText({ ...nothing, applied: 2, since: 1 })).toBe(
    '2 entries count now. 1 more entry has come meanwhile: look at what is kept now.',
  )
  expect(replayedText(nothing)).toBe('Nothing was held any more.')
})
