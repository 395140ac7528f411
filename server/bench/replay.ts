import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { MAX_PUSH_ENTRIES } from '@evertill/shared/protocol/push'
import { connect, type Sql } from '../src/db/connect.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { replay } from '../src/db/queries/replay.ts'
import { toBatch } from '../src/replay/to-batch.ts'
import { makeDataDir } from '../test/data-dir.ts'
import { type Baskets, readBaskets } from './baskets.ts'
import { bulkCopy } from './bulk-copy.ts'
import { cpuMs } from './cpu-time.ts'
import { pushAll, pushAtPace } from './push-load.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { loadTills, openShop, readableLines, type ShopOfBaskets } from './shop-of-baskets.ts'

/*
 * How many sales a second the server takes in, on an embedded Postgres with its default settings. The same
 * baskets in every line; every line is a shop of its own in one database. What each line means stands in
 * docs/benchmarks.md.
 *
 *   npm run bench:replay [-- baskets.csv] [--only live_p99_during_drain,drain_rss_growth]
 */

const tills = 8
const perBatch = 200
const liveTills = 64
/** As many as min_wal_size keeps, less those that are in use. */
const LOG_FILES = 30
/** A sale every so often at each till: a cashier in a rush needs a hundred times as long. */
const paceMs = 250
const sales = { perSaleCall: 4_000, direct: 24_000, http: 24_000, live: 12_800, drain: 50_000, rss: 100_000 }

type Bench = { readonly sql: Sql; readonly postgres: EmbeddedPostgres; readonly baskets: Baskets }

/** Lines that are measured together, on one server and partly from one another's sales. */
const parts: readonly { readonly lines: readonly string[]; readonly run: (bench: Bench) => Promise<void> }[] =
  [
    { lines: ['bulk_limit', 'per_sale_call', 'replay_direct'], run: calls },
    {
      lines: ['replay_http', 'duplicates_http', 'live_http'],
      run: (bench) => withServer(bench, overHttp),
    },
    { lines: ['live_p99_during_drain'], run: (bench) => withServer(bench, besideDrain) },
    { lines: ['drain_rss_growth'], run: (bench) => withServer(bench, memory) },
  ]

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' } },
    allowPositionals: true,
  })
  const only = values.only?.split(',')
  const wanted = parts.filter(({ lines }) => only?.some((name) => lines.includes(name)) ?? true)
  const fallback = new URL('../../../shared/data/groceries-baskets.csv', import.meta.url)
  const baskets = await readBaskets(positionals[0] ?? process.env.BASKETS, fallback)
  note(`${baskets.source}; ${tills} tills`)
  const dataDir = await makeDataDir('evertill-bench-')
  const postgres = await startEmbeddedPostgres({ dataDir })
  const sql = connect(postgres.url, { max: tills })
  const bench = { sql, postgres, baskets }
  try {
    await migrate(sql)
    await layOutLog(sql)
    for (const { run } of wanted) await run(bench)
    print('deadlocks', await deadlocks(sql), 'count')
  } finally {
    await sql.end()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What Postgres does without a server before it. */
async function calls({ sql, postgres, baskets }: Bench): Promise<void> {
  const replayAll = async (shop: ShopOfBaskets, count: number, size: number, name: string) => {
    const { companyId } = shop.shop
    const journals = await readableLines(sql, shop, tills, count)
    await sql`checkpoint`
    return timed(name, count, [postgres.pid], async () => {
      const start = performance.now()
      await Promise.all(
        journals.map(async (lines) => {
          for (const part of partsOf(lines, size)) await replay(sql, companyId, toBatch(part), new Date())
        }),
      )
      return (performance.now() - start) / 1000
    })
  }
  // Plans, caches and the compiler warm up on a shop that does not count.
  await replayAll(await openShop(sql, baskets), 4_000, perBatch, 'warm-up')

  const shop = await openShop(sql, baskets)
  const directSeconds = await replayAll(shop, sales.direct, perBatch, 'replay_direct')
  print('bulk_limit', sales.direct / (await bulkCopy(sql, shop.shop.companyId)))
  const perSaleSeconds = await replayAll(await openShop(sql, baskets), sales.perSaleCall, 1, 'per_sale_call')
  print('per_sale_call', sales.perSaleCall / perSaleSeconds)
  print('replay_direct', sales.direct / directSeconds)
}

async function overHttp({ sql, postgres, baskets }: Bench, { origin, pid }: ServerProcess): Promise<void> {
  const many = { tills, perPush: MAX_PUSH_ENTRIES }
  const single = { tills: liveTills, perPush: 1 }
  const load = async (by: { tills: number; perPush: number }, count: number) =>
    loadTills(sql, origin, await openShop(sql, baskets), { ...by, count })
  await pushAll(sql, origin, await load(many, 8_000), 'applied')
  const queued = await load(many, sales.http)
  for (const [name, outcome] of [
    ['replay_http', 'applied'],
    ['duplicates_http', 'duplicate'],
  ] as const) {
    const seconds = await timed(name, sales.http, [postgres.pid, pid], () =>
      pushAll(sql, origin, queued, outcome),
    )
    print(name, sales.http / seconds)
  }
  await pushAll(sql, origin, await load(single, 1_280), 'applied')
  const live = await load(single, sales.live)
  const seconds = await timed('live_http', sales.live, [postgres.pid, pid], () =>
    pushAll(sql, origin, live, 'applied'),
  )
  print('live_http', sales.live / seconds)
}

/** One till drains a queue while the others of its shop sell. */
async function besideDrain({ sql, baskets }: Bench, server: ServerProcess): Promise<void> {
  const { origin } = server
  const shop = await openShop(sql, baskets)
  const load = (count: number, by: { tills: number; perPush: number }) =>
    loadTills(sql, origin, shop, { ...by, count })
  await pushAll(sql, origin, await load(2_000, { tills: 1, perPush: MAX_PUSH_ENTRIES }), 'applied')
  // A connection's first replay() plans all of its statements: a shop that is open has that behind it.
  await pushAll(sql, origin, await load(liveTills * 20, { tills: liveTills, perPush: 1 }), 'applied')
  const drain = await load(sales.drain, { tills: 1, perPush: MAX_PUSH_ENTRIES })
  const live = await load(liveTills * 100, { tills: liveTills, perPush: 1 })
  await server.state()
  const drained = pushAll(sql, origin, drain, 'applied')
  const took = (await pushAtPace(origin, live, { everyMs: paceMs, until: drained })).sort((a, b) => a - b)
  const quantile = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0
  note(
    `  ${took.length} single sales beside a drain at ${Math.round(sales.drain / (await drained))} sales/s: ` +
      `p50 ${quantile(0.5).toFixed(1)} ms, p90 ${quantile(0.9).toFixed(1)} ms, longest ${quantile(1).toFixed(1)} ms`,
  )
  const { heldP99Ms, heldMostMs } = await server.state()
  note(
    `  the server's event loop was held p99 ${heldP99Ms.toFixed(1)} ms, at most ${heldMostMs.toFixed(1)} ms`,
  )
  print('live_p99_during_drain', quantile(0.99), 'ms')
}

/** What the server's memory grows by while it takes in a week's queue. */
async function memory({ sql, baskets }: Bench, server: ServerProcess): Promise<void> {
  const { origin } = server
  const load = async (count: number) =>
    loadTills(sql, origin, await openShop(sql, baskets), { tills, count, perPush: MAX_PUSH_ENTRIES })
  await pushAll(sql, origin, await load(8_000), 'applied')
  const queued = await load(sales.rss)
  const { rssMb: before } = await server.state()
  let most = before
  const drained = pushAll(sql, origin, queued, 'applied')
  for (let over = false; !over; over = await Promise.race([drained.then(() => true), sleep(100, false)]))
    most = Math.max(most, (await server.state()).rssMb)
  note(`  server memory ${Math.round(before)} MB before the drain, at most ${Math.round(most)} MB in it`)
  print('drain_rss_growth', most - before, 'MB')
}

/**
 * Fills the files of the log, which Postgres keeps and uses again: a database a day old has that behind it. A new one
 * asks the file system for room within somebody's commit, and a full disk was seen to look for it for 0.9 s.
 */
async function layOutLog(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local wal_init_zero = on`
    for (let file = 0; file < LOG_FILES; file++) {
      await tx`select pg_logical_emit_message(false, 'bench', 'a file of the log')`
      await tx`select pg_switch_wal()`
    }
  })
  await sql`checkpoint`
}

async function deadlocks(sql: Sql): Promise<number> {
  const [row] = await sql<{ deadlocks: number }[]>`
    select deadlocks from pg_stat_database where datname = current_database()`
  return row?.deadlocks ?? Number.NaN
}

async function withServer(
  bench: Bench,
  work: (bench: Bench, server: ServerProcess) => Promise<void>,
): Promise<void> {
  const server = await startServerProcess(bench.postgres.url)
  try {
    await work(bench, server)
  } finally {
    await server.stop()
  }
}

/** Runs `work`, which answers its seconds, and notes what CPU it took: of Postgres, the server and this process. */
async function timed(
  name: string,
  count: number,
  pids: readonly number[],
  work: () => Promise<number>,
): Promise<number> {
  const used = () => [...pids, process.pid].map((pid) => (pid === process.pid ? ownCpuMs() : cpuMs(pid)))
  const before = used()
  const seconds = await work()
  const microseconds = used().map((ms, i) => Math.round((((ms ?? 0) - (before[i] ?? 0)) * 1000) / count))
  const [postgres, ...rest] = microseconds
  const others = rest.length > 1 ? `server ${rest[0]}, load ${rest[1]}` : `this process ${rest[0]}`
  if (before[0] !== undefined) note(`  ${name}: CPU in µs a sale: Postgres ${postgres}, ${others}`)
  return seconds
}

// Without its children, of which Postgres is one.
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function partsOf<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size))
  return parts
}

const print = (name: string, value: number, unit = 'sales/s') =>
  console.log(`${name} ${Math.round(value)} ${unit}`)
const note = (line: string) => console.error(line)

// An exit takes Postgres and the server along; a signal alone would leave them running.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
await main()
