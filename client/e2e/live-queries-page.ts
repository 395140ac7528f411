import { liveQuery } from 'dexie'
import { readOpenSale } from '../src/store/cart.ts'
import { findCustomer, readCatalogue, readUnit, searchCustomers } from '../src/store/catalogue.ts'
import { isHeldByShift, isTurnedAway } from '../src/store/enrolment.ts'
import { readHeldSales } from '../src/store/held-sales.ts'
import {
  countKept,
  countWaiting,
  findOriginal,
  findPaper,
  findSale,
  readHealth,
  recentPapers,
  recentSales,
  refundsOf,
  refundsOfAll,
} from '../src/store/journal.ts'
import { readMostSold } from '../src/store/most-sold.ts'
import { readNamedBuyer } from '../src/store/named-buyer.ts'
import { readMyExchange, readPaidExchange } from '../src/store/open-exchange.ts'
import { readPoints } from '../src/store/points.ts'
import { emailsOf, keptEmail } from '../src/store/record-email.ts'
import { rescuableTills } from '../src/store/rescue.ts'
import { readSession } from '../src/store/session.ts'
import { isBetweenShifts, readShift, recentCloses, shiftDetailsOf } from '../src/store/shift.ts'
import { unsentSince } from '../src/store/spare-copy.ts'
import { readStockOf } from '../src/store/stock.ts'
import { readValue } from '../src/store/stored-value.ts'
import { readTill } from '../src/store/till.ts'
import { openTillDatabase, type TillDatabase } from '../src/store/till-database.ts'
import { whatToRemember } from '../src/store/till-memory.ts'
import { countUnrescued } from '../src/store/unsent.ts'
import { knownMembers } from '../src/till/cart/known-members.ts'

/*
 * Every question a screen asks in a live query, asked in this page as the screens do. One that loses Dexie's
 * transaction on its way fails, or is no longer told of changes in what it read after that: only a browser shows it.
 */

const NOW = new Date('2026-03-01T04:00:00.000Z')

const queries: Readonly<Record<string, (db: TillDatabase) => unknown>> = {
  countKept,
  countUnrescued: (db) => countUnrescued(db, 'till'),
  countWaiting: (db) => countWaiting(db, 'till'),
  emailsOf: async (db) => ({ emails: await emailsOf(db, 'sale') }),
  findCustomer: async (db) => ({ customer: await findCustomer(db, 'customer') }),
  findOriginal: async (db) => ({ original: await findOriginal(db, 'sale') }),
  findPaper: async (db) => ({ paper: await findPaper(db, 'sale') }),
  findSale: async (db) => ({ sale: await findSale(db, 'sale') }),
  isBetweenShifts: async (db) => ({ between: await isBetweenShifts(db) }),
  isHeldByShift: async (db) => ({ held: await isHeldByShift(db, 'till') }),
  isTurnedAway: async (db) => ({ turnedAway: await isTurnedAway(db) }),
  keptEmail: async (db) => ({ email: await keptEmail(db, 'customer') }),
  readCatalogue: async (db) => ({ rows: await readCatalogue(db) }),
  readHealth,
  readHeldSales,
  readMostSold: async (db) => ({ ids: await readMostSold(db) }),
  readMyExchange: async (db) => ({ open: await readMyExchange(db, undefined, 'staff', NOW) }),
  readPaidExchange: async (db) => ({ paid: await readPaidExchange(db) }),
  readNamedBuyer: async (db) => [await readNamedBuyer(db, 'sale'), await readNamedBuyer(db, 'otherPaper')],
  readOpenSale,
  readPoints: async (db) => [await readPoints(db, 'customer', NOW), await readPoints(db, 'pointsHere', NOW)],
  readSession: async (db) => ({ row: await readSession(db) }),
  readShift: async (db) => ({ shift: await readShift(db) }),
  readStockOf: (db) => readStockOf(db, ['stock']),
  readTill: async (db) => ({ row: await readTill(db) }),
  readUnit: (db) => readUnit(db, 'product'),
  readValue: async (db) => [await readValue(db, 'storedValue', NOW), await readValue(db, 'valueHere', NOW)],
  recentCloses: (db) => recentCloses(db, 'till', 10),
  recentPapers: (db) => recentPapers(db, 10),
  recentSales: async (db) => (await recentSales(db, 10)).filter(({ fate }) => fate === 'held'),
  refundsOf: async (db) => ({ refunds: await refundsOf(db, 'sale') }),
  refundsOfAll: async (db) => ({ refunds: await refundsOfAll(db, ['sale', 'closed']) }),
  rescuableTills,
  shiftDetailsOf: (db) => shiftDetailsOf(db, 'opened'),
  knownMembers: (db) => knownMembers(db, { name: 'C-1', phone: '+65 8000 1001', email: 'mei@example.com' }),
  searchCustomers: (db) => searchCustomers(db, 'mei', 10),
  unsentSince: async (db) => ({ seen: await unsentSince(db, undefined) }),
  whatToRemember,
}

/** What a query answered, and which rows it is told about. */
interface Heard {
  readonly error?: string
  readonly wokenBy: readonly string[]
}

const STATE = {
  till: { tillId: 'till', epoch: 1, persisted: true },
  company: { currency: 'SGD' },
  outlet: { outletId: 'outlet' },
  tillState: 'active',
  formerStaff: { former: 'Raj' },
  clockOffsetMs: 0,
  contact: { sent: { count: 0 } },
  openSale: { cart: { lines: [] }, tenders: [] },
  shift: { tillId: 'till', shiftId: 'shift' },
  mostSold: { day: '2026-03-01', productIds: [] },
  openExchange: { picks: [], lines: [] },
  heardAt: '2026-03-01T04:00:00.000Z',
  formerTills: [{ till: { tillId: 'former' }, leftAt: '' }],
  rescued: { tillId: 'till', ranges: [], count: 0, at: '' },
}

async function fill(db: TillDatabase): Promise<void> {
  const row = (seq: number, id: string, kind: string, fate: 'waiting' | 'held') => ({
    ...{ tillId: 'till', epoch: 1, seq, id, kind, fate, at: '2026-03-01T04:00:00.000Z', hash: id },
    raw: JSON.stringify({
      id,
      kind,
      shiftId: 'opened',
      body: { lines: [], float: 0 },
      businessDate: '2026-03-01',
    }),
    ...(kind === 'refund' && { originalId: 'sale' }),
    ...(kind === 'drawer-opened' && { shiftId: 'opened' }),
  })
  await db.journal.bulkAdd([
    row(1, 'sale', 'sale', 'waiting'),
    row(2, 'refund', 'refund', 'held'),
    row(3, 'opened', 'shift-opened', 'waiting'),
    row(4, 'drawer', 'drawer-opened', 'waiting'),
    row(5, 'closed', 'shift-closed', 'waiting'),
    { ...row(6, 'emailed', 'receipt-emailed', 'waiting'), paperId: 'sale' },
    { ...row(7, 'named', 'buyer-named', 'waiting'), paperId: 'sale' },
    { ...row(1, 'old-sale', 'sale', 'waiting'), tillId: 'former' },
  ])
  for (const [key, value] of Object.entries(STATE)) await db.state.add({ key, value })
  await db.state.add({ key: `session:${db.pageId}`, value: { staffId: 'staff', signedInAt: '' } })
  // Only keys and what is searched for: no query here looks at the rest.
  const named = {
    name: 'Mei',
    position: 1,
    words: ['mei'],
    barcodes: [],
    onHand: 1,
    sold: 0,
    code: 'SR',
    kind: 'gift-card',
  }
  for (const { name, schema } of db.tables.filter(({ name }) => name !== 'journal' && name !== 'state'))
    await db.table(name).add({ ...named, [String(schema.primKey.keyPath)]: name })
}

/**
 * Each row by itself is written anew; who asks again was listening for it.
 * @param settled waits for what is still to come, as far as the condition knows, and a little longer
 */
async function wake(
  db: TillDatabase,
  expected: Readonly<Record<string, readonly string[]>>,
  settled: (isThere: () => boolean) => Promise<void>,
): Promise<Record<string, Heard>> {
  const heard = new Map(
    Object.keys(queries).map((name) => [name, { wokenBy: [] as string[], error: '', answered: false }]),
  )
  let writing = ''
  const subscriptions = Object.entries(queries).map(([name, query]) =>
    liveQuery(async () => query(db)).subscribe({
      next: () => {
        const of = heard.get(name)
        if (of === undefined) return
        of.answered = true
        if (writing !== '' && !of.wokenBy.includes(writing)) of.wokenBy.push(writing)
      },
      error: (error: unknown) => {
        const of = heard.get(name)
        if (of !== undefined) of.error = String(error)
      },
    }),
  )
  await settled(() => [...heard.values()].every(({ answered, error }) => answered || error !== ''))
  for (const table of db.tables) {
    for (const row of await table.toArray()) {
      const key = String(row.key ?? row.id ?? '').replace(db.pageId, 'page')
      writing = key === '' ? table.name : `${table.name}:${key}`
      // Gone and back in one transaction: whoever read it by whichever index is told.
      await db.transaction('rw', table, async () => {
        const primary = table.schema.primKey.keyPath
        const at = Array.isArray(primary) ? primary.map((part) => row[part]) : row[String(primary)]
        await table.delete(at)
        await table.add(row)
      })
      await settled(() =>
        Object.entries(expected).every(
          ([name, rows]) => !rows.includes(writing) || heard.get(name)?.wokenBy.includes(writing),
        ),
      )
    }
  }
  for (const subscription of subscriptions) subscription.unsubscribe()
  return Object.fromEntries(
    [...heard].map(([name, { wokenBy, error }]) => [name, error === '' ? { wokenBy } : { wokenBy, error }]),
  )
}

const LATEST_MS = 5000
/** For those that nobody expects: they are to be noted too, and under the row that woke them. */
const STRAY_MS = 50

async function listen(expected: Readonly<Record<string, readonly string[]>>): Promise<Record<string, Heard>> {
  const db = openTillDatabase({ name: 'live-queries' })
  await fill(db)
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  return wake(db, expected, async (isThere) => {
    for (const end = Date.now() + LATEST_MS; !isThere() && Date.now() < end; ) await sleep(10)
    await sleep(STRAY_MS)
  })
}

Object.assign(globalThis, { listen })
