import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { groupBy } from './sums.ts'

/** Invariants 3 and 4: every sale, refund and void has its parts, and every amount is the oracles'. */
export function amountsAreTheOracles(
  { mismatched }: Verdict,
  { ledger, textOf }: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  const linesOf = groupBy(ledger.lines, (line) => line.sale_id)
  const tendersOf = groupBy(ledger.tenders, (tender) => tender.sale_id)
  const movementsOf = groupBy(
    ledger.movements.filter(({ reason }) => ['sale', 'refund', 'void'].includes(reason)),
    (movement) => movement.source_id,
  )
  const pointsOf = groupBy(ledger.points, (row) => row.source_id)
  const sales = new Map(ledger.sales.map((sale) => [sale.sale_id, sale]))
  const paperIds = new Set(ledger.entries.filter(({ kind }) => isPaper(kind)).map(({ entry_id }) => entry_id))
  for (const parts of [sales, linesOf, tendersOf, movementsOf, pointsOf])
    for (const id of parts.keys())
      if (!paperIds.has(id)) mismatched.push(`parts of ${id} are there without its entry`)

  for (const id of paperIds) {
    const expected = papers.get(id)
    const sale = sales.get(id)
    if (expected === undefined || sale === undefined) {
      mismatched.push(`entry ${id} has no ${sale === undefined ? 'sale' : 'reason'}`)
      continue
    }
    const differs = (what: string, want: unknown, found: unknown) => {
      const [a, b] = [JSON.stringify(want), JSON.stringify(found)]
      if (a !== b) mismatched.push(`${expected.kind} ${id}: ${what} is ${b}, not ${a}`)
    }
    for (const field of [
      'kind',
      'gross',
      'discount',
      'tax',
      'net',
      'issued',
      'rounding',
      'total',
      'change',
    ] as const)
      differs(field, expected[field], sale[field])
    differs('original', expected.originalId, sale.original_sale_id)
    differs('customer', expected.customerId, sale.customer_id)
    differs('points', expected.points, sale.points_earned)
    differs(
      'lines',
      expected.lines.map((line) => [
        line.productId,
        line.quantity,
        line.discount,
        line.net,
        line.tax,
        line.originalLineNo,
      ]),
      (linesOf.get(id) ?? [])
        .sort((a, b) => a.line_no - b.line_no)
        .map((line) => [
          line.product_id,
          line.quantity,
          line.discount,
          line.net,
          line.tax,
          line.original_line_no,
        ]),
    )
    differs(
      'tenders',
      expected.tenders.map(({ methodCode, kind, amount, change, points, code }) => [
        methodCode,
        kind,
        amount,
        change,
        points,
        code,
      ]),
      (tendersOf.get(id) ?? [])
        .sort((a, b) => a.tender_no - b.tender_no)
        .map((tender) => [
          tender.method_code,
          tender.kind,
          tender.amount,
          tender.change,
          tender.points ?? 0,
          tender.value_code,
        ]),
    )
    const paid = expected.tenders.reduce((sum, { amount, change }) => sum + amount - change, 0)
    differs('what was paid', expected.total, paid)
    differs(
      'movements',
      expected.lines
        .filter((line) => line.moved !== 0)
        .map((line) => `${line.productId} ${line.moved} ${expected.kind}`)
        .sort(),
      (movementsOf.get(id) ?? [])
        .map(({ product_id, quantity, reason }) => `${product_id} ${quantity} ${reason}`)
        .sort(),
    )
    const points = (pointsOf.get(id) ?? []).reduce((sum, row) => sum + row.points, 0)
    differs('points entries', expected.customerId === null ? 0 : pointsMoved(expected), points)
    const text = textOf.get(id)
    if (text === undefined) continue
    // Singapore is UTC+8 all year, and the shop's day ends at four in the morning.
    const moment = Date.parse(text.at) + text.clockOffsetMs + 4 * 3_600_000
    differs('day', new Date(moment).toISOString().slice(0, 10), sale.business_date)
  }
}

/** What a paper did to its customer's points. */
export const pointsMoved = ({ points, tenders }: ExpectedPaper): number =>
  tenders.reduce((sum, tender) => sum - tender.points, points)

export const isPaper = (kind: string): boolean => kind === 'sale' || kind === 'refund' || kind === 'void'
