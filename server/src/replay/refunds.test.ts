import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import type { SaleBody } from '@evertill/shared/domain/sale'
import { card, cartOf, cash, percent, refundOf, saleOf, voidOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { addTill, authenticated, type Journal, journalOf, oneMilo, type Shop } from '../../test/shop.ts'
import type { Sql } from '../db/connect.ts'
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

/** Three of one thing at 10 % off and one of another, by the shop's customer, with card and cash. */
const basket = (): SaleBody =>
  saleOf(
    cartOf(
      [
        { productId: shop.productIds[0] ?? '', price: 1000, quantity: 3000, discount: percent(10) },
        { productId: shop.productIds[1] ?? '', price: 505 },
      ],
      { customer: { customerId: shop.customerId, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 } },
    ),
    [card(2000), cash(2000)],
  )

const sales = () => sql`
  select kind, receipt_no, gross, discount, tax, net, rounding, total, change, points_earned, original_sale_id
  from sale where company_id = ${shop.companyId} order by sale_id`
const day = () => sql`
  select sales, refunds, gross, discount, tax, net, rounding, total from day_total
  where company_id = ${shop.companyId}`
const onHand = async () =>
  (
    await sql`
      select on_hand - 1000000 as moved from stock_level
      where company_id = ${shop.companyId} and product_id = any(${sql.array([...shop.productIds].slice(0, 2), 2950)})
      order by product_id`
  ).map(({ moved }) => moved)
const points = async () =>
  (await sql`select points from points_balance where company_id = ${shop.companyId}`)[0]?.points
const exceptions = () => sql`
  select type, state, subject, entry_id, detail, note from exception
  where company_id = ${shop.companyId} and type not in ('sequence-gap', 'sequence-collision', 'chain-broken')
  order by raised_at, type`

const overRefunds = async () => (await exceptions()).filter(({ type }) => type === 'over-refund')

test('a refund of some is a sale of negative amounts, back on the shelf or written off line by line', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const picks = [
    { lineNo: 1, quantity: 1000 },
    { lineNo: 2, quantity: 1000, restock: false },
  ]
  const body = refundOf(sale, { saleId: sold.id, picks })
  const refund = journal.write('refund', body)
  expect(await push(sold, refund)).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied', id: refund.id },
  ])
  expect(await exceptions()).toEqual([])
  expect(body).toMatchObject({ net: 1405, pointsTaken: 1 })
  expect((await sales())[1]).toEqual({
    kind: 'refund',
    receipt_no: body.receiptNo,
    gross: -1405,
    discount: 0,
    tax: -body.tax,
    net: -1405,
    rounding: 0,
    total: -body.total,
    change: 0,
    points_earned: -1,
    original_sale_id: sold.id,
  })
  expect(
    await sql`
    select line_no, quantity, net, original_line_no, restock from sale_line
    where company_id = ${shop.companyId} and sale_id = ${refund.id} order by line_no`,
  ).toMatchObject([
    { line_no: 1, quantity: -1000, net: -900, original_line_no: 1, restock: true },
    { line_no: 2, quantity: -1000, net: -505, original_line_no: 2, restock: false },
  ])
  expect(
    await sql`
    select reason, quantity from stock_movement
    where company_id = ${shop.companyId} and source_id = ${refund.id}`,
  ).toMatchObject([{ reason: 'refund', quantity: 1000 }])
  expect(await onHand()).toEqual([-2000, -1000])
  expect(await points()).toBe(sale.pointsEarned - 1)
  expect(await day()).toMatchObject([
    {
      sales: 1,
      refunds: 1,
      net: sale.net - body.net,
      total: sale.total - body.total,
      tax: sale.tax - body.tax,
    },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('refunds that together take everything leave nothing, whatever came in between', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const saleId = sold.id
  const first = refundOf(sale, { saleId, picks: [{ lineNo: 1, quantity: 1000 }] })
  const second = refundOf(sale, { saleId, before: [first], picks: [{ lineNo: 2, quantity: 1000 }] })
  const third = refundOf(sale, { saleId, before: [first, second], picks: [{ lineNo: 1, quantity: 2000 }] })
  const entries = [sold, ...[first, second, third].map((body) => journal.write('refund', body))]
  for (const entry of entries) await push(entry)
  expect(await exceptions()).toEqual([])
  expect(await onHand()).toEqual([0, 0])
  expect(await points()).toBe(0)
  expect(await day()).toMatchObject([{ sales: 1, refunds: 3, tax: 0, net: 0 }])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a void takes back the whole sale, all of it on the shelf', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const taken = journal.write('void', voidOf(sale, { saleId: sold.id }))
  await push(sold, taken)
  expect(await exceptions()).toEqual([])
  expect(await sales()).toMatchObject([
    { kind: 'sale', total: sale.total },
    { kind: 'void', total: -sale.total, points_earned: -sale.pointsEarned, original_sale_id: sold.id },
  ])
  expect(await onHand()).toEqual([0, 0])
  expect(await points()).toBe(0)
  expect(await day()).toMatchObject([{ sales: 1, refunds: 1, tax: 0, net: 0, total: 0 }])
  expect(
    await sql`select method_code, amount from day_tender where company_id = ${shop.companyId} order by 1`,
  ).toMatchObject([
    { method_code: 'CARD', amount: 0 },
    { method_code: 'CASH', amount: 0 },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a refund sent again and again, alone and among others, counts once', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const refund = journal.write(
    'refund',
    refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 3000 }] }),
  )
  await push(sold, refund)
  const before = [await sales(), await day(), await onHand(), await points()]
  expect(await push(refund)).toMatchObject([{ outcome: 'duplicate' }])
  await push(sold, refund, refund)
  await Promise.all([push(refund), push(refund, sold)])
  expect([await sales(), await day(), await onHand(), await points()]).toEqual(before)
  const more = journal.sell()
  expect((await push(refund, more)).map(({ outcome }) => outcome)).toEqual(['duplicate', 'applied'])
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a blind refund has no original and raises nothing', async () => {
  const { original: _, ...body } = refundOf(oneMilo(shop), {})
  const blind = {
    ...body,
    lines: body.lines.map(({ lineNo: _no, of: _of, ...line }) => line),
    pointsTaken: 0,
  }
  expect(await push(journal.write('refund', blind))).toEqual([
    expect.not.objectContaining({ exceptions: [] }),
  ])
  expect(await sales()).toMatchObject([{ kind: 'refund', original_sale_id: null, total: -100 }])
  expect(await exceptions()).toEqual([])
  expect(await onHand()).toEqual([1000, 0])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('both voids of one sale are kept, and the second one is told with every line', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const [one, two] = [0, 1].map(() => journal.write('void', voidOf(sale, { saleId: sold.id })))
  if (one === undefined || two === undefined) throw new Error('no voids')
  await push(sold, one)
  expect(await exceptions()).toEqual([])
  // The points of the sale were taken back twice as well.
  expect(await push(two)).toMatchObject([
    { outcome: 'applied', exceptions: ['over-refund', 'points-overdrawn'] },
  ])
  expect(await overRefunds()).toMatchObject([
    {
      type: 'over-refund',
      state: 'open',
      subject: sold.id,
      entry_id: two.id,
      detail: {
        known: true,
        originalSaleId: sold.id,
        originalReceiptNo: sale.receiptNo,
        lines: [
          { lineNo: 1, sold: 3000, refunded: 6000, paid: 2700, paidBack: 5400 },
          { lineNo: 2, sold: 1000, refunded: 2000 },
        ],
      },
    },
  ])
  expect(await onHand()).toEqual([3000, 1000])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('another till refunds a sale of the first one, and more than is left of it is told', async () => {
  const other = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'T2'))
  const elsewhere = journalAt(other.till_id)
  const sale = basket()
  const sold = journal.sell(sale)
  await push(sold)
  const take = (quantity: number) => refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity }] })
  expect(await pushAs(other, elsewhere.write('refund', take(2000)))).toMatchObject([{ outcome: 'applied' }])
  expect(await exceptions()).toEqual([])
  const second = journal.write('refund', take(2000))
  expect(await push(second)).toMatchObject([{ exceptions: ['over-refund'] }])
  expect(await exceptions()).toMatchObject([
    { entry_id: second.id, detail: { lines: [{ lineNo: 1, sold: 3000, refunded: 4000 }] } },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a refund that comes before its sale is told, and closes by itself when the sale explains it', async () => {
  const other = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'T2'))
  const sale = basket()
  const sold = journal.sell(sale)
  const refund = journalAt(other.till_id).write(
    'refund',
    refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 3000 }] }),
  )
  expect(await pushAs(other, refund)).toMatchObject([
    { outcome: 'applied', exceptions: ['over-refund', 'points-overdrawn'] },
  ])
  expect(await overRefunds()).toMatchObject([
    {
      state: 'open',
      subject: sold.id,
      detail: {
        known: false,
        originalReceiptNo: sale.receiptNo,
        lines: [{ lineNo: 1, sold: 0, refunded: 3000 }],
      },
    },
  ])
  await push(sold)
  expect(await overRefunds()).toMatchObject([{ state: 'resolved', note: expect.stringContaining('arrived') }])
  expect((await exceptions()).filter(({ state }) => state === 'open')).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a sale that arrives and does not explain its refunds says what they took too much', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const [one, two] = [0, 1].map(() => journal.write('void', voidOf(sale, { saleId: sold.id })))
  if (one === undefined || two === undefined) throw new Error('no voids')
  await push(one, two)
  await push(sold)
  expect(await overRefunds()).toMatchObject([
    {
      state: 'open',
      detail: {
        known: true,
        lines: [
          { sold: 3000, refunded: 6000 },
          { sold: 1000, refunded: 2000 },
        ],
      },
    },
  ])
})

test('a sale and its refund in one push, in the wrong order, are right', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const taken = journal.write('void', voidOf(sale, { saleId: sold.id }))
  expect(await push(taken, sold)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('tills that refund one sale at the same moment see each other: too much is always told', async () => {
  const tills = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const tillId = await addTill(sql, shop, `C${i}`)
      return { sender: await authenticated(sql, shop.companyId, tillId), written: journalAt(tillId) }
    }),
  )
  for (let round = 0; round < 5; round++) {
    const sale = basket()
    const sold = journal.sell(sale)
    await push(sold)
    // Three pieces were sold; six tills take one back each.
    const body = refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }] })
    await Promise.all(tills.map(({ sender, written }) => pushAs(sender, written.write('refund', body))))
    const open = (await exceptions()).filter(({ subject }) => subject === sold.id)
    expect(open).toMatchObject([{ type: 'over-refund', detail: { lines: [{ sold: 3000, refunded: 6000 }] } }])
  }
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('refunds of many sales in every order never deadlock', async () => {
  const bodies = Array.from({ length: 8 }, basket)
  const sold = bodies.map((body) => journal.sell(body))
  await push(...sold)
  const [before] = await sql`select deadlocks from pg_stat_database where datname = current_database()`
  await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const tillId = await addTill(sql, shop, `D${i}`)
      const sender = await authenticated(sql, shop.companyId, tillId)
      const written = journalAt(tillId)
      const refunds = bodies.map((body, n) =>
        written.write(
          'refund',
          refundOf(body, { saleId: sold[n]?.id ?? '', picks: [{ lineNo: 2, quantity: 1000 }] }),
        ),
      )
      await pushAs(sender, ...(i % 2 === 0 ? refunds : refunds.toReversed()))
    }),
  )
  const [after] = await sql`select deadlocks from pg_stat_database where datname = current_database()`
  expect(after?.deadlocks).toBe(before?.deadlocks)
  expect(await exceptions()).toHaveLength(8)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('money beyond what a line cost is told even where the quantity is right', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const honest = refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 2, quantity: 1000 }] })
  const [line] = honest.lines
  if (line?.of === undefined) throw new Error('no line')
  const more = minor(5050)
  const greedy = {
    ...honest,
    lines: [{ ...line, net: more, of: { ...line.of, net: more } }],
    net: more,
    total: more,
    tenders: [card(5050)],
  }
  expect(await push(sold, journal.write('refund', greedy))).toMatchObject([
    {},
    { exceptions: expect.arrayContaining(['over-refund']) },
  ])
  expect((await exceptions())[0]).toMatchObject({
    type: 'over-refund',
    detail: { lines: [{ sold: 1000, refunded: 1000, paid: 505, paidBack: 5050 }] },
  })
})

test('a refund that contradicts itself is applied as it stands and says what differs', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  const body = refundOf(sale, { saleId: sold.id })
  const refund = journal.write('refund', { ...body, tax: minor(body.tax + 5) })
  expect(await push(sold, refund)).toMatchObject([{}, { outcome: 'applied', exceptions: ['totals-differ'] }])
  expect(await exceptions()).toMatchObject([
    {
      entry_id: refund.id,
      detail: { differences: [{ field: 'tax', expected: body.tax, actual: body.tax + 5 }] },
    },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('goods and customers that were deleted since are not unknown when the goods come back', async () => {
  const sale = basket()
  const sold = journal.sell(sale)
  await push(sold)
  await sql`update product set deleted_at = ${the.clock.now} where company_id = ${shop.companyId}`
  await sql`update customer set deleted_at = ${the.clock.now} where company_id = ${shop.companyId}`
  expect(await push(journal.write('void', voidOf(sale, { saleId: sold.id })))).toEqual([
    expect.not.objectContaining({ exceptions: expect.anything() }),
  ])
})

test('a refund is counted in its shift, and what was paid back is missing from its drawer', async () => {
  const opened = journal.write('shift-opened', { float: minor(10_000) })
  const inShift = { shiftId: opened.id }
  const sale = oneMilo(shop)
  const sold = journal.sell(sale, inShift)
  const refund = journal.write('refund', refundOf(sale, { saleId: sold.id }), inShift)
  await push(opened, sold, refund)
  expect(
    await sql`
    select sales, sales_total, refunds, refunds_total from shift where company_id = ${shop.companyId}`,
  ).toMatchObject([{ sales: 1, sales_total: 100, refunds: 1, refunds_total: 100 }])
  expect(await sql`select amount from shift_tender where company_id = ${shop.companyId}`).toMatchObject([
    { amount: 0 },
  ])
})

test('a refund of what head office has never heard of names it', async () => {
  const unknown = uuidV7()
  const body = refundOf(saleOf(cartOf([{ productId: unknown }])))
  const [outcome] = await push(journal.write('refund', body))
  expect(outcome?.exceptions?.toSorted()).toEqual(['over-refund', 'unknown-product'])
})
