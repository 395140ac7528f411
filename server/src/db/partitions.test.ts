import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { addTill, authenticated, createShop, journalOf, oneMilo, pushBytes } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { acceptPush } from '../replay/accept-push.ts'
import { connect } from './connect.ts'
import { ensurePartitions } from './partitions.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const ledgers = ['entry', 'sale', 'sale_line', 'sale_tender', 'stock_movement', 'points_entry']

/** An id as a till makes it at that moment. */
function idAt(iso: string, no: number): string {
  const hex = Date.parse(iso).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${no.toString(16).padStart(12, '0')}`
}

test('entries fall into the month of their id, odd clocks elsewhere, and stray ones follow when their month is made', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const till = await authenticated(sql, shop.companyId, await addTill(sql, shop))
  const journal = journalOf(shop, till.till_id)
  const sellAt = (iso: string, no: number) => journal.sell(oneMilo(shop), { id: idAt(iso, no), at: iso })
  const entries = [
    sellAt('2026-11-30T23:59:59.999Z', 1),
    sellAt('2026-12-01T00:00:00.000Z', 2),
    sellAt('1999-01-01T00:00:00.000Z', 3),
    sellAt('2027-06-15T00:00:00.000Z', 4),
  ]
  const push = (by = sql) =>
    acceptPush(by, till, pushBytes(entries), { now: () => new Date(), log: pino({ level: 'silent' }) })
  const places = async () =>
    (
      await sql<{ place: string }[]>`
        select tableoid::regclass::text as place from entry where company_id = ${shop.companyId} order by seq`
    ).map(({ place }) => place)

  await ensurePartitions(sql, new Date('2026-11-21T00:00:00Z'))
  expect(await push()).toMatchObject({ outcomes: entries.map(() => ({ outcome: 'applied' })) })
  expect(await places()).toEqual(['entry_2026_11', 'entry_2026_12', 'entry_default', 'entry_default'])

  await ensurePartitions(sql, new Date('2027-06-01T00:00:00Z'))
  expect(await places()).toEqual(['entry_2026_11', 'entry_2026_12', 'entry_default', 'entry_2027_06'])
  for (const ledger of ledgers) {
    const [row] = await sql`
      select count(*) filter (where relkind = 'r') as parts from pg_class where relname like ${`${ledger}\\_20%`}`
    expect(row?.parts).toBe(6)
  }
  // The key holds across partitions, also where a row has moved.
  expect(await push()).toMatchObject({ outcomes: entries.map(() => ({ outcome: 'duplicate' })) })
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('several servers make partitions at once while tills push', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const till = await authenticated(sql, shop.companyId, await addTill(sql, shop))
  const journal = journalOf(shop, till.till_id)
  const servers = Array.from({ length: 3 }, () => connect(database.url, { max: 2 }))
  const answers = await Promise.all([
    ...Array.from({ length: 20 }, () =>
      acceptPush(sql, till, pushBytes([journal.sell(), journal.sell()]), {
        now: () => new Date(),
        log: pino({ level: 'silent' }),
      }),
    ),
    ...servers.map((server) => ensurePartitions(server, new Date('2028-01-01T00:00:00Z'))),
  ])
  for (const answer of answers.slice(0, 20))
    expect(answer).toMatchObject({ outcomes: [{ outcome: 'applied' }, { outcome: 'applied' }] })
  await Promise.all(servers.map((server) => server.end()))
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})
