import { minor, thousandths } from '@evertill/shared/domain/money'
import { beforeEach, describe, expect, test } from 'vitest'
import { EMPTY_SALE, type OpenSale, readOpenSale, saveOpenSale } from './cart.ts'
import { becomeTill, enrolmentKey, leaveTill } from './enrolment.ts'
import {
  discardHeldSale,
  type Holding,
  holdSale,
  readHeldSales,
  restoreHeldSale,
  resumeSale,
} from './held-sales.ts'
import type { TillDatabase } from './till-database.ts'
import { browserProfile, cash, enrolledTill, line, NOW, STAFF } from './till-for-tests.ts'

const ANN: OpenSale = {
  cart: {
    lines: [line(), line({ lineId: 'l2', quantity: thousandths(2500) })],
    billDiscount: { kind: 'amount', amount: minor(100) },
    customer: { customerId: STAFF, name: 'Ann', multiplierPpm: 1_000_000 },
  },
  tenders: [],
}
const BEN: OpenSale = { cart: { lines: [line({ lineId: 'l9' })] }, tenders: [] }

const as = (name: string, minutes = 0): Holding => ({
  heldId: `held-${name}`,
  name,
  heldAt: new Date(NOW.getTime() + minutes * 60_000).toISOString(),
  heldBy: STAFF,
})

let profile: ReturnType<typeof browserProfile>
let db: TillDatabase
beforeEach(async () => {
  profile = browserProfile()
  db = await enrolledTill(profile)
})

const open = (sale: OpenSale) => saveOpenSale(db, sale)
const hold = async (sale: OpenSale, holding: Holding) => {
  await open(sale)
  expect(await holdSale(db, sale, holding)).toEqual({ code: 'held', held: { ...holding, cart: sale.cart } })
}
const names = async (of = db) => (await readHeldSales(of)).map((held) => held.name)

describe('holding a sale', () => {
  test('empties the cart and keeps all of it, through a killed browser', async () => {
    await hold(ANN, as('Ann'))
    expect(await readOpenSale(db)).toEqual(EMPTY_SALE)
    db.close()

    const reopened = profile.open()
    expect(await readHeldSales(reopened)).toEqual([{ ...as('Ann'), cart: ANN.cart }])
    expect(await resumeSale(reopened, EMPTY_SALE, 'held-Ann', undefined)).toEqual({
      code: 'resumed',
      openSale: { ...ANN, rev: expect.any(String) },
    })
    expect(await readOpenSale(reopened)).toMatchObject(ANN)
    expect(await names(reopened)).toEqual([])
  })

  test('an empty cart, a cart with payments and a cart that another window changed are not held', async () => {
    expect(await holdSale(db, EMPTY_SALE, as('nobody'))).toEqual({ code: 'cart-empty' })
    await open({ ...ANN, tenders: [cash(100)] })
    expect(await holdSale(db, { ...ANN, tenders: [cash(100)] }, as('Ann'))).toEqual({
      code: 'payments-taken',
    })
    await open(BEN)
    expect(await holdSale(db, ANN, as('Ann'))).toEqual({ code: 'cart-changed' })
    expect(await readOpenSale(db)).toEqual(BEN)
    expect(await names()).toEqual([])
  })

  test('a hold that cannot be written down leaves the cart as it was', async () => {
    await hold(ANN, as('Ann'))
    await open(BEN)
    // The same id again: the write fails, and so must the emptied cart.
    expect(await holdSale(db, BEN, as('Ann'))).toMatchObject({ code: 'not-stored' })
    expect(await readOpenSale(db)).toEqual(BEN)
    expect(await readHeldSales(db)).toMatchObject([{ cart: ANN.cart }])
  })

  test('two windows that hold the same sale at once hold it once', async () => {
    await open(ANN)
    const other = profile.open()
    const codes = await Promise.all([holdSale(db, ANN, as('one')), holdSale(other, ANN, as('two'))])
    expect(codes.map(({ code }) => code).sort()).toEqual(['cart-changed', 'held'])
    expect(await readHeldSales(db)).toHaveLength(1)
  })
})

describe('resuming a sale', () => {
  test('what somebody allowed to be taken off is allowed yet', async () => {
    const allowed = { ...ANN, allowedOff: { a: 100 } }
    await open(allowed)
    await holdSale(db, allowed, as('Ann'))
    await open(BEN)
    expect(await resumeSale(db, BEN, 'held-Ann', as('Ben'))).toMatchObject({ openSale: allowed })
    expect(await resumeSale(db, allowed, 'held-Ben', as('Ann again'))).toMatchObject({ openSale: BEN })
    expect(await readHeldSales(db)).toMatchObject([{ name: 'Ann again', allowedOff: { a: 100 } }])
  })

  test('with a sale open it asks first, and then changes one for the other', async () => {
    await hold(ANN, as('Ann'))
    await open(BEN)
    expect(await resumeSale(db, BEN, 'held-Ann', undefined)).toEqual({ code: 'sale-open' })
    expect(await readOpenSale(db)).toEqual(BEN)
    expect(await resumeSale(db, BEN, 'held-Ann', as('Ben', 1))).toEqual({
      code: 'resumed',
      openSale: { ...ANN, rev: expect.any(String) },
    })
    expect(await readOpenSale(db)).toMatchObject(ANN)
    expect(await names()).toEqual(['Ben'])
  })

  test('of two windows only one gets it', async () => {
    await hold(ANN, as('Ann'))
    const other = profile.open()
    const codes = await Promise.all([
      resumeSale(db, EMPTY_SALE, 'held-Ann', undefined),
      resumeSale(other, EMPTY_SALE, 'held-Ann', undefined),
    ])
    expect(codes.map(({ code }) => code).sort()).toEqual(['gone', 'resumed'])
  })

  test('a sale with payments taken is not put aside for another', async () => {
    await hold(ANN, as('Ann'))
    const paying = { ...BEN, tenders: [cash(100)] }
    await open(paying)
    expect(await resumeSale(db, paying, 'held-Ann', as('Ben'))).toEqual({ code: 'payments-taken' })
    expect(await names()).toEqual(['Ann'])
  })
})

test('the longest held comes first', async () => {
  await hold(ANN, as('Ann', 5))
  await hold(BEN, as('Ben', 2))
  await hold(BEN, as('Cho', 9))
  expect(await names()).toEqual(['Ben', 'Ann', 'Cho'])
})

test('what was discarded is gone, and comes back once however often it is asked back', async () => {
  await hold(ANN, as('Ann'))
  const discarded = await discardHeldSale(db, 'held-Ann')
  expect(await names()).toEqual([])
  expect(await discardHeldSale(db, 'held-Ann')).toBeUndefined()
  if (discarded === undefined) throw new Error('nothing was discarded')
  await restoreHeldSale(db, discarded)
  await restoreHeldSale(db, discarded)
  expect(await readHeldSales(db)).toEqual([{ ...as('Ann'), cart: ANN.cart }])
})

test('a till is not left while sales are held, and another company finds none', async () => {
  await hold(ANN, as('Ann'))
  expect(await leaveTill(db, { typedCode: 'BR-T1', now: NOW })).toEqual({ code: 'sales-held', count: 1 })
  const other = {
    companyId: '01900000-0000-7000-8000-0000000000c2',
    companyName: 'Another shop',
    outletId: '01900000-0000-7000-8000-0000000000c3',
    outletCode: 'XX',
    tillId: '01900000-0000-7000-8000-0000000000c4',
    tillCode: 'T1',
    tillName: 'Counter 1',
    epoch: 1,
    receipts: 0,
    serverTime: NOW.toISOString(),
  }
  await becomeTill(db, other, await enrolmentKey(db), { persisted: true, now: NOW })
  expect(await names()).toEqual([])
})
