import { checkRefund } from '@evertill/shared/domain/check-refund'
import { type Minor, minor, thousandths } from '@evertill/shared/domain/money'
import type { Permission } from '@evertill/shared/domain/permission'
import { waysBack } from '@evertill/shared/domain/way-back'
import { type EntryKind, zEntry } from '@evertill/shared/protocol/entry'
import type { CompanySettings } from '@evertill/shared/protocol/pull'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { applyPull } from './apply-pull.ts'
import { searchCustomers } from './catalogue.ts'
import { recentPapers, refundsOf } from './journal.ts'
import { registerCustomer } from './record-customer.ts'
import { keptEmail } from './record-email.ts'
import type { Recorded } from './record-entry.ts'
import { recordBlindRefund, recordRefund, recordVoid } from './record-refund.ts'
import { closeShift, moveCash, openDrawer, openShift } from './record-shift.ts'
import { countStock } from './record-stock.ts'
import { settleEntries } from './settle-entries.ts'
import { isBetweenShifts, readShift, shiftTotalsOf } from './shift.ts'
import { dropState, readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'
import {
  cash,
  enrolledTill,
  isRecorded,
  line,
  MILK,
  milkSale,
  NO_ROWS,
  NOW,
  pullAnswer,
  readStock,
  STAFF,
  sell,
  settleAll,
  TILL,
} from './till-for-tests.ts'

const EVERYTHING: Permission[] = [
  'sale.make',
  'sale.refund',
  'sale.refund-blind',
  'sale.void',
  'shift.open',
  'shift.close',
  'cash.move',
  'drawer.open',
  'customer.register',
  'stock.count',
]
const MANAGER = '01900000-0000-7000-8000-0000000000ff'

async function tillOf(permissions: Permission[] = EVERYTHING): Promise<TillDatabase> {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions })
  return db
}

const by = (now = NOW) => ({ staffId: STAFF, now, newId: uuidv7 })

function done<K extends EntryKind>(result: Recorded<K> | { readonly code: string }): Recorded<K> {
  if ('code' in result) throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return result
}

const milk = async (db: TillDatabase, pieces: number) =>
  isRecorded(await sell(db, milkSale(pieces, cash(345 * pieces)))).entry

const refund = (db: TillDatabase, saleId: string, pieces: number, expected: number, restock = true) =>
  recordRefund(db, {
    ...by(),
    saleId,
    picks: [{ lineNo: 1, quantity: thousandths(pieces * 1000), restock }],
    reason: 'Sour',
    expectedTotal: minor(expected),
  })

/** The journal's entries as the server would read them. */
const entriesOf = async (db: TillDatabase) =>
  (await db.journal.toArray()).map((row) => zEntry.parse(JSON.parse(row.raw)))

describe('a refund', () => {
  test('is one more entry of the chain, numbered with the sales, and puts the goods back on the shelf', async () => {
    const db = await tillOf()
    const sale = await milk(db, 3)
    const { entry } = done(await refund(db, sale.id, 2, 690))
    expect(entry).toMatchObject({ seq: 2, kind: 'refund', body: { receiptNo: 'BR-T1-000002', total: 690 } })
    expect(checkRefund(entry.body)).toEqual([])
    expect((await readStock(db)).get(MILK)).toBe(23_000)
    expect((await refundsOf(db, sale.id)).map((paper) => paper.entry.id)).toEqual([entry.id])
    expect((await recentPapers(db, 9)).map((paper) => paper.entry.kind)).toEqual(['refund', 'sale'])
    const [first, second] = await db.journal.toArray()
    expect(zEntry.parse(JSON.parse(second?.raw ?? '')).prev).toBe(first?.hash)
  })

  test('that writes the goods off moves no stock', async () => {
    const db = await tillOf()
    const sale = await milk(db, 3)
    done(await refund(db, sale.id, 1, 345, false))
    expect((await readStock(db)).get(MILK)).toBe(21_000)
  })

  test('never pays back more than is left, also when two windows pay back the last piece at once', async () => {
    const db = await tillOf()
    const sale = await milk(db, 2)
    done(await refund(db, sale.id, 1, 345))
    const both = await Promise.all([refund(db, sale.id, 1, 345), refund(db, sale.id, 1, 345)])
    expect(both.filter((result) => 'entry' in result)).toHaveLength(1)
    expect(both.find((result) => 'code' in result)).toEqual({ code: 'over-refund', lineNo: 1, left: 0 })
    expect(await db.journal.count()).toBe(3)
  })

  test('pays nothing back twice on a card, in a window that has not seen what another paid back on it', async () => {
    const db = await tillOf()
    const { cart } = milkSale(4)
    const card = { methodCode: 'CARD', kind: 'card', amount: minor(500) } as const
    const sold = isRecorded(await sell(db, { cart, tenders: [card, cash(880)] })).entry
    const shown = waysBack({ sale: sold.body, before: [] })
    const oneMore = () =>
      recordRefund(db, {
        ...by(),
        saleId: sold.id,
        picks: [{ lineNo: 1, quantity: thousandths(1000), restock: true }],
        ways: shown,
        reason: 'Sour',
        expectedTotal: minor(345),
      })
    expect(done(await oneMore()).entry.body).toMatchObject({ tenders: [{ methodCode: 'CARD', amount: 345 }] })
    expect(await oneMore()).toEqual({ code: 'ways-changed' })
    expect(done(await refund(db, sold.id, 1, 345)).entry.body).toMatchObject({
      tenders: [
        { methodCode: 'CARD', amount: 155 },
        { methodCode: 'CASH', amount: 190 },
      ],
    })
  })

  test('is refused when it comes to another amount than was shown, and for a sale of another till', async () => {
    const db = await tillOf()
    const sale = await milk(db, 2)
    expect(await refund(db, sale.id, 1, 350)).toEqual({ code: 'total-changed', total: 345 })
    expect(await refund(db, uuidv7(), 1, 345)).toEqual({ code: 'unknown-sale' })
    expect(await db.journal.count()).toBe(1)
    expect((await readState(db, 'counters'))?.receipts).toBe(1)
  })

  test('needs the permission, or the approval of somebody who has it, which is written down before it', async () => {
    const db = await tillOf(['sale.make'])
    const sale = await milk(db, 1)
    expect(await refund(db, sale.id, 1, 345)).toEqual({ code: 'not-allowed', permission: 'sale.refund' })
    const approved = await recordRefund(db, {
      ...by(),
      saleId: sale.id,
      picks: [{ lineNo: 1, quantity: thousandths(1000), restock: true }],
      reason: 'Sour',
      expectedTotal: minor(345),
      approval: { permission: 'sale.refund', approvedBy: MANAGER },
    })
    done(approved)
    expect((await entriesOf(db)).slice(1)).toMatchObject([
      {
        seq: 2,
        kind: 'override-given',
        staffId: STAFF,
        body: { permission: 'sale.refund', approvedBy: MANAGER, about: 'Refund of BR-T1-000001' },
      },
      { seq: 3, kind: 'refund' },
    ])
  })

  test('leaves no override behind when it cannot be recorded itself', async () => {
    const db = await tillOf(['sale.make'])
    const sale = await milk(db, 1)
    const result = await recordRefund(db, {
      ...by(),
      saleId: sale.id,
      picks: [{ lineNo: 1, quantity: thousandths(1000), restock: true }],
      reason: '',
      expectedTotal: minor(345),
      approval: { permission: 'sale.refund', approvedBy: MANAGER },
    })
    expect(result).toMatchObject({ code: 'not-valid', fields: [{ path: 'body.reason' }] })
    expect(await db.journal.count()).toBe(1)
    expect((await readState(db, 'counters'))?.seq).toBe(1)
    done(
      await moveCash(db, {
        ...by(),
        direction: 'in',
        amount: minor(5),
        reason: 'x',
        approval: { permission: 'cash.move', approvedBy: MANAGER },
      }),
    )
  })

  test('without the receipt pays back what a person decided', async () => {
    const db = await tillOf()
    const { lineId: _, ...product } = line()
    const recorded = await recordBlindRefund(db, {
      ...by(),
      lines: [{ ...product, ratePpm: 90_000 as never, restock: false }],
      ways: [{ methodCode: 'CASH', kind: 'cash' }],
      reason: 'Lost receipt',
      expectedTotal: minor(345),
    })
    expect(done(recorded).entry.body).toMatchObject({ total: 345, tax: 28, tenders: [cash(345)] })
    expect((await readStock(db)).get(MILK)).toBe(24_000)
  })
})

describe('a void', () => {
  const voidSale = (db: TillDatabase, saleId: string, now = NOW) =>
    recordVoid(db, { ...by(now), saleId, reason: 'Twice', expectedTotal: minor(690) })

  test('takes all of a sale back, once', async () => {
    const db = await tillOf()
    const sale = await milk(db, 2)
    const { entry } = done(await voidSale(db, sale.id))
    expect(entry.body).toMatchObject({ total: 690, original: { saleId: sale.id } })
    expect((await readStock(db)).get(MILK)).toBe(24_000)
    expect(await voidSale(db, sale.id)).toEqual({ code: 'already-refunded' })
  })

  test('is of the running business day only', async () => {
    const db = await tillOf()
    const sale = await milk(db, 2)
    const tomorrow = new Date(NOW.getTime() + 86_400_000)
    expect(await voidSale(db, sale.id, tomorrow)).toEqual({ code: 'another-day' })
  })

  test('is of this till’s own sales: what the browser sold as another till is refunded', async () => {
    const db = await tillOf()
    const sale = await milk(db, 2)
    const till = await readState(db, 'till')
    if (till === undefined) throw new Error('no till')
    await writeState(db, 'till', { ...till, tillId: uuidv7() })
    await dropState(db, 'counters')
    expect(await voidSale(db, sale.id)).toEqual({ code: 'unknown-sale' })
    expect(await refund(db, sale.id, 2, 690)).toHaveProperty('entry')
  })
})

describe('a shift', () => {
  test('stands on every entry from its opening to its close, and its totals are those of the journal', async () => {
    const db = await tillOf()
    await milk(db, 1)
    const { entry: opened } = done(await openShift(db, { ...by(), float: minor(10_000) }))
    const sale = await milk(db, 2)
    done(await refund(db, sale.id, 1, 345))
    done(await moveCash(db, { ...by(), direction: 'out', amount: minor(2000), reason: 'Safe' }))
    done(await openDrawer(db, { ...by(), reason: 'Change' }))
    const shift = await readShift(db)
    expect(shift?.totals).toEqual(await shiftTotalsOf(db, opened.id))
    const { entry: closed } = done(
      await closeShift(db, {
        ...by(),
        counted: [{ methodCode: 'CASH', amount: minor(8300) }],
        note: 'Short',
      }),
    )
    await milk(db, 1)
    expect(closed.body).toEqual({
      sales: { count: 1, total: 690 },
      refunds: { count: 1, total: 345 },
      tenders: [{ methodCode: 'CASH', kind: 'cash', expected: 8345, counted: 8300 }],
      note: 'Short',
      zNo: 1,
      details: expect.objectContaining({ noSales: 1 }),
    })
    expect((await entriesOf(db)).map((entry) => [entry.kind, entry.shiftId === opened.id])).toEqual([
      ['sale', false],
      ['shift-opened', false],
      ['sale', true],
      ['refund', true],
      ['cash-moved', true],
      ['drawer-opened', true],
      ['shift-closed', true],
      ['sale', false],
    ])
    expect(await readShift(db)).toBeUndefined()
  })

  test('is open once at a till, and can only be closed when it is open', async () => {
    const db = await tillOf()
    expect(await closeShift(db, { ...by(), counted: [] })).toEqual({ code: 'no-shift' })
    done(await openShift(db, { ...by(), float: minor(0) }))
    expect(await openShift(db, { ...by(), float: minor(0) })).toEqual({ code: 'shift-open' })
    expect(await db.journal.count()).toBe(1)
  })

  test('is counted in the cash that is taken now, where another was retired', async () => {
    const db = await tillOf()
    const method = { name: 'Cash', kind: 'cash' as const }
    await db.paymentMethod.bulkPut([
      { ...method, paymentMethodId: uuidv7(), code: 'OLD', position: 0, deleted: true },
      { ...method, paymentMethodId: uuidv7(), code: 'NOTES', position: 1 },
    ])
    done(await openShift(db, { ...by(), float: minor(100) }))
    const counted = [{ methodCode: 'NOTES', amount: minor(100) }]
    const { body } = done(await closeShift(db, { ...by(), counted })).entry
    expect(body.tenders).toEqual([{ methodCode: 'NOTES', kind: 'cash', expected: 100, counted: 100 }])
  })

  test('does not go along when the browser becomes another till', async () => {
    const db = await tillOf()
    done(await openShift(db, { ...by(), float: minor(0) }))
    const till = await readState(db, 'till')
    if (till === undefined) throw new Error('no till')
    await writeState(db, 'till', { ...till, tillId: uuidv7() })
    expect(await readShift(db)).toBeUndefined()
  })
})

describe('a customer registered at the till', () => {
  const register = (db: TillDatabase) =>
    registerCustomer(db, { ...by(), name: 'Nur Aisyah', phone: '+6591112222' })
  const pull = async (db: TillDatabase, rows = {}) =>
    applyPull(
      db,
      {
        till: { tillId: TILL },
        cursor: await readState(db, 'cursor'),
        settlements: (await readState(db, 'settlements')) ?? 0,
      },
      pullAnswer({ cursor: `c${Math.random()}`, rows }),
      uuidv7(),
    )
  const found = async (db: TillDatabase) =>
    (await searchCustomers(db, '2222', 5)).map((row) => row.customerId)

  test('is found at once, and by a snapshot that does not know them yet nobody is forgotten', async () => {
    const db = await tillOf()
    const { entry } = done(await register(db))
    expect(await found(db)).toEqual([entry.body.customerId])
    await pull(db)
    expect(await found(db)).toEqual([entry.body.customerId])
  })

  test('brings the address where they want receipts, which is offered at their next e-mail', async () => {
    const db = await tillOf()
    const email = 'nur@example.com'
    const { entry } = done(await registerCustomer(db, { ...by(), name: 'Nur Aisyah', email }))
    expect(entry.body).toMatchObject({ email })
    expect(await keptEmail(db, entry.body.customerId)).toBe(email)
    const nobody = done(await register(db)).entry.body
    expect(nobody).not.toHaveProperty('email')
    expect(await keptEmail(db, nobody.customerId)).toBeUndefined()
  })

  test('is the server’s from the first pull after it was sent: a snapshot without them forgets them', async () => {
    const db = await tillOf()
    const { customerId, code, name } = done(await register(db)).entry.body
    await settleAll(db)
    const row = { customerId, code, name, phone: '+6591112222', tierId: null, points: 7 }
    await pull(db, { customer: [row] })
    expect(await searchCustomers(db, 'nur', 5)).toMatchObject([{ customerId, points: 7 }])
    await pull(db)
    expect(await found(db)).toEqual([])
  })

  test('is put back when the server lost them in a restore', async () => {
    const db = await tillOf()
    const { customerId } = done(await register(db)).entry.body
    await settleAll(db)
    await pull(db)
    await pull(db)
    expect(await found(db)).toEqual([])
    await settleEntries(db, {
      batch: { till: { tillId: TILL }, epoch: 1, believed: 1, suspectRestore: true, settlements: 99 },
      entries: [],
      highWater: 0,
      now: NOW,
    })
    expect(await found(db)).toEqual([customerId])
  })
})

test('a count moves the shown stock to what was counted, and until the server has it no further', async () => {
  const db = await tillOf()
  await milk(db, 2)
  const counted = [{ productId: MILK, quantity: 20_000 }]
  const { entry } = done(await countStock(db, { ...by(), counted }))
  expect(entry.body.lines).toEqual([{ productId: MILK, expected: 22_000, counted: 20_000 }])
  expect((await readStock(db)).get(MILK)).toBe(20_000)
  await settleAll(db)
  const stock = [{ productId: MILK, onHand: 20_000 }]
  await applyPull(
    db,
    { till: { tillId: TILL }, cursor: 'c1', settlements: 1 },
    pullAnswer({ snapshot: false, rows: { ...NO_ROWS, stock } }),
    'x',
  )
  expect((await readStock(db)).get(MILK)).toBe(20_000)
})

describe('a Z report', () => {
  const withSettings = async (changes: Partial<CompanySettings>) => {
    const db = await tillOf()
    const company = await readState(db, 'company')
    if (company === undefined) throw new Error('no company')
    await writeState(db, 'company', { ...company, ...changes })
    return db
  }
  const close = (db: TillDatabase, amount: number, more: { note?: string; told?: Minor } = {}) =>
    closeShift(db, { ...by(), counted: [{ methodCode: 'CASH', amount: minor(amount) }], ...more })

  test('is numbered without a gap, also after one that was refused', async () => {
    const db = await withSettings({ varianceLimit: minor(0) })
    const numbers: (number | undefined)[] = []
    for (const counted of [100, 100, 100]) {
      done(await openShift(db, { ...by(), float: minor(100) }))
      expect(await close(db, counted + 5)).toEqual({ code: 'reason-wanted', variance: 5 })
      numbers.push(done(await close(db, counted)).entry.body.zNo)
    }
    expect(numbers).toEqual([1, 2, 3])
  })

  test('tells by tax, by cashier and by movement what its shift came to, and of no other shift', async () => {
    const db = await tillOf()
    await milk(db, 1)
    done(
      await openShift(db, { ...by(), float: minor(1000), counts: [{ denomination: minor(100), count: 10 }] }),
    )
    const sale = await milk(db, 3)
    done(await refund(db, sale.id, 1, 345))
    done(await openDrawer(db, { ...by(), reason: 'Change' }))
    done(await moveCash(db, { ...by(), direction: 'out', amount: minor(500), reason: 'Safe' }))
    expect(done(await close(db, 1190)).entry.body.details).toEqual({
      voids: { count: 0, total: 0 },
      discounts: 0,
      rounding: 0,
      issued: 0,
      taxes: [{ taxCode: 'SR', ratePpm: 90_000, taxable: 633, tax: 57 }],
      staff: [{ staffId: STAFF, sales: { count: 1, total: 1035 }, refunds: { count: 1, total: 345 } }],
      movedIn: { count: 0, total: 0 },
      movedOut: { count: 1, total: 500 },
      noSales: 1,
    })
  })

  test('with a difference above the limit wants a reason, and keeps what was counted before', async () => {
    const db = await withSettings({ varianceLimit: minor(100) })
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(await close(db, 850)).toEqual({ code: 'reason-wanted', variance: -150 })
    expect(await close(db, 899)).toEqual({ code: 'reason-wanted', variance: -101 })
    expect(await readShift(db)).toBeDefined()
    const { body } = done(await close(db, 899, { note: 'Wrong change given' })).entry
    expect(body).toMatchObject({ note: 'Wrong change given', earlierCounts: [850] })
  })

  test('is not made of a count whose difference nobody has seen, and tells of the one before', async () => {
    const db = await tillOf()
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(await close(db, 800)).toEqual({ code: 'drawer-differs', variance: -200 })
    expect(await close(db, 800, { told: minor(-150) })).toEqual({ code: 'drawer-differs', variance: -200 })
    expect(await close(db, 900)).toEqual({ code: 'drawer-differs', variance: -100 })
    const { body } = done(await close(db, 900, { told: minor(-100) })).entry
    expect(body).toMatchObject({ tenders: [{ counted: 900, expected: 1000 }], earlierCounts: [800] })
    expect(body).not.toHaveProperty('note')
  })

  test('tells of a count whose difference was told, whoever closed the dialog and counted what was wanted', async () => {
    const db = await withSettings({ varianceLimit: minor(100) })
    done(await openShift(db, { ...by(), float: minor(1000) }))
    await close(db, 800)
    await milk(db, 1)
    const { body } = done(await close(db, 1345)).entry
    expect(body).toMatchObject({ earlierCounts: [800], tenders: [{ counted: 1345, expected: 1345 }] })
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(done(await close(db, 1000)).entry.body).not.toHaveProperty('earlierCounts')
  })

  test('with a difference up to the limit needs none', async () => {
    const db = await withSettings({ varianceLimit: minor(100) })
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(done(await close(db, 1100, { told: minor(100) })).entry.body).not.toHaveProperty('note')
  })

  test('asks before more goes out of the drawer than there should be', async () => {
    const db = await tillOf()
    done(await openShift(db, { ...by(), float: minor(1000) }))
    await milk(db, 1)
    const out = (amount: number, certain = false) =>
      moveCash(db, { ...by(), direction: 'out', amount: minor(amount), reason: 'Safe', certain })
    expect(await out(1346)).toEqual({ code: 'more-than-expected' })
    done(await out(1345))
    expect(await out(5)).toEqual({ code: 'more-than-expected' })
    done(await out(5, true))
    expect(done(await close(db, 0, { told: minor(5) })).entry.body.tenders).toMatchObject([{ expected: -5 }])
  })

  test('is missed until one is opened, unless the shop works without', async () => {
    const db = await tillOf()
    expect(await isBetweenShifts(db)).toBe(true)
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(await isBetweenShifts(db)).toBe(false)
    await close(db, 1000)
    expect(await isBetweenShifts(db)).toBe(true)
    done(await openShift(db, { ...by(), float: minor(1000) }))
    expect(await isBetweenShifts(db)).toBe(false)
    expect(await isBetweenShifts(await withSettings({ worksByShifts: false }))).toBe(false)
  })

  test('goes on after the last that head office knows of, on a browser that becomes the till', async () => {
    const db = await tillOf()
    const counters = await readState(db, 'counters')
    if (counters === undefined) throw new Error('no counters')
    await writeState(db, 'counters', { ...counters, zReports: 41 })
    done(await openShift(db, { ...by(), float: minor(0) }))
    expect(done(await close(db, 0)).entry.body.zNo).toBe(42)
  })
})

describe('the time for a void', () => {
  const voidAfter = async (minutes: number, voidWindowMinutes?: number) => {
    const db = await tillOf()
    const company = await readState(db, 'company')
    if (company !== undefined && voidWindowMinutes !== undefined)
      await writeState(db, 'company', { ...company, voidWindowMinutes })
    const sale = await milk(db, 1)
    const now = new Date(NOW.getTime() + minutes * 60_000)
    return recordVoid(db, { ...by(now), saleId: sale.id, reason: 'Twice', expectedTotal: minor(345) })
  }

  test('is the business day, unless the company gives less', async () => {
    expect(await voidAfter(120)).toHaveProperty('entry')
    expect(await voidAfter(30, 30)).toHaveProperty('entry')
    expect(await voidAfter(31, 30)).toEqual({ code: 'too-late', minutes: 30 })
    expect(await voidAfter(1, 0)).toEqual({ code: 'too-late', minutes: 0 })
  })
})
