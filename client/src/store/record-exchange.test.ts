import { type CartCustomer, EMPTY_CART } from '@evertill/shared/domain/cart'
import { checkRefund } from '@evertill/shared/domain/check-refund'
import { minor, ppm, thousandths } from '@evertill/shared/domain/money'
import type { Permission } from '@evertill/shared/domain/permission'
import { checkSale } from '@evertill/shared/domain/sale'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import type { Tender } from '@evertill/shared/domain/tender'
import { zEntry } from '@evertill/shared/protocol/entry'
import { promotion } from '@evertill/shared/testing/builders'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { saveOpenExchange } from './open-exchange.ts'
import { readPoints } from './points.ts'
import { type ExchangeInput, recordExchange } from './record-exchange.ts'
import { recordBlindRefund } from './record-refund.ts'
import { openShift } from './record-shift.ts'
import { readShift, shiftTotalsOf } from './shift.ts'
import { readState, writeState } from './state.ts'
import { readValue } from './stored-value.ts'
import type { TillDatabase } from './till-database.ts'
import {
  cash,
  enrolledTill,
  isRecorded,
  line,
  MILK,
  milkSale,
  NOW,
  RICE,
  readStock,
  STAFF,
  sell,
} from './till-for-tests.ts'

async function tillOf(permissions: Permission[] = ['sale.make', 'sale.refund', 'shift.open']) {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions })
  return db
}
const by = { staffId: STAFF, now: NOW, newId: uuidv7 }
const rice = { lines: [line({ productId: RICE, sku: 'RICE', name: 'Rice 5 kg', unitPrice: minor(1290) })] }

/** Two of three cartons of milk come back for a bag of rice: $6.90 against $12.90, $10 handed over. */
async function milkForRice(db: TillDatabase, changes: Partial<ExchangeInput> = {}, customer?: CartCustomer) {
  const { cart, tenders } = milkSale(3)
  const { entry } = isRecorded(await sell(db, { cart: { ...cart, ...(customer && { customer }) }, tenders }))
  const prepared = await readState(db, 'openExchange')
  if (prepared !== undefined) await writeState(db, 'openExchange', { ...prepared, saleId: entry.id })
  const picks = [{ lineNo: 1, quantity: thousandths(2000), restock: true }]
  const result = await recordExchange(db, {
    ...by,
    returned: { kind: 'receipt', saleId: entry.id, picks },
    cart: rice,
    ways: [],
    tenders: [cash(1000)],
    reason: 'Wrong item',
    expected: { back: minor(690), out: minor(1290) },
    ...changes,
  })
  return { saleId: entry.id, result }
}
const entriesOf = async (db: TillDatabase) =>
  (await db.journal.toArray()).map((row) => zEntry.parse(JSON.parse(row.raw)))

test('what goes out costs what was asked for, when a happy hour ends while it is paid', async () => {
  const db = await tillOf()
  // Sundays until five in the afternoon in Singapore.
  const hours = { days: [7], fromMinute: 900, untilMinute: 1020 }
  const goods = { kind: 'some', productIds: [RICE], categoryIds: [] } as const
  const offer = { kind: 'price', price: minor(1000) } as const
  await db.promotion.add(promotion({ name: 'Rice for $10', goods, offer, hours }))
  const paid = {
    now: new Date('2026-03-01T09:00:30.000Z'),
    tenders: [cash(310)],
    expected: { back: minor(690), out: minor(1000) },
  }
  expect((await milkForRice(db, paid)).result).toEqual({ code: 'price-changed', total: 1290 })
  const pricedAt = new Date('2026-03-01T08:59:59.000Z')
  const { result } = await milkForRice(db, { ...paid, pricedAt })
  expect(result).toMatchObject({ entry: { at: '2026-03-01T09:00:30.000Z', body: { total: 1000 } } })
})

test('an exchange that is prepared is recorded once, however often and in however many windows it is pressed', async () => {
  const db = await tillOf(['sale.make', 'sale.refund-blind'])
  const { lineId, ...returned } = line({ unitPrice: minor(1500) })
  const back = { ...returned, ratePpm: ppm(90_000), restock: false }
  const prepared = { picks: [], lines: [{ ...back, lineId }], cart: rice, reason: 'Wrong item' }
  await saveOpenExchange(db, prepared)
  const press = () =>
    recordExchange(db, {
      ...by,
      returned: { kind: 'blind', lines: [back] },
      cart: rice,
      ways: [{ methodCode: 'CASH', kind: 'cash' }],
      tenders: [],
      reason: 'Wrong item',
      expected: { back: minor(1500), out: minor(1290) },
      prepared,
    })
  const results = await Promise.all([press(), press()])
  expect(results.map((result) => ('code' in result ? result.code : 'recorded')).sort()).toEqual([
    'cart-changed',
    'recorded',
  ])
  expect(await db.journal.count()).toBe(2)
})

test('an exchange is a refund and a sale that name each other, with one payment of the difference', async () => {
  const db = await tillOf()
  const { saleId, result } = await milkForRice(db)
  if ('code' in result) throw new Error(JSON.stringify(result))
  const [, refund, sale] = await entriesOf(db)
  if (refund?.kind !== 'refund' || sale?.kind !== 'sale') throw new Error('not both')
  expect(refund.body).toMatchObject({
    receiptNo: 'BR-T1-000002',
    original: { saleId },
    tenders: [{ kind: 'exchange', amount: 690 }],
    exchange: { entryId: sale.id, receiptNo: 'BR-T1-000003', amount: 690 },
  })
  expect(sale.body).toMatchObject({
    receiptNo: 'BR-T1-000003',
    tenders: [
      { kind: 'exchange', amount: 690 },
      { kind: 'cash', amount: 1000 },
    ],
    change: 400,
    exchange: { entryId: refund.id, receiptNo: 'BR-T1-000002', amount: 690 },
  })
  expect(checkRefund(refund.body)).toEqual([])
  expect(checkSale(sale.body)).toEqual([])
  expect(sale.prev).toBe(result.refund.hash)
  const stock = await readStock(db)
  expect([stock.get(MILK), stock.get(RICE)]).toEqual([23_000, -1000])
})

test('what goes out has the prices of the customer’s tier and earns them points, and its receipt says what they have then', async () => {
  const db = await tillOf()
  const [customerId, tierId] = [uuidv7(), uuidv7()]
  const customer = { customerId, name: 'Tan Mei Ling', multiplierPpm: 2_000_000, tierId }
  const row = { customerId, code: 'C1', name: 'Tan Mei Ling', phone: null, tierId, points: 100, words: [] }
  await db.customer.put(row)
  const goods = { kind: 'some', productIds: [RICE], categoryIds: [] } as const
  const offer = { kind: 'price', price: minor(1000) } as const
  await db.promotion.add(promotion({ name: 'Rice for Gold', goods, offer, tierIds: [tierId] }))
  const exchange = { cart: { ...rice, customer }, expected: { back: minor(690), out: minor(1000) } }
  const { result } = await milkForRice(db, { ...exchange, tenders: [cash(310)] }, customer)
  if ('code' in result) throw new Error(JSON.stringify(result))
  // The milk had earned 2, and two thirds of it come back.
  expect(result.refund.entry.body).toMatchObject({ customer: { customerId }, pointsTaken: 1 })
  expect(result.entry.body).toMatchObject({
    total: 1000,
    pointsEarned: 2,
    customer: { customerId, points: 101 },
  })
  expect(checkSale(result.entry.body)).toEqual([])
  expect(await readPoints(db, customerId, NOW)).toMatchObject({ balance: 103 })
})

test('an exchange in which something goes back in a way that has given all back is not recorded', async () => {
  const db = await tillOf()
  const ways = [{ methodCode: 'POINTS', kind: 'points', most: minor(60), points: 3 }] as const
  expect((await milkForRice(db, { ways })).result).toEqual({ code: 'ways-changed' })
  expect(await db.journal.count()).toBe(1)
})

test('an exchange leaves the difference in the drawer, and nothing of it prepared', async () => {
  const db = await tillOf()
  const opened = await openShift(db, { ...by, float: minor(5000) })
  if ('code' in opened) throw new Error(opened.code)
  await saveOpenExchange(db, { picks: [], lines: [], cart: EMPTY_CART, reason: 'Wrong item' })
  await milkForRice(db)
  const takes = (await readShift(db))?.totals.takes
  expect(takes).toEqual([
    { methodCode: 'CASH', kind: 'cash', amount: 1035 + 600 },
    { methodCode: 'EXCHANGE', kind: 'exchange', amount: 0 },
  ])
  expect((await shiftTotalsOf(db, opened.entry.id))?.takes).toEqual(takes)
  expect(await readState(db, 'openExchange')).toBeUndefined()
})

test('a disk that takes the refund but not the sale keeps neither', async () => {
  const db = await tillOf()
  await saveOpenExchange(db, { picks: [], lines: [], cart: rice, reason: 'Wrong item' })
  let writes = 0
  db.journal.hook('creating', () => {
    // The sale before it is the first.
    if (++writes === 3) throw new DOMException('no room', 'QuotaExceededError')
  })
  const { result } = await milkForRice(db)
  expect(result).toMatchObject({ code: 'not-stored' })
  expect((await entriesOf(db)).map(({ kind }) => kind)).toEqual(['sale'])
  expect((await readState(db, 'counters'))?.receipts).toBe(1)
  expect((await readStock(db)).get(MILK)).toBe(21_000)
  expect(await readState(db, 'openExchange')).toBeDefined()
})

test('an exchange is refused when the one or the other comes to another amount than was shown', async () => {
  const db = await tillOf()
  const expected = { back: minor(690), out: minor(1200) }
  expect((await milkForRice(db, { expected })).result).toEqual({ code: 'price-changed', total: 1290 })
  expect((await milkForRice(db, { tenders: [] })).result).toEqual({ code: 'not-paid', remaining: 600 })
  expect(await db.journal.count()).toBe(2)
})

test('an exchange whose goods came to another amount meanwhile says so, and not that too little or too much was paid', async () => {
  const db = await tillOf()
  const card = (amount: number) => [{ methodCode: 'CARD', kind: 'card' as const, amount: minor(amount) }]
  for (const back of [691, 689]) {
    const expected = { back: minor(back), out: minor(1290) }
    const { result } = await milkForRice(db, { expected, tenders: card(1290 - back) })
    expect(result).toEqual({ code: 'total-changed', total: 690 })
  }
})

test('an exchange needs what a refund needs, and an override stands in front of both halves', async () => {
  const db = await tillOf(['sale.make'])
  expect((await milkForRice(db)).result).toEqual({ code: 'not-allowed', permission: 'sale.refund' })
  const approval = { permission: 'sale.refund' as const, approvedBy: '01900000-0000-7000-8000-0000000000ff' }
  await milkForRice(db, { approval })
  expect((await entriesOf(db)).map(({ kind }) => kind)).toEqual([
    'sale',
    'sale',
    'override-given',
    'refund',
    'sale',
  ])
})

test('goods without a receipt can be exchanged too: what they are worth above the new ones goes back', async () => {
  const db = await tillOf(['sale.make', 'sale.refund-blind'])
  const { lineId: _, ...returned } = line({ unitPrice: minor(1500) })
  const { result } = await milkForRice(db, {
    returned: { kind: 'blind', lines: [{ ...returned, ratePpm: ppm(90_000), restock: false }] },
    ways: [{ methodCode: 'CASH', kind: 'cash' }],
    tenders: [],
    expected: { back: minor(1500), out: minor(1290) },
  })
  if ('code' in result) throw new Error(JSON.stringify(result))
  expect(result.refund.entry.body.tenders).toEqual([
    { methodCode: 'EXCHANGE', kind: 'exchange', amount: 1290 },
    { methodCode: 'CASH', kind: 'cash', amount: 210 },
  ])
  expect(result.refund.entry.body).not.toHaveProperty('original')
})

test('goods that were prepared to come back without a receipt do not come back twice', async () => {
  const db = await tillOf(['sale.make', 'sale.refund-blind'])
  const returned = { ...line(), ratePpm: ppm(90_000), restock: true }
  await saveOpenExchange(db, { picks: [], lines: [returned], cart: EMPTY_CART, reason: 'Sour' })
  const { lineId: _, ...blind } = returned
  const input = {
    ...by,
    lines: [blind],
    ways: [{ methodCode: 'CASH', kind: 'cash' as const }],
    reason: 'Sour',
  }
  expect(await recordBlindRefund(db, { ...input, expectedTotal: minor(1) })).toHaveProperty('code')
  expect(await readState(db, 'openExchange')).toBeDefined()
  expect(await recordBlindRefund(db, { ...input, expectedTotal: minor(345) })).toHaveProperty('entry')
  expect(await readState(db, 'openExchange')).toBeUndefined()
})

test('a gift card, points and money share the difference, and none pays more than it has', async () => {
  const db = await tillOf()
  const company = await readState(db, 'company')
  if (company === undefined) throw new Error('no company')
  const points = { value: 1, offlineLimit: 1000 }
  await writeState(db, 'company', { ...company, points, valueOfflineLimit: minor(10_000) })
  const customerId = uuidv7()
  const customer = { customerId, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 }
  await db.customer.put({
    ...{ customerId, code: 'C1', name: 'Tan Mei Ling', phone: null, tierId: null },
    ...{ points: 100, words: [] },
  })
  const code = newValueCode(uuidv7())
  await db.storedValue.put({ code, kind: 'gift-card', balance: 300 })
  const legs = (onCard: number, inPoints: number): Tender[] => [
    { methodCode: 'GIFT', kind: 'gift-card', amount: minor(onCard), code },
    { methodCode: 'POINTS', kind: 'points', amount: minor(inPoints), points: inPoints },
    cash(Math.ceil((600 - onCard - inPoints) / 5) * 5),
  ]
  const paidBy = async (onCard: number, inPoints: number) => {
    const cart = { ...rice, customer }
    return (await milkForRice(db, { cart, tenders: legs(onCard, inPoints) })).result
  }
  expect(await paidBy(301, 100)).toEqual({ code: 'value-short', valueCode: code, most: 300 })
  expect(await paidBy(300, 101)).toEqual({ code: 'points-short', most: 100 })
  const result = await paidBy(300, 100)
  if ('code' in result) throw new Error(JSON.stringify(result))
  expect(result.entry.body.tenders.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['exchange', 690],
    ['gift-card', 300],
    ['points', 100],
    ['cash', 200],
  ])
  expect(checkSale(result.entry.body)).toEqual([])
  expect((await readValue(db, code, NOW))?.balance).toBe(0)
  expect(await paidBy(5, 0)).toMatchObject({ code: 'value-short', most: 0 })
})

test('points that what comes back had earned pay for nothing any more', async () => {
  const db = await tillOf()
  const company = await readState(db, 'company')
  if (company === undefined) throw new Error('no company')
  await writeState(db, 'company', { ...company, points: { value: 1, offlineLimit: 1000 } })
  const customerId = uuidv7()
  const customer = { customerId, name: 'Tan Mei Ling', multiplierPpm: 100_000_000 }
  await db.customer.put({
    ...{ customerId, code: 'C1', name: 'Tan Mei Ling', phone: null, tierId: null },
    ...{ points: 0, words: [] },
  })
  const spend = { methodCode: 'POINTS', kind: 'points' as const, amount: minor(100), points: 100 }
  // Three cartons earn a hundred times one point, and two of them take two thirds of that with them.
  const { result } = await milkForRice(
    db,
    { cart: { ...rice, customer }, tenders: [spend, cash(500)] },
    customer,
  )
  expect(result).toEqual({ code: 'points-short', most: 34 })
})
