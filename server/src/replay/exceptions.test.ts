import { cartOf, cash, customer, saleOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { createShop, oneMilo } from '../../test/shop.ts'

const the = usePushingTill({ openingStock: 2000 })

const { push, exceptions } = the

test('a sale of goods the catalogue does not know is applied and raises one exception a product', async () => {
  const unknown = uuidV7()
  const sell = () =>
    the.journal.sell(saleOf(cartOf([{ productId: unknown, name: 'Mystery tin' }, { productId: unknown }])))
  const [first, second] = [sell(), sell()]
  expect(await push(first, second)).toMatchObject([
    { outcome: 'applied', exceptions: ['unknown-product'] },
    { outcome: 'applied', exceptions: ['unknown-product', 'stock-negative'] },
  ])
  expect(await exceptions()).toMatchObject([
    { type: 'stock-negative', detail: { productId: unknown, onHand: -4000 } },
    {
      type: 'unknown-product',
      state: 'open',
      subject: unknown,
      entry_id: first.id,
      outlet_id: the.shop.outletId,
      till_id: the.till.till_id,
      detail: { productId: unknown, name: 'Mystery tin', sku: 'MILO-400', deleted: false },
    },
  ])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('what was deleted before the sale is unknown, what was deleted after it is not', async () => {
  await the.sql`update product set deleted_at = '2026-11-20T12:00:00Z' where product_id = ${the.shop.productIds[0] ?? ''}`
  const before = the.journal.sell(oneMilo(the.shop), { at: '2026-11-20T11:59:00.000Z' })
  const corrected = the.journal.sell(oneMilo(the.shop), {
    at: '2026-11-20T12:03:00.000Z',
    clockOffsetMs: -240_000,
  })
  expect(await push(before, corrected)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await exceptions()).toEqual([])
  const after = the.journal.sell(oneMilo(the.shop), { at: '2026-11-20T12:00:01.000Z' })
  expect(await push(after)).toMatchObject([
    { outcome: 'applied', exceptions: expect.arrayContaining(['unknown-product']) },
  ])
  expect(await exceptions()).toMatchObject([
    { type: 'stock-negative' },
    { type: 'unknown-product', detail: { deleted: true } },
  ])
})

test("another company's product, customer and cashier are unknown, and their company is untouched", async () => {
  const other = await createShop(the.sql)
  const body = saleOf(
    cartOf([{ productId: other.productIds[0] ?? '', price: 2000 }], {
      customer: { ...customer(), customerId: other.customerId },
    }),
    [cash(2000)],
  )
  const [outcome] = await push(the.journal.sell(body, { staffId: other.staffId }))
  expect(outcome?.outcome).toBe('applied')
  expect(outcome?.exceptions?.toSorted()).toEqual([
    'stock-negative',
    'unknown-customer',
    'unknown-product',
    'unknown-staff',
  ])
  expect(
    await the.sql`select on_hand from stock_level where company_id = ${other.companyId} and on_hand <> 1000000`,
  ).toEqual([])
  expect(await the.sql`select 1 from points_entry where company_id = ${other.companyId}`).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('goods without a price of their own are missed where there was some of them, and otherwise sold without end', async () => {
  const [productId = '', repair = ''] = the.shop.productIds
  await the.sql`update product set open_price = true where product_id in (${productId}, ${repair})`
  await the.sql`
    update stock_level set on_hand = 0 where company_id = ${the.shop.companyId} and product_id = ${repair}`
  const work = () => the.journal.sell(saleOf(cartOf([{ productId: repair, price: 5000 }])))
  expect(await push(work(), work())).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await exceptions()).toEqual([])
  const third = [the.journal.sell(), the.journal.sell(), the.journal.sell()]
  expect((await push(...third)).map(({ exceptions }) => exceptions)).toEqual([
    undefined,
    undefined,
    ['stock-negative'],
  ])
  expect(await exceptions()).toMatchObject([{ type: 'stock-negative', detail: { productId, onHand: -1000 } }])
})

test('stock below zero raises one open exception a product, and another once that is resolved', async () => {
  expect(await push(the.journal.sell(), the.journal.sell())).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied' },
  ])
  expect(await exceptions()).toEqual([])
  const third = the.journal.sell()
  expect(await push(third)).toMatchObject([{ exceptions: ['stock-negative'] }])
  await push(the.journal.sell(), the.journal.sell())
  expect(await exceptions()).toMatchObject([
    {
      type: 'stock-negative',
      subject: `${the.shop.outletId}/${the.shop.productIds[0]}`,
      entry_id: third.id,
      detail: { productId: the.shop.productIds[0], onHand: -1000 },
    },
  ])
  await the.sql`update exception set state = 'resolved' where company_id = ${the.shop.companyId}`
  await push(the.journal.sell())
  expect(await exceptions()).toMatchObject([
    { state: 'resolved' },
    { state: 'open', detail: { onHand: -4000 } },
  ])
})

test('a sale that contradicts itself is applied as it stands and says what differs', async () => {
  const sale = oneMilo(the.shop)
  const wrong = { ...sale, tax: (sale.tax + 5) as typeof sale.tax, pointsEarned: 3 }
  const entry = the.journal.sell(wrong)
  expect(await push(entry)).toMatchObject([{ outcome: 'applied', exceptions: ['totals-differ'] }])
  expect(await exceptions()).toMatchObject([
    {
      type: 'totals-differ',
      entry_id: entry.id,
      detail: {
        differences: [
          { field: 'tax', expected: sale.tax, actual: sale.tax + 5 },
          { field: 'pointsEarned', expected: 0, actual: 3 },
        ],
      },
    },
  ])
  expect(await the.sql`select tax from sale where company_id = ${the.shop.companyId}`).toMatchObject([
    { tax: sale.tax + 5 },
  ])
})

test('a duplicate raises nothing again', async () => {
  const entry = the.journal.sell({ ...oneMilo(the.shop), pointsEarned: 3 })
  await push(entry)
  await the.sql`update exception set state = 'resolved' where company_id = ${the.shop.companyId}`
  expect(await push(entry)).toEqual([{ hash: entry.hash, id: entry.id, outcome: 'duplicate' }])
  expect(await exceptions()).toHaveLength(1)
})
