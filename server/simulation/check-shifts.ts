import type { Entry, EntryOf } from '@evertill/shared/protocol/entry'
import { type JournalMark, marksOf, openExceptions } from './check-journals.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { reckoningDifferences, sumShift } from './shift-sums.ts'
import { differentSets, groupBy, Sums } from './sums.ts'

/** Invariant 5: every shift is the sum of its entries, and differs from its till's reckoning only where that is told. */
export function shiftsAddUp(
  { mismatched }: Verdict,
  facts: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  const { ledger, textOf } = facts
  const entries = ledger.entries.flatMap(({ entry_id }) => textOf.get(entry_id) ?? [])
  const inShifts = groupBy(
    entries.filter((entry) => shiftOf(entry) !== undefined),
    (entry) => shiftOf(entry) ?? '',
  )
  const rows = new Map(ledger.shifts.map((row) => [row.shift_id, row]))
  const marks = marksOf(facts)
  const [totals, found] = [new Sums(), new Sums()]
  const [differing, judged, late] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const [id, ofShift] of inShifts) {
    const sums = sumShift(ofShift, papers)
    totals.add(`${id} float`, sums.float)
    totals.add(`${id} sales`, sums.sales.count)
    totals.add(`${id} sold`, sums.sales.total)
    totals.add(`${id} refunds`, sums.refunds.count)
    totals.add(`${id} paid back`, sums.refunds.total)
    totals.add(`${id} moved`, sums.moved)
    for (const [key, amount] of sums.taken) totals.add(`${id} ${key}`, amount)
    const closes = ofShift
      .filter((entry): entry is EntryOf<'shift-closed'> => entry.kind === 'shift-closed')
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const [close] = closes
    const row = rows.get(id)
    if (row?.close_id !== (close?.id ?? null))
      mismatched.push(`shift ${id}: closed by ${row?.close_id}, not ${close?.id}`)
    if (close === undefined) continue
    if (closes.length === 1 && ofShift.some((entry) => isLate(entry, close))) late.add(id)
    if (
      closes.length > 1 &&
      facts.ledger.exceptions.some((e) => e.type === 'late-after-close' && e.subject === id)
    )
      late.add(id)
    const opening = ofShift.find(({ kind }) => kind === 'shift-opened')
    if (!isWhole(opening, close, marks)) continue
    judged.add(id)
    if (row?.complete !== true) mismatched.push(`shift ${id} is whole, and is not taken for it`)
    if (reckoningDifferences(sums, close.body).length > 0) differing.add(id)
  }
  for (const row of ledger.shifts) {
    found.add(`${row.shift_id} float`, row.float_amount ?? 0)
    found.add(`${row.shift_id} sales`, row.sales)
    found.add(`${row.shift_id} sold`, row.sales_total)
    found.add(`${row.shift_id} refunds`, row.refunds)
    found.add(`${row.shift_id} paid back`, row.refunds_total)
    found.add(`${row.shift_id} moved`, row.cash_moved)
    if (!inShifts.has(row.shift_id)) mismatched.push(`shift ${row.shift_id} has no entries`)
  }
  for (const { shift_id, kind, method_code, amount } of ledger.shiftTenders)
    found.add(`${shift_id} ${kind} ${method_code}`, amount)
  mismatched.push(...totals.differences(found).map((text) => `shift ${text}`))

  // Nothing else may differ: what a till wrote is what the oracles say.
  const told = [...openExceptions(facts, 'totals-differ')].filter((id) => judged.has(id) || !inShifts.has(id))
  mismatched.push(...differentSets('open totals-differ of', differing, new Set(told)))
  const toldLate = ledger.exceptions
    .filter(({ type }) => type === 'late-after-close')
    .map(({ subject }) => subject)
  mismatched.push(...differentSets('late-after-close of', late, new Set(toldLate)))
  mismatched.push(...cashDifferences(facts).map((text) => `cash moved by ${text}`))
}

/** The shift an entry counts in; an opening is its own. */
const shiftOf = (entry: Entry): string | undefined =>
  entry.kind === 'shift-opened'
    ? entry.id
    : (entry.shiftId ?? (entry.kind === 'shift-closed' ? entry.id : undefined))

const isLate = (entry: Entry, close: Entry): boolean =>
  entry.tillId === close.tillId && entry.epoch === close.epoch && entry.seq > close.seq

/** Whether all that the till wrote from the opening to the close has arrived, as far as its numbers tell. */
function isWhole(
  opening: Entry | undefined,
  { tillId, epoch, seq }: Entry,
  marks: ReadonlyMap<string, JournalMark>,
): boolean {
  for (let of = 1; of <= epoch; of++) {
    const mark = marks.get(`${tillId}/${of}`)
    const last = of === epoch ? seq : (mark?.lastSeq ?? 0)
    if (mark === undefined || mark.highWater >= last) continue
    // Nobody knows where the shift began: the hole may be in it.
    if (opening === undefined) return false
    if (of < opening.epoch) continue
    for (let no = of === opening.epoch ? opening.seq : 1; no <= last; no++)
      if (!mark.present.has(no)) return false
  }
  return true
}

function cashDifferences({ ledger, textOf }: Facts): string[] {
  const [moved, found] = [new Sums(), new Sums()]
  for (const { entry_id } of ledger.entries) {
    const entry = textOf.get(entry_id)
    if (entry?.kind !== 'cash-moved') continue
    const { direction, amount } = entry.body
    moved.add(`${entry_id} ${entry.shiftId ?? null}`, direction === 'in' ? amount : -amount)
  }
  for (const { source_id, shift_id, amount } of ledger.cash) found.add(`${source_id} ${shift_id}`, amount)
  return moved.differences(found)
}
