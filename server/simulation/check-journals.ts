import type { Facts, Verdict } from './facts.ts'
import { differentSets, groupBy } from './sums.ts'

export interface JournalMark {
  readonly highWater: number
  readonly lastSeq: number
  readonly present: ReadonlySet<number>
}

/** Of every till and epoch the server has entries of, how far they are gapless and how far they go. */
export function marksOf({ ledger }: Facts): Map<string, JournalMark> {
  const marks = new Map<string, JournalMark>()
  for (const [journal, entries] of groupBy(ledger.entries, ({ till_id, epoch }) => `${till_id}/${epoch}`)) {
    const present = new Set(entries.map(({ seq }) => seq))
    let highWater = 0
    while (present.has(highWater + 1)) highWater++
    marks.set(journal, { highWater, lastSeq: Math.max(...present), present })
  }
  return marks
}

/** Invariant 6: the high-water mark is the end of the gapless part, and what is missing above it is told of. */
export function journalsAreGapless({ mismatched }: Verdict, facts: Facts): void {
  const { ledger } = facts
  const expected = marksOf(facts)
  const found = new Map(ledger.journals.map((row) => [`${row.till_id}/${row.epoch}`, row]))
  for (const journal of new Set([...expected.keys(), ...found.keys()])) {
    const { highWater = 0, lastSeq = 0 } = expected.get(journal) ?? {}
    const row = found.get(journal)
    if (row?.high_water !== highWater || row.last_seq !== lastSeq)
      mismatched.push(
        `journal ${journal}: high water ${row?.high_water} and last ${row?.last_seq}, not ${highWater} and ${lastSeq}`,
      )
  }
  const torn = [...expected].filter(([, { highWater, lastSeq }]) => highWater < lastSeq).map(([key]) => key)
  mismatched.push(
    ...differentSets('open sequence-gap of', new Set(torn), openExceptions(facts, 'sequence-gap')),
  )
}

export const openExceptions = ({ ledger }: Facts, type: string): Set<string> =>
  new Set(
    ledger.exceptions
      .filter((row) => row.type === type && row.state === 'open')
      .map(({ subject }) => subject),
  )
