import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { zExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { cartOf, saleOf } from '@evertill/shared/testing/builders'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readHealth } from '../../client/src/store/journal.ts'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import { SYNC_START } from '../../client/src/sync/decide.ts'
import { drain } from '../../client/src/sync/drain.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import { insertOfficeUser } from '../src/db/queries/office-users.ts'
import { createApp } from '../src/http/app.ts'
import { createAuth } from '../src/office/auth.ts'
import { ledgerDifferences } from './ledger.ts'
import { atOnce, enrolRealTill } from './real-till.ts'
import { createShop, type Journal, journalOf, type Shop } from './shop.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

/*
 * The till's own store and drain over the real server: thousands of entries wait, one of them is poison. Prints how
 * long the drain took, and how long after the answer to its push the poison was on the exceptions page.
 */

/** Pushes before the one with the poison, and pushes after it. */
const SOME = { entries: 2_000, poisonAt: 1_357 }
/** A week's worth of a busy till, for what is found only when the database is asked. */
const MANY = { entries: 10_000, poisonAt: 6_789 }
const ORIGIN = 'http://localhost:3300'
const USER = { name: 'Goh Wei', email: 'wei@bedok.example', password: 'teh-tarik-kurang-manis' }

const log = pino({ level: 'silent' })
const now = () => new Date()
let database: TestDatabase
let shop: Shop
let app: Hono
let cookie: string

beforeAll(async () => {
  database = await createTestDatabase()
  const { sql } = database
  shop = await createShop(sql, { openingStock: 100_000_000 })
  const auth = await createAuth({ sql, publicUrl: ORIGIN, log })
  await addOfficeUser(await auth.hashPassword(USER.password))
  app = createApp({ sql, config: {}, log, now, auth })
  // No readable entry is known that Postgres would refuse: a constraint makes one.
  await sql`alter table sale_line add constraint refused check (name <> 'refused')`
  const signedIn = await office('/api/auth/sign-in/email', {
    method: 'POST',
    body: JSON.stringify({ email: USER.email, password: USER.password }),
  })
  cookie = signedIn.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
})
afterAll(() => database.drop())

async function addOfficeUser(passwordHash: string): Promise<void> {
  const [roleId, userId] = [uuidV7(), uuidV7()]
  await database.sql.begin(async (tx) => {
    await tx`
      insert into role (company_id, role_id, name, permissions)
      values (${shop.companyId}, ${roleId}, 'Back office', ${tx.array(['report.view'], 25)})`
    const { name, email } = USER
    const user = { companyId: shop.companyId, userId, roleId, name, email, passwordHash }
    await insertOfficeUser(tx, user, uuidV7(), now())
  })
}

const office = (path: string, init: RequestInit = {}) =>
  app.request(`${ORIGIN}${path}`, {
    ...init,
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...(cookie && { cookie }) },
  })

/** What head office reads of entries that cannot be read, of one till. */
async function unreadable(tillName: string): Promise<readonly z.infer<typeof zExceptionRow>[]> {
  const answer = await office('/api/office/exceptions?state=open')
  const { rows } = z.object({ rows: z.array(zExceptionRow) }).parse(await answer.json())
  return rows.filter((row) => row.type === 'unreadable' && row.tillName === tillName)
}

type Line = { readonly hash: string; readonly raw: string }

type MakePoison = (journal: Journal) => Line & { id: string }
const poisons: [string, typeof SOME, MakePoison, RegExp][] = [
  [
    'JSON that is cut off',
    SOME,
    (journal) => {
      const { id, raw } = journal.sell()
      const cut = raw.slice(0, -20)
      return { id, raw: cut, hash: sha256Hex(cut) }
    },
    /not JSON/,
  ],
  [
    'a text that is not the one that was hashed',
    SOME,
    (journal) => ({ ...journal.sell(), hash: sha256Hex('another text') }),
    /not the one that was hashed/,
  ],
  [
    'a field that no till can have written',
    SOME,
    (journal) => {
      const { id, raw } = journal.sell()
      const strange = raw.replace(/"quantity":\d+/, '"quantity":-1000')
      return { id, raw: strange, hash: sha256Hex(strange) }
    },
    /wrong fields/,
  ],
  [
    'a value that the database refuses',
    MANY,
    (journal) => journal.sell(saleOf(cartOf([{ productId: shop.productIds[0] ?? '', name: 'refused' }]))),
    /database cannot store/,
  ],
]

for (const [i, [name, { entries, poisonAt }, makePoison, reason]] of poisons.entries())
  test(`${name} among ${entries} waiting entries keeps none of the others back, and head office is told`, async () => {
    const { sql } = database
    const code = `P${i}`
    const tillName = `Till ${code}`
    let poison: Line | undefined
    let found: Promise<number> | undefined
    const fetch: Fetch = async (path, init) => {
      const answer = await app.request(path, init)
      // Asked as soon as the push is answered, while the drain goes on behind it.
      if (path === '/api/push' && found === undefined && poison !== undefined)
        if ((await answer.clone().text()).includes(poison.hash)) found = untilFound(tillName)
      return answer
    }
    const till = await enrolRealTill(sql, shop, code, { fetch, now })
    const journal = journalOf(shop, till.tillId)
    const rows: JournalRow[] = []
    for (let seq = 1; seq <= entries; seq++) {
      const line = seq === poisonAt ? makePoison(journal) : journal.sell()
      if (seq === poisonAt) poison = line
      rows.push({
        ...{ tillId: till.tillId, epoch: 1, seq, id: line.id, hash: line.hash, raw: line.raw },
        ...{ kind: 'sale', at: now().toISOString(), fate: 'waiting' },
      })
    }
    await till.db.journal.bulkAdd(rows)

    const began = performance.now()
    await drain({ ...atOnce, db: till.db, fetch, now }, SYNC_START, { type: 'slept' })
    const drainMs = performance.now() - began
    const onThePageMs = await found

    expect(await readHealth(till.db)).toMatchObject({ waiting: 0, held: 1 })
    expect(await till.db.journal.count()).toBe(entries)
    const stored = await sql<{ hash: string }[]>`
      select encode(hash, 'hex') as hash from entry
      where company_id = ${shop.companyId} and till_id = ${till.tillId}`
    const others = rows.filter((row) => row.seq !== poisonAt)
    expect(new Set(stored.map((row) => row.hash))).toEqual(new Set(others.map((row) => row.hash)))
    expect(stored).toHaveLength(entries - 1)
    expect(await unreadable(tillName)).toMatchObject([{ detail: { reason: expect.stringMatching(reason) } }])
    expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
    console.log(
      `${code}: drained in ${Math.round(drainMs)} ms, on the page ${Math.round(onThePageMs ?? Number.NaN)} ms after its push was answered`,
    )
  })

async function untilFound(tillName: string): Promise<number> {
  const answered = performance.now()
  await expect.poll(() => unreadable(tillName), { timeout: 60_000, interval: 10 }).toHaveLength(1)
  return performance.now() - answered
}
