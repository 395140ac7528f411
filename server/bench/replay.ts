import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { PUSH_CONTENT_TYPE, zPushResponse } from '@evertill/shared/protocol/push'
import { connect, type Sql } from '../src/db/connect.ts'
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { replay } from '../src/db/queries/replay.ts'
import { type ReadableLine, readLine } from '../src/replay/read-line.ts'
import { toBatch } from '../src/replay/to-batch.ts'
import { addTill, createShop, journalOf, pushBytes, type Shop } from '../test/shop.ts'
import { enrolTillClient, type TillClient } from '../test/till-client.ts'
import { type Baskets, readBaskets, saleMaker } from './baskets.ts'
import { bulkCopy } from './bulk-copy.ts'

/*
 * How many sales a second the server takes in, on an embedded Postgres with its default settings. The same
 * baskets in every line; every line is a shop of its own in one database.
 *
 *   npm run bench:replay [-- baskets.csv]
 */

const tills = 8
const perBatch = 200
const liveTills = 64
const sales = { perSaleCall: 4_000, direct: 24_000, http: 24_000, live: 6_400 }

async function main(): Promise<void> {
  const fallback = new URL('../../../shared/data/groceries-baskets.csv', import.meta.url)
  const baskets = await readBaskets(process.argv[2] ?? process.env.BASKETS, fallback)
  note(`${baskets.source}; ${tills} tills, ${perBatch} sales a batch`)
  const dataDir = await mkdtemp(join(tmpdir(), 'evertill-bench-'))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const sql = connect(postgres.url, { max: tills })
  try {
    await migrate(sql)
    await measure(sql, postgres.url, baskets)
  } finally {
    await sql.end()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measure(sql: Sql, url: string, baskets: Baskets): Promise<void> {
  // Plans, caches and the compiler warm up on a shop that does not count.
  await replayDirect(sql, await openShop(sql, baskets), 4_000)

  const direct = await openShop(sql, baskets)
  const directSeconds = await replayDirect(sql, direct, sales.direct)
  const bulkSeconds = await bulkCopy(sql, direct.shop.companyId)
  print('bulk_limit', sales.direct / bulkSeconds)
  print(
    'per_sale_call',
    sales.perSaleCall / (await perSaleCall(sql, await openShop(sql, baskets), sales.perSaleCall)),
  )
  print('replay_direct', sales.direct / directSeconds)

  const server = await serve(url)
  try {
    await http(sql, server.origin, await openShop(sql, baskets), 4_000)
    const { first, again } = await http(sql, server.origin, await openShop(sql, baskets), sales.http)
    print('replay_http', sales.http / first)
    print('duplicates_http', sales.http / again)
    const live = { count: liveTills, perPush: 1 }
    print(
      'live_http',
      sales.live / (await http(sql, server.origin, await openShop(sql, baskets), sales.live, live)).first,
    )
  } finally {
    server.stop()
  }
}

type OpenShop = { shop: Shop; journalsOf: (tillIds: string[], count: number) => SealedEntry[][] }

async function openShop(sql: Sql, { baskets }: Baskets): Promise<OpenShop> {
  const names = [...new Set(baskets.flat())]
  const shop = await createShop(sql, { products: names.length, openingStock: 1_000_000_000 })
  const saleOf = saleMaker(names, shop.productIds, shop.customerId)
  return {
    shop,
    journalsOf: (tillIds, count) => {
      const journals = tillIds.map((tillId) => journalOf(shop, tillId))
      const entries: SealedEntry[][] = journals.map(() => [])
      for (let no = 0; no < count; no++) {
        const till = no % journals.length
        const sealed = journals[till]?.sell(saleOf(baskets[no % baskets.length] ?? [], no))
        if (sealed) entries[till]?.push(sealed)
      }
      return entries
    },
  }
}

async function readableOf(
  sql: Sql,
  { shop, journalsOf }: OpenShop,
  count: number,
): Promise<ReadableLine[][]> {
  const tillIds = await addTills(sql, shop)
  const owner = (till_id: string) => ({ till_id, outlet_ids: [shop.outletId] })
  return journalsOf(tillIds, count).map((entries, i) =>
    entries.map(({ hash, raw }) => {
      const line = readLine(Buffer.from(`${hash} ${raw}`), owner(tillIds[i] ?? ''))
      if (!line.readable) throw new Error(line.reason)
      return line
    }),
  )
}

const addTills = (sql: Sql, shop: Shop, count = tills): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => addTill(sql, shop, `T${i + 1}`)))

async function replayDirect(sql: Sql, open: OpenShop, count: number): Promise<number> {
  const journals = await readableOf(sql, open, count)
  return timed(sql, () =>
    Promise.all(
      journals.map(async (lines) => {
        for (const part of partsOf(lines)) await replay(sql, open.shop.companyId, toBatch(part))
      }),
    ),
  )
}

async function perSaleCall(sql: Sql, open: OpenShop, count: number): Promise<number> {
  const journals = await readableOf(sql, open, count)
  return timed(sql, () =>
    Promise.all(
      journals.map(async (lines) => {
        for (const line of lines) await replay(sql, open.shop.companyId, toBatch([line]))
      }),
    ),
  )
}

async function http(
  sql: Sql,
  origin: string,
  { shop, journalsOf }: OpenShop,
  count: number,
  by = { count: tills, perPush: perBatch },
): Promise<{ first: number; again: number }> {
  const tillIds = await addTills(sql, shop, by.count)
  const clients = await Promise.all(
    tillIds.map(async (tillId, i) => {
      const { code } = await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: new Date() })
      // An address each: from one, so many enrolments would be taken for guessing.
      const from = { 'x-forwarded-for': `10.0.0.${i}` }
      const send = (path: string, init: RequestInit) =>
        fetch(origin + path, { ...init, headers: { ...(init.headers as Record<string, string>), ...from } })
      return enrolTillClient(send, code)
    }),
  )
  // Packing is the tills' work, not the server's: it is done before the clock runs. So is signing.
  const pushes = journalsOf(tillIds, count).map((entries) =>
    partsOf(entries, by.perPush).map((part) => ({
      body: new Uint8Array(gzipSync(pushBytes(part))),
      entries: part.length,
    })),
  )
  const round = async (outcome: 'applied' | 'duplicate') => {
    const signed = await Promise.all(
      clients.map((client, i) => Promise.all((pushes[i] ?? []).map((push) => sign(client, push)))),
    )
    return timed(sql, () =>
      Promise.all(
        signed.map(async (requests) => {
          for (const { init, entries } of requests) {
            const answer = await fetch(`${origin}/api/push`, init)
            const { outcomes } = zPushResponse.parse(await answer.json())
            if (outcomes.length !== entries || outcomes.some((each) => each.outcome !== outcome))
              throw new Error(`a push was not ${outcome}: ${JSON.stringify(outcomes.slice(0, 3))}`)
          }
        }),
      ),
    )
  }
  return { first: await round('applied'), again: await round('duplicate') }
}

async function sign(
  client: TillClient,
  { body, entries }: { body: Uint8Array<ArrayBuffer>; entries: number },
) {
  const authorization = await client.authorization('POST', '/api/push', body)
  const headers = { 'content-type': PUSH_CONTENT_TYPE, 'content-encoding': 'gzip', authorization }
  return { init: { method: 'POST', headers, body }, entries }
}

async function serve(url: string): Promise<{ origin: string; stop: () => void }> {
  const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), {
    env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' },
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.disconnect() }
}

function partsOf<T>(items: readonly T[], size = perBatch): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size))
  return parts
}

async function timed(sql: Sql, work: () => Promise<unknown>): Promise<number> {
  await sql`checkpoint`
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const print = (name: string, value: number) => console.log(`${name} ${Math.round(value)} sales/s`)
const note = (line: string) => console.error(line)

await main()
