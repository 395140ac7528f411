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
import { type LoadedTill, loadTills, openShop, readableLines, type ShopOfBaskets } from './shop-of-baskets.ts'

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
const ROUNDS = 4
/** Those that are compared by round. */
const sales = { perSaleCall: 1_000, direct: 6_000, http: 24_000, live: 6_400, drain: 50_000, rss: 100_000 }
const many = { tills, perPush: MAX_PUSH_ENTRIES, warmUp: 8_000 }
const single = { tills: liveTills, perPush: 1, warmUp: 6_400 }

type Bench = { readonly sql: Sql; readonly postgres: EmbeddedPostgres; readonly baskets: Baskets }

/** Lines that are measured together, on one server and partly from one another's sales. */
const parts: readonly { readonly lines: readonly string[]; readonly run: (bench: Bench) => Promise<void> }[] =
  [
    {
      lines: ['bulk_limit', 'per_sale_call', 'replay_direct', 'replay_http', 'duplicates_http', 'live_http'],
      run: (bench) => withServer(bench, rates),
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

/**
 * What is compared with one another is measured in turn, a share of each in every round: these figures are worth their
 * ratio, and a shared machine is half as fast in one minute as in the next.
 */
async function rates(bench: Bench, server: ServerProcess): Promise<void> {
  await warmUp(bench, server)
  const totals = new Map<string, Share[]>()
  const keep: Keep = (name, share) => totals.set(name, [...(totals.get(name) ?? []), share])
  for (let round = 0; round < ROUNDS; round++) {
    await callsOf(bench, keep)
    await overHttp(bench, server, keep)
  }
  for (const [name, shares] of totals) {
    noteCpu(name, shares)
    print(name, sum(shares, 'sales') / sum(shares, 'seconds'))
  }
}

type Share = { readonly sales: number; readonly seconds: number; readonly cpuMs: readonly number[] }
type Keep = (name: string, share: Share) => void

// Plans, caches and the compiler warm up on shops that do not count.
async function warmUp(bench: Bench, { origin }: ServerProcess): Promise<void> {
  const { sql, baskets } = bench
  await replayAll(bench, await openShop(sql, baskets), 4_000, perBatch)
  for (const by of [many, single]) {
    const load = await loadTills(sql, origin, await openShop(sql, baskets), { ...by, count: by.warmUp })
    await pushAll(sql, origin, load, 'applied')
  }
}

/** What Postgres does without a server before it. */
async function callsOf(bench: Bench, keep: Keep): Promise<void> {
  const { sql, baskets } = bench
  const shop = await openShop(sql, baskets)
  keep('replay_direct', await replayAll(bench, shop, sales.direct, perBatch))
  await comeToRest(sql)
  const seconds = await bulkCopy(sql, shop.shop.companyId)
  keep('bulk_limit', { sales: sales.direct, seconds, cpuMs: [] })
  keep('per_sale_call', await replayAll(bench, await openShop(sql, baskets), sales.perSaleCall, 1))
}

async function replayAll(
  { sql, postgres }: Bench,
  shop: ShopOfBaskets,
  count: number,
  size: number,
): Promise<Share> {
  const journals = await readableLines(sql, shop, tills, count)
  await comeToRest(sql)
  return timed([postgres.pid], count, async () => {
    const start = performance.now()
    await Promise.all(
      journals.map(async (lines) => {
        for (const part of partsOf(lines, size))
          await replay(sql, shop.shop.companyId, toBatch(part), new Date())
      }),
    )
    return (performance.now() - start) / 1000
  })
}

async function overHttp(
  { sql, postgres, baskets }: Bench,
  { origin, pid }: ServerProcess,
  keep: Keep,
): Promise<void> {
  const measure = async (
    name: string,
    load: readonly LoadedTill[],
    count: number,
    outcome: 'applied' | 'duplicate' = 'applied',
  ) => {
    await comeToRest(sql)
    keep(name, await timed([postgres.pid, pid], count, () => pushAll(sql, origin, load, outcome)))
  }
  const queued = await loadTills(sql, origin, await openShop(sql, baskets), { ...many, count: sales.http })
  await measure('replay_http', queued, sales.http)
  await measure('duplicates_http', queued, sales.http, 'duplicate')
  const live = await loadTills(sql, origin, await openShop(sql, baskets), { ...single, count: sales.live })
  await measure('live_http', live, sales.live)
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
  await comeToRest(sql)
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
  const queued = await load(sales.rss)
  // Its memory is that of a server at work: while it has nothing to do, it gives some back.
  await pushAll(sql, origin, await load(8_000), 'applied')
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

/** What one line left to be cleaned up is not charged to the next: autovacuum would come within whichever is due. */
async function comeToRest(sql: Sql): Promise<void> {
  await sql`vacuum (analyze)`
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

/** Runs `work`, which answers its seconds, and says what CPU it took: of these processes and of this one. */
async function timed(pids: readonly number[], count: number, work: () => Promise<number>): Promise<Share> {
  const used = () => [...pids.map((pid) => cpuMs(pid) ?? Number.NaN), ownCpuMs()]
  const before = used()
  const seconds = await work()
  return { sales: count, seconds, cpuMs: used().map((ms, i) => ms - (before[i] ?? 0)) }
}

function noteCpu(name: string, shares: readonly Share[]): void {
  const microseconds = (shares[0]?.cpuMs ?? []).map((_, i) =>
    Math.round((shares.reduce((ms, share) => ms + (share.cpuMs[i] ?? 0), 0) * 1000) / sum(shares, 'sales')),
  )
  const [postgres, ...rest] = microseconds
  if (postgres === undefined || Number.isNaN(postgres)) return
  const others = rest.length > 1 ? `server ${rest[0]}, load ${rest[1]}` : `this process ${rest[0]}`
  const perRound = shares.map(({ sales, seconds }) => Math.round(sales / seconds)).join(', ')
  note(`  ${name}: CPU in µs a sale: Postgres ${postgres}, ${others}; sales/s by round: ${perRound}`)
}

const sum = (shares: readonly Share[], what: 'sales' | 'seconds') =>
  shares.reduce((total, share) => total + share[what], 0)

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
