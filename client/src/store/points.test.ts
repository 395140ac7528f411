import { minor, thousandths } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import { expect, test } from 'vitest'
import { applyPull } from './apply-pull.ts'
import type { OpenSale } from './cart.ts'
import { noteContact } from './contact.ts'
import { readPoints } from './points.ts'
import { recordVoid } from './record-refund.ts'
import { readState } from './state.ts'
import type { TillDatabase } from './till-database.ts'
import {
  cash,
  enrolledTill,
  isRecorded,
  line,
  NOW,
  pullAnswer,
  STAFF,
  sell,
  settleAll,
  TILL,
} from './till-for-tests.ts'

const MEI = '01900000-0000-7000-8000-0000000000a1'
const customer = { customerId: MEI, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 }
const settings = { ...pullAnswer().company, points: { value: 10, offlineLimit: 50 } }
const rows = (points: number) => ({
  customer: [{ customerId: MEI, code: 'C1', name: 'Tan Mei Ling', phone: null, tierId: null, points }],
})

/** A till whose customer has so many points. */
async function tillWith(points: number): Promise<TillDatabase> {
  const db = await enrolledTill()
  await pull(db, points)
  return db
}

async function pull(db: TillDatabase, points: number): Promise<void> {
  const start = {
    till: { tillId: TILL },
    cursor: await readState(db, 'cursor'),
    settlements: (await readState(db, 'settlements')) ?? 0,
  }
  const answer = pullAnswer({ company: settings, rows: rows(points), snapshot: false, cursor: `${points}` })
  await applyPull(db, start, answer, `pull ${points}`)
}

const paidWith = (points: number, quantity = 10): OpenSale => ({
  cart: { lines: [line({ quantity: thousandths(quantity * 1000) })], customer },
  tenders: [leg(points), cash(quantity * 345 - points * 10)],
})
const leg = (points: number): Tender => ({
  methodCode: 'POINTS',
  kind: 'points',
  amount: minor(points * 10),
  points,
})

test('points that pay are gone from this till at once, and the receipt says what was there', async () => {
  const db = await tillWith(80)
  const { entry } = isRecorded(await sell(db, paidWith(30)))
  expect(entry.body).toMatchObject({ pointsEarned: 3, customer: { points: 80 }, rules: { pointValue: 10 } })
  expect(await readPoints(db, MEI, NOW)).toEqual({ balance: 53, unconfirmed: 30, isFresh: false })
})

test('no more are taken than the customer has, and than may be spent before the server has heard', async () => {
  const poor = await tillWith(20)
  expect(await sell(poor, paidWith(21))).toEqual({ code: 'points-short', most: 20 })
  const rich = await tillWith(500)
  expect(await sell(rich, paidWith(51))).toEqual({ code: 'points-short', most: 50 })
  isRecorded(await sell(rich, paidWith(40)))
  expect(await sell(rich, paidWith(11))).toEqual({ code: 'points-short', most: 10 })
  expect(await readPoints(rich, MEI, NOW)).toEqual({ balance: 463, unconfirmed: 40, isFresh: false })
})

test('once the server counts them, its count stands and more may be spent', async () => {
  const db = await tillWith(500)
  isRecorded(await sell(db, paidWith(50)))
  await settleAll(db)
  expect(await readPoints(db, MEI, NOW)).toEqual({ balance: 453, unconfirmed: 50, isFresh: false })
  await pull(db, 453)
  expect(await readPoints(db, MEI, NOW)).toEqual({ balance: 453, unconfirmed: 0, isFresh: false })
  expect(await db.pointsHere.count()).toBe(0)
  isRecorded(await sell(db, paidWith(50)))
})

test('while the server is heard only what the customer has binds, and soon after it falls silent the limit does', async () => {
  const db = await tillWith(500)
  await noteContact(db, { lastPullAt: new Date(NOW.getTime() - 100_000).toISOString() })
  expect(await readPoints(db, MEI, NOW)).toMatchObject({ isFresh: true })
  expect(await sell(db, paidWith(501, 20))).toEqual({ code: 'points-short', most: 500 })
  isRecorded(await sell(db, paidWith(200)))
  await noteContact(db, { lastPullAt: new Date(NOW.getTime() - 200_000).toISOString() })
  expect(await sell(db, paidWith(1))).toEqual({ code: 'points-short', most: 0 })
})

test('a clock that was set back makes no count fresh', async () => {
  const db = await tillWith(500)
  await noteContact(db, { lastPullAt: new Date(NOW.getTime() + 1000).toISOString() })
  expect(await sell(db, paidWith(51))).toEqual({ code: 'points-short', most: 50 })
})

test('a void gives them back', async () => {
  const db = await tillWith(80)
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.void'] })
  const { entry } = isRecorded(await sell(db, paidWith(30)))
  const voided = await recordVoid(db, {
    staffId: STAFF,
    now: NOW,
    newId: () => '01900000-0000-7000-8000-0000000000b1',
    reason: 'Rung up twice',
    saleId: entry.id,
    expectedTotal: entry.body.total,
  })
  expect(voided).toMatchObject({ entry: { body: { tenders: [leg(30), { kind: 'cash' }] } } })
  expect((await readPoints(db, MEI, NOW)).balance).toBe(80)
})

test('points of nobody, or where points pay nothing, are refused', async () => {
  const db = await tillWith(80)
  const { cart, tenders } = paidWith(30)
  expect(await sell(db, { cart: { lines: cart.lines }, tenders })).toEqual({ code: 'points-short', most: 0 })
  await db.state.put({ key: 'company', value: pullAnswer().company })
  expect(await sell(db, paidWith(30))).toEqual({ code: 'points-short', most: 0 })
})
