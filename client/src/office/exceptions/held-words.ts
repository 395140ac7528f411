import type { HeldEntries, ReplayReport } from '@evertill/shared/protocol/office/exceptions'
import { countOf, salesWords } from '../words/count-words.ts'

type All = HeldEntries['all']

/** What is held, by kind: `10 sales, 1 refund, 3 other entries`. */
export function heldText({ entries, sales, refunds }: All): string {
  const trade = sales + refunds
  const rest = entries - trade
  if (trade === 0) return countOf(rest, 'entry', 'entries')
  return [
    salesWords({ sales, refunds }),
    ...(rest > 0 ? [countOf(rest, 'other entry', 'other entries')] : []),
  ].join(', ')
}

/** What came of a second reading, for the money and for what to do. */
export function replayedText({
  applied,
  duplicate,
  held,
  reason,
  since,
}: Omit<ReplayReport, 'left' | 'readTo'>): string {
  const parts = [
    ...(applied > 0 ? [`${countOf(applied, 'entry counts', 'entries count')} now.`] : []),
    ...(duplicate > 0 ? [`${countOf(duplicate, 'entry had', 'entries had')} been counted already.`] : []),
    ...(held > 0
      ? [
          `${countOf(held, 'entry still cannot', 'entries still cannot')} be taken: ${reason ?? 'no reason given.'}`,
        ]
      : []),
    ...(since > 0
      ? [`${countOf(since, 'more entry has', 'more entries have')} come meanwhile: look at what is kept now.`]
      : []),
  ]
  return parts.length === 0 ? 'Nothing was held any more.' : parts.join(' ')
}
