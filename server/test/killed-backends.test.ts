import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { zPushResponse } from '@evertill/shared/protocol/push'
import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../src/db/connect.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { createApp } from '../src/http/app.ts'
import { killBackends } from './kill-backends.ts'
import { ledgerDifferences } from './ledger.ts'
import { addTill, createShop, type Journal, journalOf, pushBytes, type Shop } from './shop.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'
import { enrolTillClient, type TillClient } from './till-client.ts'

/*
 * Eight tills push over HTTP while backends are killed under the server. A till settles an entry only by its
 * outcome and sends everything else again, as a real one does. KILL_SECONDS=60 for the long run.
 */

const seconds = Number(process.env.KILL_SECONDS ?? 6)
const applicationName = 'killed-server'
const tills = 8
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

type Tally = {
  pushes: number
  answered: number
  unavailable: number
  cut: number
  applied: number
  duplicates: number
}

test(
  `with backends killed for ${seconds} s under ${tills} pushing tills, no sale is torn, lost or doubled`,
  async () => {
    const { sql } = database
    const shop = await createShop(sql, { openingStock: 50_000_000 })
    const serverSql = connect(database.url, { applicationName })
    const metricsToken = 'token-of-the-test'
    const app = createApp({
      sql: serverSql,
      config: { metricsToken },
      log: pino({ level: 'silent' }),
      now: () => new Date(),
    })
    const server = createAdaptorServer({ fetch: app.fetch })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

    const clients = await Promise.all(
      Array.from({ length: tills }, async (_, t) => {
        const tillId = await addTill(sql, shop, `T${t}`)
        const { code } = await createEnrolmentCode(sql, {
          companyId: shop.companyId,
          tillId,
          now: new Date(),
        })
        return enrolTillClient((path, init) => fetch(origin + path, init), code)
      }),
    )
    const until = Date.now() + seconds * 1000
    const selling = Promise.all(clients.map((client) => sellUntil(shop, client, until)))
    const kills = await killBackends(sql, {
      everyMs: 100,
      forMs: seconds * 1000,
      applicationName,
      share: 0.4,
    })
    const sold = await selling
    const metrics = await (
      await app.request('/metrics', { headers: { authorization: `Bearer ${metricsToken}` } })
    ).text()
    server.close()
    await serverSql.end()

    const tally = sold.map(({ tally }) => tally).reduce(added)
    const retries = Number(/^evertill_replay_retries_total (\d+)$/m.exec(metrics)?.[1])
    console.log(
      JSON.stringify({
        seconds,
        kills,
        retries,
        entries: sold.flatMap((each) => each.entries).length,
        ...tally,
      }),
    )

    expect(kills).toBeGreaterThan(0)
    expect(retries).toBeGreaterThan(0)
    const committed = sold.flatMap(({ entries }) => entries.map(({ id }) => id))
    const stored = await sql<
      { entry_id: string }[]
    >`select entry_id from entry where company_id = ${shop.companyId}`
    expect(stored.map((row) => row.entry_id).toSorted()).toEqual(committed.toSorted())
    expect(tally.applied + tally.duplicates).toBe(committed.length)
    expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
    // A long run sells more than there was: that is the only exception there may be.
    expect(
      await sql`select type from exception where company_id = ${shop.companyId} and type <> 'stock-negative'`,
    ).toEqual([])
    const journals = await sql<{ high_water: number }[]>`
      select high_water from journal where company_id = ${shop.companyId} order by high_water`
    expect(journals.map((row) => row.high_water)).toEqual(
      sold.map(({ entries }) => entries.length).toSorted((a, b) => a - b),
    )
  },
  (seconds + 60) * 1000,
)

/** Sells and pushes until the time is up, then pushes until nothing waits. */
async function sellUntil(
  shop: Shop,
  client: TillClient,
  until: number,
): Promise<{ entries: SealedEntry[]; tally: Tally }> {
  const journal: Journal = journalOf(shop, client.enrolled.tillId)
  const entries: SealedEntry[] = []
  let waiting: SealedEntry[] = []
  const tally: Tally = { pushes: 0, answered: 0, unavailable: 0, cut: 0, applied: 0, duplicates: 0 }
  while (Date.now() < until || waiting.length > 0) {
    if (Date.now() < until) {
      const made = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => journal.sell())
      entries.push(...made)
      waiting.push(...made)
    }
    tally.pushes++
    const answer = await client.push(pushBytes(waiting.slice(0, 200))).catch(() => undefined)
    if (answer === undefined) tally.cut++
    else if (answer.status === 503) tally.unavailable++
    else if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
    if (answer?.status !== 200) {
      await answer?.arrayBuffer()
      await sleep(20)
      continue
    }
    tally.answered++
    const { outcomes } = zPushResponse.parse(await answer.json())
    for (const { outcome } of outcomes) {
      if (outcome === 'applied') tally.applied++
      if (outcome === 'duplicate') tally.duplicates++
    }
    const settled = new Set(outcomes.filter(({ outcome }) => outcome !== 'quarantined').map(({ id }) => id))
    waiting = waiting.filter(({ id }) => !settled.has(id))
  }
  return { entries, tally }
}

const added = (a: Tally, b: Tally): Tally => ({
  pushes: a.pushes + b.pushes,
  answered: a.answered + b.answered,
  unavailable: a.unavailable + b.unavailable,
  cut: a.cut + b.cut,
  applied: a.applied + b.applied,
  duplicates: a.duplicates + b.duplicates,
})
