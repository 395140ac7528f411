import type { Sql } from '../src/db/connect.ts'
import type { Browser } from './browser.ts'
import type { Attempt } from './cashier.ts'

/*
 * What must always be true (the seven invariants), reckoned from what *Paid* showed and from the oracle's amounts.
 * The ledger is read row by row and added up here: nothing of the product's SQL or arithmetic is asked.
 */

export interface Verdict {
  lost: string[]
  doubled: string[]
  mismatched: string[]
}

interface EntryRow {
  entry_id: string
  till_id: string
  epoch: number
  seq: number
  kind: string
  business_date: string
  hash: string
  raw: string
}
type Amounts = Record<string, number>
interface Ledger {
  entries: EntryRow[]
  sales: ({ sale_id: string; till_id: string; business_date: string; receipt_no: string } & Amounts)[]
  lines: ({ sale_id: string; line_no: number; product_id: string } & Amounts)[]
  tenders: ({ sale_id: string; tender_no: number; method_code: string } & Amounts)[]
  movements: { source_id: string; product_id: string; quantity: number; reason: string }[]
  points: { source_id: string; customer_id: string; points: number }[]
  stock: { product_id: string; on_hand: number }[]
  balances: { customer_id: string; points: number }[]
  days: ({ business_date: string; till_id: string } & Amounts)[]
  dayTenders: { business_date: string; till_id: string; method_code: string; amount: number }[]
  journals: { till_id: string; epoch: number; high_water: number; last_seq: number }[]
  held: { line: string }[]
  products: { product_id: string; name: string; price: number; deleted: boolean }[]
}

async function readLedger(sql: Sql, companyId: string): Promise<Ledger> {
  const [row] = await sql<{ ledger: Ledger }[]>`
    with c as (select ${companyId}::uuid as id)
    select jsonb_build_object(
      'entries', (select jsonb_agg(jsonb_build_object('entry_id', entry_id, 'till_id', till_id, 'epoch', epoch,
          'seq', seq, 'kind', kind, 'business_date', business_date, 'hash', encode(hash, 'hex'), 'raw', raw))
        from entry, c where company_id = c.id),
      'sales', (select jsonb_agg(to_jsonb(s)) from sale s, c where company_id = c.id),
      'lines', (select jsonb_agg(to_jsonb(l)) from sale_line l, c where company_id = c.id),
      'tenders', (select jsonb_agg(to_jsonb(t)) from sale_tender t, c where company_id = c.id),
      'movements', (select jsonb_agg(to_jsonb(m)) from stock_movement m, c where company_id = c.id),
      'points', (select jsonb_agg(to_jsonb(p)) from points_entry p, c where company_id = c.id),
      'stock', (select jsonb_agg(to_jsonb(s)) from stock_level s, c where company_id = c.id),
      'balances', (select jsonb_agg(to_jsonb(b)) from points_balance b, c where company_id = c.id),
      'days', (select jsonb_agg(to_jsonb(d)) from day_total d, c where company_id = c.id),
      'dayTenders', (select jsonb_agg(to_jsonb(d)) from day_tender d, c where company_id = c.id),
      'journals', (select jsonb_agg(to_jsonb(j)) from journal j, c where company_id = c.id),
      'held', (select jsonb_agg(jsonb_build_object('line', encode(line, 'hex'))) from quarantine, c where company_id = c.id),
      'products', (select jsonb_agg(jsonb_build_object('product_id', product_id, 'name', name, 'price', price,
          'deleted', deleted_at is not null)) from product, c where company_id = c.id)
    ) as ledger`
  if (row === undefined) throw new Error('no ledger')
  for (const table of Object.keys(row.ledger) as (keyof Ledger)[]) row.ledger[table] ??= [] as never
  return row.ledger
}

/** Σ by key, and where two such sums differ. */
class Sums {
  readonly #sums = new Map<string, number>()
  add(key: string, amount: number): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + amount)
  }
  of(key: string): number {
    return this.#sums.get(key) ?? 0
  }
  differences(other: Sums): string[] {
    const keys = new Set([...this.#sums.keys(), ...other.#sums.keys()])
    return [...keys]
      .filter((key) => (this.#sums.get(key) ?? 0) !== (other.#sums.get(key) ?? 0))
      .map((key) => `${key}: expected ${this.#sums.get(key) ?? 0}, found ${other.#sums.get(key) ?? 0}`)
  }
}

export async function check(
  sql: Sql,
  companyId: string,
  attempts: readonly Attempt[],
  browsers: readonly Browser[],
): Promise<Verdict> {
  const ledger = await readLedger(sql, companyId)
  const verdict: Verdict = { lost: [], doubled: [], mismatched: [] }
  const attemptOf = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  const entryOf = new Map(ledger.entries.map((entry) => [entry.entry_id, entry]))
  const heldTexts = new Set(ledger.held.map(({ line }) => Buffer.from(line, 'hex').toString('utf8')))

  everyEntryOnce(verdict, { attempts, attemptOf, entryOf, ledger, heldTexts, browsers })
  amountsAreTheOracles(verdict, ledger, attemptOf)
  sumsAreRight(verdict, ledger, attemptOf)
  journalsAreGapless(verdict, ledger)
  for (const browser of browsers) catalogueIsTheServers(verdict, ledger, browser)
  return verdict
}

interface Facts {
  readonly attempts: readonly Attempt[]
  readonly attemptOf: ReadonlyMap<string, Attempt>
  readonly entryOf: ReadonlyMap<string, EntryRow>
  readonly ledger: Ledger
  readonly heldTexts: ReadonlySet<string>
  readonly browsers: readonly Browser[]
}

/** 1: every entry committed on a till is on the server exactly once, or held there with its bytes. */
function everyEntryOnce(
  { lost, doubled, mismatched }: Verdict,
  { attempts, attemptOf, entryOf, ledger, heldTexts, browsers }: Facts,
): void {
  const rows = browsers.flatMap((browser) => browser.journal().map((row) => ({ browser, row })))
  const heldIds = new Set<string>()
  for (const { browser, row } of rows) {
    const { id, fate, hash, raw } = row
    if (fate === 'waiting')
      mismatched.push(`${browser.name}: entry ${id} still waits after everything healed`)
    if (!attemptOf.has(id)) mismatched.push(`${browser.name}: entry ${id} belongs to no sale`)
    const isHeld = heldTexts.has(`${hash} ${raw}`)
    if (isHeld) heldIds.add(id)
    if (fate === 'held' && !isHeld && !entryOf.has(id))
      lost.push(`${browser.name}: entry ${id} is held by the till, and the server has not kept its bytes`)
    if ((fate === 'applied' || fate === 'duplicate') && !entryOf.has(id))
      lost.push(`${browser.name}: entry ${id} is ${fate} to the till, and the server does not have it`)
    if (fate !== 'held' && entryOf.has(id) && entryOf.get(id)?.hash !== hash)
      mismatched.push(`entry ${id} has another hash on the server`)
  }
  const known = new Set(rows.map(({ row }) => row.id))
  for (const { id, paid, refused, browser } of attempts) {
    if (paid !== undefined) {
      if (!entryOf.has(id) && !heldIds.has(id))
        lost.push(
          `${browser}: paid sale ${id} is not on the server${known.has(id) ? '' : ", nor in any till's journal"}`,
        )
      const entry = entryOf.get(id)
      if (entry !== undefined && entry.hash !== paid.hash)
        mismatched.push(`sale ${id} is not the one that was paid`)
    } else if (refused !== undefined && entryOf.has(id)) {
      doubled.push(`${browser}: sale ${id} was refused as ${refused} and is on the server all the same`)
    }
  }
  for (const { entry_id, raw } of ledger.entries) {
    if (!attemptOf.has(entry_id)) doubled.push(`entry ${entry_id} on the server belongs to no sale`)
    if ((JSON.parse(raw) as { id: string }).id !== entry_id)
      mismatched.push(`entry ${entry_id} holds another text`)
  }
  for (const [what, count] of countBy(ledger.entries.map(({ hash }) => hash)))
    if (count > 1) doubled.push(`hash ${what} is on the server ${count} times`)
  // One cart is one sale, however often the button was hit and whatever happened in between.
  const carts = new Map<unknown, string[]>()
  for (const { id, openSale } of attempts)
    if (entryOf.has(id)) carts.set(openSale, [...(carts.get(openSale) ?? []), id])
  for (const ids of carts.values())
    if (ids.length > 1) doubled.push(`one cart was sold as ${ids.join(' and ')}`)
}

/** 3 and 4: every sale has its parts, and every amount is the oracle's. */
function amountsAreTheOracles(
  { mismatched }: Verdict,
  ledger: Ledger,
  attemptOf: ReadonlyMap<string, Attempt>,
) {
  const linesOf = groupBy(ledger.lines, (line) => line.sale_id)
  const tendersOf = groupBy(ledger.tenders, (tender) => tender.sale_id)
  const movementsOf = groupBy(
    ledger.movements.filter((movement) => movement.reason === 'sale'),
    (movement) => movement.source_id,
  )
  const pointsOf = groupBy(ledger.points, (row) => row.source_id)
  const sales = new Map(ledger.sales.map((sale) => [sale.sale_id, sale]))
  const entryIds = new Set(ledger.entries.map((entry) => entry.entry_id))
  for (const parts of [sales, linesOf, tendersOf, movementsOf])
    for (const id of parts.keys())
      if (!entryIds.has(id)) mismatched.push(`parts of ${id} are there without its entry`)

  for (const entry of ledger.entries) {
    const id = entry.entry_id
    const attempt = attemptOf.get(id)
    const sale = sales.get(id)
    if (attempt === undefined) continue
    if (sale === undefined) {
      mismatched.push(`entry ${id} has no sale`)
      continue
    }
    const { expected, openSale } = attempt
    const differs = (what: string, want: unknown, found: unknown) => {
      if (JSON.stringify(want) !== JSON.stringify(found))
        mismatched.push(`sale ${id}: ${what} is ${JSON.stringify(found)}, not ${JSON.stringify(want)}`)
    }
    for (const field of ['gross', 'discount', 'tax', 'net', 'rounding', 'total', 'change'] as const)
      differs(field, expected[field], sale[field])
    differs('points', expected.pointsEarned, sale.points_earned)
    const lines = (linesOf.get(id) ?? []).sort((a, b) => a.line_no - b.line_no)
    differs(
      'lines',
      expected.lines.map(({ net, tax, lineDiscount, billShare }, i) => [
        openSale.cart.lines[i]?.productId,
        openSale.cart.lines[i]?.quantity,
        lineDiscount + billShare,
        net,
        tax,
      ]),
      lines.map((line) => [line.product_id, line.quantity, line.discount, line.net, line.tax]),
    )
    const tenders = (tendersOf.get(id) ?? []).sort((a, b) => a.tender_no - b.tender_no)
    differs(
      'tenders',
      openSale.tenders.map(({ methodCode, amount }) => [methodCode, amount]),
      tenders.map((tender) => [tender.method_code, tender.amount]),
    )
    differs(
      'change given',
      expected.change,
      tenders.reduce((sum, tender) => sum + (tender.change ?? 0), 0),
    )
    differs(
      'movements',
      sorted(lines.map((line) => `${line.product_id} ${-(line.quantity ?? 0)}`)),
      sorted((movementsOf.get(id) ?? []).map(({ product_id, quantity }) => `${product_id} ${quantity}`)),
    )
    const points = (pointsOf.get(id) ?? []).reduce((sum, row) => sum + row.points, 0)
    differs('points entries', expected.pointsEarned, points)
    const { at, clockOffsetMs } = JSON.parse(entry.raw) as { at: string; clockOffsetMs: number }
    // Singapore is UTC+8 all year, and the shop's day ends at four in the morning.
    const day = new Date(Date.parse(at) + clockOffsetMs + 4 * 3_600_000).toISOString().slice(0, 10)
    differs('day', day, sale.business_date)
  }
}

/** 2 and 5: counters are the sums of what happened. */
function sumsAreRight(
  { mismatched }: Verdict,
  ledger: Ledger,
  attemptOf: ReadonlyMap<string, Attempt>,
): void {
  const [stock, stockFound] = [new Sums(), new Sums()]
  const [points, pointsFound] = [new Sums(), new Sums()]
  const [days, daysFound] = [new Sums(), new Sums()]
  // What the office moved is its own ledger; what was sold is what the cashiers sold.
  for (const { reason, product_id, quantity } of ledger.movements)
    if (reason !== 'sale') stock.add(product_id, quantity)
  for (const entry of ledger.entries) {
    const attempt = attemptOf.get(entry.entry_id)
    if (attempt === undefined) continue
    const { openSale, expected } = attempt
    for (const { productId, quantity } of openSale.cart.lines) stock.add(productId, -quantity)
    const { customer } = openSale.cart
    if (customer !== undefined) points.add(customer.customerId, expected.pointsEarned)
    const day = `${entry.business_date} ${entry.till_id}`
    days.add(`${day} sales`, 1)
    for (const field of ['gross', 'discount', 'tax', 'net', 'rounding', 'total'] as const)
      days.add(`${day} ${field}`, expected[field])
    for (const { methodCode, amount } of openSale.tenders) days.add(`${day} ${methodCode}`, amount)
    if (expected.change > 0) days.add(`${day} CASH`, -expected.change)
  }
  for (const { product_id, on_hand } of ledger.stock) stockFound.add(product_id, on_hand)
  for (const balance of ledger.balances) pointsFound.add(balance.customer_id, balance.points)
  for (const { business_date, till_id, ...total } of ledger.days)
    for (const field of ['sales', 'gross', 'discount', 'tax', 'net', 'rounding', 'total'])
      daysFound.add(`${business_date} ${till_id} ${field}`, Number(total[field]))
  for (const { business_date, till_id, method_code, amount } of ledger.dayTenders)
    daysFound.add(`${business_date} ${till_id} ${method_code}`, amount)
  mismatched.push(
    ...stock.differences(stockFound).map((text) => `stock of ${text}`),
    ...points.differences(pointsFound).map((text) => `points of ${text}`),
    ...days.differences(daysFound).map((text) => `day ${text}`),
  )
}

/** 6: the high-water mark is the end of the gapless part. */
function journalsAreGapless({ mismatched }: Verdict, ledger: Ledger): void {
  const seqs = groupBy(ledger.entries, (entry) => `${entry.till_id} ${entry.epoch}`)
  const marks = new Map(ledger.journals.map((row) => [`${row.till_id} ${row.epoch}`, row]))
  for (const journal of new Set([...seqs.keys(), ...marks.keys()])) {
    const present = new Set((seqs.get(journal) ?? []).map((entry) => entry.seq))
    let highWater = 0
    while (present.has(highWater + 1)) highWater++
    const found = marks.get(journal)
    const lastSeq = Math.max(0, ...present)
    if (found?.high_water !== highWater || found.last_seq !== lastSeq)
      mismatched.push(
        `journal ${journal}: high water ${found?.high_water} and last ${found?.last_seq}, not ${highWater} and ${lastSeq}`,
      )
  }
}

/** 7: a drained till holds the server's catalogue, and its stock less what the server has not counted. */
function catalogueIsTheServers({ mismatched }: Verdict, ledger: Ledger, browser: Browser): void {
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

  const customers = new Map(
    browser
      .table<{ customerId: string; points: number }>('customer')
      .map((row) => [row.customerId, row.points]),
  )
  for (const { customer_id, points } of ledger.balances)
    if (customers.get(customer_id) !== points)
      mismatched.push(
        `${browser.name}: points of ${customer_id} are ${customers.get(customer_id)}, not ${points}`,
      )

  const notCounted = new Sums()
  for (const row of browser.journal())
    if (row.fate === 'held' || row.fate === 'waiting')
      for (const line of (
        JSON.parse(row.raw) as { body: { lines: { productId: string; quantity: number }[] } }
      ).body.lines)
        notCounted.add(line.productId, line.quantity)
  const [expected, shown] = [new Sums(), new Sums()]
  for (const { product_id, on_hand } of ledger.stock) {
    expected.add(product_id, on_hand)
    shown.add(product_id, notCounted.of(product_id))
  }
  for (const { productId, onHand, sold } of browser.table<{
    productId: string
    onHand: number
    sold: number
  }>('stock'))
    shown.add(productId, onHand - sold)
  mismatched.push(...expected.differences(shown).map((text) => `${browser.name}: shown stock of ${text}`))
}

const countBy = (items: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort()
