import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import { connect, type Sql } from '../../src/db/connect.ts'
import { startEmbeddedPostgres } from '../../src/db/embedded/start-embedded-postgres.ts'
import { makeDataDir } from '../../test/data-dir.ts'
import { type Baskets, readBaskets } from '../baskets.ts'
import { buildPage } from './build.ts'
import { type Peer, peers } from './peers.ts'
import { FaultProxy } from './proxy.ts'
import { type Row, table } from './report.ts'
import { salesOf } from './sales.ts'
import { type Result, Scenario } from './scenario.ts'

/*
 * The same work for Evertill and its peers, in a real browser against a real Postgres: see README.md here.
 *
 *   npm run bench:peers [-- --runs 3 --sales 2000 --loss 0.1 --seed 1 --kill-after 0 --only evertill,rxdb]
 */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    sales: { type: 'string', default: '2000' },
    loss: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds between the last sale before the first kill and that kill. */
    'kill-after': { type: 'string', default: '0' },
    only: { type: 'string' },
    /** With CHROME_PATH at a browser that has it: Workbox uses real Background Sync. */
    'background-sync': { type: 'boolean', default: false },
  },
})
const note = (line: string) => console.error(line)

async function main(): Promise<void> {
  const fallback = new URL('../../../../shared/data/groceries-baskets.csv', import.meta.url)
  const baskets = await readBaskets(process.env.BASKETS, fallback)
  const only = values.only?.split(',')
  const chosen = peers.filter((peer) => only === undefined || only.includes(peer.name))
  note(`${values.sales} sales of ${baskets.source}; ${values.runs} runs, seeds from ${values.seed}`)

  const dataDir = await makeDataDir('evertill-peers-')
  const postgres = await startEmbeddedPostgres({ dataDir })
  const admin = connect(postgres.url, { max: 1 })
  const results = new Map<Peer, Result[]>(chosen.map((peer) => [peer, []]))
  try {
    for (let run = 0; run < Number(values.runs); run++) {
      // Rounds over all peers, so that whatever else the machine does meets all of them.
      for (const peer of chosen) {
        const result = await measure(peer, Number(values.seed) + run, { admin, url: postgres.url, baskets })
        note(`  ${peer.name}: ${JSON.stringify(result)}`)
        results.get(peer)?.push(result)
      }
    }
  } finally {
    await admin.end()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  const rows: Row[] = []
  for (const peer of chosen)
    rows.push({ peer, version: await versionOf(peer), results: results.get(peer) ?? [] })
  console.log(`\n${table(rows)}\n`)
  for (const peer of chosen) console.log(`${peer.package ?? 'Evertill'}: ${peer.setUp}`)
  const browser = rows[0]?.results[0]?.browser
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.version}, ${browser}`,
  )
}

async function measure(
  peer: Peer,
  seed: number,
  { admin, url, baskets }: { admin: Sql; url: string; baskets: Baskets },
): Promise<Result> {
  const name = `${peer.name}_${seed}`
  await admin`create database ${admin(name)}`
  const database = new URL(url)
  database.pathname = `/${name}`
  const products = new Set(baskets.baskets.flat()).size
  const server = await serve(peer, database.href, products)
  const faults = { rate: Number(values.loss), seed }
  const files = await buildPage(peer.name, values['background-sync'])
  const proxy = await FaultProxy.start(files, server.origin, faults)
  const sql = connect(database.href, { max: 1 })
  try {
    const shop = (server.setUp ?? strangers(products)) as ReturnType<typeof strangers>
    const scenario = new Scenario(peer, proxy, sql, server.setUp)
    return await scenario.run(salesOf(baskets, shop), Number(values.sales), Number(values['kill-after']))
  } finally {
    proxy.stop()
    server.stop()
    await sql.end()
  }
}

/** Who has no shop sells the same, under ids of no meaning. */
const strangers = (products: number) => ({
  customerId: v7(),
  productIds: Array.from({ length: products }, () => v7()),
})

async function serve(
  peer: Peer,
  url: string,
  products: number,
): Promise<{ origin: string; setUp: unknown; stop: () => void }> {
  const child = fork(join(import.meta.dirname, 'serve.ts'), [peer.name, String(products)], {
    env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' },
  })
  const started = once(child, 'message') as Promise<[{ port: number; setUp: unknown }]>
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${peer.name}'s endpoint ended`)))
  const [{ port, setUp }] = await Promise.race([started, ended])
  ended.catch(() => {})
  return { origin: `http://127.0.0.1:${port}`, setUp, stop: () => child.disconnect() }
}

async function versionOf(peer: Peer): Promise<string> {
  if (peer.package === undefined) return ''
  const path = join(import.meta.dirname, 'node_modules', peer.package, 'package.json')
  return JSON.parse(await readFile(path, 'utf8')).version
}

// Leaving runs the last nets of browser and Postgres; the endpoint goes when we are gone.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

await main()
