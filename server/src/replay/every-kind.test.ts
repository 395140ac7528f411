import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import { OLD_VERSIONS } from '@evertill/shared/fixtures/old-versions'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { journalOfEntries, OUTLET_ID, TILL_ID } from '@evertill/shared/testing/builders'
import { everyKind } from '@evertill/shared/testing/every-kind'
import { v7 as uuidV7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import {
  addTill,
  authenticated,
  createShop,
  type Journal,
  journalOf,
  oneMilo,
  type Shop,
} from '../../test/shop.ts'
import type { Sql } from '../db/connect.ts'
import { pull } from '../feed/pull.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'

const the = usePushingTill()
let sql: Sql
let shop: Shop
let till: AuthenticatedTill
let journal: Journal
beforeEach(() => {
  ;({ sql, shop, till, journal } = the)
})

/** A till's journal, kept by the server's own clock. */
const journalAt = (tillId: string, { epoch = 1 } = {}) =>
  journalOf(shop, tillId, { epoch, now: () => the.clock.now.getTime() })

const pushAs = async (from: AuthenticatedTill, ...entries: SealedEntry[]) =>
  (await the.answerTo(entries, { from })).outcomes
const push = (...entries: SealedEntry[]) => pushAs(till, ...entries)
const exceptions = () => sql`
  select type, state, subject, detail, note from exception
  where company_id = ${shop.companyId} order by raised_at, type`

/** The till that the shared builders write for, in a shop of its own. */
async function builtTill() {
  const { companyId } = shop
  await sql`
    insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
    values (${companyId}, ${OUTLET_ID}, 'FIX', 'Fixture', 'Asia/Singapore', 4)`
  await sql`
    insert into till (company_id, till_id, outlet_id, code, name)
    values (${companyId}, ${TILL_ID}, ${OUTLET_ID}, 'F1', 'Fixture till')`
  return authenticated(sql, companyId, TILL_ID)
}

/** Every row that replay() writes, without what differs from one try to the next. */
async function ledger() {
  const { companyId } = shop
  const rows = (table: string, order: string) =>
    sql.unsafe(
      `select to_jsonb(t) - 'changed_xid' - 'queued_at' - 'next_try_at' - 'received_at' - 'raised_at' - 'resolved_at' - 'exception_id'
         - 'entry_id' as row
       from ${table} t where company_id = $1 order by ${order}`,
      [companyId],
    )
  const tables: [string, string][] = [
    ['sale', 'sale_id'],
    ['sale_line', 'sale_id, line_no'],
    ['sale_tender', 'sale_id, tender_no'],
    ['stock_movement', 'source_id, line_no'],
    ['points_entry', 'source_id, line_no'],
    ['cash_movement', 'source_id'],
    ['receipt_email', 'email_id'],
    ['buyer_named', 'paper_id'],
    ['stock_level', 'outlet_id, product_id'],
    ['points_balance', 'customer_id'],
    ['day_total', 'outlet_id, business_date, till_id'],
    ['day_tender', 'outlet_id, business_date, till_id, method_code'],
    ['shift', 'shift_id'],
    ['shift_tender', 'shift_id, method_code'],
    ['customer', 'customer_id'],
    ['refunded_sale', 'sale_id'],
    ['journal', 'till_id, epoch'],
  ]
  const found: Record<string, unknown> = {}
  for (const [table, order] of tables) found[table] = (await rows(table, order)).map(({ row }) => row)
  return found
}

test('a day with every kind of entry is applied, adds up, and agrees with its till', async () => {
  const sender = await builtTill()
  const day = journalOfEntries(everyKind())
  const outcomes = await pushAs(sender, ...day)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(day.map(() => 'applied'))
  const open = (await exceptions()).filter(({ state }) => state === 'open').map(({ type }) => type)
  expect(new Set(open)).toEqual(new Set(['unknown-product', 'unknown-staff', 'stock-negative']))
  expect(await sql`select complete from shift where company_id = ${shop.companyId}`).toEqual([
    { complete: true },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a day sent again, one by one, backwards and from all sides at once makes the same ledger', async () => {
  const sender = await builtTill()
  const day = journalOfEntries(everyKind())
  await pushAs(sender, ...day)
  const once = await ledger()
  expect((await pushAs(sender, ...day)).every(({ outcome }) => outcome === 'duplicate')).toBe(true)
  expect(await ledger()).toEqual(once)

  const openTypes = async () =>
    (await exceptions())
      .filter(({ state }) => state === 'open')
      .map(({ type, subject }) => `${type} ${subject}`)
  const openOnce = (await openTypes()).toSorted()
  for (const way of ['backwards', 'at once'] as const) {
    shop = await createShop(sql)
    const again = await builtTill()
    if (way === 'backwards') for (const entry of day.toReversed()) await pushAs(again, entry)
    else
      await Promise.all(
        Array.from({ length: 8 }, (_, i) => pushAs(again, ...day.slice(i, i + 6), ...day.slice(0, i))),
      )
    const { customer: _, stock_movement: __, stock_level: ___, ...mine } = withoutCompany(await ledger())
    const { customer: ____, stock_movement: _____, stock_level: ______, ...first } = withoutCompany(once)
    expect(mine).toEqual(first)
    const lasting = (types: string[]) => types.filter((type) => !type.startsWith('stock-negative')).toSorted()
    expect(lasting(await openTypes())).toEqual(lasting(openOnce))
    expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
  }
})

const withoutCompany = (found: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(found, (key, value) => (key === 'company_id' ? undefined : value)))

const stillAccepted = Array.from(
  { length: PROTOCOL_VERSION - OLDEST_PROTOCOL_VERSION },
  (_, i) => OLDEST_PROTOCOL_VERSION + i,
)

test.each(stillAccepted)(
  'entries of protocol version %i that tills still hold are applied',
  async (version) => {
    const sender = await builtTill()
    const samples = OLD_VERSIONS[version] ?? []
    expect(samples.length).toBeGreaterThan(0)
    for (const { raw } of samples) expect(JSON.parse(raw).v).toBe(version)
    const outcomes = await pushAs(sender, ...samples)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(samples.map(() => 'applied'))
    expect(await sql`select count(*) as entries from entry where company_id = ${shop.companyId}`).toEqual([
      { entries: samples.length },
    ])
    expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
  },
)

test('an entry of a protocol version that is not known yet is kept, and its neighbours are applied', async () => {
  const [before, future, after] = [
    journal.sell(),
    journal.sell(undefined, { v: PROTOCOL_VERSION + 1 }),
    journal.sell(),
  ]
  expect((await push(before, future, after)).map(({ outcome }) => outcome)).toEqual([
    'applied',
    'quarantined',
    'applied',
  ])
})

type Registered = EntryOf<'customer-registered'>['body']
const customers = () => sql`
  select customer_id, code, name, phone, email from customer
  where company_id = ${shop.companyId} and customer_id <> ${shop.customerId} order by customer_id`

test('a customer registered at a till is known to head office and in the feed of every till', async () => {
  const other = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'T2'))
  const { cursor } = await pull(sql, other, undefined, the.ports.now)
  const body: Registered = {
    customerId: uuidV7(),
    code: 'T1-0001',
    name: 'Lim Ah Hock',
    phone: '+6591234567',
    email: 'lim@example.com',
  }
  const entry = journal.write('customer-registered', body)
  expect(await push(entry)).toMatchObject([{ outcome: 'applied' }])
  expect(await push(entry)).toMatchObject([{ outcome: 'duplicate' }])
  expect(await customers()).toEqual([
    { customer_id: body.customerId, code: body.code, name: body.name, phone: body.phone, email: body.email },
  ])
  const { rows } = await pull(sql, other, cursor, the.ports.now)
  expect(rows.customer).toMatchObject([body])
  // The same customer in another entry, from a copied profile: nothing happens to who is there.
  await push(journal.write('customer-registered', { ...body, code: 'T1-0002', name: 'Someone else' }))
  expect(await customers()).toMatchObject([{ code: 'T1-0001', name: 'Lim Ah Hock' }])
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('customers that two tills gave one code are both kept, each under a code of its own', async () => {
  const other = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'T2'))
  const body = (code = 'C9'): Registered => ({ customerId: uuidV7(), code, name: 'Goh' })
  const [one, two, taken] = [body(), body(), body('C1')]
  const outcomes = await Promise.all([
    push(journal.write('customer-registered', one), journal.write('customer-registered', taken)),
    pushAs(other, journalAt(other.till_id).write('customer-registered', two)),
  ])
  expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied'])
  const codes = (await customers()).map(({ code }) => code)
  expect(new Set(codes).size).toBe(3)
  expect(codes).toContain('C9')
  expect(codes).toContain(`C1-${taken.customerId.slice(-12)}`)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a sale to a customer who is registered in the same push is no exception; one that came before closes it', async () => {
  const customer = { customerId: uuidV7(), name: 'Goh', multiplierPpm: 1_000_000 }
  const registered = journal.write('customer-registered', {
    customerId: customer.customerId,
    code: 'N1',
    name: 'Goh',
  })
  const sale = { ...oneMilo(shop), customer }
  await push(journal.sell(sale), registered)
  expect(await exceptions()).toEqual([])

  const late = { ...customer, customerId: uuidV7() }
  const second = journal.write('customer-registered', {
    customerId: late.customerId,
    code: 'N2',
    name: 'Goh',
  })
  const sold = journal.sell({ ...sale, customer: late })
  const unknown = async () => (await exceptions()).filter(({ type }) => type === 'unknown-customer')
  expect(await push(sold)).toMatchObject([{ exceptions: expect.arrayContaining(['unknown-customer']) }])
  expect(await unknown()).toMatchObject([{ state: 'open', subject: late.customerId }])
  await push(second)
  expect(await unknown()).toMatchObject([{ state: 'resolved', note: expect.stringContaining('arrived') }])
})

test('a count moves the stock by what was found more or less, whatever was sold in between', async () => {
  const [first = '', second = ''] = shop.productIds
  const count = journal.write('stock-counted', {
    lines: [
      { productId: first, expected: 1_000_000, counted: 990_000 },
      { productId: second, expected: 1_000_000, counted: 1_000_000 },
    ],
  })
  await push(journal.sell())
  await push(count, journal.sell())
  await push(count)
  expect(
    await sql`
    select line_no, quantity from stock_movement
    where company_id = ${shop.companyId} and reason = 'count' order by line_no`,
  ).toEqual([
    { line_no: 1, quantity: -10_000 },
    { line_no: 2, quantity: 0 },
  ])
  expect(
    await sql`
    select on_hand from stock_level where company_id = ${shop.companyId} and product_id = ${first}`,
  ).toEqual([{ on_hand: 988_000 }])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a count of what is not in the catalogue, or that leaves less than nothing, is told', async () => {
  const unknown = uuidV7()
  const lines = [
    { productId: unknown, expected: 0, counted: 3000 },
    { productId: shop.productIds[0] ?? '', expected: 2_000_000, counted: 0 },
  ]
  const [outcome] = await push(journal.write('stock-counted', { lines }))
  expect(outcome?.exceptions?.toSorted()).toEqual(['stock-negative', 'unknown-product'])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('an override names who gave it; a stranger is told', async () => {
  const about = { permission: 'sale.refund', about: 'Refund of BED-T1-000001' } as const
  expect(await push(journal.write('override-given', { ...about, approvedBy: shop.staffId }))).toEqual([
    expect.not.objectContaining({ exceptions: expect.anything() }),
  ])
  const stranger = uuidV7()
  expect(await push(journal.write('override-given', { ...about, approvedBy: stranger }))).toMatchObject([
    { outcome: 'applied', exceptions: ['unknown-staff'] },
  ])
  expect(await exceptions()).toMatchObject([{ type: 'unknown-staff', subject: stranger }])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('opening the drawer changes no figure', async () => {
  await push(journal.sell())
  const { journal: _, ...before } = await ledger()
  expect(await push(journal.write('drawer-opened', { reason: 'Change' }))).toMatchObject([
    { outcome: 'applied' },
  ])
  const { journal: __, ...after } = await ledger()
  expect(after).toEqual(before)
})

test('what cannot be stored of a rare kind is quarantined alone', async () => {
  const most = minor(9e15)
  const opened = journal.write('shift-opened', { float: minor(0) })
  const inShift = { shiftId: opened.id }
  const [one, two] = [0, 1].map(() =>
    journal.write('cash-moved', { direction: 'in', amount: minor(5), reason: 'Float' }, inShift),
  )
  const absurd = journal.write('cash-moved', { direction: 'in', amount: most, reason: 'Float' }, inShift)
  if (one === undefined || two === undefined) throw new Error('no movements')
  expect((await push(opened, one, absurd, two)).map(({ outcome }) => outcome)).toEqual([
    'applied',
    'applied',
    'quarantined',
    'applied',
  ])
  expect(await sql`select cash_moved from shift where company_id = ${shop.companyId}`).toEqual([
    { cash_moved: 10 },
  ])
})
