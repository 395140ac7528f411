import { minor, ppm, thousandths } from '@evertill/shared/domain/money'
import { PERMISSIONS } from '@evertill/shared/domain/permission'
import { zShiftDetail } from '@evertill/shared/protocol/office/shifts'
import { zCompanySettings } from '@evertill/shared/protocol/pull'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordExchange } from '../../client/src/store/record-exchange.ts'
import { recordBlindRefund, recordRefund, recordVoid } from '../../client/src/store/record-refund.ts'
import { closeShift, moveCash, openDrawer, openShift } from '../../client/src/store/record-shift.ts'
import { readState, writeState } from '../../client/src/store/state.ts'
import { openTillDatabase, type TillDatabase } from '../../client/src/store/till-database.ts'
import { SYNC_START, type SyncState } from '../../client/src/sync/decide.ts'
import { drain } from '../../client/src/sync/drain.ts'
import { enrol } from '../../client/src/sync/enrol.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { createApp } from '../src/http/app.ts'
import { isRefused } from '../src/office/refused.ts'
import { shiftDetail } from '../src/office/shifts.ts'
import { ledgerDifferences } from './ledger.ts'
import { grantToOwner } from './owner.ts'
import { atOnce, card, cash, catalogueOf, enrolRealTill, type RealTill, ringUp } from './real-till.ts'
import { createShop, type Shop } from './shop.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/* A till's own Z report beside what head office makes of the same shift from its ledgers: both sides, real Postgres. */

const clock = { ms: Date.parse('2026-03-01T02:00:00.000Z') }
const now = () => new Date(clock.ms)
let database: TestDatabase
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  database = await createTestDatabase()
  app = createApp({ sql: database.sql, config: {}, log: pino({ level: 'silent' }), now })
})
afterAll(() => database.drop())
const fetch: Fetch = async (path, init) => app.request(path, init)

interface Counter extends RealTill {
  readonly shop: Shop
  readonly colleague: string
}

/** A till with two cashiers who may do everything. */
async function counter(): Promise<Counter> {
  const { sql } = database
  const shop = await createShop(sql)
  const { companyId } = shop
  await sql`update role set permissions = ${sql.array([...PERMISSIONS], 25)} where company_id = ${companyId}`
  const colleague = uuidV7()
  await sql`
    insert into staff (company_id, staff_id, name, role_id, pin_salt, pin_base)
    select company_id, ${colleague}, 'Raj', role_id, pin_salt, pin_base from staff
    where company_id = ${companyId}`
  await sql`
    insert into payment_method (company_id, payment_method_id, code, name, kind, position)
    values (${companyId}, ${uuidV7()}, 'CARD', 'Card', 'card', 1)`
  return { ...(await enrolRealTill(sql, shop, 'T1', { fetch, now })), shop, colleague }
}

async function send(db: TillDatabase): Promise<void> {
  let state: SyncState = SYNC_START
  for (let round = 0; round < 3; round++) {
    clock.ms += 60_000
    state = (await drain({ ...atOnce, db, fetch, now }, state, { type: 'slept' })).state
  }
}
const by = (staffId: string) => ({ staffId, now: now(), newId: uuidV7 })
function done<T extends object>(result: T): Exclude<T, { readonly code: string }> {
  if ('code' in result) throw new Error(JSON.stringify(result))
  return result as Exclude<T, { readonly code: string }>
}
async function atHeadOffice({ shop }: Counter, shiftId: string) {
  const granted = grantToOwner(shop.companyId, 'report.view')
  const detail = await shiftDetail(database.sql, granted, shiftId)
  if (isRefused(detail)) throw new Error(detail.refused.message)
  return zShiftDetail.parse(detail)
}

/** Everything that can happen in a shift, by two cashiers; $3 more is counted than there should be. */
async function busyShift({ db, shop, colleague }: Counter) {
  const { staffId } = shop
  const opened = done(
    await openShift(db, {
      ...by(staffId),
      float: minor(10_000),
      counts: [{ denomination: minor(5000), count: 2 }],
    }),
  )
  const sell = (who: string, place: number, pieces: number, byCard = 0) =>
    ringUp(db, {
      staffId: who,
      lines: [{ place, pieces }],
      tenders: (total) => (byCard > 0 ? [card(byCard), cash(total - byCard)] : [cash(total + 500)]),
      now: now(),
    })
  const first = await sell(staffId, 3, 5)
  const mistake = await sell(colleague, 4, 1, 300)
  const third = await sell(colleague, 2, 3, 100)
  const taking = { ...by(colleague), reason: 'Broken' }
  const pick = (pieces: number) => [{ lineNo: 1, quantity: thousandths(pieces * 1000), restock: true }]
  done(
    await recordRefund(db, {
      ...taking,
      saleId: first.entry.id,
      picks: pick(1),
      expectedTotal: minor(400),
    }),
  )
  done(await recordVoid(db, { ...taking, saleId: mistake.entry.id, expectedTotal: mistake.entry.body.total }))
  const { products } = await catalogueOf(db)
  const [cheap, dear] = [products[0], products[4]]
  if (!cheap || !dear) throw new Error('too few products')
  const goods = (product: typeof cheap) => ({
    productId: product.productId,
    sku: product.sku,
    name: product.name,
    unitPrice: product.price,
    taxCode: 'SR',
    taxKind: 'standard' as const,
  })
  done(
    await recordBlindRefund(db, {
      ...taking,
      lines: [{ ...goods(cheap), quantity: thousandths(1000), ratePpm: ppm(90_000), restock: false }],
      ways: [{ methodCode: 'CASH', kind: 'cash' }],
      expectedTotal: minor(100),
    }),
  )
  const exchanged = done(
    await recordExchange(db, {
      ...by(staffId),
      returned: { kind: 'receipt', saleId: third.entry.id, picks: pick(1) },
      cart: { lines: [{ ...goods(dear), lineId: 'dear', quantity: thousandths(1000) }] },
      ways: [],
      tenders: [card(200)],
      reason: 'Wrong size',
      expected: { back: minor(300), out: minor(500) },
    }),
  )
  done(await moveCash(db, { ...by(staffId), direction: 'out', amount: minor(2000), reason: 'Safe' }))
  done(await moveCash(db, { ...by(staffId), direction: 'in', amount: minor(500), reason: 'Coins' }))
  done(await openDrawer(db, { ...by(colleague), reason: 'Change' }))
  const expected = 10_000 + 2000 + 200 + 800 - 400 - 200 - 100 - 1500
  const company = await readState(db, 'company')
  if (company === undefined) throw new Error('the till has no settings')
  await writeState(db, 'company', { ...company, varianceLimit: minor(500) })
  const tooMuch = [{ methodCode: 'CASH', amount: minor(expected + 900) }]
  expect(await closeShift(db, { ...by(colleague), counted: tooMuch })).toMatchObject({ variance: 900 })
  const closed = done(
    await closeShift(db, {
      ...by(colleague),
      counted: [{ methodCode: 'CASH', amount: minor(expected + 300) }],
      counts: [{ denomination: minor(100), count: (expected + 300) / 100 }],
      note: 'Wrong change given',
    }),
  )
  return { shiftId: opened.entry.id, closed, expected, exchanged }
}

test('the Z report of a till is to the cent what head office makes of its shift: by method, tax and cashier', async () => {
  const till = await counter()
  const { shiftId, closed, expected } = await busyShift(till)
  await send(till.db)
  const { body } = closed.entry
  const office = await atHeadOffice(till, shiftId)
  expect(office).toMatchObject({
    state: 'closed',
    restated: false,
    zNo: 1,
    expected,
    difference: 300,
    note: 'Wrong change given',
    earlierCounts: [expected + 900],
    floatCounts: [{ denomination: 5000, count: 2 }],
    counts: [{ denomination: 100, count: (expected + 300) / 100 }],
    exceptionRows: [],
  })
  const takings = body.tenders.filter(({ kind }) => kind !== 'exchange')
  expect(takings).toHaveLength(2)
  expect(office.tenders.map(({ methodCode, expected, counted }) => [methodCode, expected, counted])).toEqual(
    takings.map(({ methodCode, expected, counted }) => [methodCode, expected, counted ?? null]),
  )
  const { byLedger } = office
  expect(byLedger.staff.map(({ name }) => name).sort()).toEqual(['Aisyah', 'Raj'])
  expect({ ...byLedger, staff: byLedger.staff.map(({ name: _, ...person }) => person) }).toEqual({
    ...body.details,
    sales: body.sales,
    refunds: body.refunds,
  })
  expect(byLedger).toMatchObject({
    sales: { count: 4 },
    refunds: { count: 4 },
    voids: { count: 1 },
    noSales: 1,
  })
  expect(await ledgerDifferences(database.sql, till.shop.companyId)).toEqual([])
})

test('a Z report is provisional while entries wait, and head office says which it goes by', async () => {
  const till = await counter()
  const { shiftId, closed } = await busyShift(till)
  const hidden = (await till.db.journal.toArray()).find(({ kind }) => kind === 'sale')
  if (hidden === undefined) throw new Error('no sale')
  const key: [string, number, number] = [hidden.tillId, hidden.epoch, hidden.seq]
  await till.db.journal.update(key, { fate: 'held' })
  await send(till.db)
  const before = await atHeadOffice(till, shiftId)
  expect(before).toMatchObject({ state: 'provisional', missing: 1, restated: false })
  expect(before.atClose?.sales).toEqual(closed.entry.body.sales)
  expect(before.byLedger.sales.count).toBe(closed.entry.body.sales.count - 1)
  await till.db.journal.update(key, { fate: 'waiting' })
  await send(till.db)
  expect(await atHeadOffice(till, shiftId)).toMatchObject({ state: 'closed', missing: 0, restated: false })
})

test('what arrives after the close restates the report, and the one that was printed stays to be seen', async () => {
  const till = await counter()
  const profile = new IDBFactory()
  const copy = openTillDatabase({ indexedDB: profile, IDBKeyRange })
  const { entry: opened } = done(await openShift(till.db, { ...by(till.shop.staffId), float: minor(0) }))
  for (const table of till.db.tables) await copy.table(table.name).bulkPut(await table.toArray())
  const sold = {
    staffId: till.shop.staffId,
    lines: [{ place: 0, pieces: 1 }],
    tenders: (due: number) => [cash(due)],
  }
  await ringUp(till.db, { ...sold, now: now() })
  done(
    await closeShift(till.db, {
      ...by(till.shop.staffId),
      counted: [{ methodCode: 'CASH', amount: minor(100) }],
    }),
  )
  await send(till.db)
  expect(await atHeadOffice(till, opened.id)).toMatchObject({ restated: false, difference: 0 })
  await ringUp(copy, { ...sold, now: now() })
  await send(copy)
  expect(await atHeadOffice(till, opened.id)).toMatchObject({
    state: 'closed',
    restated: true,
    atClose: { sales: { count: 1, total: 100 } },
    byLedger: { sales: { count: 2, total: 200 } },
    tenders: [{ methodCode: 'CASH', expected: 200, tillExpected: 100, counted: 100 }],
    difference: -100,
  })
  expect(await ledgerDifferences(database.sql, till.shop.companyId)).toEqual([])
})

test('an exchange sent twice is there once, and each half leads to the other', async () => {
  const till = await counter()
  const { exchanged } = await busyShift(till)
  await send(till.db)
  await till.db.journal.toCollection().modify({ fate: 'waiting' })
  await send(till.db)
  expect(await till.db.journal.filter(({ fate }) => fate !== 'duplicate').count()).toBe(0)
  const rows = await database.sql<{ kind: string; other: string; amount: number }[]>`
    select kind, raw::jsonb #>> '{body,exchange,entryId}' as other,
           (raw::jsonb #>> '{body,exchange,amount}')::int as amount
    from entry where company_id = ${till.shop.companyId} and raw::jsonb #> '{body,exchange}' is not null
    order by seq`
  expect(rows).toEqual([
    { kind: 'refund', other: exchanged.entry.id, amount: 300 },
    { kind: 'sale', other: exchanged.refund.entry.id, amount: 300 },
  ])
  const [day] = await database.sql<{ amount: number }[]>`
    select coalesce(sum(amount), 0)::int as amount from day_tender
    where company_id = ${till.shop.companyId} and method_code = 'EXCHANGE'`
  expect(day?.amount).toBe(0)
})

test('a browser that becomes a till goes on with the number after its last Z report', async () => {
  const till = await counter()
  await busyShift(till)
  await send(till.db)
  const { companyId } = till.shop
  const { code } = await createEnrolmentCode(database.sql, { companyId, tillId: till.tillId, now: now() })
  const db = openTillDatabase({ indexedDB: new IDBFactory(), IDBKeyRange })
  await enrol(db, { code, fetch, now, persist: async () => true, appVersion: 'test' })
  expect((await readState(db, 'counters'))?.zReports).toBe(1)
})

test('what a company wants of its shifts and voids comes down to its tills', async () => {
  const { shop } = await counter()
  await database.sql`
    update company set blind_count = false, variance_limit = 500, void_window_minutes = 15
    where company_id = ${shop.companyId}`
  const { db } = await enrolRealTill(database.sql, shop, 'T2', { fetch, now })
  expect(zCompanySettings.parse(await readState(db, 'company'))).toMatchObject({
    blindCount: false,
    varianceLimit: 500,
    voidWindowMinutes: 15,
  })
})
