import { minor } from '@evertill/shared/domain/money'
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

test('a price that head office had no more is told once, and one it had, or somebody set, is not', async () => {
  const [productId = '', asked = ''] = the.shop.productIds
  const { sql } = the
  await sql`update product set price = 150 where product_id in (${productId}, ${asked})`
  await sql`update product set open_price = true where product_id = ${asked}`
  await sql`delete from product_price where company_id = ${the.shop.companyId}`
  const told = (since: string, price: number) => ({
    company_id: the.shop.companyId,
    product_id: productId,
    since,
    price,
  })
  await sql`
    insert into product_price ${sql([told('2026-11-01T00:00:00Z', 100), told('2026-11-20T10:00:00Z', 150)])}`
  const sold = (at: string, price: number, rest = {}) => {
    const { lines: [line, ...lines] = [], ...cart } = cartOf([{ productId, price }])
    if (line === undefined) throw new Error('nothing is sold')
    return the.journal.sell(saleOf({ ...cart, lines: [{ ...line, ...rest }, ...lines] }), { at })
  }
  const right = [
    sold('2026-11-20T09:59:00.000Z', 100),
    sold('2026-11-20T10:04:59.000Z', 100),
    sold('2026-11-20T09:56:00.000Z', 150),
    sold('2026-11-20T12:00:00.000Z', 150),
    sold('2026-11-20T12:00:00.000Z', 90, { override: { from: minor(150), reason: 'Dented' } }),
    the.journal.sell(saleOf(cartOf([{ productId: asked, price: 77 }])), { at: '2026-11-20T12:00:00.000Z' }),
    sold('2026-10-31T12:00:00.000Z', 40),
    // One piece at what its label says.
    sold('2026-11-20T12:00:00.000Z', 85, { labelPrice: minor(85) }),
  ]
  await push(...right)
  const prices = async () => (await exceptions()).filter(({ type }) => type === 'price-differs')
  expect(await prices()).toEqual([])

  const late = sold('2026-11-20T10:05:01.000Z', 100)
  const [outcome] = await push(late)
  expect(outcome?.exceptions).toContain('price-differs')
  await push(sold('2026-11-20T12:00:00.000Z', 100))
  expect(await prices()).toMatchObject([
    {
      subject: `${the.shop.outletId}/${productId}/100`,
      entry_id: late.id,
      detail: { productId, name: 'Milo 400 g', soldPrice: 100, officePrice: 150 },
    },
  ])
  expect(await ledgerDifferences(sql, the.shop.companyId)).toEqual([])
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
