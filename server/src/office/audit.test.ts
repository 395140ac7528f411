import { minor } from '@evertill/shared/domain/money'
import { closeOf, shiftTotals } from '@evertill/shared/domain/shift'
import {
  card,
  cartOf,
  cash,
  onSaturday,
  promotion,
  refundOf,
  SINGAPORE,
  saleOf,
} from '@evertill/shared/testing/builders'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addTill, authenticated, createShop, journalOf, pushBytes, type Shop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { Sql } from '../db/connect.ts'
import { AUDIT_CHECKS } from '../db/queries/audit.ts'
import { acceptPush } from '../replay/accept-push.ts'
import { audit } from './audit.ts'

/** The ledger as replay wrote it; each test spoils a copy. */
let ledger: TestDatabase
let database: TestDatabase
let sql: Sql
let shop: Shop
let ownTill: string
/** Whose entries are pushed. */
let tillId: string
/** Four sales: a customer's with two lines and card and cash, then three of one piece. */
let sales: string[]
/** Another till's shift: a float, a sale of two, of which one came back, cash put in, a count, a new customer. */
let shift: Awaited<ReturnType<typeof pushShift>>

beforeAll(async () => {
  ledger = await createTestDatabase()
  sql = ledger.sql
  shop = await createShop(sql)
  tillId = await addTill(sql, shop)
  const journal = journalOf(shop, tillId)
  const [first = '', second = ''] = shop.productIds
  const big = saleOf(
    cartOf([{ productId: first, price: 1250 }, { productId: second }], {
      customer: { customerId: shop.customerId, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 },
    }),
    [card(500), cash(2000)],
  )
  const entries = [journal.sell(big), journal.sell(), journal.sell(), journal.sell()]
  sales = entries.map(({ id }) => id)
  await push(pushBytes(entries))
  shift = await pushShift()
  // A gift card from before.
  await sql`
    insert into value_entry (company_id, source_id, line_no, code, amount, reason, at)
    values (${shop.companyId}, ${uuidV7()}, 1, 'V7K3M9PQX2TBAW', 2500, 'opening', now())`
  await sql`
    insert into stored_value (company_id, code, kind, balance)
    values (${shop.companyId}, 'V7K3M9PQX2TBAW', 'gift-card', 2500)`
  await sql.end()
  ownTill = tillId
})
afterAll(() => ledger.drop())

beforeEach(async () => {
  database = await createTestDatabase(ledger)
  sql = database.sql
  tillId = ownTill
})
afterEach(() => database.drop())

async function pushShift() {
  const first = tillId
  tillId = await addTill(sql, shop, 'T2')
  const journal = journalOf(shop, tillId)
  const opened = journal.write('shift-opened', { float: minor(10_000) })
  const inShift = { shiftId: opened.id }
  const sale = saleOf(cartOf([{ productId: shop.productIds[2] ?? '', quantity: 2000 }]), [cash(500)])
  const sold = journal.sell(sale, inShift)
  const taken = refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }] })
  const refund = journal.write('refund', taken, inShift)
  const moved = { direction: 'in', amount: minor(700), reason: 'Change' } as const
  const put = journal.write('cash-moved', moved, inShift)
  const customer = { customerId: uuidV7(), code: 'T2-0001', name: 'Goh' }
  const registered = journal.write('customer-registered', customer, inShift)
  const body = {
    paperId: sold.id,
    receiptNo: 'T2-1',
    to: 'goh@example.com',
    language: 'en',
    copy: true,
  } as const
  const emailed = journal.write('receipt-emailed', body, inShift)
  const buyer = { name: 'Goh Pte. Ltd.', address: '1 Fullerton Road' }
  const named = journal.write('buyer-named', { paperId: sold.id, receiptNo: 'T2-1', buyer }, inShift)
  const counted = { productId: shop.productIds[3] ?? '', expected: 1_000_000, counted: 998_000 }
  const count = journal.write('stock-counted', { lines: [counted] }, inShift)
  const totals = shiftTotals(minor(10_000), [
    { kind: 'sale', body: sale },
    { kind: 'refund', body: taken },
    { kind: 'cash-moved', body: moved },
  ])
  const closed = journal.write('shift-closed', closeOf(totals, 'CASH', []), inShift)
  await push(pushBytes([opened, sold, refund, put, registered, emailed, named, count, closed]))
  tillId = first
  return { id: opened.id, saleId: sold.id, refundId: refund.id }
}

async function push(bytes: Uint8Array) {
  const ports = {
    now: () => new Date(),
    log: pino({ level: 'silent' }),
    sleep: async () => {},
    random: () => 0,
  }
  return acceptPush(sql, await authenticated(sql, shop.companyId, tillId), bytes, ports)
}

/** What the audit finds, by the name of its check. */
async function found(options: { companyId?: string } = { companyId: shop.companyId }) {
  const differences: Record<string, string[]> = {}
  await audit(sql, options, {
    onDifference: (_, { name }, { sentence }) => {
      differences[name] = [...(differences[name] ?? []), sentence]
    },
  })
  return differences
}

test('a ledger that replay wrote has no difference, and every check has looked at something', async () => {
  await push(pushBytes([{ hash: '0'.repeat(64), raw: 'not an entry' }]))
  const looked: Record<string, number> = {}
  const result = await audit(
    sql,
    {},
    {
      onCheck: (company, { check, covered }) => {
        expect(company.name).toBe('Bedok Minimart')
        looked[check.name] = covered
      },
    },
  )
  expect(await found()).toEqual({})
  expect(result).toEqual({ companies: 1, differences: 0 })
  expect(Object.keys(looked)).toEqual(AUDIT_CHECKS.map(({ name }) => name))
  expect(Object.values(looked).every((rows) => rows > 0)).toBe(true)
  expect(looked).toMatchObject({ 'entry-seals': 13, 'sale-lines': 7, 'sale-tenders': 7, 'stock-levels': 5 })
})

test('a sale with promotions has none either: what they gave is in its discounts', async () => {
  const offer = { kind: 'set', size: 3, price: minor(250), mixed: true } as const
  const facts = onSaturday([promotion({ offer })])
  const cart = cartOf([{ productId: shop.productIds[0] ?? '', quantity: 4000 }])
  const till = tillId
  tillId = await addTill(sql, shop, 'T3')
  const sold = saleOf(cart, [cash(350)], SINGAPORE, facts)
  expect(sold).toMatchObject({ gross: 400, discount: 50, net: 350 })
  await push(pushBytes([journalOf(shop, tillId).sell(sold)]))
  tillId = till
  expect(await sql`select discount, net from sale_line where discount = 50`).toEqual([
    { discount: 50, net: 350 },
  ])
  expect(await sql`select from exception where type = 'totals-differ'`).toHaveLength(0)
  expect(await found()).toEqual({})
})

/** What somebody did to the tables by hand, the checks that must notice, and what one of them says. */
const tamperings: [what: string, run: () => Promise<unknown>, noticed: string[], says: RegExp][] = [
  [
    'an entry’s text',
    () =>
      sql`update entry set raw = replace(raw, '"change":400', '"change":300') where entry_id = ${sale(1)}`,
    ['entry-seals'],
    /^Receipt \S+ \(Till T1, Bedok\): its text is not the one that was sealed/,
  ],
  [
    'an entry’s text that is JSON no more',
    () => sql`update entry set raw = 'gone' where entry_id = ${sale(1)}`,
    ['entry-seals'],
    /its text is not the one that was sealed/,
  ],
  [
    'an entry’s business day',
    () => sql`update entry set business_date = '2020-02-02' where entry_id = ${sale(1)}`,
    ['entry-fields', 'sale-amounts'],
    /filed under business day 2020-02-02, but its text says 20/,
  ],
  [
    'an entry’s predecessor',
    () => sql`update entry set prev = sha256('x') where entry_id = ${sale(2)}`,
    ['entry-fields', 'entry-chain'],
    /names [0-9a-f]{12} as the one before it, but that one is [0-9a-f]{12}\.$/,
  ],
  [
    'a sealed entry exchanged for another text under its own seal',
    () => sql`
      update entry set raw = replace(raw, '"change":400', '"change":300'),
        hash = sha256(convert_to(replace(raw, '"change":400', '"change":300'), 'UTF8')) where entry_id = ${sale(1)}`,
    ['entry-chain', 'sale-amounts'],
    /its change is \$4\.00, but its till wrote \$3\.00/,
  ],
  [
    'a journal’s high-water mark',
    () => sql`update journal set high_water = 3 where till_id = ${tillId}`,
    ['journal-marks', 'journal-gaps'],
    /^Journal 1 \(Till T1, Bedok\): its high-water mark is 3, but its entries make it 4\.$/,
  ],
  [
    'a journal’s last number',
    () => sql`update journal set last_seq = 9 where till_id = ${tillId}`,
    ['journal-marks', 'journal-gaps'],
    /entry 5 has not arrived while entry 9 has, and no exception tells of it/,
  ],
  [
    'a held line',
    async () => {
      await push(pushBytes([{ hash: '0'.repeat(64), raw: 'not an entry' }]))
      await sql`update quarantine set line = 'something else'`
    },
    ['held-lines'],
    /^Journal \(Till T1, Bedok\): the line held as \S+ is not the one that came/,
  ],
  [
    'a sale that is gone',
    () => sql`delete from sale where sale_id = ${sale(1)}`,
    ['sale-entries', 'sale-movements', 'day-totals', 'day-tenders'],
    /^Entry 2 \(Till T1, Bedok\): its entry is there, its sale is missing\.$/,
  ],
  [
    'a sale without its entry',
    () => sql`delete from entry where entry_id = ${sale(3)}`,
    ['journal-marks', 'sale-entries', 'sale-lines', 'sale-tenders'],
    /its sale is there, its entry is missing/,
  ],
  [
    'a sale’s total',
    () => sql`update sale set total = total + 100 where sale_id = ${sale(1)}`,
    ['sale-amounts', 'sale-paid', 'sale-totals', 'day-totals'],
    /its tenders less change are \$1\.00, but its total is \$2\.00/,
  ],
  [
    'a sale’s tax',
    () => sql`update sale set tax = 0 where sale_id = ${sale(1)}`,
    ['sale-amounts', 'sale-totals', 'day-totals'],
    /its lines carry \$0\.08 of tax, but its tax is \$0\.00/,
  ],
  [
    'a line’s net amount',
    () => sql`update sale_line set net = net - 1 where sale_id = ${sale(1)}`,
    ['sale-lines', 'sale-totals'],
    /the net amount of line 1 is \$0\.99, but its till wrote \$1\.00/,
  ],
  [
    'a line that is gone',
    () => sql`delete from sale_line where sale_id = ${sale(0)} and line_no = 2`,
    ['sale-lines', 'sale-movements', 'sale-totals'],
    /line 2 is missing/,
  ],
  [
    'a line too many',
    () => sql`insert into sale_line select (jsonb_populate_record(l, '{"line_no": 7}')).*
              from sale_line l where sale_id = ${sale(1)}`,
    ['sale-lines', 'sale-movements', 'sale-totals'],
    /line 7 is none that its till wrote/,
  ],
  [
    'a tender’s amount',
    () => sql`update sale_tender set amount = amount + 1 where sale_id = ${sale(1)}`,
    ['sale-tenders', 'sale-paid', 'day-tenders'],
    /the amount of tender 1 is \$5\.01, but its till wrote \$5\.00/,
  ],
  [
    'a tender that is gone',
    () => sql`delete from sale_tender where sale_id = ${sale(0)} and tender_no = 1`,
    ['sale-tenders', 'sale-paid', 'day-tenders'],
    /tender 1 is missing/,
  ],
  [
    'the change of a tender',
    () => sql`update sale_tender set change = 0 where sale_id = ${sale(1)}`,
    ['sale-paid', 'day-tenders'],
    /its tenders gave \$0\.00 back, but its change is \$4\.00/,
  ],
  [
    'a movement that is gone',
    () => sql`delete from stock_movement where source_id = ${sale(1)}`,
    ['sale-movements', 'stock-levels'],
    /line 1 has not moved the stock by −1/,
  ],
  [
    'a movement without its line',
    () => sql`
      insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
      values (${shop.companyId}, ${sale(1)}, 5, ${shop.outletId}, ${shop.productIds[0] ?? ''}, -2500, 'sale', now())`,
    ['sale-movements', 'stock-levels'],
    /stock moved by −2\.5 for line 5, which is not there/,
  ],
  [
    'points that were never earned',
    () => sql`
      insert into points_entry (company_id, source_id, line_no, customer_id, points, reason, at)
      values (${shop.companyId}, ${sale(1)}, 0, ${shop.customerId}, 7, 'earned', now())`,
    ['sale-points', 'points-balances'],
    /it earned 0 points and gave 7/,
  ],
  [
    'points that paid for nothing',
    () => sql`
      insert into points_entry (company_id, source_id, line_no, customer_id, points, reason, at)
      values (${shop.companyId}, ${sale(0)}, 1, ${shop.customerId}, -3, 'spent', now())`,
    ['sale-points-spent', 'points-balances'],
    /tender 1 should have moved 0 points and moved -3/,
  ],
  [
    'points that are owed and nobody was told',
    () => sql`update points_balance set points = -5`,
    ['points-balances', 'points-overdrawn'],
    /^Tan Mei Ling: the balance is -5 points, and no exception tells of it\.$/,
  ],
  [
    'what is on a gift card',
    () => sql`update stored_value set balance = balance + 1`,
    ['stored-values'],
    /on code V7K3M9PQX2TBAW is \$25\.01, but its entries make \$25\.00/,
  ],
  [
    'a gift card that moved without paying',
    () => sql`
      insert into value_entry (company_id, source_id, line_no, code, amount, reason, at)
      values (${shop.companyId}, ${sale(0)}, 1, 'V7K3M9PQX2TBAW', -100, 'spent', now())`,
    ['stored-values', 'value-entries'],
    /it should have moved code V7K3M9PQX2TBAW by \$0\.00, and did by −\$1\.00/,
  ],
  [
    'a gift card that is overdrawn and nobody was told',
    () => sql`update stored_value set balance = -1`,
    ['stored-values', 'value-overdrawn'],
    /on code V7K3M9PQX2TBAW is −\$0\.01, and no exception tells of it/,
  ],
  [
    'the stock on hand',
    () => sql`update stock_level set on_hand = on_hand + 1500 where product_id = ${shop.productIds[0] ?? ''}`,
    ['stock-levels'],
    /^Product 1 at Bedok: its stock on hand is 997\.5, but its movements make 996\.$/,
  ],
  [
    'a stock level that is gone',
    () => sql`delete from stock_level where product_id = ${shop.productIds[4] ?? ''}`,
    ['stock-levels'],
    /^Product 5 at Bedok: its stock on hand is 0, but its movements make 1,000\.$/,
  ],
  [
    'a points balance',
    () => sql`update points_balance set points = 1000`,
    ['points-balances'],
    /^Tan Mei Ling: the balance is 1000 points, but the entries make 1\.$/,
  ],
  [
    'a day’s total',
    () => sql`update day_total set total = total - 100`,
    ['day-totals'],
    /^\d{4}-\d\d-\d\d \(Till T1, Bedok\): the day’s total is \$15\.50, but its sales make \$16\.50\.$/,
  ],
  [
    'a day that is gone',
    () => sql`delete from day_total`,
    ['day-totals'],
    /the day’s number of sales is 0, but its sales make 4/,
  ],
  [
    'a day’s takings of one method',
    () => sql`update day_tender set amount = amount + 1 where method_code = 'CARD'`,
    ['day-tenders'],
    /the day took \$5\.01 by CARD, but its tenders make \$5\.00/,
  ],
  [
    'a refund that stands as a sale',
    () => sql`update sale set kind = 'sale' where sale_id = ${shift.refundId}`,
    ['sale-entries', 'sale-movements', 'day-totals', 'shift-totals'],
    /^Shift of \d{4}-\d\d-\d\d \(Till T2, Bedok\): its number of refunds is 1, but its entries make 0\.$/,
  ],
  [
    'a refund’s amount',
    () => sql`update sale_line set net = net + 1 where sale_id = ${shift.refundId}`,
    ['sale-lines', 'sale-totals'],
    /the net amount of line 1 is −\$0\.99, but its till wrote −\$1\.00/,
  ],
  [
    'a refund of another sale',
    () => sql`update sale set original_sale_id = ${sale(1)} where sale_id = ${shift.refundId}`,
    ['sale-amounts', 'over-refunds', 'refund-counts'],
    /its original sale is \S+, but its till wrote \S+\.$/,
  ],
  [
    'a written-off line that went back on the shelf',
    () => sql`update sale_line set restock = false where sale_id = ${shift.refundId}`,
    ['sale-lines', 'sale-movements'],
    /stock moved by 1 for line 1, which is not there/,
  ],
  [
    'what was sold of what came back',
    () => sql`update sale_line set quantity = 500 where sale_id = ${shift.saleId}`,
    ['sale-lines', 'sale-movements', 'over-refunds'],
    /of line 1 1 came back and 0\.5 was sold, and no exception tells of it/,
  ],
  [
    'a count that moved nothing',
    () => sql`delete from stock_movement where reason = 'count'`,
    ['stock-counts', 'stock-levels'],
    /line 1 of the count moved the stock by nothing, but its till wrote −2\.$/,
  ],
  [
    'cash that was put in',
    () => sql`update cash_movement set amount = amount - 500`,
    ['cash-movements', 'shift-totals', 'shift-cash'],
    /the cash that moved is \$2\.00, but its till wrote \$7\.00/,
  ],
  [
    'a registered customer who is gone',
    () => sql`delete from customer where code = 'T2-0001'`,
    ['registered-customers'],
    /it registered the customer Goh, who is not there/,
  ],
  [
    'a receipt that was to be e-mailed',
    () => sql`delete from receipt_email`,
    ['emailed-receipts'],
    /the receipt T2-1 that was to be e-mailed is not there to be sent/,
  ],
  [
    'an address that somebody changed',
    () => sql`update receipt_email set address = 'thief@example.com'`,
    ['emailed-receipts'],
    /to another address than its till wrote/,
  ],
  [
    'a receipt made out to somebody else',
    () => sql`update buyer_named set name = 'Thief Pte. Ltd.'`,
    ['named-buyers'],
    /made out to another, or is another, than its till wrote/,
  ],
  [
    'a buyer who is gone',
    () => sql`delete from buyer_named`,
    ['named-buyers'],
    /whom receipt T2-1 was made out to is not there/,
  ],
  [
    'a float',
    () => sql`update shift set float_amount = 0`,
    ['shift-entries', 'shift-cash'],
    /its till expected \$108\.00 in the drawer, but the ledger makes \$8\.00/,
  ],
  [
    'a shift that is gone',
    () => sql`delete from shift`,
    ['shift-entries', 'shift-totals'],
    /its float is nothing, but its till wrote 10000|its float is nothing, but its till wrote \$100\.00/,
  ],
  [
    'what a till reckoned of its shift',
    () => sql`update shift set figures = jsonb_set(figures, '{sales,count}', '5')`,
    ['shift-entries'],
    /its own reckoning is /,
  ],
  [
    'what a shift sold',
    () => sql`update shift set sales_total = sales_total + 1`,
    ['shift-totals'],
    /its total of sales is \$2\.01, but its entries make \$2\.00/,
  ],
  [
    'what a shift took',
    () => sql`update shift_tender set amount = amount + 1`,
    ['shift-tenders'],
    /it took \$1\.01 by CASH, but its tenders make \$1\.00/,
  ],
  [
    'the shift a sale was made in',
    () => sql`update entry set shift_id = null where entry_id = ${shift.saleId}`,
    ['entry-fields', 'shift-totals', 'shift-tenders', 'shift-cash'],
    /filed under shift none, but its text says/,
  ],
  [
    'a shift that was closed before',
    () => sql`update shift set close_seq = 5`,
    ['shift-entries', 'late-entries'],
    /it is entry 6 of a shift that was closed with entry 5, and no exception tells of it/,
  ],
  [
    'the till of a shift',
    () => sql`update shift set till_id = ${tillId}`,
    ['shift-entries'],
    /its till is \S+, but its till wrote \S+\.$/,
  ],
  [
    'the day on which cash moved',
    () => sql`update cash_movement set business_date = '2020-02-02'`,
    ['cash-movements'],
    /the cash moved in another shift, at another till, on another day/,
  ],
  [
    'how often something was refunded',
    () => sql`update refunded_sale set refunds = 2`,
    ['refund-counts'],
    /2 refunds of it are counted, but there are 1\.$/,
  ],
  [
    'a sale that nobody counts the refunds of',
    () => sql`delete from refunded_sale`,
    ['refund-counts'],
    /0 refunds of it are counted, but there are 1\.$/,
  ],
  [
    'a held line that no exception tells of',
    async () => {
      await push(pushBytes([{ hash: '0'.repeat(64), raw: 'not an entry' }]))
      await sql`delete from exception where type = 'unreadable'`
    },
    ['held-exceptions'],
    /the line held as \S+ is told of by no exception/,
  ],
  [
    'a held line that was never replayed',
    async () => {
      const entry = journalOf(shop, tillId).sell()
      await push(pushBytes([{ ...entry, hash: '0'.repeat(64) }]))
      await sql`update quarantine set state = 'replayed'`
    },
    ['replayed-lines'],
    /the line held as \S+ is said to count, but its entry is missing/,
  ],
]
const sale = (no: number): string => sales[no] ?? ''

describe('what was changed behind replay’s back is found:', () => {
  test.each(tamperings)('%s', async (_, tamper, noticed, says) => {
    await tamper()
    const differences = await found()
    expect(Object.keys(differences).sort()).toEqual([...noticed].sort())
    expect(Object.values(differences).flat()).toContainEqual(expect.stringMatching(says))
  })

  test('every check has a tampering that it notices', () => {
    const noticed = new Set(tamperings.flatMap(([, , names]) => names))
    expect(AUDIT_CHECKS.map(({ name }) => name).filter((name) => !noticed.has(name))).toEqual([])
  })
})

test('a shift whose till reckoned otherwise is known by its exception', async () => {
  await sql`update shift set float_amount = 0`
  await sql`
    insert into exception (company_id, type, subject, detail)
    values (${shop.companyId}, 'totals-differ', ${shift.id}, '{}')`
  expect(Object.keys(await found())).toEqual(['shift-entries'])
})

test('a sealed text that cannot be read is a difference, and the other checks go on', async () => {
  await sql`update entry set raw = 'gone', hash = sha256(convert_to('gone', 'UTF8')) where entry_id = ${sale(3)}`
  await sql`update stock_level set on_hand = 0 where product_id = ${shop.productIds[0] ?? ''}`
  const differences = await found()
  expect(differences['sale-lines']).toEqual([
    expect.stringMatching(/^This check came to no end: invalid input syntax for type json/),
  ])
  expect(differences['stock-levels']).toHaveLength(1)
})

test('a sale that contradicts itself is known by its exception, and is no difference', async () => {
  const body = saleOf(cartOf([{ productId: shop.productIds[0] ?? '' }]), [cash(500)])
  const other = await addTill(sql, shop, 'T3')
  tillId = other
  await push(pushBytes([journalOf(shop, other).sell({ ...body, tax: 99 as never, total: 150 as never })]))
  expect(await found()).toEqual({})
  await sql`delete from exception where type = 'totals-differ'`
  expect(Object.keys(await found()).sort()).toEqual(['sale-paid', 'sale-totals'])
})

test('a hole in a journal is a difference until an exception tells of it', async () => {
  const other = await addTill(sql, shop, 'T3')
  tillId = other
  const journal = journalOf(shop, other)
  const [first, , third] = [journal.sell(), journal.sell(), journal.sell()]
  await push(pushBytes([first, third]))
  const { 'journal-gaps': gaps = [] } = await found()
  const open = await sql`select from exception where type = 'sequence-gap' and state = 'open'`
  expect(gaps).toHaveLength(open.length === 0 ? 1 : 0)
  await sql`
    insert into exception (company_id, type, subject, till_id, detail)
    values (${shop.companyId}, 'sequence-gap', 'told by hand', ${other}, '{}')`
  expect(await found()).toEqual({})
})

test('one company’s differences are not another’s, and rows of no company are found', async () => {
  const other = await createShop(sql)
  await sql`update stock_level set on_hand = 0 where company_id = ${other.companyId}`
  expect(await found()).toEqual({})
  expect((await found({ companyId: other.companyId }))['stock-levels']).toHaveLength(5)
  await sql`update stock_level set company_id = gen_random_uuid() where company_id = ${other.companyId}`
  const names: (string | null)[] = []
  const { companies, differences } = await audit(sql, {}, { onDifference: ({ name }) => names.push(name) })
  expect(companies).toBe(7)
  expect(differences).toBe(10)
  expect(names.filter((name) => name === null)).toHaveLength(5)
})

test('sales that arrive while it runs make no difference', async () => {
  const other = await addTill(sql, shop, 'T3')
  tillId = other
  const journal = journalOf(shop, other)
  let done = false
  const selling = (async () => {
    while (!done) await push(pushBytes([journal.sell(), journal.sell()]))
  })()
  for (let i = 0; i < 10; i++) expect(await found()).toEqual({})
  done = true
  await selling
  expect((await sql`select from sale`).length).toBeGreaterThan(10)
})
