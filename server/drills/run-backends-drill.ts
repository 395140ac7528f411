import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../simulation/random.ts'
import { connect } from '../src/db/connect.ts'
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { makeDataDir } from '../test/data-dir.ts'
import { createShop } from '../test/shop.ts'
import { type Comparison, compare } from './compare.ts'
import { killBackends, killServer, type Strokes } from './killers.ts'
import { type Pushes, SellingTill } from './selling-till.ts'
import { SupervisedServer } from './supervised-server.ts'

export interface BackendsOptions {
  readonly minutes: number
  readonly tills: number
  readonly seed: number
  readonly say: (line: string) => void
}

export interface BackendsReport {
  readonly seconds: number
  readonly strokes: Strokes
  readonly serverKills: number
  readonly serverEnds: number
  readonly lastWords: readonly string[]
  readonly pushes: Pushes
  readonly longestStallMs: number
  readonly drainedMs: number
  readonly comparison: Comparison
}

const OPENING_STOCK = 1_000_000_000
const SERVERS_NAME = 'evertill'
const SALE_EVERY_MS = 500
const BACKEND_EVERY_MS = 50
const CRASH_EVERY_MS = 10_000
const SERVER_EVERY_MS = 20_000
/** Nothing is killed any more by then: a till's longest pause is a minute. */
const DRAINED_WITHIN_MS = 180_000

/** Tills sell and sync while backends and server are killed; then all is let go, and the ledger is compared. */
export async function runBackendsDrill(options: BackendsOptions): Promise<BackendsReport> {
  const { minutes, tills, seed, say } = options
  const dataDir = await makeDataDir('evertill-drill-')
  const postgres = await startEmbeddedPostgres({ dataDir })
  const admin = connect(postgres.url, { max: 2, applicationName: 'drill' })
  let server: SupervisedServer | undefined
  const open: SellingTill[] = []
  try {
    server = await SupervisedServer.start({ DATABASE_URL: postgres.url, DATA_DIR: dataDir, DEMO: 'off' })
    const shop = await createShop(admin, { products: 169, openingStock: OPENING_STOCK })
    for (let no = 0; no < tills; no++)
      open.push(await SellingTill.open(admin, shop, `T${no}`, server.origin, new Random(seed, 'till', no)))

    const began = Date.now()
    const until = began + minutes * 60_000
    const progress = setInterval(() => {
      const waiting = open.reduce((sum, till) => sum + till.stall.waiting, 0)
      say(
        `${Math.round((Date.now() - began) / 1000)} s, ${server?.kills} server kills, ${waiting} entries wait`,
      )
    }, 30_000)
    const [strokes] = await Promise.all([
      killBackends(admin, {
        applicationName: SERVERS_NAME,
        everyMs: BACKEND_EVERY_MS,
        crashEveryMs: CRASH_EVERY_MS,
        until,
        random: new Random(seed, 'killer'),
      }),
      killServer(server, { everyMs: SERVER_EVERY_MS, until }),
      ...open.map((till) => till.sellUntil(until, SALE_EVERY_MS)),
    ]).finally(() => clearInterval(progress))

    const quietAt = Date.now()
    while (open.some((till) => till.stall.waiting > 0) && Date.now() < quietAt + DRAINED_WITHIN_MS)
      await sleep(50)
    const drainedMs = Date.now() - quietAt
    await Promise.all(open.map((till) => till.stopSync()))
    const journals = await Promise.all(open.map((till) => till.journal()))
    await server.stop()
    return {
      seconds: Math.round((Date.now() - began) / 1000),
      strokes,
      serverKills: server.kills,
      serverEnds: server.ends,
      lastWords: server.lastWords,
      pushes: open.map((till) => till.pushes).reduce(added),
      longestStallMs: Math.max(...open.map((till) => till.stall.longestMs)),
      drainedMs,
      comparison: await compare(admin, shop.companyId, journals, OPENING_STOCK),
    }
  } finally {
    await Promise.all(open.map((till) => till.close()))
    await server?.stop()
    await admin.end({ timeout: 1 })
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const added = (a: Pushes, b: Pushes): Pushes => ({
  pushes: a.pushes + b.pushes,
  answered: a.answered + b.answered,
  refused: a.refused + b.refused,
  cut: a.cut + b.cut,
  slowestMs: Math.max(a.slowestMs, b.slowestMs),
})
