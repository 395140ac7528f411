import { randomBytes } from 'node:crypto'
import { PIN_ARGON2 } from '@evertill/shared/protocol/pin'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import fc from 'fast-check'
import { argon2id } from 'hash-wasm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countKept, readHealth, recentSales } from '../../client/src/store/journal.ts'
import { checkPin } from '../../client/src/store/pin.ts'
import type { RecordedSale } from '../../client/src/store/record-entry.ts'
import { readTill } from '../../client/src/store/till.ts'
import { openTillDatabase, type TillDatabase } from '../../client/src/store/till-database.ts'
import { readStock } from '../../client/src/store/till-for-tests.ts'
import { SYNC_START, type SyncState } from '../../client/src/sync/decide.ts'
import { drain } from '../../client/src/sync/drain.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import { backUp, prepareDatabase, restore } from '../simulation/company.ts'
import { connect, type Sql } from '../src/db/connect.ts'
import { revokeTill } from '../src/db/queries/enrolment.ts'
import { createApp } from '../src/http/app.ts'
import { replayHeld } from '../src/office/held-entries.ts'
import { ledgerDifferences } from './ledger.ts'
import { grantToOwner } from './owner.ts'
import { atOnce, card, cash, enrolRealTill, ringUp } from './real-till.ts'
import { createShop, type Shop } from './shop.ts'
import { createTestDatabase, postgresUrl, type TestDatabase } from './test-database.ts'

/*
 * The whole road on real parts: the till's own store and sync on IndexedDB, the server's own app on Postgres, and
 * between them a wire that loses, doubles and cuts.
 */

const FAULTS = ['none', 'lost-request', 'lost-response', 'doubled', 'cut-request', 'cut-response'] as const
type Fault = (typeof FAULTS)[number]

const clock = { ms: Date.parse('2026-03-01T02:00:00.000Z') }
const now = () => new Date(clock.ms)

let database: TestDatabase
let sql: Sql
let app: ReturnType<typeof createApp>

const startServer = () => {
  app = createApp({ sql, config: {}, log: pino({ level: 'silent' }), now })
}
beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
  startServer()
})
afterAll(async () => {
  if (sql !== database.sql) await sql.end()
  await database.drop()
})

/** A wire whose next requests meet these faults, in order. */
function wire(faults: Fault[] = []): { fetch: Fetch; faults: Fault[] } {
  const fetch: Fetch = async (path, init) => {
    const fault = faults.shift() ?? 'none'
    if (fault === 'lost-request') throw new TypeError('fetch failed')
    if (fault === 'cut-request' && init.body instanceof Uint8Array)
      return app.request(path, { ...init, body: init.body.slice(0, init.body.length / 2) })
    if (fault === 'doubled') await app.request(path, init)
    const response = await app.request(path, init)
    if (fault === 'lost-response') throw new TypeError('socket hang up')
    if (fault !== 'cut-response') return response
    const text = await response.text()
    return new Response(text.slice(0, text.length - 10), { status: response.status })
  }
  return { fetch, faults }
}

interface Counter {
  readonly db: TillDatabase
  readonly tillId: string
  /** A second tab of the same browser. */
  readonly tab: TillDatabase
  readonly faults: Fault[]
  round(of?: TillDatabase): Promise<void>
  /** Another browser with a copy of all this one has stored. */
  copied(): Promise<Counter>
}

async function counter(shop: Shop, code: string): Promise<Counter> {
  const { fetch, faults } = wire()
  const { db, tillId, openTab } = await enrolRealTill(sql, shop, code, { fetch, now })
  return counterOf(tillId, openTab, db, { fetch, faults })
}

function counterOf(
  tillId: string,
  openTab: () => TillDatabase,
  db: TillDatabase,
  { fetch, faults }: ReturnType<typeof wire>,
): Counter {
  let state: SyncState = SYNC_START
  return {
    db,
    tillId,
    tab: openTab(),
    faults,
    async round(of = db) {
      clock.ms += 60_000
      state = (await drain({ ...atOnce, db: of, fetch, now }, state, { type: 'slept' })).state
    },
    async copied() {
      const indexedDB = new IDBFactory()
      const open = () => openTillDatabase({ indexedDB, IDBKeyRange })
      const copy = open()
      for (const table of db.tables) await copy.table(table.name).bulkPut(await table.toArray())
      return counterOf(tillId, open, copy, wire())
    },
  }
}

/** Head office accepts whatever is held. */
async function acceptAllOf({ companyId }: Shop): Promise<void> {
  const held = await sql<{ exception_id: string }[]>`
    select distinct exception_id from quarantine where company_id = ${companyId} and state = 'held'`
  const ports = { sql, now, log: pino({ level: 'silent' }) }
  for (const { exception_id } of held)
    await replayHeld(ports, grantToOwner(companyId, 'exception.resolve'), exception_id)
}

/** Rings up the products at these places of the catalogue, one piece each more than the one before, paid in cash. */
const sell = (db: TillDatabase, { staffId, customerId }: Shop, places: readonly number[]) =>
  ringUp(db, {
    staffId,
    customerId,
    lines: places.map((place, i) => ({ place, pieces: i + 1 })),
    tenders: (total) => [card(Math.floor(total / 3)), cash(total)],
    now: now(),
  })

/** What the ledger must hold, reckoned from the sales themselves and from nothing the server did. */
async function expectExactly(shop: Shop, sales: readonly RecordedSale[]): Promise<void> {
  const { companyId } = shop
  const entries = await sql<{ hash: string; raw: string }[]>`
    select encode(hash, 'hex') as hash, raw from entry where company_id = ${companyId}`
  expect(entries.map((entry) => entry.hash).sort()).toEqual(sales.map((sale) => sale.hash).sort())
  const rows = await sql<{ sale_id: string; receipt_no: string; total: string }[]>`
    select sale_id, receipt_no, total from sale where company_id = ${companyId}`
  expect(rows.map((row) => `${row.sale_id} ${row.receipt_no} ${row.total}`).sort()).toEqual(
    sales.map(({ entry }) => `${entry.id} ${entry.body.receiptNo} ${entry.body.total}`).sort(),
  )
  const stock = await sql<{ product_id: string; on_hand: string }[]>`
    select product_id, on_hand from stock_level where company_id = ${companyId}`
  for (const { product_id, on_hand } of stock) {
    const sold = sales
      .flatMap(({ entry }) => entry.body.lines)
      .filter((line) => line.productId === product_id)
    expect(Number(on_hand)).toBe(1_000_000 - sold.reduce((sum, line) => sum + line.quantity, 0))
  }
  const [points] = await sql<{ points: string }[]>`
    select coalesce(sum(points), 0) as points from points_balance where company_id = ${companyId}`
  expect(Number(points?.points)).toBe(sales.reduce((sum, { entry }) => sum + entry.body.pointsEarned, 0))
  const [day] = await sql<{ total: string }[]>`
    select coalesce(sum(total), 0) as total from day_total where company_id = ${companyId}`
  expect(Number(day?.total)).toBe(sales.reduce((sum, { entry }) => sum + entry.body.total, 0))
  expect(await ledgerDifferences(sql, companyId)).toEqual([])
}

describe('the road of a sale', () => {
  test('from an enrolled till to the ledger, once, and back as the stock it left', async () => {
    const shop = await createShop(sql)
    const { db, round } = await counter(shop, 'T1')
    const sales = [await sell(db, shop, [0, 1]), await sell(db, shop, [1, 2, 3])]
    await round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, held: 0, highWater: { 1: 2 }, online: true })
    await expectExactly(shop, sales)

    await round()
    const shown = await readStock(db)
    const counted = await sql<{ product_id: string; on_hand: string }[]>`
      select product_id, on_hand from stock_level where company_id = ${shop.companyId}`
    expect(new Map(counted.map((row) => [row.product_id, Number(row.on_hand)]))).toEqual(shown)
    const points = sales.reduce((sum, { entry }) => sum + entry.body.pointsEarned, 0)
    expect(points).toBeGreaterThan(0)
    expect((await db.customer.get(shop.customerId))?.points).toBe(points)
  })

  test('sent a second time changes nothing', async () => {
    const shop = await createShop(sql)
    const { db, round } = await counter(shop, 'T1')
    const sales = [await sell(db, shop, [0]), await sell(db, shop, [1, 0])]
    await round()
    await db.journal.toCollection().modify({ fate: 'waiting' })
    await round()
    expect((await recentSales(db, 9)).map((sale) => sale.fate)).toEqual(['duplicate', 'duplicate'])
    await expectExactly(shop, sales)
  })

  test('ends exact whatever the wire does, with two tabs draining at once', async () => {
    const schedule = fc.array(fc.array(fc.constantFrom<Fault>(...FAULTS), { maxLength: 4 }), { maxLength: 8 })
    const baskets = fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(schedule, baskets, async (rounds, basketsToSell) => {
        const shop = await createShop(sql)
        const { db, tab, faults, round } = await counter(shop, 'T1')
        const sales: RecordedSale[] = []
        const waiting = [...basketsToSell]
        for (const next of rounds) {
          const basket = waiting.pop()
          if (basket !== undefined) sales.push(await sell(db, shop, basket))
          faults.splice(0, faults.length, ...next)
          await Promise.all([round(db), round(tab)])
        }
        for (const basket of waiting) sales.push(await sell(tab, shop, basket))
        faults.length = 0
        await round()
        await round()
        expect(await readHealth(db)).toMatchObject({ waiting: 0, held: 0 })
        expect(await countKept(db)).toBe(sales.length)
        await expectExactly(shop, sales)
        db.close()
        tab.close()
      }),
      { numRuns: 10 },
    )
  }, 180_000)

  test('of several tills that sell the same goods ends exact too', async () => {
    const shop = await createShop(sql)
    const tills = await Promise.all(['T1', 'T2', 'T3', 'T4'].map((code) => counter(shop, code)))
    const sold = await Promise.all(
      tills.map(async (till, n) => {
        const sales: RecordedSale[] = []
        for (let i = 0; i < 8; i++) {
          sales.push(await sell(till.db, shop, [i, i + n]))
          till.faults.splice(0, till.faults.length, FAULTS[(i + n) % FAULTS.length] ?? 'none')
          await till.round()
        }
        await till.round()
        return sales
      }),
    )
    for (const till of tills) expect(await readHealth(till.db)).toMatchObject({ waiting: 0 })
    await expectExactly(shop, sold.flat())
  })

  test('a price changed in the office reaches the till, and a sale at the old price still counts', async () => {
    const shop = await createShop(sql)
    const { db, round } = await counter(shop, 'T1')
    const before = await sell(db, shop, [0])
    await sql`update product set price = price + 50 where company_id = ${shop.companyId}`
    await round()
    await round()
    const after = await sell(db, shop, [0])
    expect((after.entry.body.lines[0]?.unitPrice ?? 0) - (before.entry.body.lines[0]?.unitPrice ?? 0)).toBe(
      50,
    )
    await round()
    await expectExactly(shop, [before, after])
  })

  test('a PIN set at head office opens the till, offline', async () => {
    const shop = await createShop(sql)
    const salt = randomBytes(16)
    const base = await argon2id({ password: '4711', salt, ...PIN_ARGON2, outputType: 'hex' })
    await sql`
      update staff set pin_salt = ${salt.toString('hex')}, pin_base = ${base}
      where company_id = ${shop.companyId} and staff_id = ${shop.staffId}`
    const { db, faults, round } = await counter(shop, 'T1')
    faults.push('lost-request', 'lost-request')
    await round()
    expect(await checkPin(db, '4711', now())).toMatchObject({ code: 'ok', staff: { staffId: shop.staffId } })
    expect(await checkPin(db, '4712', now())).toMatchObject({ code: 'wrong' })
  })

  test('a revoked till hands over its last sales, which count once head office accepts them', async () => {
    const shop = await createShop(sql)
    const { db, tillId, round } = await counter(shop, 'T1')
    const sales = [await sell(db, shop, [0])]
    await round()
    sales.push(await sell(db, shop, [1]), await sell(db, shop, [2]))
    await revokeTill(sql, { companyId: shop.companyId, tillId })
    await round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, held: 2, tillState: 'revoked' })
    await expectExactly(shop, sales.slice(0, 1))

    await acceptAllOf(shop)
    await expectExactly(shop, sales)
    // The till hears of it, though it was never told that it may ask again.
    await round()
    await round()
    expect(await readHealth(db)).toMatchObject({
      waiting: 0,
      held: 0,
      tillState: 'revoked',
      highWater: { 1: 3 },
    })
    await expectExactly(shop, sales)
  })

  test('two browsers with one copied till end on epochs of their own, and all they sold is counted', async () => {
    const shop = await createShop(sql)
    const { db, round, copied } = await counter(shop, 'T1')
    const sales = [await sell(db, shop, [0]), await sell(db, shop, [1])]
    await round()
    const copy = await copied()
    for (const one of [db, copy.db]) sales.push(await sell(one, shop, [2]), await sell(one, shop, [3]))
    await round()
    copy.faults.push('lost-response')
    await copy.round()
    sales.push(await sell(copy.db, shop, [0]))
    await copy.round()
    await copy.round()
    const epochs = [(await readTill(db))?.epoch, (await readTill(copy.db))?.epoch]
    expect(epochs).toEqual([1, 2])
    for (const one of [db, copy.db]) sales.push(await sell(one, shop, [1]), await sell(one, shop, [2]))
    for (const go of [round, copy.round, round, copy.round]) await go()
    for (const one of [db, copy.db]) expect(await readHealth(one)).toMatchObject({ waiting: 0, held: 0 })
    await expectExactly(shop, sales)
    const [{ detail } = { detail: undefined }] = await sql`
      select detail from exception where company_id = ${shop.companyId} and type = 'sequence-collision'`
    expect(detail).toMatchObject({ epoch: 1, first: 3, last: 5, newEpoch: 2 })
  })

  test('a till whose clock is a day off is not locked out, and its sales stand on the right day', async () => {
    const shop = await createShop(sql)
    const { db, round } = await counter(shop, 'T1')
    const first = await sell(db, shop, [0])
    const right = clock.ms
    app = createApp({
      sql,
      config: {},
      log: pino({ level: 'silent' }),
      now: () => new Date(clock.ms + 86_400_000),
    })
    await round()
    const second = await sell(db, shop, [0])
    await round()
    startServer()
    clock.ms = right
    expect(await readHealth(db)).toMatchObject({ waiting: 0, clockOffsetMs: 86_400_000 })
    expect([first, second].map((sale) => sale.entry.businessDate)).toEqual([
      new Date(right).toISOString().slice(0, 10),
      new Date(right + 86_400_000).toISOString().slice(0, 10),
    ])
    await expectExactly(shop, [first, second])
  })
})

test('a server restored from yesterday’s backup gets back from the till what it lost', async () => {
  const shop = await createShop(sql)
  const { db, round } = await counter(shop, 'T1')
  const sales = [await sell(db, shop, [0]), await sell(db, shop, [1])]
  await round()
  const backup = await copyOfDatabase(database.url)
  sales.push(await sell(db, shop, [2, 3]), await sell(db, shop, [3]))
  await round()
  await round()
  expect(await readHealth(db)).toMatchObject({ waiting: 0, highWater: { 1: 4 } })

  const live = sql
  sql = connect(backup.url)
  startServer()
  try {
    for (let i = 0; i < 3; i++) await round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, highWater: { 1: 4 } })
    await expectExactly(shop, sales)
    expect((await readStock(db)).get(shop.productIds[2] ?? '')).toBe(999_000)
  } finally {
    await sql.end()
    sql = live
    startServer()
    await backup.drop()
  }
})

test('a server restored from a backup older than an enrolment lets the till in again, and gets back all it sold', async () => {
  const shop = await createShop(sql)
  const { db, tillId, round } = await counter(shop, 'T1')
  const backup = await copyOfDatabase(database.url)
  const sales = [await sell(db, shop, [0]), await sell(db, shop, [1, 2])]
  await round()
  expect(await readHealth(db)).toMatchObject({ waiting: 0, highWater: { 1: 2 } })

  const live = sql
  sql = connect(backup.url)
  await sql`
    update till set state = 'waiting-for-enrolment', epoch = 0, public_key = null, enrolled_at = null
    where till_id = ${tillId}`
  await sql`delete from journal where till_id = ${tillId}`
  startServer()
  try {
    sales.push(await sell(db, shop, [3]))
    for (let i = 0; i < 3; i++) await round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, highWater: { 1: 3 } })
    await expectExactly(shop, sales)
    expect(await sql`select actor, action from audit_log where company_id = ${shop.companyId}`).toEqual([
      { actor: 'Till T1', action: 'till.enrolled-again' },
    ])
  } finally {
    await sql.end()
    sql = live
    startServer()
    await backup.drop()
  }
})

test('a backup put back into its own database is found out by a till with a held entry, and by an idle one', async () => {
  const shop = await createShop(sql)
  const [productId = ''] = shop.productIds
  const { db, tillId, round } = await counter(shop, 'T1')
  const idle = await counter(shop, 'T2')
  const priceAt = async (of: TillDatabase) => (await of.product.get(productId))?.price
  const arrived = async () =>
    (await sql<{ seq: number }[]>`select seq from entry where till_id = ${tillId} order by seq`).map(
      ({ seq }) => seq,
    )
  await prepareDatabase(sql)
  await sql.unsafe(
    `alter table entry add constraint refused check (till_id <> '${tillId}' or seq <> 1) not valid`,
  )
  try {
    await sell(db, shop, [0])
    await sell(db, shop, [1])
    await round()
    await idle.round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, held: 1, highWater: { 1: 0 } })
    const price = await priceAt(db)
    const backup = await backUp(sql, shop.companyId)

    await sell(db, shop, [2])
    await sql`update product set price = 4242 where product_id = ${productId}`
    for (let i = 0; i < 2; i++) {
      await round()
      await idle.round()
    }
    expect([await arrived(), await priceAt(db), await priceAt(idle.db)]).toEqual([[2, 3], 4242, 4242])

    await restore(sql, shop.companyId, backup)
    expect(await arrived()).toEqual([2])
    for (let i = 0; i < 3; i++) {
      await round()
      await idle.round()
    }
    expect([await arrived(), await priceAt(db), await priceAt(idle.db)]).toEqual([[2, 3], price, price])
  } finally {
    await sql`alter table entry drop constraint refused`
  }
})

/** Postgres copies a database only while nobody is connected to it; the server's pool connects again by itself. */
async function copyOfDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const original = new URL(url).pathname.slice(1)
  const name = `${original}_backup`
  const admin = connect(postgresUrl(), { max: 1 })
  await sql.end()
  await admin`create database ${admin(name)} template ${admin(original)}`
  sql = connect(url)
  startServer()
  const copy = new URL(url)
  copy.pathname = `/${name}`
  return {
    url: copy.href,
    drop: async () => {
      await admin`drop database if exists ${admin(name)} with (force)`
      await admin.end()
    },
  }
}
