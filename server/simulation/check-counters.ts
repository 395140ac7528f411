import { openExceptions } from './check-journals.ts'
import { pointsMoved } from './check-papers.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { differentSets, Sums } from './sums.ts'

/** Invariants 2 and 5, counters are the sums of what happened: stock, points, days. */
export function sumsAreRight(
  { mismatched }: Verdict,
  facts: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  mismatched.push(
    ...stockDifferences(facts, papers).map((text) => `stock of ${text}`),
    ...countDifferences(facts).map((text) => `count ${text}`),
    ...pointsDifferences(facts, papers).map((text) => `points of ${text}`),
    ...overdrawnDifferences(facts),
    ...valueDifferences(facts, papers).map((text) => `on code ${text}`),
    ...dayDifferences(facts, papers).map((text) => `day ${text}`),
  )
}

/** What the office moved is its own ledger; what was sold, came back or was counted is what the cashiers did. */
function stockDifferences({ ledger, textOf }: Facts, papers: ReadonlyMap<string, ExpectedPaper>): string[] {
  const [stock, found] = [new Sums(), new Sums()]
  for (const { reason, outlet_id, product_id, quantity } of ledger.movements)
    if (reason === 'opening' || reason === 'adjustment') stock.add(`${outlet_id} ${product_id}`, quantity)
  for (const { entry_id, outlet_id } of ledger.entries) {
    for (const { productId, moved } of papers.get(entry_id)?.lines ?? [])
      stock.add(`${outlet_id} ${productId}`, moved)
    const entry = textOf.get(entry_id)
    if (entry?.kind === 'stock-counted')
      for (const { productId, counted, expected } of entry.body.lines)
        stock.add(`${outlet_id} ${productId}`, counted - expected)
  }
  for (const { outlet_id, product_id, on_hand } of ledger.stock)
    found.add(`${outlet_id} ${product_id}`, on_hand)
  return stock.differences(found)
}

function countDifferences({ ledger, textOf }: Facts): string[] {
  const [counts, found] = [new Sums(), new Sums()]
  for (const { entry_id } of ledger.entries) {
    const entry = textOf.get(entry_id)
    if (entry?.kind !== 'stock-counted') continue
    for (const { productId, counted, expected } of entry.body.lines)
      counts.add(`${entry_id} ${productId}`, counted - expected)
  }
  for (const { reason, source_id, product_id, quantity } of ledger.movements)
    if (reason === 'count') found.add(`${source_id} ${product_id}`, quantity)
  return counts.differences(found)
}

function pointsDifferences({ ledger }: Facts, papers: ReadonlyMap<string, ExpectedPaper>): string[] {
  const [points, found] = [new Sums(), new Sums()]
  for (const { entry_id } of ledger.entries) {
    const paper = papers.get(entry_id)
    if (paper !== undefined && paper.customerId !== null) points.add(paper.customerId, pointsMoved(paper))
  }
  for (const balance of ledger.balances) found.add(balance.customer_id, balance.points)
  return points.differences(found)
}

/** Head office is told of every customer whose points were spent twice, and of no other. */
function overdrawnDifferences(facts: Facts): string[] {
  const owing = facts.ledger.balances.filter(({ points }) => points < 0)
  return differentSets(
    'open points-overdrawn of',
    new Set(owing.map((row) => row.customer_id)),
    openExceptions(facts, 'points-overdrawn'),
  )
}

/** What is on a code is what was put there less what paid, by its ledger and by its counter. */
function valueDifferences(facts: Facts, papers: ReadonlyMap<string, ExpectedPaper>): string[] {
  const { ledger } = facts
  const [expected, entries, counted] = [new Sums(), new Sums(), new Sums()]
  for (const { entry_id } of ledger.entries) {
    const paper = papers.get(entry_id)
    for (const { code, amount } of paper?.sold ?? []) expected.add(code, amount)
    for (const { code, amount } of paper?.tenders ?? []) if (code !== null) expected.add(code, -amount)
  }
  for (const { code, amount } of ledger.valueEntries) entries.add(code, amount)
  for (const { code, balance } of ledger.values) counted.add(code, balance)
  const owing = ledger.values.filter(({ balance }) => balance < 0)
  return [
    ...expected.differences(entries),
    ...expected.differences(counted),
    ...differentSets(
      'open value-overdrawn of',
      new Set(owing.map((row) => row.code)),
      openExceptions(facts, 'value-overdrawn'),
    ),
  ]
}

function dayDifferences({ ledger }: Facts, papers: ReadonlyMap<string, ExpectedPaper>): string[] {
  const [days, found] = [new Sums(), new Sums()]
  const amounts = ['gross', 'discount', 'tax', 'net', 'issued', 'rounding', 'total'] as const
  for (const { entry_id, outlet_id, business_date, till_id } of ledger.entries) {
    const paper = papers.get(entry_id)
    if (paper === undefined) continue
    const day = `${outlet_id} ${business_date} ${till_id}`
    days.add(`${day} ${paper.kind === 'sale' ? 'sales' : 'refunds'}`, 1)
    for (const field of amounts) days.add(`${day} ${field}`, paper[field])
    for (const { methodCode, amount, change } of paper.tenders)
      days.add(`${day} ${methodCode}`, amount - change)
  }
  for (const { outlet_id, business_date, till_id, ...total } of ledger.days)
    for (const field of ['sales', 'refunds', ...amounts])
      found.add(`${outlet_id} ${business_date} ${till_id} ${field}`, Number(total[field]))
  for (const { outlet_id, business_date, till_id, method_code, amount } of ledger.dayTenders)
    found.add(`${outlet_id} ${business_date} ${till_id} ${method_code}`, amount)
  return days.differences(found)
}
