import { minor } from '@evertill/shared/domain/money'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import type { EnrolResponse } from '@evertill/shared/protocol/enrol'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { applyPull } from './apply-pull.ts'
import { saveOpenSale } from './cart.ts'
import { readCatalogue } from './catalogue.ts'
import { noteContact } from './contact.ts'
import { becomeTill, enrolmentKey, leaveTill } from './enrolment.ts'
import { askAboutHeld, formerTillsWithUnsent, readFormerTills } from './former-tills.ts'
import { readHealth } from './journal.ts'
import { closeShift, openShift } from './record-shift.ts'
import { readShift, shiftTotalsOf } from './shift.ts'
import { readState, writeState } from './state.ts'
import { readValue } from './stored-value.ts'
import { readTill, type Till } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import {
  COMPANY,
  enrolledTill,
  isRecorded,
  MILK,
  milkSale,
  NOW,
  OUTLET,
  pullAnswer,
  readStock,
  STAFF,
  sell,
  sellMany,
  settleAll,
  TILL,
} from './till-for-tests.ts'
import { noteRescued, toRanges, unsentPlaces } from './unsent.ts'

const OTHER = TILL.replace(/.$/, 'e')

const response = (changes: Partial<EnrolResponse> = {}): EnrolResponse => ({
  companyId: COMPANY,
  companyName: 'Tiong Minimart',
  outletId: OUTLET,
  outletCode: 'BR',
  tillId: OTHER,
  tillCode: 'T2',
  tillName: 'Counter 2',
  epoch: 1,
  receipts: 0,
  serverTime: NOW.toISOString(),
  ...changes,
})

const become = async (db: TillDatabase, changes: Partial<EnrolResponse> = {}): Promise<Till | undefined> =>
  becomeTill(db, response(changes), await enrolmentKey(db), { persisted: true, now: NOW })

const leave = (db: TillDatabase, typedCode = 'BR-T1') => leaveTill(db, { typedCode, now: NOW })

const by = { staffId: STAFF, now: NOW, newId: uuidv7 }

/** With whoever may open and close a shift. */
async function openShiftOf(db: TillDatabase, float: number): Promise<void> {
  await db.staff.update(STAFF, { permissions: ['sale.make', 'shift.open', 'shift.close'] })
  expect(await openShift(db, { ...by, float: minor(float) })).toHaveProperty('entry')
}

const closeWith = (db: TillDatabase, counted: number) =>
  closeShift(db, { ...by, counted: [{ methodCode: 'CASH', amount: minor(counted) }] })

async function rescue(db: TillDatabase): Promise<void> {
  const places = await unsentPlaces(db, TILL)
  await noteRescued(db, {
    tillId: TILL,
    at: NOW.toISOString(),
    count: places.length,
    ranges: toRanges(places),
  })
}

describe('leaving a till', () => {
  test('is refused while only this browser has its entries', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    expect(await leave(db)).toEqual({ code: 'unsent', count: 2 })
    expect(await readTill(db)).toMatchObject({ tillId: TILL })
  })

  test('is refused for a held entry that the server never took, and not for one that it put aside', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await db.journal.toCollection().modify((row) => {
      row.fate = 'held'
      if (row.seq === 1) row.exceptions = ['unreadable']
    })
    expect(await leave(db)).toEqual({ code: 'unsent', count: 1 })
    await db.journal.toCollection().modify({ exceptions: ['unreadable'] })
    expect(await leave(db)).toEqual({ code: 'left' })
  })

  test('is refused for the wrong code and while a sale is open', async () => {
    const db = await enrolledTill()
    expect(await leave(db, 'BR-T2')).toEqual({ code: 'wrong-code' })
    await saveOpenSale(db, milkSale())
    expect(await leave(db)).toEqual({ code: 'sale-open' })
  })

  test('after a rescue file keeps every entry and forgets the shop', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await rescue(db)
    expect(await leave(db, ' br-t1 ')).toEqual({ code: 'left' })
    expect(await readTill(db)).toBeUndefined()
    expect(await readCatalogue(db)).toBeUndefined()
    expect(await db.staff.count()).toBe(0)
    expect(await db.journal.count()).toBe(2)
    expect(await formerTillsWithUnsent(db)).toMatchObject([{ till: { tillId: TILL }, unsent: 2 }])
  })

  test('asks for another file when something was sold after the last one', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await rescue(db)
    await sellMany(db, 1)
    expect(await leave(db)).toEqual({ code: 'unsent', count: 1 })
    await rescue(db)
    expect(await leave(db)).toEqual({ code: 'left' })
  })

  test('asks for another file when the server lost what it had acknowledged before the last one', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await db.journal.toCollection().modify((row) => {
      if (row.seq === 1) row.fate = 'applied'
    })
    await rescue(db)
    await db.journal.toCollection().modify({ fate: 'waiting' })
    expect(await leave(db)).toEqual({ code: 'unsent', count: 1 })
  })

  test('and coming back goes on with its journal and its receipts', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await rescue(db)
    await leave(db)
    // The server knows neither the two sales nor their receipts.
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 1 })
    expect(await readState(db, 'counters')).toMatchObject({ epoch: 1, seq: 2, receipts: 2 })
    expect(await readFormerTills(db)).toEqual([])
    expect(await readHealth(db)).toMatchObject({ waiting: 2 })

    await db.journal.toCollection().modify({ fate: 'applied' })
    await leave(db)
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 2 })
    expect(await readState(db, 'counters')).toMatchObject({ epoch: 2, seq: 0, receipts: 2 })
  })
})

describe('a shift that is open', () => {
  test.each(['active', 'revoked'] as const)(
    'keeps a till that is %s from being left until it is closed',
    async (standing) => {
      const db = await enrolledTill()
      await openShiftOf(db, 10_000)
      await writeState(db, 'tillState', standing)
      await rescue(db)
      expect(await leave(db)).toEqual({ code: 'shift-open' })
      expect(await readShift(db)).toBeDefined()
      expect(await closeWith(db, 10_000)).toHaveProperty('entry')
      await rescue(db)
      expect(await leave(db)).toEqual({ code: 'left' })
    },
  )

  test('waits aside while the browser is another till with a shift of its own', async () => {
    const db = await enrolledTill()
    await openShiftOf(db, 10_000)
    await sellMany(db, 1)
    await writeState(db, 'tillState', 'revoked')
    await become(db)
    expect(await readShift(db)).toBeUndefined()
    await applyPull(db, { till: { tillId: OTHER }, cursor: undefined, settlements: 0 }, pullAnswer(), 'other')
    await openShiftOf(db, 5000)
    await writeState(db, 'tillState', 'revoked')
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 2 })
    const { shiftId, totals } = (await readShift(db)) ?? {}
    expect(totals).toEqual(await shiftTotalsOf(db, shiftId ?? ''))

    await applyPull(db, { till: { tillId: TILL }, cursor: undefined, settlements: 0 }, pullAnswer(), 'first')
    await db.staff.update(STAFF, { permissions: ['shift.close'] })
    expect(await closeWith(db, 10_345)).toMatchObject({ entry: { shiftId, body: { zNo: 1 } } })
    await writeState(db, 'tillState', 'revoked')
    await become(db)
    expect(await readShift(db)).toMatchObject({ tillId: OTHER, totals: { float: 5000 } })
    await writeState(db, 'tillState', 'revoked')
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 3 })
    expect(await readShift(db)).toBeUndefined()
  })

  test('keeps no till that cannot close it, having no catalogue, and waits aside', async () => {
    const db = await enrolledTill()
    await openShiftOf(db, 10_000)
    await writeState(db, 'tillState', 'revoked')
    await become(db)
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 2 })
    await rescue(db)
    expect(await leave(db)).toEqual({ code: 'left' })
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 3 })
    expect(await readShift(db)).toMatchObject({ totals: { float: 10_000 } })
  })
})

describe('the names of people who left', () => {
  const former = { [OTHER]: 'Raj' }

  test('are kept by a till that is enrolled again as itself', async () => {
    const db = await enrolledTill()
    await writeState(db, 'formerStaff', former)
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 2 })
    expect(await readState(db, 'formerStaff')).toEqual(former)
  })

  test('are forgotten by a till that becomes another company’s', async () => {
    const db = await enrolledTill()
    await writeState(db, 'formerStaff', former)
    await become(db, { companyId: COMPANY.replace(/.$/, 'e') })
    expect(await readState(db, 'formerStaff')).toBeUndefined()
  })

  test('are forgotten by a browser that stops being a till', async () => {
    const db = await enrolledTill()
    await writeState(db, 'formerStaff', former)
    expect(await leave(db)).toEqual({ code: 'left' })
    expect(await readState(db, 'formerStaff')).toBeUndefined()
  })
})

describe('a till that the server turns away', () => {
  const turnedAway = [
    ['was revoked', (db: TillDatabase) => writeState(db, 'tillState', 'revoked')],
    [
      'is unknown to the server',
      (db: TillDatabase) =>
        noteContact(db, {
          online: true,
          lastContactAt: NOW.toISOString(),
          lastProblem: { code: 'unauthenticated', message: 'not enrolled here', at: NOW.toISOString() },
        }),
    ],
  ] as const

  test.each(turnedAway)(
    'because it %s can become another one; its entries stay its own',
    async (_, happen) => {
      const db = await enrolledTill()
      await sellMany(db, 3)
      expect(await become(db)).toBeUndefined()
      await happen(db)
      expect(await become(db)).toMatchObject({ tillId: OTHER })
      expect(await readHealth(db)).toMatchObject({ waiting: 0, tillState: 'active' })
      expect((await db.journal.toArray()).map((row) => [row.tillId, row.fate])).toEqual([
        [TILL, 'waiting'],
        [TILL, 'waiting'],
        [TILL, 'waiting'],
      ])
      expect(await formerTillsWithUnsent(db)).toMatchObject([{ till: { tillId: TILL }, unsent: 3 }])
    },
  )

  test('and is enrolled as itself in a restored database keeps its journal where it stands', async () => {
    const db = await enrolledTill()
    await become(db, { tillId: TILL, tillCode: 'T1', epoch: 3 })
    await sellMany(db, 2)
    await turnedAway[1][1](db)
    // The restored server counts enrolments anew.
    expect(await become(db, { tillId: TILL, tillCode: 'T1', epoch: 1 })).toMatchObject({ epoch: 3 })
    expect(await readState(db, 'counters')).toMatchObject({ epoch: 3, seq: 2, receipts: 2 })
  })
})

test('what an earlier till sold elsewhere does not come off the shelf here', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  await writeState(db, 'tillState', 'revoked')
  const before = (await readStock(db)).get(MILK)
  await become(db, { outletId: OUTLET.replace(/.$/, 'e') })
  expect((await readStock(db)).get(MILK)).toBe((before ?? 0) + 2000)
})

describe('a gift card that was spent on a till this browser was, and not sent', () => {
  const CARD = newValueCode('01900000-0000-7000-8000-0000000000a1')
  const [ELSEWHERE, ELSEWHO] = [OUTLET.replace(/.$/, 'e'), COMPANY.replace(/.$/, 'e')]
  const stock = [{ productId: MILK, onHand: 24_000 }]

  /** What the server says: the whole feed, as a browser that became a till asks for it. */
  async function pull(db: TillDatabase, balance: number): Promise<void> {
    const till = await readTill(db)
    if (till === undefined) throw new Error('no till')
    const { tillId, tillCode: code, tillName: name, outletId, companyId } = till
    const plain = pullAnswer()
    const answer = {
      ...pullAnswer({ rows: { stock, storedValue: [{ code: CARD, kind: 'gift-card', balance }] } }),
      company: { ...plain.company, companyId, valueOfflineLimit: minor(100_000) },
      outlet: { ...plain.outlet, outletId },
      till: { tillId, code, name, state: 'active' as const },
    }
    const settlements = (await readState(db, 'settlements')) ?? 0
    const start = { till, cursor: await readState(db, 'cursor'), settlements }
    expect(await applyPull(db, start, answer, uuidv7())).toBe('applied')
  }
  const spend = (db: TillDatabase) =>
    sell(db, milkSale(14, { methodCode: 'GIFT', kind: 'gift-card', amount: minor(4830), code: CARD }))
  const cardAndMilk = async (db: TillDatabase) => ({
    card: (await readValue(db, CARD, NOW))?.balance,
    milk: (await readStock(db)).get(MILK),
  })
  async function spentTill(): Promise<TillDatabase> {
    const db = await enrolledTill()
    await pull(db, 5000)
    isRecorded(await spend(db))
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 10_000 })
    return db
  }
  async function becomeRevoked(db: TillDatabase, changes: Partial<EnrolResponse> = {}): Promise<void> {
    await writeState(db, 'tillState', 'revoked')
    expect(await become(db, changes)).toBeDefined()
  }
  const FIRST = { tillId: TILL, tillCode: 'T1', epoch: 2 }

  test('is not spent again at another outlet; only goods stay on that shelf', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { outletId: ELSEWHERE })
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
    expect(await spend(db)).toMatchObject({ code: 'value-short', most: 170 })
  })

  test('is counted once when it was sent, and moves nothing at another outlet', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { outletId: ELSEWHERE })
    await pull(db, 5000)
    await settleAll(db)
    await pull(db, 170)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
    expect(await db.valueHere.count()).toBe(0)
    expect(await db.journal.where('overlaid').equals(1).count()).toBe(0)
    // Nor does it, counted, when the browser comes back.
    await becomeRevoked(db, FIRST)
    await pull(db, 170)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
  })

  test('is counted once when head office accepts what a revoked till had sent', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { outletId: ELSEWHERE })
    await db.journal.toCollection().modify({ fate: 'held', exceptions: ['revoked-till'] })
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
    await askAboutHeld(db)
    expect(await formerTillsWithUnsent(db)).toMatchObject([{ till: { tillId: TILL }, unsent: 1 }])
    await settleAll(db)
    await pull(db, 170)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
    await askAboutHeld(db)
    expect(await formerTillsWithUnsent(db)).toEqual([])
  })

  test('comes off both again when the browser becomes that till again', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { outletId: ELSEWHERE })
    await pull(db, 5000)
    await becomeRevoked(db, FIRST)
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 10_000 })
    await settleAll(db)
    await pull(db, 170)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
  })

  test('is no matter of another company, and of its own again afterwards', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { companyId: ELSEWHO, outletId: ELSEWHERE })
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 5000, milk: 24_000 })
    await becomeRevoked(db, { tillId: TILL.replace(/.$/, 'd'), outletId: ELSEWHERE })
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
  })

  test('that was counted while the browser was another company’s is not taken off again', async () => {
    const db = await spentTill()
    await becomeRevoked(db, { companyId: ELSEWHO, outletId: ELSEWHERE })
    await settleAll(db)
    await pull(db, 5000)
    expect(await cardAndMilk(db)).toEqual({ card: 5000, milk: 24_000 })
    await becomeRevoked(db, FIRST)
    await pull(db, 170)
    expect(await cardAndMilk(db)).toEqual({ card: 170, milk: 24_000 })
  })
})
