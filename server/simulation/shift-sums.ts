import type { ShiftClosedBody } from '@evertill/shared/domain/shift'
import type { Entry } from '@evertill/shared/protocol/entry'
import type { ExpectedPaper } from './expected-papers.ts'
import { Sums } from './sums.ts'

/** What the entries of one shift come to. */
export interface ShiftSums {
  readonly float: number
  readonly sales: { readonly count: number; readonly total: number }
  /** Voids among them; positive. */
  readonly refunds: { readonly count: number; readonly total: number }
  /** Put in less taken out. */
  readonly moved: number
  /** Taken less given back, by kind and method. */
  readonly taken: ReadonlyMap<string, number>
}

export function sumShift(entries: readonly Entry[], papers: ReadonlyMap<string, ExpectedPaper>): ShiftSums {
  let [float, moved] = [0, 0]
  const [sales, refunds] = [
    { count: 0, total: 0 },
    { count: 0, total: 0 },
  ]
  const taken = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind === 'shift-opened') float += entry.body.float
    if (entry.kind === 'cash-moved')
      moved += entry.body.direction === 'in' ? entry.body.amount : -entry.body.amount
    const paper = papers.get(entry.id)
    if (paper === undefined) continue
    if (paper.kind === 'sale') {
      sales.count++
      sales.total += paper.total
    } else {
      refunds.count++
      refunds.total -= paper.total
    }
    for (const { methodCode, kind, amount, change } of paper.tenders) {
      const key = `${kind} ${methodCode}`
      taken.set(key, (taken.get(key) ?? 0) + amount - change)
    }
  }
  return { float, sales, refunds, moved, taken }
}

/** Where a till's own reckoning of a shift differs. All cash lies in one drawer, with the float and what was moved. */
export function reckoningDifferences(
  { float, sales, refunds, moved, taken }: ShiftSums,
  figures: Pick<ShiftClosedBody, 'sales' | 'refunds' | 'tenders'>,
): string[] {
  const [expected, found] = [new Sums(), new Sums()]
  expected.add('sales', sales.total)
  found.add('sales', figures.sales.total)
  expected.add('refunds', refunds.total)
  found.add('refunds', figures.refunds.total)
  expected.add('cash', float + moved)
  for (const [key, amount] of taken) expected.add(drawerOf(...(key.split(' ') as [string, string])), amount)
  for (const { kind, methodCode, expected: amount } of figures.tenders)
    found.add(drawerOf(kind, methodCode), amount)
  return expected.differences(found)
}

const drawerOf = (kind: string, methodCode: string): string => (kind === 'cash' ? 'cash' : methodCode)
