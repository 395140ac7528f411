import { USUAL_SCALE_LABELS } from '@evertill/shared/domain/scale-label'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { type PullResponse, zPullResponse } from '@evertill/shared/protocol/pull'
import { cartOf, cash, customer, saleOf } from '@evertill/shared/testing/builders'
import { argon2id, createHMAC, createSHA256 } from 'hash-wasm'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addTill, authenticated, createShop, journalOf, pushBytes, type Shop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { connect, type Sql } from '../db/connect.ts'
import { acceptPush } from '../replay/accept-push.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { pull } from './pull.ts'

const now = () => new Date('2026-11-21T04:00:00.000Z')
let database: TestDatabase
let sql: Sql
let shop: Shop
let till: AuthenticatedTill

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
})
afterAll(() => database.drop())
beforeEach(async () => {
  shop = await createShop(sql)
  const tillId = await addTill(sql, shop)
  await sql`update till set state = 'active' where till_id = ${tillId}`
  till = await authenticated(sql, shop.companyId, tillId)
})

const read = async (cursor?: string, by = sql): Promise<PullResponse> =>
  zPullResponse.parse(await pull(by, till, cursor, now))

const productIds = (answer: PullResponse) => answer.rows.product.map(({ productId }) => productId)
const noRows = {
  staff: [],
  taxCode: [],
  category: [],
  product: [],
  paymentMethod: [],
  tier: [],
  promotion: [],
  customer: [],
  stock: [],
  storedValue: [],
  logo: [],
}

test('a till is told which entries after a place of its journal are in the counts, and of no other till’s', async () => {
  const journal = journalOf(shop, till.till_id)
  const [first, second, third] = [journal.sell(), journal.sell(), journal.sell()]
  const other = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'T2'))
  const ports = { now, log: pino({ level: 'silent' }) }
  await acceptPush(sql, other, pushBytes([journalOf(shop, other.till_id).sell()]), ports)
  await acceptPush(sql, till, pushBytes([first, third]), ports)
  const arrived = async (after?: string) =>
    zPullResponse.parse(await pull(sql, till, undefined, now, after)).arrived
  expect(await arrived('1.0')).toEqual([first.id, third.id])
  expect(await arrived('1.1')).toEqual([third.id])
  expect(await arrived('2.0')).toEqual([])
  expect(await arrived()).toBeUndefined()
  await acceptPush(sql, till, pushBytes([second]), ports)
  expect(await arrived('1.1')).toEqual([second.id, third.id])
})

test('the first pull answers everything that lives, of this company alone', async () => {
  await createShop(sql)
  const [barcoded = '', gone = ''] = shop.productIds
  await sql`
    insert into barcode (company_id, barcode, product_id)
    values (${shop.companyId}, '9300601128112', ${barcoded}), (${shop.companyId}, '012', ${barcoded})`
  await sql`update product set deleted_at = now() where product_id = ${gone}`
  const answer = await read()
  expect(answer.snapshot).toBe(true)
  expect(answer.company).toMatchObject({ companyId: shop.companyId, currency: 'SGD', cashStep: 5 })
  expect(answer.outlet).toMatchObject({ outletId: shop.outletId, timeZone: 'Asia/Singapore' })
  expect(answer.till).toMatchObject({ tillId: till.till_id, code: 'T1', state: 'active' })
  expect(productIds(answer).toSorted()).toEqual(shop.productIds.filter((id) => id !== gone).toSorted())
  expect(answer.rows.product.find(({ productId }) => productId === barcoded)?.barcodes).toEqual([
    '012',
    '9300601128112',
  ])
  expect(answer.rows.stock).toHaveLength(5)
  expect(answer.rows.customer).toMatchObject([{ customerId: shop.customerId, points: 0 }])
  expect(answer.rows.staff).toMatchObject([
    { staffId: shop.staffId, role: 'Cashier', permissions: ['sale.make', 'sale.discount'] },
  ])
  expect(answer.rows.taxCode).toMatchObject([
    { code: 'SR', rates: [{ from: '2024-01-01', ratePpm: 90_000 }] },
  ])
})

test('a later pull answers what changed and nothing else', async () => {
  const first = await read()
  expect((await read(first.cursor)).rows).toEqual(noRows)
  const [product = ''] = shop.productIds
  await sql`update product set price = 777 where product_id = ${product}`
  const second = await read(first.cursor)
  expect(second.snapshot).toBe(false)
  expect(second.rows).toMatchObject({ ...noRows, product: [{ productId: product, price: 777 }] })
  expect((await read(second.cursor)).rows).toEqual(noRows)
})

test('what was deleted comes as a tombstone', async () => {
  const { cursor } = await read()
  const [product = ''] = shop.productIds
  await sql`update product set deleted_at = now() where product_id = ${product}`
  await sql`update customer set deleted_at = now() where company_id = ${shop.companyId}`
  expect((await read(cursor)).rows).toMatchObject({
    ...noRows,
    product: [{ productId: product, deleted: true }],
    customer: [{ customerId: shop.customerId, deleted: true }],
  })
})

test('a product brings what a till does with it, and a role how much may be asked for; nothing where it is nothing', async () => {
  const first = await read()
  const [product = ''] = shop.productIds
  const plain = first.rows.product.find(({ productId }) => productId === product)
  expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['openPrice']))
  expect(first.company.scaleLabels).toEqual(USUAL_SCALE_LABELS)
  const traits = {
    openPrice: true,
    favourite: true,
    picture: 'https://shop.example/tee.jpg',
    variantOf: 'Merlion T-Shirt',
    options: [{ name: 'Size', value: 'M' }],
  } as const
  await sql`
    update product set open_price = true, favourite = true, picture = ${traits.picture},
      variant_of = ${traits.variantOf}, options = ${sql.json([...traits.options])}
    where product_id = ${product}`
  await sql`update role set most_open_price = 5000, most_discount_ppm = 100000 where company_id = ${shop.companyId}`
  const second = await read(first.cursor)
  expect(second.rows.product).toEqual([{ ...plain, ...traits }])
  expect(second.rows.staff.map(({ mostOpenPrice }) => mostOpenPrice)).toContain(5000)
  expect(second.rows.staff.map(({ mostDiscountPpm }) => mostDiscountPpm)).toContain(100_000)
})

test('a barcode brings its product and a role its staff', async () => {
  const first = await read()
  const [a = '', b = ''] = shop.productIds
  await sql`insert into barcode (company_id, barcode, product_id) values (${shop.companyId}, '1', ${a})`
  const second = await read(first.cursor)
  expect(second.rows.product).toMatchObject([{ productId: a, barcodes: ['1'] }])
  await sql`update barcode set product_id = ${b} where company_id = ${shop.companyId}`
  const third = await read(second.cursor)
  expect(third.rows.product.map(({ productId, barcodes }) => [productId, barcodes]).toSorted()).toEqual(
    [
      [a, []],
      [b, ['1']],
    ].toSorted(),
  )
  await sql`update role set permissions = ${sql.array(['sale.make'])} where company_id = ${shop.companyId}`
  const fourth = await read(third.cursor)
  expect(fourth.rows).toMatchObject({
    ...noRows,
    staff: [{ staffId: shop.staffId, permissions: ['sale.make'] }],
  })
})

test("a sale brings its products' stock and its customer's points", async () => {
  const { cursor } = await read()
  const [product = ''] = shop.productIds
  const body = saleOf(
    cartOf([{ productId: product, price: 2000, quantity: 3000 }], {
      customer: { ...customer(), customerId: shop.customerId },
    }),
    [cash(6000)],
  )
  const entry = journalOf(shop, till.till_id).sell(body)
  await acceptPush(sql, till, pushBytes([entry]), { now, log: pino({ level: 'silent' }) })
  expect((await read(cursor)).rows).toMatchObject({
    ...noRows,
    stock: [{ productId: product, onHand: 997_000 }],
    customer: [{ customerId: shop.customerId, points: 6 }],
  })
})

test("another outlet's stock stays there, and a till that moves to it is given everything afresh", async () => {
  const { cursor } = await read()
  const outletId = uuidV7()
  await sql`
    insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
    values (${shop.companyId}, ${outletId}, 'TAM', 'Tampines', 'Asia/Singapore', 4)`
  const [product = ''] = shop.productIds
  await sql`
    insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
    values (${shop.companyId}, ${uuidV7()}, 1, ${outletId}, ${product}, 42, 'opening', now())`
  await sql`insert into stock_level values (${shop.companyId}, ${outletId}, ${product}, 42)`
  expect((await read(cursor)).rows.stock).toEqual([])
  await sql`update till set outlet_id = ${outletId} where till_id = ${till.till_id}`
  till = await authenticated(sql, shop.companyId, till.till_id)
  const moved = await read(cursor)
  expect(moved.snapshot).toBe(true)
  expect(moved.rows.stock).toEqual([{ productId: product, onHand: 42 }])
})

test.each([
  ['nonsense', () => 'hello'],
  ['another life of the database', (cursor: string) => cursor.replace(/^\d+/, '1234567890123456789')],
  ['another timeline', (cursor: string) => cursor.replace('-00000001-', '-00000002-')],
  ['a future that was restored away', (cursor: string) => cursor.replace(/\d+$/, '999999999999')],
  ['a number no database ever reaches', (cursor: string) => cursor.replace(/\d+$/, '99999999999999999999')],
])('a cursor of %s is answered with everything', async (_, change) => {
  const { cursor } = await read()
  const foreign = change(cursor)
  expect(foreign).not.toBe(cursor)
  const answer = await read(foreign)
  expect(answer.snapshot).toBe(true)
  expect(answer.rows.product).toHaveLength(5)
})

test('a backup put back into its own database is noticed by the next who asks, and nobody else is disturbed', async () => {
  const at = (minutes: number) => new Date(now().getTime() + minutes * 60_000)
  const readAt = (minutes: number, cursor?: string) => pull(sql, till, cursor, () => at(minutes))
  const tokens = () => sql`select token from feed_token where company_id = ${shop.companyId}`
  const before = await readAt(0)
  await readAt(0.9)
  expect(await tokens()).toHaveLength(1)
  const backup = await tokens()
  const after = await readAt(1.1, before.cursor)
  expect(after.snapshot).toBe(false)
  expect(await tokens()).toHaveLength(2)

  // What the database has in common with the one it was: all but its rows.
  await sql`
    delete from feed_token
    where company_id = ${shop.companyId} and token <> all(${backup.map(({ token }) => token as string)}::uuid[])`
  const restored = await readAt(1.2, after.cursor)
  expect(restored).toMatchObject({ snapshot: true, rows: { product: { length: 5 } } })
  expect((await readAt(1.3, restored.cursor)).snapshot).toBe(false)
  expect((await readAt(1.3, before.cursor)).snapshot).toBe(false)
})

test('a cursor of before there were tokens goes on; one whose token is long forgotten begins anew', async () => {
  const { cursor } = await read()
  expect((await read(cursor.replace(/\.[0-9a-f-]{36}-/, '.'))).snapshot).toBe(false)
  const later = (days: number) => () => new Date(now().getTime() + days * 86_400_000)
  expect((await pull(sql, till, cursor, later(80))).snapshot).toBe(false)
  await pull(sql, till, undefined, later(91))
  expect((await pull(sql, till, cursor, later(91))).snapshot).toBe(true)
})

test('a promotion comes as head office wrote it, comes again when it changes, and leaves a tombstone', async () => {
  const first = await read()
  const promotionId = uuidV7()
  const terms = {
    goods: { kind: 'some', productIds: [shop.productIds[0] ?? ''], categoryIds: [] },
    offer: { kind: 'set', size: 3, price: 500, mixed: true },
    stacking: 'best',
    withBillDiscount: false,
    tierIds: [],
    hours: { days: [6, 7], fromMinute: 900, untilMinute: 1020 },
  }
  await sql`
    insert into promotion (company_id, promotion_id, name, priority, valid_from, terms)
    values (${shop.companyId}, ${promotionId}, 'Any 3 for $5', 10, '2026-11-01', ${sql.json(terms)})`
  const row = { promotionId, name: 'Any 3 for $5', priority: 10, from: '2026-11-01', until: null, ...terms }
  const second = await read(first.cursor)
  expect(second.rows).toEqual({ ...noRows, promotion: [row] })
  await sql`update promotion set valid_until = '2026-11-30' where promotion_id = ${promotionId}`
  const third = await read(second.cursor)
  expect(third.rows.promotion).toEqual([{ ...row, until: '2026-11-30' }])
  await sql`update promotion set deleted_at = now() where promotion_id = ${promotionId}`
  expect((await read(third.cursor)).rows.promotion).toMatchObject([{ promotionId, deleted: true }])
  expect((await read()).rows.promotion).toEqual([])
})

test('rows that a restore brought with xids of another life are not news for ever', async () => {
  await sql`alter table product disable trigger stamp`
  await sql`update product set changed_xid = '999999999999' where company_id = ${shop.companyId}`
  await sql`alter table product enable trigger stamp`
  const first = await read()
  expect(first.rows.product).toHaveLength(5)
  expect((await read(first.cursor)).rows).toEqual(noRows)
})

test('a change that commits late is not missed by those who pulled before and after it', async () => {
  const first = await read()
  const [slow = '', quick = ''] = shop.productIds
  const writer = connect(database.url, { max: 1 })
  const open = await writer.reserve()
  await open`begin`
  await open`update product set price = 1 where product_id = ${slow}`
  await sql`update product set price = 2 where product_id = ${quick}`
  const second = await read(first.cursor)
  expect(productIds(second)).toEqual([quick])
  await open`commit`
  open.release()
  await writer.end()
  expect(productIds(await read(second.cursor))).toContain(slow)
})

test('eight writers and a reader: no change is ever missed', async () => {
  const [writerCount, changesEach] = [8, 60]
  // Each product changes once, so that no later change makes up for a missed one.
  shop = await createShop(sql, { products: writerCount * changesEach })
  till = await authenticated(sql, shop.companyId, await addTill(sql, shop))
  await sql`update till set state = 'active' where company_id = ${shop.companyId}`
  const prices = new Map<string, number>()
  const apply = (answer: PullResponse) => {
    for (const { productId, price } of answer.rows.product) prices.set(productId, price)
  }
  const snapshot = await read()
  apply(snapshot)
  let { cursor } = snapshot
  const writers = Array.from({ length: writerCount }, () => connect(database.url, { max: 1 }))
  let writing = true
  const written = Promise.all(
    writers.map(async (writer, w) => {
      for (const id of shop.productIds.slice(w * changesEach, (w + 1) * changesEach)) {
        await writer.begin(async (tx) => {
          // A transaction has its place in the order before it writes, and commits some time after.
          await tx`select pg_current_xact_id()`
          await tx`select pg_sleep(${Math.random() * 0.01})`
          await tx`update product set price = 999999 where product_id = ${id}`
          await tx`select pg_sleep(${Math.random() * 0.01})`
        })
      }
    }),
  ).finally(() => {
    writing = false
  })
  while (writing) {
    const answer = await read(cursor)
    expect(answer.snapshot).toBe(false)
    apply(answer)
    cursor = answer.cursor
  }
  await written
  apply(await read(cursor))
  await Promise.all(writers.map((writer) => writer.end()))
  expect([...prices.values()].filter((price) => price !== 999_999)).toEqual([])
  expect(prices.size).toBe(writerCount * changesEach)
})

test("a till's PIN verifier is what the till computes from the PIN, and no other till's", async () => {
  const salt = '0123456789abcdef0123456789abcdef'
  const base = await argon2id({
    password: '2468',
    salt: Buffer.from(salt, 'hex'),
    ...PIN_ARGON2,
    outputType: 'hex',
  })
  await sql`update staff set pin_salt = ${salt}, pin_base = ${base} where company_id = ${shop.companyId}`
  const computedBy = async (tillId: string) => {
    const key = await argon2id({
      password: '2468',
      salt: Buffer.from(salt, 'hex'),
      ...PIN_ARGON2,
      outputType: 'binary',
    })
    const hmac = await createHMAC(createSHA256(), key)
    return hmac.init().update(tillId).digest('hex')
  }
  const [person] = (await read()).rows.staff
  expect(person).toMatchObject({ pinSalt: salt, pinVerifier: await computedBy(till.till_id) })
  expect(person?.pinVerifier).not.toBe(await computedBy(uuidV7()))
  expect(JSON.stringify(await read())).not.toContain(base)
})

test('whom PayNow pays goes to the tills, and changes with a word from head office', async () => {
  await sql`
    insert into payment_method (company_id, payment_method_id, code, name, kind, paynow_proxy)
    values (${shop.companyId}, ${uuidV7()}, 'PAYNOW', 'PayNow', 'paynow', '201900000A')`
  const { cursor, rows } = await read()
  const proxies = Object.fromEntries(rows.paymentMethod.map((row) => [row.code, row.payNowProxy]))
  expect(proxies).toEqual({ CASH: undefined, PAYNOW: '201900000A' })
  await sql`
    update payment_method set paynow_proxy = '+6591234567'
    where company_id = ${shop.companyId} and code = 'PAYNOW'`
  expect((await read(cursor)).rows.paymentMethod).toMatchObject([
    { code: 'PAYNOW', payNowProxy: '+6591234567' },
  ])
})

test('a retired way to pay comes with everything, for papers that name it, and as news once', async () => {
  const first = await read()
  await sql`update payment_method set deleted_at = now() where company_id = ${shop.companyId}`
  const retired = [{ code: 'CASH', name: 'Cash', deleted: true }]
  const second = await read(first.cursor)
  expect(second.rows.paymentMethod).toMatchObject(retired)
  expect((await read(second.cursor)).rows.paymentMethod).toEqual([])
  expect((await read()).rows.paymentMethod).toMatchObject(retired)
})

test('the name of somebody who left comes with everything, for papers that name them, and as news once', async () => {
  const first = await read()
  await sql`update staff set deleted_at = now() where company_id = ${shop.companyId}`
  const left = [{ staffId: shop.staffId, name: 'Aisyah', deleted: true }]
  const second = await read(first.cursor)
  expect(second.rows.staff).toMatchObject(left)
  expect((await read(second.cursor)).rows.staff).toEqual([])
  expect((await read()).rows.staff).toMatchObject(left)
})
