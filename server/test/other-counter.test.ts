import { minor, thousandths } from '@evertill/shared/domain/money'
import { PERMISSIONS } from '@evertill/shared/domain/permission'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findOriginal, findPaper, refundsOf } from '../../client/src/store/journal.ts'
import { recordRefund, recordVoid } from '../../client/src/store/record-refund.ts'
import type { TillDatabase } from '../../client/src/store/till-database.ts'
import { askForReceipt, askPapers } from '../../client/src/sync/ask-papers.ts'
import { SYNC_START } from '../../client/src/sync/decide.ts'
import { drain } from '../../client/src/sync/drain.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import { createApp } from '../src/http/app.ts'
import { ledgerDifferences } from './ledger.ts'
import { atOnce, cash, enrolRealTill, ringUp } from './real-till.ts'
import { createShop, type Shop } from './shop.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/* Goods that were sold at one counter come back at another: both tills and the server are the real ones. */

const clock = { ms: Date.parse('2026-03-01T02:00:00.000Z') }
const now = () => new Date(clock.ms)
let database: TestDatabase
let fetch: Fetch
let shop: Shop
let here: TillDatabase
let there: TillDatabase
const noNetwork: Fetch = () => Promise.reject(new TypeError('fetch failed'))

beforeAll(async () => {
  database = await createTestDatabase()
  const app = createApp({ sql: database.sql, config: {}, log: pino({ level: 'silent' }), now })
  fetch = async (path, init) => app.request(path, init)
})
afterAll(() => database.drop())
beforeEach(async () => {
  const { sql } = database
  shop = await createShop(sql)
  await sql`
    update role set permissions = ${sql.array([...PERMISSIONS], 25)} where company_id = ${shop.companyId}`
  here = (await enrolRealTill(sql, shop, 'T1', { fetch, now })).db
  there = (await enrolRealTill(sql, shop, 'T2', { fetch, now })).db
})

async function send(db: TillDatabase): Promise<void> {
  clock.ms += 60_000
  await drain({ ...atOnce, db, fetch, now }, SYNC_START, { type: 'slept' })
}
const ask = (db: TillDatabase, query: Parameters<typeof askPapers>[1], by = fetch) =>
  askPapers({ ...atOnce, db, fetch: by, now }, query)

const sellThree = (db: TillDatabase) =>
  ringUp(db, {
    staffId: shop.staffId,
    lines: [{ place: 0, pieces: 3 }],
    tenders: (total) => [cash(total)],
    now: now(),
  })

async function takeBack(db: TillDatabase, saleId: string, pieces: number) {
  const line = (await findOriginal(db, saleId))?.sale.lines[0]
  return recordRefund(db, {
    staffId: shop.staffId,
    now: now(),
    newId: uuidV7,
    saleId,
    picks: [{ lineNo: 1, quantity: thousandths(pieces * 1000), restock: true }],
    reason: 'Damaged',
    expectedTotal: minor((line?.unitPrice ?? 0) * pieces),
  })
}

const exceptions = async () =>
  (
    await database.sql<{ type: string }[]>`
      select type from exception where company_id = ${shop.companyId} and state = 'open'`
  ).map(({ type }) => type)

test('a sale of one till is refunded at another by its number, and never more than is left at either', async () => {
  const { entry: sale } = await sellThree(there)
  await send(there)
  expect(await takeBack(here, sale.id, 1)).toEqual({ code: 'unknown-sale' })

  expect(await ask(here, { receiptNo: sale.body.receiptNo })).toEqual({ code: 'found', saleIds: [sale.id] })
  const elsewhere = { tillName: 'Till T2', outletName: 'Bedok' }
  expect(await findPaper(here, sale.id)).toMatchObject({ entry: sale, elsewhere })
  expect(await takeBack(here, sale.id, 2)).toHaveProperty('entry.body.original.saleId', sale.id)
  await send(here)

  expect(await ask(there, { saleId: sale.id })).toEqual({ code: 'found', saleIds: [sale.id] })
  expect(await takeBack(there, sale.id, 2)).toEqual({ code: 'over-refund', lineNo: 1, left: 1000 })
  expect(await takeBack(there, sale.id, 1)).toHaveProperty('entry')
  await send(there)

  // Asked again, the till's own refund is not counted a second time.
  await ask(here, { saleId: sale.id })
  expect(await refundsOf(here, sale.id)).toHaveLength(2)
  expect(await takeBack(here, sale.id, 1)).toEqual({ code: 'over-refund', lineNo: 1, left: 0 })
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(database.sql, shop.companyId)).toEqual([])
})

test('a till that cannot ask goes by what it knows, and head office is told of what came back twice', async () => {
  const { entry: sale } = await sellThree(there)
  await send(there)
  await ask(here, { receiptNo: sale.body.receiptNo })
  await takeBack(here, sale.id, 2)
  await send(here)
  expect(await ask(there, { saleId: sale.id }, noNetwork)).toEqual({ code: 'not-answered' })
  expect(await takeBack(there, sale.id, 2)).toHaveProperty('entry')
  await send(there)
  expect(await exceptions()).toEqual(['over-refund'])
})

test('what the server has shown once is found by its number without a network too', async () => {
  const { entry: sale } = await sellThree(there)
  const { receiptNo } = sale.body
  const find = (by: Fetch, number = receiptNo) =>
    askForReceipt({ ...atOnce, db: here, fetch: by, now }, number)
  await send(there)
  expect(await find(noNetwork)).toEqual({ code: 'not-answered' })
  expect(await find(fetch)).toEqual({ code: 'found', saleIds: [sale.id] })
  for (const number of [receiptNo, receiptNo.toLowerCase()])
    expect(await find(noNetwork, number)).toEqual({ code: 'found', saleIds: [sale.id] })

  const { entry: own } = await sellThree(here)
  expect(await find(noNetwork, own.body.receiptNo)).toEqual({ code: 'found', saleIds: [own.id] })
})

test('what nobody has sent is not found, and the sale of another till is not voided here', async () => {
  const { entry: sale } = await sellThree(there)
  expect(await ask(here, { receiptNo: sale.body.receiptNo })).toEqual({ code: 'none' })
  await send(there)
  await ask(here, { receiptNo: sale.body.receiptNo })
  const voided = await recordVoid(here, {
    staffId: shop.staffId,
    now: now(),
    newId: uuidV7,
    saleId: sale.id,
    reason: 'Rung up twice',
    expectedTotal: sale.body.total,
  })
  expect(voided).toEqual({ code: 'unknown-sale' })
})
