import { countText } from '../../app/format.ts'

/**
 * The hole in a till's journal, in words: every entry up to `highWater` has arrived, and `lastSeq` is the
 * highest that has. Between the two at least one is missing.
 */
export function gapWords(journal: {
  readonly highWater: number
  readonly lastSeq: number
}): string | undefined {
  const first = journal.highWater + 1
  const last = journal.lastSeq - 1
  if (last < first) return undefined
  return first === last ? countText(first) : `Between ${countText(first)} and ${countText(last)}`
}
