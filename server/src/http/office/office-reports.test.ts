import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import { zOfficeSession, zOutletOption, zPage } from '@evertill/shared/protocol/office'
import { zExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { zJournalEntry } from '@evertill/shared/protocol/office/journal'
import { zSaleDetail, zSaleSummary } from '@evertill/shared/protocol/office/sales'
import { zShiftDetail, zShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { zStockLine } from '@evertill/shared/protocol/office/stock'
import { zToday } from '@evertill/shared/protocol/office/today'
import { zProblem } from '@evertill/shared/protocol/problem'
import { card, cartOf, cash, refundOf, saleOf, voidOf } from '@evertill/shared/testing/builders'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { authenticated, journalOf, pushBytes } from '../../../test/shop.ts'
import { DEMO_COMPANY, demoId } from '../../office/demo/demo-shop.ts'
import { acceptPush } from '../../replay/accept-push.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'
import { insertTestException, insertTestSale } from './sales-for-tests.ts'

const silent = pino({ level: 'silent' })
let office: TestOffice
let cookie: string
let kopi: { saleId: string; hash: string }

const KOPI = { sku: 'HOT-001', quantity: 2000, unitPrice: 150, tax: 25 }
const RICE = { sku: 'NDR-001', quantity: 1500, unitPrice: 1690, tax: 209 }

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
  const { sql } = office.database
  kopi = await insertTestSale(sql, {
    at: '2026-03-10T00:15:00.000Z',
    businessDate: '2026-03-10',
    receiptNo: 'TB-1-000001',
    customer: 'M0001',
    lines: [KOPI, RICE],
    tenders: [
      { code: 'CASH', amount: 1000 },
      { code: 'NETS', amount: 1835, reference: '004211' },
    ],
  })
  await insertTestSale(sql, {
    at: '2026-03-10T03:59:00.000Z',
    businessDate: '2026-03-10',
    outlet: 'TP',
    till: 'Counter 2',
    receiptNo: 'TP-2-000001',
    lines: [KOPI],
    tenders: [{ code: 'PAYNOW', amount: 300 }],
  })
  await insertTestSale(sql, {
    at: '2026-03-03T05:00:00.000Z',
    businessDate: '2026-03-03',
    receiptNo: 'TB-1-000000',
    lines: [KOPI],
    tenders: [{ code: 'CASH', amount: 300 }],
  })
})
afterAll(() => office.database.drop())

/** The answer, checked to be exactly the shape the protocol says: nothing missing, nothing more. */
async function get<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
  const answer = await office.call(`/api/office/${path}`, { cookie })
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([path, 200, schema.parse(body)])
  return schema.parse(body)
}
const problemOf = async (path: string) => {
  const answer = await office.call(`/api/office/${path}`, { cookie })
  return { status: answer.status, problem: zProblem.parse(await answer.json()) }
}

test('the session says who is signed in and what they may do', async () => {
  expect(await get(zOfficeSession, 'session')).toMatchObject({
    userName: 'Tan Siew Hoon',
    email: 'owner@kopi.example',
    companyName: 'Kopi & Co Minimart',
    currency: 'SGD',
  })
  const { rows } = await get(z.object({ rows: z.array(zOutletOption) }), 'outlets')
  expect(rows.map((outlet) => outlet.code)).toEqual(['TB', 'TP'])
})

test('today is the outlets’ business date, with hours by their clocks and the week before', async () => {
  const today = await get(zToday, 'today')
  expect(today.date).toBe('2026-03-10')
  expect(today.outlets.map(({ name, sales, total, tax }) => ({ name, sales, total, tax }))).toEqual([
    { name: 'Tiong Bahru', sales: 1, total: 2835, tax: 234 },
    { name: 'Toa Payoh', sales: 1, total: 300, tax: 25 },
  ])
  expect(today.outlets[0]?.tenders).toEqual([
    { methodCode: 'NETS', amount: 1835 },
    { methodCode: 'CASH', amount: 1000 },
  ])
  expect(today.outlets[1]?.tills.map(({ name, sales }) => [name, sales])).toEqual([
    ['Counter 1', 0],
    ['Counter 2', 1],
  ])
  expect(today.hours).toEqual([
    { hour: 8, sales: 1, refunds: 0, total: 2835 },
    { hour: 11, sales: 1, refunds: 0, total: 300 },
  ])
  expect(today.weekBefore).toEqual({ sales: 1, total: 300 })
})

test('another day can be asked for, and a day that is none is refused by name', async () => {
  const day = await get(zToday, 'today?date=2026-03-03')
  expect(day.outlets[0]?.total).toBe(300)
  const { status, problem } = await problemOf('today?date=2026-02-30')
  expect([status, problem.fields?.[0]?.path]).toEqual([400, 'date'])
})

const sales = (query = '') => get(zPage(zSaleSummary), `sales${query}`)

test('sales are listed newest first with what stands on them', async () => {
  const { rows, nextCursor } = await sales()
  expect(rows.map((sale) => sale.receiptNo)).toEqual(['TP-2-000001', 'TB-1-000001', 'TB-1-000000'])
  expect(nextCursor).toBeNull()
  expect(rows[1]).toMatchObject({
    outletName: 'Tiong Bahru',
    tillName: 'Counter 1',
    staffName: 'Lim Jun Wei',
    // two kopi and one bag of weighed rice
    items: 3,
    total: 2835,
    tenderCodes: ['CASH', 'NETS'],
    exceptions: 0,
  })
})

test('sales are found by receipt, customer, outlet and day', async () => {
  const [customer] = await office.database.sql<{ name: string; phone: string }[]>`
    select name, phone from customer where code = 'M0001'`
  const found = async (query: string) => (await sales(query)).rows.map((sale) => sale.receiptNo)
  expect(await found('?q=tp-2')).toEqual(['TP-2-000001'])
  expect(await found(`?q=${encodeURIComponent(customer?.name.split(' ')[0] ?? '')}`)).toContain('TB-1-000001')
  expect(await found(`?q=${encodeURIComponent(customer?.phone.slice(-4) ?? '')}`)).toEqual(['TB-1-000001'])
  expect(await found(`?outletId=${demoId('outlet', 'TP')}`)).toEqual(['TP-2-000001'])
  expect(await found('?from=2026-03-01&to=2026-03-09')).toEqual(['TB-1-000000'])
  expect(await found('?q=100%25')).toEqual([])
})

test('a sale shows its lines, tenders and the seal of its journal entry', async () => {
  const sale = await get(zSaleDetail, `sales/${kopi.saleId}`)
  expect(sale).toMatchObject({ seq: 1, epoch: 1, hash: kopi.hash, prev: '0'.repeat(64), tax: 234 })
  expect(sale.lines.map((line) => [line.sku, line.quantity, line.net])).toEqual([
    ['HOT-001', 2000, 300],
    ['NDR-001', 1500, 2535],
  ])
  expect(sale.tenders).toEqual([
    { methodCode: 'CASH', amount: 1000, reference: null, points: null },
    { methodCode: 'NETS', amount: 1835, reference: '004211', points: null },
  ])
  expect((await problemOf('sales/not-an-id')).problem.fields?.[0]?.path).toBe('saleId')
})

test('pages follow one another without a gap or a repeat, while sales go on', async () => {
  for (let n = 0; n < 55; n++) {
    await insertTestSale(office.database.sql, {
      at: new Date(Date.UTC(2026, 1, 1, 0, n)).toISOString(),
      businessDate: '2026-02-01',
      receiptNo: `TB-3-${n}`,
      till: 'Phone',
      lines: [KOPI],
      tenders: [{ code: 'CASH', amount: 300 }],
    })
  }
  const first = await sales('?from=2026-02-01&to=2026-02-01')
  expect(first.rows).toHaveLength(50)
  await insertTestSale(office.database.sql, {
    at: '2026-02-01T05:00:00.000Z',
    businessDate: '2026-02-01',
    receiptNo: 'TB-3-new',
    lines: [KOPI],
    tenders: [{ code: 'CASH', amount: 300 }],
  })
  const second = await sales(`?from=2026-02-01&to=2026-02-01&cursor=${first.nextCursor}`)
  expect(second.nextCursor).toBeNull()
  const receipts = [...first.rows, ...second.rows].map((sale) => sale.receiptNo)
  expect(receipts).toEqual(Array.from({ length: 55 }, (_, n) => `TB-3-${54 - n}`))
  for (const cursor of ['nonsense', 'W10', 'WyJ4Il0']) {
    const { status, problem } = await problemOf(`sales?cursor=${cursor}`)
    expect([status, problem.fields?.[0]?.path.split('.')[0]]).toEqual([400, 'cursor'])
  }
})

test('stock is listed by product and outlet, page by page, and shows less than nothing', async () => {
  const { sql } = office.database
  const first = await get(zPage(zStockLine), 'stock')
  const second = await get(zPage(zStockLine), `stock?cursor=${first.nextCursor}`)
  const keys = [...first.rows, ...second.rows].map(({ productId, outletId }) => `${productId} ${outletId}`)
  expect(new Set(keys).size).toBe(100)
  await sql`update stock_level set on_hand = -2000
    where outlet_id = ${demoId('outlet', 'TP')} and product_id = ${demoId('product', 'HOT-001')}`
  const { rows } = await get(zPage(zStockLine), `stock?q=hot-001&outletId=${demoId('outlet', 'TP')}`)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ name: 'Kopi', categoryName: 'Hot Counter', onHand: -2000 })
})

test('a deleted product keeps its stock line until it is at zero', async () => {
  const { sql } = office.database
  const line = async () => (await get(zPage(zStockLine), 'stock?q=hot-002')).rows.map((row) => row.onHand)
  expect(await line()).toEqual([500_000, 350_000])
  await sql`update product set deleted_at = now() where product_id = ${demoId('product', 'HOT-002')}`
  expect(await line()).toEqual([500_000, 350_000])
  await sql`update stock_level set on_hand = 0 where product_id = ${demoId('product', 'HOT-002')}`
  expect(await line()).toEqual([])
})

test('exceptions are listed newest first, with the receipt they are about', async () => {
  const { sql } = office.database
  // microseconds apart: what the page's order must not round away
  for (let n = 0; n < 52; n++) {
    const raisedAt = `2026-03-10T04:00:00.${String(100_000 + n).padStart(6, '0')}Z`
    const entryId = n === 51 ? { entryId: kopi.saleId } : {}
    await insertTestException(sql, { type: 'stock-negative', subject: `s${n}`, raisedAt, ...entryId })
  }
  const first = await get(zPage(zExceptionRow), 'exceptions?state=open')
  const second = await get(zPage(zExceptionRow), `exceptions?state=open&cursor=${first.nextCursor}`)
  expect(first.rows[0]).toMatchObject({ type: 'stock-negative', receiptNo: 'TB-1-000001' })
  expect([first.rows.length, second.rows.length]).toEqual([50, 2])
  const ids = [...first.rows, ...second.rows].map((row) => row.exceptionId)
  expect(new Set(ids).size).toBe(52)
  // Each by itself too, the oldest without the pages before it.
  const oldest = second.rows[1]
  expect(await get(zExceptionRow, `exceptions/${oldest?.exceptionId}`)).toEqual(oldest)
  expect((await get(zToday, 'today')).openExceptions).toBe(52)
  expect((await sales('?q=TB-1-000001')).rows[0]?.exceptions).toBe(1)
  expect((await get(zSaleDetail, `sales/${kopi.saleId}`)).exceptionRows).toHaveLength(1)
})

test('stock below zero is told once, with what there is by now', async () => {
  const { sql } = office.database
  const [outletId, productId] = [demoId('outlet', 'TB'), demoId('product', 'HOT-001')]
  const subject = `${outletId}/${productId}`
  const raisedAt = '2026-03-10T05:00:00.000Z'
  const detail = { productId, onHand: -1000 }
  await insertTestException(sql, { type: 'stock-negative', subject, raisedAt, detail })
  await sql`update stock_level set on_hand = -9000 where outlet_id = ${outletId} and product_id = ${productId}`
  const { rows } = await get(zPage(zExceptionRow), 'exceptions?state=open')
  const told = rows.filter((row) => row.detail.productId === productId)
  expect(told).toMatchObject([{ detail: { onHand: -1000 }, onHandNow: -9000 }])
})

test('an exception is resolved once, with who and why', async () => {
  const raisedAt = '2026-03-10T05:00:00.000Z'
  const exceptionId = await insertTestException(office.database.sql, {
    type: 'price-differs',
    subject: 'once',
    raisedAt,
  })
  const resolve = (note: unknown) =>
    office.call(`/api/office/exceptions/${exceptionId}/resolve`, { method: 'POST', cookie, json: { note } })
  const empty = await resolve('  ')
  expect(zProblem.parse(await empty.json()).fields).toEqual([{ path: 'note', message: 'say what was done' }])
  expect((await resolve('Counted again, the price tag was old')).status).toBe(204)
  expect((await resolve('Again')).status).toBe(409)
  const { rows } = await get(zPage(zExceptionRow), 'exceptions?state=resolved')
  expect(rows).toEqual([
    expect.objectContaining({
      exceptionId,
      resolvedBy: 'Tan Siew Hoon',
      resolvedAt: '2026-03-10T04:00:00.000Z',
      note: 'Counted again, the price tag was old',
    }),
  ])
  const audit = await office.database.sql`select actor, action, detail from audit_log`
  expect(audit).toEqual([
    {
      actor: 'Tan Siew Hoon',
      action: 'exception.resolved',
      detail: { exceptionId, type: 'price-differs', note: 'Counted again, the price tag was old' },
    },
  ])
})

/** What a till of the demo wrote on a day of its own: a sale, most of it refunded, another one voided, in a shift. */
async function pushShift() {
  const { sql } = office.database
  const { companyId } = DEMO_COMPANY
  const tillId = demoId('till', 'TP Counter 1')
  const shop = {
    companyId,
    outletId: demoId('outlet', 'TP'),
    staffId: demoId('staff', 'Nurul Ain'),
    customerId: '',
    productIds: [],
  }
  const journal = journalOf(shop, tillId, { now: () => NOW.getTime() })
  const opened = journal.write('shift-opened', { float: minor(5000) })
  const inShift = { shiftId: opened.id }
  const line = { productId: demoId('product', 'HOT-001'), sku: 'HOT-001', name: 'Kopi', price: 150 }
  const body = { ...saleOf(cartOf([{ ...line, quantity: 4000 }]), [cash(600)]), receiptNo: 'TP-1-000001' }
  const sold = journal.sell(body, inShift)
  const half = { saleId: sold.id, picks: [{ lineNo: 1, quantity: 2000, restock: false }] }
  const refunded = journal.write('refund', refundOf(body, { ...half, receiptNo: 'TP-1-000002' }), inShift)
  const other = { ...saleOf(cartOf([line]), [card(150)]), receiptNo: 'TP-1-000003' }
  const mistaken = journal.sell(other, inShift)
  const voided = journal.write(
    'void',
    voidOf(other, { saleId: mistaken.id, receiptNo: 'TP-1-000004' }),
    inShift,
  )
  const closed = journal.write(
    'shift-closed',
    {
      sales: { count: 2, total: minor(750) },
      refunds: { count: 2, total: minor(450) },
      tenders: [{ methodCode: 'CASH', kind: 'cash', expected: minor(5300), counted: minor(5300) }],
    },
    inShift,
  )
  const entries = [opened, sold, refunded, mistaken, voided, closed]
  const till = await authenticated(sql, companyId, tillId)
  const answer = await acceptPush(sql, till, pushBytes(entries), { now: () => NOW, log: silent })
  if ('code' in answer) throw new Error(answer.message)
  expect(answer.outcomes.map(({ outcome }) => outcome)).toEqual(entries.map(() => 'applied'))
  return { tillId, shiftId: opened.id, soldId: sold.id, refundedId: refunded.id }
}

test('what was taken back is listed below zero, leads to its sale, and is netted in the day', async () => {
  const before = await get(zToday, 'today')
  const { tillId, shiftId, soldId, refundedId } = await pushShift()
  const { rows } = await sales(`?outletId=${demoId('outlet', 'TP')}&from=2026-03-10&to=2026-03-10`)
  expect(
    rows
      .map(({ kind, receiptNo, total, items, originalReceiptNo }) => [
        kind,
        receiptNo,
        total,
        items,
        originalReceiptNo,
      ])
      .slice(0, 4),
  ).toEqual([
    ['void', 'TP-1-000004', -150, -1, 'TP-1-000003'],
    ['sale', 'TP-1-000003', 150, 1, null],
    ['refund', 'TP-1-000002', -300, -2, 'TP-1-000001'],
    ['sale', 'TP-1-000001', 600, 4, null],
  ])
  expect((await sales('?kind=refund')).rows.map((row) => row.receiptNo)).toEqual(['TP-1-000002'])
  expect((await sales('?kind=void')).rows.map((row) => row.receiptNo)).toEqual(['TP-1-000004'])

  const original = await get(zSaleDetail, `sales/${soldId}`)
  expect(original).toMatchObject({ shiftId, reason: null })
  expect(original.takenBack).toMatchObject([{ saleId: refundedId, kind: 'refund', total: -300 }])
  const refund = await get(zSaleDetail, `sales/${refundedId}`)
  expect(refund).toMatchObject({ originalSaleId: soldId, reason: 'Damaged', takenBack: [] })
  expect(refund.lines).toMatchObject([{ quantity: -2000, net: -300, restock: false }])

  const after = await get(zToday, 'today')
  expect(after.outlets[1]).toMatchObject({
    sales: (before.outlets[1]?.sales ?? 0) + 2,
    refunds: 2,
    total: (before.outlets[1]?.total ?? 0) + 300,
  })
  expect(after.outlets[1]?.tills.find((till) => till.tillId === tillId)).toMatchObject({
    sales: 2,
    refunds: 2,
    total: 300,
    gap: false,
  })
  expect(after.hours.find(({ hour }) => hour === 12)).toEqual({ hour: 12, sales: 2, refunds: 2, total: 300 })

  const shifts = await get(zPage(zShiftSummary), `shifts?outletId=${demoId('outlet', 'TP')}&tillId=${tillId}`)
  expect(shifts.rows).toMatchObject([{ shiftId, state: 'closed', counted: 5300, difference: 0 }])
  expect((await get(zPage(zShiftSummary), 'shifts?from=2026-03-11')).rows).toEqual([])
  expect(await get(zShiftDetail, `shifts/${shiftId}`)).toMatchObject({ float: 5000, exceptionRows: [] })
  const inShift = await get(zPage(zJournalEntry), `shifts/${shiftId}/entries?kind=sale`)
  expect(inShift.rows.map(({ receiptNo }) => receiptNo)).toEqual(['TP-1-000003', 'TP-1-000001'])
  const journal = await get(zPage(zJournalEntry), `tills/${tillId}/entries`)
  expect(journal.rows.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1])
  expect((await problemOf(`shifts/${soldId}`)).status).toBe(404)
  expect((await problemOf('shifts?from=yesterday')).problem.fields?.[0]?.path).toBe('from')
  expect((await problemOf(`tills/${soldId}/entries`)).status).toBe(404)
  expect((await problemOf(`tills/${tillId}/entries?kind=raffle`)).problem.fields?.[0]?.path).toBe('kind')
})

test('a till of which entries are missing says so in the day', async () => {
  const gapOf = async () =>
    (await get(zToday, 'today')).outlets[0]?.tills.find(({ name }) => name === 'Phone')?.gap
  expect(await gapOf()).toBe(false)
  const till = demoId('till', 'TB Phone')
  await office.database.sql`insert into exception ${office.database.sql({
    company_id: DEMO_COMPANY.companyId,
    type: 'sequence-gap',
    subject: `${till}/1`,
    till_id: till,
    detail: office.database.sql.json({ epoch: 1, missing: 1, ranges: [{ from: 2, to: 2 }] }) as never,
  })}`
  expect(await gapOf()).toBe(true)
})

test('each half of an exchange leads to the other once that has arrived', async () => {
  const { sql } = office.database
  const { companyId } = DEMO_COMPANY
  const tillId = demoId('till', 'TP Counter 2')
  const outletId = demoId('outlet', 'TP')
  const shop = { companyId, outletId, staffId: demoId('staff', 'Nurul Ain'), customerId: '', productIds: [] }
  const journal = journalOf(shop, tillId, { now: () => NOW.getTime() })
  const till = await authenticated(sql, companyId, tillId)
  const push = async (entry: Parameters<typeof pushBytes>[0][number]) => {
    const answer = await acceptPush(sql, till, pushBytes([entry]), { now: () => NOW, log: silent })
    expect(answer).toMatchObject({ outcomes: [{ outcome: 'applied' }] })
  }
  const line = { productId: demoId('product', 'HOT-001'), sku: 'HOT-001', name: 'Kopi', price: 150 }
  const body = { ...saleOf(cartOf([line]), [cash(150)]), receiptNo: 'TP-2-000001' }
  const sold = journal.sell(body)
  const amount = minor(150)
  const picks = [{ lineNo: 1, quantity: 1000, restock: true }]
  const back = refundOf(body, { saleId: sold.id, picks, receiptNo: 'TP-2-000002' })
  const outId = '019b0000-0000-7000-8000-0000000000e1'
  const half = journal.write('refund', {
    ...back,
    exchange: { entryId: outId, receiptNo: 'TP-2-000003', amount },
  })
  const out = journal.sell({
    ...body,
    receiptNo: 'TP-2-000003',
    exchange: { entryId: half.id, receiptNo: 'TP-2-000002', amount },
  })
  await push(sold)
  // Another spelling of the same number.
  const raw = out.raw.replace('"exchange":{"amount":150', '"exchange":{"amount":150.0')
  expect(raw).not.toBe(out.raw)
  await push({ ...out, raw, hash: sha256Hex(raw) })
  const exchangeOf = async (saleId: string) => (await get(zSaleDetail, `sales/${saleId}`)).exchange
  const other = { saleId: half.id, receiptNo: 'TP-2-000002', amount: 150 }
  expect(await exchangeOf(out.id)).toEqual({ ...other, arrived: false })
  await push(half)
  expect(await exchangeOf(out.id)).toEqual({ ...other, arrived: true })
  expect(await exchangeOf(half.id)).toEqual({
    saleId: outId,
    receiptNo: 'TP-2-000003',
    amount: 150,
    arrived: false,
  })
  expect(await exchangeOf(sold.id)).toBe(null)
})
