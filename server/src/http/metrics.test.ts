import { once } from 'node:events'
import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTill, createShop, journalOf, pushBytes } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { enrolTillClient } from '../../test/till-client.ts'
import { createEnrolmentCode } from '../db/queries/enrolment.ts'
import { createApp } from './app.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const appWith = (config: { metricsToken?: string }) =>
  createApp({ sql: database.sql, config, log: pino({ level: 'silent' }), now: () => new Date() })

test('what became of entries is counted, for whoever has the token', async () => {
  const { sql } = database
  const app = appWith({ metricsToken: 'a-long-enough-token' })
  const shop = await createShop(sql)
  const tillId = await addTill(sql, shop)
  const { code } = await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: new Date() })
  const client = await enrolTillClient((path, init) => app.request(path, init), code)
  const journal = journalOf(shop, tillId)
  const sale = journal.sell()
  await client.push(pushBytes([sale, journal.sell(), { hash: '0'.repeat(64), raw: 'x' }]))
  await client.push(pushBytes([sale]))

  const authorization = 'Bearer a-long-enough-token'
  const text = await (await app.request('/metrics', { headers: { authorization } })).text()
  expect(text).toContain('evertill_entries_total{outcome="applied"} 2')
  expect(text).toContain('evertill_entries_total{outcome="duplicate"} 1')
  expect(text).toContain('evertill_entries_total{outcome="quarantined"} 1')
  expect(text).toContain('evertill_exceptions_total{type="unreadable"} 1')
  expect(text).toContain('evertill_request_seconds_count{method="POST",route="/api/push",status="200"} 2')
  for (const headers of [{}, { authorization: 'Bearer another' }])
    expect((await app.request('/metrics', { headers })).status).toBe(403)
})

test('without a token only this machine may read them, and not through a proxy', async () => {
  const app = appWith({})
  expect((await app.request('/metrics')).status).toBe(403)
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/metrics`
  expect((await fetch(url)).status).toBe(200)
  expect((await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(403)
  server.close()
})

test('what an audit found is told a while after the start, and again hours later', async () => {
  const { sql } = database
  const clock = { ms: Date.parse('2026-03-10T04:00:00Z') }
  const config = { metricsToken: 'a-long-enough-token' }
  const app = createApp({ sql, config, log: pino({ level: 'silent' }), now: () => new Date(clock.ms) })
  const read = async () => {
    const headers = { authorization: 'Bearer a-long-enough-token' }
    return (await app.request('/metrics', { headers })).text()
  }
  const stock = 'evertill_audit_differences{check="stock-levels"}'
  expect(await read()).not.toContain(stock)
  const shop = await createShop(sql)
  await sql`update stock_level set on_hand = on_hand + 1 where company_id = ${shop.companyId}`
  clock.ms += 5 * 60_000
  await expect.poll(read, { timeout: 20_000 }).toContain(`${stock} 5`)
  expect(await read()).toContain('evertill_audit_differences{check="entry-seals"} 0')

  await sql`update stock_level set on_hand = on_hand - 1 where company_id = ${shop.companyId}`
  clock.ms += 5 * 60_000
  expect(await read()).toContain(`${stock} 5`)
  clock.ms += 6 * 3_600_000
  await expect.poll(read, { timeout: 20_000 }).toContain(`${stock} 0`)
})
