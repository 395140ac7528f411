import { cartOf, cash, customer, saleOf } from '@evertill/shared/testing/builders'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import {
  addTill,
  authenticated,
  createShop,
  type Journal,
  journalOf,
  oneMilo,
  pushBytes,
  type Shop,
} from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { Sql } from '../db/connect.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { acceptPush } from './accept-push.ts'

const ports = { now: () => new Date('2026-11-21T04:00:00.000Z'), log: pino({ level: 'silent' }) }
let database: TestDatabase
let sql: Sql
let shop: Shop
let till: AuthenticatedTill
let journal: Journal

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
})
afterAll(() => database.drop())
beforeEach(async () => {
  shop = await createShop(sql, { openingStock: 2000 })
  till = await authenticated(sql, shop.companyId, await addTill(sql, shop))
  journal = journalOf(shop, till.till_id)
})

async function push(...entries: Parameters<typeof pushBytes>[0]) {
  const answer = await acceptPush(sql, till, pushBytes(entries), ports)
  if ('code' in answer) throw new Error(answer.message)
  return answer.outcomes
}

const exceptions = () => sql`
  select type, state, subject, entry_id, outlet_id, till_id, detail from exception
  where company_id = ${shop.companyId} order by raised_at, type`

test('a sale of goods the catalogue does not know is applied and raises one exception a product', async () => {
  const unknown = uuidV7()
  const sell = () =>
    journal.sell(saleOf(cartOf([{ productId: unknown, name: 'Mystery tin' }, { productId: unknown }])))
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
      outlet_id: shop.outletId,
      till_id: till.till_id,
      detail: { productId: unknown, name: 'Mystery tin', sku: 'MILO-400', deleted: false },
    },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('what was deleted before the sale is unknown, what was deleted after it is not', async () => {
  await sql`update product set deleted_at = '2026-11-20T12:00:00Z' where product_id = ${shop.productIds[0] ?? ''}`
  const before = journal.sell(oneMilo(shop), { at: '2026-11-20T11:59:00.000Z' })
  const corrected = journal.sell(oneMilo(shop), { at: '2026-11-20T12:10:00.000Z', clockOffsetMs: -900_000 })
  expect(await push(before, corrected)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await exceptions()).toEqual([])
  const after = journal.sell(oneMilo(shop), { at: '2026-11-20T12:00:01.000Z' })
  expect(await push(after)).toMatchObject([
    { outcome: 'applied', exceptions: expect.arrayContaining(['unknown-product']) },
  ])
  expect(await exceptions()).toMatchObject([
    { type: 'stock-negative' },
    { type: 'unknown-product', detail: { deleted: true } },
  ])
})

test("another company's product, customer and cashier are unknown, and their company is untouched", async () => {
  const other = await createShop(sql)
  const body = saleOf(
    cartOf([{ productId: other.productIds[0] ?? '', price: 2000 }], {
      customer: { ...customer(), customerId: other.customerId },
    }),
    [cash(2000)],
  )
  const [outcome] = await push(journal.sell(body, { staffId: other.staffId }))
  expect(outcome?.outcome).toBe('applied')
  expect(outcome?.exceptions?.toSorted()).toEqual([
    'stock-negative',
    'unknown-customer',
    'unknown-product',
    'unknown-staff',
  ])
  expect(
    await sql`select on_hand from stock_level where company_id = ${other.companyId} and on_hand <> 1000000`,
  ).toEqual([])
  expect(await sql`select 1 from points_entry where company_id = ${other.companyId}`).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('stock below zero raises one open exception a product, and another once that is resolved', async () => {
  expect(await push(journal.sell(), journal.sell())).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied' },
  ])
  expect(await exceptions()).toEqual([])
  const third = journal.sell()
  expect(await push(third)).toMatchObject([{ exceptions: ['stock-negative'] }])
  await push(journal.sell(), journal.sell())
  expect(await exceptions()).toMatchObject([
    {
      type: 'stock-negative',
      subject: `${shop.outletId}/${shop.productIds[0]}`,
      entry_id: third.id,
      detail: { productId: shop.productIds[0], onHand: -1000 },
    },
  ])
  await sql`update exception set state = 'resolved' where company_id = ${shop.companyId}`
  await push(journal.sell())
  expect(await exceptions()).toMatchObject([
    { state: 'resolved' },
    { state: 'open', detail: { onHand: -4000 } },
  ])
})

test('a sale that contradicts itself is applied as it stands and says what differs', async () => {
  const sale = oneMilo(shop)
  const wrong = { ...sale, tax: (sale.tax + 5) as typeof sale.tax, pointsEarned: 3 }
  const entry = journal.sell(wrong)
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
  expect(await sql`select tax from sale where company_id = ${shop.companyId}`).toMatchObject([
    { tax: sale.tax + 5 },
  ])
})

test('a duplicate raises nothing again', async () => {
  const entry = journal.sell({ ...oneMilo(shop), pointsEarned: 3 })
  await push(entry)
  await sql`update exception set state = 'resolved' where company_id = ${shop.companyId}`
  expect(await push(entry)).toEqual([{ hash: entry.hash, id: entry.id, outcome: 'duplicate' }])
  expect(await exceptions()).toHaveLength(1)
})
