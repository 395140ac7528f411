import { EMPTY_CART } from '@evertill/shared/domain/cart'
import { minor, ppm, thousandths } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { saveOpenSale } from './cart.ts'
import { leaveTill } from './enrolment.ts'
import {
  dropOpenExchange,
  givePaidExchangeUp,
  type OpenExchange,
  readMyExchange,
  readPaidExchange,
  saveOpenExchange,
} from './open-exchange.ts'
import { recordBlindRefund, recordRefund, recordVoid } from './record-refund.ts'
import { closeShift, openShift } from './record-shift.ts'
import { cash, enrolledTill, isRecorded, MILK, milkSale, NOW, STAFF, sell } from './till-for-tests.ts'

const open: OpenExchange = {
  ...{ picks: [], lines: [], cart: EMPTY_CART, reason: 'Damaged' },
  at: NOW.toISOString(),
  staffId: STAFF,
}
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

test('a return that was begun a moment ago is gone on with', async () => {
  const db = await enrolledTill()
  await saveOpenExchange(db, open)
  expect(await readMyExchange(db, undefined, STAFF, later(14))).toEqual(open)
})

test.each([
  ['another sale', 'sale', STAFF, 1],
  ['another cashier', undefined, 'somebody', 1],
  ['another customer, by the time', undefined, STAFF, 15],
  ['a clock that was set back', undefined, STAFF, -1],
])('goods of one return do not turn up in that of %s', async (_, saleId, staffId, minutes) => {
  const db = await enrolledTill()
  await saveOpenExchange(db, open)
  expect(await readMyExchange(db, saleId, staffId, later(minutes))).toBeUndefined()
})

test('one that was begun to be paid waits for whoever goes on, however long', async () => {
  const db = await enrolledTill()
  expect(await readPaidExchange(db)).toBeUndefined()
  await saveOpenExchange(db, open)
  expect(await readPaidExchange(db)).toBeUndefined()
  const paid = { ...open, tenders: [cash(500)], pricedAt: NOW.toISOString() }
  await saveOpenExchange(db, paid)
  expect(await readMyExchange(db, undefined, 'somebody', later(600))).toEqual(paid)
  expect(await readMyExchange(db, 'sale', STAFF, later(1))).toBeUndefined()
  expect(await readPaidExchange(db)).toEqual(paid)
})

const paid: OpenExchange = { ...open, saleId: 'sale', tenders: [cash(500)], pricedAt: NOW.toISOString() }

test('a window that knows nothing of the money taken in another does not write over it, nor throw it away', async () => {
  const db = await enrolledTill()
  const prepared = { ...open, saleId: 'sale' }
  expect(await saveOpenExchange(db, prepared)).toBe(true)
  expect(await saveOpenExchange(db, paid, prepared)).toBe(true)
  for (const [next, before] of [
    [{ ...prepared, reason: 'Sour' }, prepared],
    [
      { ...open, saleId: 'another' },
      { ...open, saleId: 'another' },
    ],
    [{ ...prepared, reason: 'Sour' }, undefined],
  ] as const)
    expect(await saveOpenExchange(db, next, before)).toBe(false)
  await dropOpenExchange(db)
  expect(await readPaidExchange(db)).toEqual(paid)

  const more = { ...paid, tenders: [cash(500), cash(100)] }
  expect(await saveOpenExchange(db, more, paid)).toBe(true)
  expect(await saveOpenExchange(db, { ...paid, tenders: [] }, paid)).toBe(false)
  expect(await saveOpenExchange(db, { ...paid, tenders: [] }, more)).toBe(true)
  expect(await readPaidExchange(db)).toBeUndefined()
})

test('what was given back, or recorded, in another window is not taken once more', async () => {
  const db = await enrolledTill()
  await saveOpenExchange(db, paid)
  await givePaidExchangeUp(db)
  expect(await saveOpenExchange(db, { ...paid, reason: 'Sour' }, paid)).toBe(false)
  await dropOpenExchange(db)
  expect(await readPaidExchange(db)).toBeUndefined()
})

test('what is recorded is not written down again by a window that was left standing on it', async () => {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund-blind'] })
  const [row] = await db.product.where('productId').equals(MILK).toArray()
  if (row === undefined) throw new Error('no milk')
  const line = {
    ...{ productId: MILK, sku: row.sku, name: row.name, unitPrice: minor(345), taxCode: 'SR' },
    ...{ taxKind: 'standard' as const, ratePpm: ppm(90_000), quantity: thousandths(1000), restock: true },
  }
  const prepared: OpenExchange = { ...open, preparedId: 'one', lines: [{ ...line, lineId: 'l1' }] }
  await saveOpenExchange(db, prepared)
  const refund = () =>
    recordBlindRefund(db, {
      ...{ staffId: STAFF, now: NOW, newId: uuidv7, reason: 'Sour', lines: [line], prepared },
      ...{ ways: [{ methodCode: 'CASH', kind: 'cash' }], expectedTotal: minor(345) },
    })
  expect(await refund()).toMatchObject({ entry: { kind: 'refund' } })
  expect(await saveOpenExchange(db, { ...prepared, reason: 'Sourer' }, prepared)).toBe(false)
  expect(await refund()).toMatchObject({ code: 'cart-changed' })
  // The next return is another one.
  expect(await saveOpenExchange(db, { ...prepared, preparedId: 'two' })).toBe(true)
})

test('no shift is closed while money is on the counter: the next would miss it', async () => {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'shift.open', 'shift.close'] })
  const by = { staffId: STAFF, now: NOW, newId: uuidv7 }
  await openShift(db, { ...by, float: minor(0) })
  const close = () =>
    closeShift(db, { ...by, counted: [{ methodCode: 'CASH', amount: minor(500) }], told: minor(500) })
  await saveOpenExchange(db, paid)
  expect(await close()).toEqual({ code: 'money-on-counter' })
  await givePaidExchangeUp(db)
  await saveOpenSale(db, milkSale(2, cash(100)))
  expect(await close()).toEqual({ code: 'money-on-counter' })
  await saveOpenSale(db, { ...milkSale(2), tenders: [] })
  expect(await close()).toMatchObject({ entry: { kind: 'shift-closed' } })
})

test('goods whose exchange was begun to be paid come back in no other way, and the till is not left', async () => {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund', 'sale.void'] })
  const { entry } = isRecorded(await sell(db, milkSale(2)))
  await saveOpenExchange(db, { ...paid, saleId: entry.id })
  const by = { staffId: STAFF, now: NOW, newId: uuidv7, reason: 'Sour', saleId: entry.id }
  const picks = [{ lineNo: 1, quantity: thousandths(1000), restock: true }]
  const refused = { code: 'exchange-being-paid' }
  expect(await recordRefund(db, { ...by, picks, expectedTotal: minor(345) })).toEqual(refused)
  expect(await recordVoid(db, { ...by, expectedTotal: entry.body.total })).toEqual(refused)
  expect(await leaveTill(db, { typedCode: 'BR-T1', now: NOW })).toEqual({ code: 'exchange-open' })
  expect(await readPaidExchange(db)).toBeDefined()

  await givePaidExchangeUp(db)
  expect(await recordVoid(db, { ...by, expectedTotal: entry.body.total })).toMatchObject({
    entry: { kind: 'void' },
  })
})
