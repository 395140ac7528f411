import { minor, thousandths } from '@evertill/shared/domain/money'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import type { Tender } from '@evertill/shared/domain/tender'
import type { StoredValueRow } from '@evertill/shared/protocol/pull'
import { cartOf, issue } from '@evertill/shared/testing/builders'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { applyPull } from './apply-pull.ts'
import type { OpenSale } from './cart.ts'
import { noteContact } from './contact.ts'
import { overlayTables } from './overlay.ts'
import { readPoints } from './points.ts'
import { recordExchange } from './record-exchange.ts'
import { recordRefund, recordVoid } from './record-refund.ts'
import { readState } from './state.ts'
import { readValue } from './stored-value.ts'
import type { TillDatabase } from './till-database.ts'
import {
  cash,
  enrolledTill,
  isRecorded,
  MILK,
  milkSale,
  NOW,
  pullAnswer,
  STAFF,
  sell,
  settleAll,
  TILL,
} from './till-for-tests.ts'

const CODE = newValueCode('01900000-0000-7000-8000-0000000000a1')
const settings = { ...pullAnswer().company, valueOfflineLimit: minor(1000) }

async function pull(db: TillDatabase, rows: StoredValueRow[]): Promise<void> {
  const start = {
    till: { tillId: TILL },
    cursor: await readState(db, 'cursor'),
    settlements: (await readState(db, 'settlements')) ?? 0,
  }
  const answer = pullAnswer({ company: settings, rows: { storedValue: rows }, snapshot: false })
  await applyPull(db, start, answer, crypto.randomUUID())
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.void', 'sale.refund'] })
}

async function tillWith(balance: number): Promise<TillDatabase> {
  const db = await enrolledTill()
  await pull(db, balance === 0 ? [] : [{ code: CODE, kind: 'gift-card', balance }])
  return db
}

const leg = (amount: number): Tender => ({
  methodCode: 'GIFT',
  kind: 'gift-card',
  amount: minor(amount),
  code: CODE,
})
/** Milk for $3.45 each. */
const paidWith = (amount: number, pieces = 10): OpenSale => ({
  ...milkSale(pieces),
  tenders: [leg(amount), cash(pieces * 345 - amount)],
})
const cardFor = (amount: number): OpenSale => ({
  cart: issue(cartOf([]), { code: CODE, amount }),
  tenders: [cash(amount)],
})
const input = () => ({ staffId: STAFF, now: NOW, newId: () => crypto.randomUUID(), reason: 'a reason' })
const uuidV7 = (no: number) => `01900000-0000-7000-8000-0000000000c${no}`

test('a code that is sold here pays here at once, though no server has heard of it', async () => {
  const db = await tillWith(0)
  expect(await readValue(db, CODE, NOW)).toBeUndefined()
  const { entry } = isRecorded(await sell(db, cardFor(2000)))
  expect(entry.body).toMatchObject({ lines: [], net: 0, total: 2000, issued: [{ code: CODE, amount: 2000 }] })
  expect(await readValue(db, CODE, NOW)).toEqual({
    kind: 'gift-card',
    balance: 2000,
    unconfirmed: 0,
    isFresh: false,
  })
  isRecorded(await sell(db, paidWith(600)))
  expect(await readValue(db, CODE, NOW)).toEqual({
    kind: 'gift-card',
    balance: 1400,
    unconfirmed: 600,
    isFresh: false,
  })
})

test('no more is taken of it than is on it, and than may be spent before the server has heard', async () => {
  const poor = await tillWith(500)
  expect(await sell(poor, paidWith(505))).toEqual({ code: 'value-short', valueCode: CODE, most: 500 })
  const rich = await tillWith(9000)
  expect(await sell(rich, paidWith(1005))).toEqual({ code: 'value-short', valueCode: CODE, most: 1000 })
  isRecorded(await sell(rich, paidWith(700)))
  expect(await sell(rich, paidWith(305))).toEqual({ code: 'value-short', valueCode: CODE, most: 300 })
  await settleAll(rich)
  await pull(rich, [{ code: CODE, kind: 'gift-card', balance: 8300 }])
  expect(await readValue(rich, CODE, NOW)).toEqual({
    kind: 'gift-card',
    balance: 8300,
    unconfirmed: 0,
    isFresh: false,
  })
  isRecorded(await sell(rich, paidWith(1000)))
})

test('while the server is heard only what is on it binds', async () => {
  const db = await tillWith(9000)
  await noteContact(db, { lastPullAt: NOW.toISOString() })
  expect(await sell(db, paidWith(9005, 30))).toEqual({ code: 'value-short', valueCode: CODE, most: 9000 })
  isRecorded(await sell(db, paidWith(3000)))
})

test('a receipt says what is left on a gift card, where the till knows it as it is now', async () => {
  const db = await tillWith(900)
  const leftOn = async (sale: OpenSale) => {
    const { entry } = isRecorded(await sell(db, sale))
    return entry.body.tenders.map(({ left }) => left)
  }
  expect(await leftOn(paidWith(100))).toEqual([undefined, undefined])
  await noteContact(db, { lastPullAt: NOW.toISOString() })
  expect(await leftOn(paidWith(100))).toEqual([700, undefined])
  const { cart } = milkSale(2)
  expect(await leftOn({ cart, tenders: [leg(300), leg(100), cash(290)] })).toEqual([
    undefined,
    300,
    undefined,
  ])
})

test('the receipt of what goes out in an exchange says it too', async () => {
  const db = await tillWith(900)
  await noteContact(db, { lastPullAt: NOW.toISOString() })
  const { entry } = isRecorded(await sell(db))
  const picks = [{ lineNo: 1, quantity: thousandths(1000), restock: true }]
  const exchanged = await recordExchange(db, {
    ...input(),
    newId: uuidv7,
    returned: { kind: 'receipt', saleId: entry.id, picks },
    cart: milkSale(3).cart,
    ways: [],
    tenders: [leg(690)],
    expected: { back: minor(345), out: minor(1035) },
  })
  if ('code' in exchanged) throw new Error(JSON.stringify(exchanged))
  expect(exchanged.entry.body.tenders.map(({ left }) => left)).toEqual([undefined, 210])
})

test('nothing is said to be left on a voucher that cannot be used again', async () => {
  const db = await tillWith(0)
  await pull(db, [{ code: CODE, kind: 'voucher', balance: 900 }])
  await noteContact(db, { lastPullAt: NOW.toISOString() })
  const leftOf = async (amount: number, rest: Partial<Tender>) => {
    const tenders = [{ ...leg(amount), kind: 'voucher' as const, ...rest }, cash(3450 - amount)]
    const { entry } = isRecorded(await sell(db, { ...milkSale(10), tenders }))
    return entry.body.tenders[0]?.left
  }
  expect(await leftOf(100, {})).toBe(800)
  expect(await leftOf(500, { forfeited: minor(300) })).toBeUndefined()
})

test('what a voucher loses is not held against what may be spent unheard of', async () => {
  const db = await tillWith(1500)
  const once = (paid: number, forfeited: number): OpenSale => ({
    ...milkSale(10),
    tenders: [{ ...leg(paid), forfeited: minor(forfeited) }, cash(3450 - paid)],
  })
  expect(await sell(db, once(1000, 505))).toEqual({ code: 'value-short', valueCode: CODE, most: 995 })
  isRecorded(await sell(db, once(1000, 500)))
  expect(await readValue(db, CODE, NOW)).toMatchObject({ balance: 0 })
})

test('a code that nobody knows here pays nothing, and two legs of one code are one', async () => {
  const db = await tillWith(0)
  expect(await sell(db, paidWith(5))).toEqual({ code: 'value-short', valueCode: CODE, most: 0 })
  await pull(db, [{ code: CODE, kind: 'gift-card', balance: 600 }])
  const { cart } = milkSale(2)
  expect(await sell(db, { cart, tenders: [leg(345), leg(345)] })).toMatchObject({ code: 'value-short' })
})

test('what was used up is forgotten when the server says so', async () => {
  const db = await tillWith(500)
  isRecorded(await sell(db, paidWith(500)))
  expect(await readValue(db, CODE, NOW)).toMatchObject({ balance: 0 })
  await settleAll(db)
  await pull(db, [{ code: CODE, kind: 'gift-card', balance: 0, deleted: true }])
  expect(await readValue(db, CODE, NOW)).toBeUndefined()
})

test('a refund puts it back on the code, or gives store credit on a new one', async () => {
  const db = await tillWith(1000)
  const { entry } = isRecorded(await sell(db, paidWith(690, 2)))
  const picks = [{ lineNo: 1, quantity: entry.body.lines[0]?.quantity ?? minor(0), restock: true }] as never
  const back = await recordRefund(db, {
    ...input(),
    newId: () => uuidV7(1),
    saleId: entry.id,
    picks,
    expectedTotal: minor(690),
  })
  expect(back).toMatchObject({ entry: { body: { tenders: [leg(690)] } } })
  expect(await readValue(db, CODE, NOW)).toMatchObject({ balance: 1000 })

  const other = isRecorded(await sell(db, milkSale(2)))
  const credit = newValueCode(uuidV7(2))
  const given = await recordRefund(db, {
    ...input(),
    newId: () => uuidV7(3),
    saleId: other.entry.id,
    picks,
    ways: [{ methodCode: 'CREDIT', kind: 'store-credit', code: credit }],
    expectedTotal: minor(690),
  })
  expect(given).toMatchObject({ entry: { kind: 'refund' } })
  expect(await readValue(db, credit, NOW)).toEqual({
    kind: 'store-credit',
    balance: 690,
    unconfirmed: 0,
    isFresh: false,
  })
})

test('a void pays nothing back for a code that was spent since', async () => {
  const db = await tillWith(0)
  const { entry } = isRecorded(await sell(db, cardFor(500)))
  isRecorded(await sell(db, paidWith(300)))
  const voided = await recordVoid(db, { ...input(), saleId: entry.id, expectedTotal: minor(500) })
  expect(voided).toEqual({ code: 'value-spent', valueCode: CODE, left: 200 })
})

test('a void pays nothing back for a code of which nothing is left', async () => {
  const db = await tillWith(0)
  const { entry } = isRecorded(await sell(db, cardFor(500)))
  await settleAll(db)
  // Spent to the last cent at another till: the server tells no more of it.
  await pull(db, [{ code: CODE, kind: 'gift-card', balance: 0, deleted: true }])
  const voided = await recordVoid(db, { ...input(), saleId: entry.id, expectedTotal: minor(500) })
  expect(voided).toEqual({ code: 'value-spent', valueCode: CODE, left: 0 })
})

test('a void puts what a voucher had lost by the sale back on it', async () => {
  const db = await tillWith(1000)
  const openSale: OpenSale = { ...milkSale(2), tenders: [{ ...leg(690), forfeited: minor(310) }] }
  const { entry } = isRecorded(await sell(db, openSale))
  expect(await readValue(db, CODE, NOW)).toMatchObject({ balance: 0 })
  const voided = await recordVoid(db, {
    ...input(),
    newId: () => uuidV7(4),
    saleId: entry.id,
    expectedTotal: minor(690),
  })
  expect(voided).toMatchObject({ entry: { body: { tenders: [{ ...leg(690), forfeited: 310 }] } } })
  expect(await readValue(db, CODE, NOW)).toMatchObject({ balance: 1000 })
})

test('a void of the sale takes the code back, once', async () => {
  const db = await tillWith(0)
  const { entry } = isRecorded(await sell(db, cardFor(2000)))
  const again = (no: number) =>
    recordVoid(db, { ...input(), newId: () => uuidV7(no), saleId: entry.id, expectedTotal: minor(2000) })
  expect(await again(1)).toMatchObject({ entry: { kind: 'void' } })
  expect(await readValue(db, CODE, NOW)).toBeUndefined()
  expect(await again(2)).toEqual({ code: 'already-refunded' })
})

test('a code that was sold here is never worth twice as much while a pull is written down, nor are points or stock', async () => {
  const db = await tillWith(0)
  const customerId = uuidV7(1)
  const row = { customerId, code: 'C1', name: 'Tan Mei Ling', phone: null, tierId: null, points: 0 }
  await db.customer.put({ ...row, words: [] })
  const customer = { customerId, name: row.name, multiplierPpm: 1_000_000 }
  isRecorded(await sell(db, cardFor(1000)))
  const { entry } = isRecorded(await sell(db, { ...milkSale(3), cart: { ...milkSale(3).cart, customer } }))
  const { pointsEarned } = entry.body
  expect(pointsEarned).toBeGreaterThan(0)
  await settleAll(db)
  const start = {
    till: { tillId: TILL },
    cursor: await readState(db, 'cursor'),
    settlements: (await readState(db, 'settlements')) ?? 0,
  }
  const before = await db.stock.get(MILK)
  const stock = [{ productId: MILK, onHand: (before?.onHand ?? 0) - 3000 }]
  const answer = pullAnswer({
    company: settings,
    rows: {
      storedValue: [{ code: CODE, kind: 'gift-card', balance: 1000 }],
      customer: [{ ...row, points: pointsEarned }],
      stock,
    },
    snapshot: false,
  })
  const seen = new Set<string>()
  let isWritten = false
  const look = async () => {
    const tables = [db.state, db.storedValue, db.customer, ...overlayTables(db)]
    while (!isWritten)
      seen.add(
        await db.transaction('r', tables, async () => {
          const level = await db.stock.get(MILK)
          const { balance: points } = await readPoints(db, customerId, NOW)
          const { balance = -1 } = (await readValue(db, CODE, NOW)) ?? {}
          return `${balance} ${points} ${(level?.onHand ?? 0) - (level?.sold ?? 0)}`
        }),
      )
  }
  await Promise.all([
    look(),
    applyPull(db, start, answer, crypto.randomUUID()).then(() => (isWritten = true)),
  ])
  expect([...seen]).toEqual([`1000 ${pointsEarned} ${(before?.onHand ?? 0) - 3000}`])
  expect(await db.valueHere.count()).toBe(0)
})
