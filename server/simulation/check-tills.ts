import { createHash } from 'node:crypto'
import type { Entry } from '@evertill/shared/protocol/entry'
import type { StoredValueRow } from '@evertill/shared/protocol/pull'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import type { OpenShift } from '../../client/src/store/shift.ts'
import type { Till } from '../../client/src/store/till.ts'
import type { PointsHere, ValueHere } from '../../client/src/store/till-database.ts'
import type { Browser } from './browser.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { reckoningDifferences, sumShift } from './shift-sums.ts'
import { Sums } from './sums.ts'

/** Invariant 7: a drained till holds the server's catalogue, and its stock less what the server has not counted. */
export function catalogueIsTheServers({ mismatched }: Verdict, facts: Facts, browser: Browser): void {
  const { ledger } = facts
  const products = new Map(
    browser
      .table<{ productId: string; name: string; price: number }>('product')
      .map((row) => [row.productId, row]),
  )
  for (const { product_id, name, price, deleted } of ledger.products) {
    const row = products.get(product_id)
    products.delete(product_id)
    if (deleted ? row !== undefined : row?.name !== name || row.price !== price)
      mismatched.push(
        `${browser.name}: product ${product_id} is ${JSON.stringify(row)}, not ${deleted ? 'gone' : `${name} at ${price}`}`,
      )
  }
  for (const id of products.keys()) mismatched.push(`${browser.name}: product ${id} is unknown to the server`)
  mismatched.push(
    ...customerDifferences(facts, browser).map((text) => `${browser.name}: ${text}`),
    ...stockDifferences(facts, browser).map((text) => `${browser.name}: shown stock of ${text}`),
    ...valueDifferences(facts, browser).map((text) => `${browser.name}: shown on code ${text}`),
    ...pointsHereDifferences(facts, browser).map((text) => `${browser.name}: points here of ${text}`),
  )
}

function customerDifferences({ ledger, journalOf, textOf }: Facts, browser: Browser): string[] {
  const wrong: string[] = []
  const balances = new Map(ledger.balances.map(({ customer_id, points }) => [customer_id, points]))
  const rows = new Map(
    browser
      .table<{ customerId: string; code: string; name: string; points: number; local?: 1 }>('customer')
      .map((row) => [row.customerId, row]),
  )
  for (const { customer_id, code, name } of ledger.customers) {
    const row = rows.get(customer_id)
    rows.delete(customer_id)
    const points = balances.get(customer_id) ?? 0
    if (row?.code !== code || row.name !== name || row.points !== points)
      wrong.push(
        `customer ${customer_id} is ${JSON.stringify(row)}, not ${name}, ${code}, with ${points} points`,
      )
  }
  const registeredHere = new Set(
    (journalOf.get(browser) ?? []).flatMap(({ id }) => {
      const entry = textOf.get(id)
      return entry?.kind === 'customer-registered' ? [entry.body.customerId] : []
    }),
  )
  for (const [id, { local }] of rows)
    if (local !== 1 || !registeredHere.has(id)) wrong.push(`customer ${id} is unknown to the server`)
  return wrong
}

function stockDifferences({ ledger, journalOf }: Facts, browser: Browser): string[] {
  const outletId = (browser.state('till') as Till | undefined)?.outletId
  const [expected, shown] = [new Sums(), new Sums()]
  for (const row of journalOf.get(browser) ?? [])
    if (row.fate === 'held' || row.fate === 'waiting')
      for (const [productId, quantity] of leftTheShelf(JSON.parse(row.raw) as Entry))
        shown.add(productId, quantity)
  for (const { outlet_id, product_id, on_hand } of ledger.stock)
    if (outlet_id === outletId) expected.add(product_id, on_hand)
  for (const { productId, onHand, sold } of browser.table<{
    productId: string
    onHand: number
    sold: number
  }>('stock'))
    shown.add(productId, onHand - sold)
  return expected.differences(shown)
}

/** What a till lays over the server's points is what its own entries moved that the server has not counted. */
function pointsHereDifferences({ journalOf }: Facts, browser: Browser): string[] {
  const [expected, found] = [new Sums(), new Sums()]
  for (const row of journalOf.get(browser) ?? []) {
    if (row.fate !== 'held' && row.fate !== 'waiting') continue
    const entry = JSON.parse(row.raw) as Entry
    if (entry.kind !== 'sale' && entry.kind !== 'refund' && entry.kind !== 'void') continue
    const who = entry.body.customer?.customerId
    const legs = entry.body.tenders.reduce((sum, { points = 0 }) => sum + points, 0)
    if (who === undefined) continue
    if (entry.kind === 'sale') {
      expected.add(who, entry.body.pointsEarned - legs)
      expected.add(`${who} spent`, legs)
    } else expected.add(who, legs - entry.body.pointsTaken)
  }
  for (const { customerId, change, spent } of browser.table<PointsHere>('pointsHere')) {
    found.add(customerId, change)
    found.add(`${customerId} spent`, spent)
  }
  return expected.differences(found)
}

/** What a till shows of a code is what the server has and what its own entries moved that the server has not counted. */
function valueDifferences({ ledger, journalOf }: Facts, browser: Browser): string[] {
  const [expected, shown] = [new Sums(), new Sums()]
  for (const row of journalOf.get(browser) ?? []) {
    if (row.fate !== 'held' && row.fate !== 'waiting') continue
    const entry = JSON.parse(row.raw) as Entry
    if (entry.kind !== 'sale' && entry.kind !== 'refund' && entry.kind !== 'void') continue
    const sign = entry.kind === 'sale' ? 1 : -1
    for (const { code, amount } of entry.body.issued ?? []) expected.add(code, amount * sign)
    for (const { code, amount } of entry.body.tenders)
      if (code !== undefined) expected.add(code, -amount * sign)
  }
  for (const { code, balance } of ledger.values) expected.add(code, balance)
  for (const { code, balance } of browser.table<StoredValueRow>('storedValue')) shown.add(code, balance)
  for (const { code, change } of browser.table<ValueHere>('valueHere')) shown.add(code, change)
  return expected.differences(shown)
}

function leftTheShelf(entry: Entry): [string, number][] {
  switch (entry.kind) {
    case 'sale':
      return entry.body.lines.map(({ productId, quantity }) => [productId, quantity])
    case 'refund':
    case 'void':
      return entry.body.lines.flatMap(({ productId, quantity, restock }): [string, number][] =>
        restock ? [[productId, -quantity]] : [],
      )
    case 'stock-counted':
      return entry.body.lines.map(({ productId, counted, expected }) => [productId, expected - counted])
    default:
      return []
  }
}

/** A till's shifts follow each other, and its own reckoning of each is the sum of what its journal holds of it. */
export function shiftsAreTheJournals(
  { mismatched }: Verdict,
  { journalOf, textOf }: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
  browser: Browser,
): void {
  let open: { readonly id: string; readonly entries: Entry[] } | undefined
  for (const row of journalOf.get(browser) ?? []) {
    const entry = isRotten(row) ? textOf.get(row.id) : (JSON.parse(row.raw) as Entry)
    if (entry === undefined) continue
    if (entry.shiftId !== open?.id)
      mismatched.push(`${browser.name}: entry ${row.id} names the shift ${entry.shiftId}, not ${open?.id}`)
    if (entry.kind === 'shift-opened') open = { id: entry.id, entries: [entry] }
    else open?.entries.push(entry)
    if (entry.kind !== 'shift-closed' || open === undefined) continue
    // What the disk broke of a reckoning is not the till's.
    if (!isRotten(row))
      mismatched.push(
        ...reckoningDifferences(sumShift(open.entries, papers), entry.body).map(
          (text) => `${browser.name}: at the close of ${open?.id}, ${text}`,
        ),
      )
    open = undefined
  }
  const shift = browser.state('shift') as OpenShift | undefined
  if (shift?.shiftId !== open?.id) {
    mismatched.push(`${browser.name}: the open shift is ${shift?.shiftId}, not ${open?.id}`)
    return
  }
  if (shift === undefined || open === undefined) return
  const { float, sales, refunds, moved, taken } = sumShift(open.entries, papers)
  const { totals } = shift
  const found = [totals.float, totals.sales, totals.refunds, totals.movedIn - totals.movedOut]
  if (JSON.stringify(found) !== JSON.stringify([float, sales, refunds, moved]))
    mismatched.push(`${browser.name}: the open shift stands at ${JSON.stringify(found)}`)
  for (const { kind, methodCode, amount } of totals.takes)
    if ((taken.get(`${kind} ${methodCode}`) ?? 0) !== amount)
      mismatched.push(`${browser.name}: the open shift took ${amount} by ${methodCode}`)
}

const isRotten = ({ raw, hash }: JournalRow): boolean =>
  createHash('sha256').update(raw).digest('hex') !== hash
