import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import { killBrowser, launchTill } from '../../../client/e2e/browser.ts'
import type { Sql } from '../../src/db/connect.ts'
import type { Sale } from './outbox.ts'
import type { Peer } from './peers.ts'
import type { FaultProxy, Traffic } from './proxy.ts'

export interface Result extends Traffic {
  /** To take a sale offline, as the caller sees it. */
  readonly takeMs: number
  /** From the network's return to the last new sale in Postgres, without the time the killed browser was away. */
  readonly drainSeconds: number
  /** Taken and never stored. */
  readonly missing: number
  /** Stored more than once: how many sales. */
  readonly doubled: number
  /** The client said at the end that it had nothing left to send. */
  readonly drained: boolean
  /** How often the app had to be opened for its queue to be sent to the end. */
  readonly opened: number
  readonly browser: string
}

/** Nothing new in Postgres for so long, and the drain has stalled. */
const STALL_MS = 120_000
/** A started worker that is idle for so long has nothing more to send; a browser stops it some 30 s later. */
const IDLE_MS = 1000

/**
 * Queue sales offline, killing the browser halfway at the moment a sale is taken; reconnect; kill it again when half
 * of them have arrived; drain; count.
 */
export class Scenario {
  readonly #peer: Peer
  readonly #proxy: FaultProxy
  readonly #sql: Sql
  readonly #setUp: unknown
  readonly #taken: string[] = []
  #profile = ''
  #browser = ''
  #opened = 0
  #shownAt = 0
  #stored = 0
  #lastNewAt = 0
  #context: BrowserContext | undefined
  #onPaid: () => Promise<void> = async () => {}

  constructor(peer: Peer, proxy: FaultProxy, sql: Sql, setUp: unknown) {
    this.#peer = peer
    this.#proxy = proxy
    this.#sql = sql
    this.#setUp = setUp
  }

  /** @param killAfterMs how long after the last sale the first kill comes */
  async run(sales: Iterator<Sale, never>, count: number, killAfterMs: number): Promise<Result> {
    this.#profile = await mkdtemp(join(tmpdir(), 'evertill-peers-'))
    try {
      return await this.#run(sales, count, killAfterMs)
    } finally {
      await this.#context?.close()
      await rm(this.#profile, { recursive: true, force: true })
    }
  }

  async #run(sales: Iterator<Sale, never>, count: number, killAfterMs: number): Promise<Result> {
    await this.#install()

    this.#proxy.isUp = false
    let page = await this.#open({ online: false })
    const started = performance.now()
    await this.#takeUntilKilled(page, sales, count / 2, killAfterMs)
    const firstHalfMs = performance.now() - started - killAfterMs
    page = await this.#open({ online: false })
    const resumed = performance.now()
    await page.evaluate((sales) => window.bench.take(sales), next(sales, count - this.#taken.length))
    const takeMs = (firstHalfMs + performance.now() - resumed) / count

    this.#opened = 0
    this.#proxy.startFaults()
    this.#proxy.isUp = true
    const from = performance.now()
    await this.#context?.setOffline(false)
    page = await this.#untilStored(page, count / 2)
    await this.#kill()
    const killed = performance.now()
    page = await this.#open({ online: true })
    const pauseMs = this.#shownAt - killed

    let end = await this.#drain(page)
    if (!end.drained || end.missing > 0) {
      // As the next morning would: whatever is still on the disk gets another chance.
      await this.#context?.close()
      end = await this.#drain(await this.#open({ online: true }))
    }
    return {
      ...this.#proxy.traffic,
      ...end,
      takeMs,
      drainSeconds: (this.#lastNewAt - from - (this.#lastNewAt > killed ? pauseMs : 0)) / 1000,
      opened: this.#opened,
      browser: this.#browser,
    }
  }

  /** The day before: the app is opened online once, its worker installed, and the browser closed in order. */
  async #install(): Promise<void> {
    const page = await this.#launch()
    await page.goto(this.#proxy.origin)
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/worker.js', { type: 'module' })
      await navigator.serviceWorker.ready
    })
    await page.goto(this.#proxy.origin)
    await page.evaluate((setUp) => window.bench.open(setUp), this.#setUp)
    for (const end = performance.now() + 90_000; !(await isDrained(page)); await sleep(200))
      if (performance.now() > end) throw new Error(`${this.#peer.name} does not come to rest before the test`)
    await this.#context?.close()
  }

  async #launch(): Promise<Page> {
    const context = await launchTill(this.#profile, this.#proxy.origin)
    this.#context = context
    this.#browser = `Chromium ${context.browser()?.version()}`
    await context.exposeFunction('paid', async (id: string) => {
      this.#taken.push(id)
      await this.#onPaid()
    })
    const page = context.pages()[0] ?? (await context.newPage())
    if (process.env.BENCH_LOG) page.on('console', (message) => console.error('    page:', message.text()))
    page.on('pageerror', (error) => console.error(`    ${this.#peer.name}: ${error.message}`))
    return page
  }

  async #open({ online }: { online: boolean }): Promise<Page> {
    const page = await this.#launch()
    // The browser forgets that it is offline when it goes to another site: go there first.
    await page.goto(`${this.#proxy.origin}/blank`)
    if (!online) await this.#context?.setOffline(true)
    await this.#show(page)
    return page
  }

  async #show(page: Page): Promise<void> {
    this.#opened++
    await page.goto(this.#proxy.origin)
    this.#shownAt = performance.now()
    await page.evaluate((setUp) => window.bench.open(setUp), this.#setUp)
  }

  async #takeUntilKilled(
    page: Page,
    sales: Iterator<Sale, never>,
    count: number,
    killAfterMs: number,
  ): Promise<void> {
    const killed = new Promise<void>((resolve, reject) => {
      this.#onPaid = async () => {
        if (this.#taken.length < count) return
        this.#onPaid = async () => {}
        if (killAfterMs > 0) await sleep(killAfterMs)
        this.#kill().then(resolve, reject)
        // No answer: the page must not go on to the next sale.
        await killed
      }
    })
    const taking = page.evaluate((sales) => window.bench.take(sales), next(sales, count))
    await taking.catch((error) => {
      if (this.#taken.length < count) throw error
    })
    await killed
  }

  async #kill(): Promise<void> {
    if (this.#context) await killBrowser(this.#context)
    this.#context = undefined
  }

  async #untilStored(page: Page, count: number): Promise<Page> {
    for (
      const end = performance.now() + 10 * STALL_MS;
      (await this.#count()).stored < count;
      await sleep(5)
    ) {
      if (performance.now() > end) break
      await this.#startWorkerIfIdle(page)
    }
    return page
  }

  async #drain(page: Page): Promise<{ drained: boolean; missing: number; doubled: number }> {
    const from = performance.now()
    let drained = false
    while (!drained && performance.now() - Math.max(from, this.#lastNewAt) < STALL_MS) {
      await sleep(20)
      const { missing } = await this.#count()
      drained = missing === 0 && (await isDrained(page))
      if (!drained) await this.#startWorkerIfIdle(page)
    }
    const { missing, doubled } = await this.#count()
    return { drained: await isDrained(page), missing, doubled }
  }

  async #startWorkerIfIdle(page: Page): Promise<void> {
    if (!this.#peer.sendsOnWorkerStart || performance.now() - this.#proxy.lastRequestAt < IDLE_MS) return
    const session = await page.context().newCDPSession(page)
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
    await session.detach()
    this.#proxy.lastRequestAt = performance.now()
    await this.#show(page)
  }

  async #count(): Promise<{ stored: number; missing: number; doubled: number }> {
    const rows = await this.#sql.unsafe<{ id: string; times: number }[]>(this.#peer.storedSql)
    if (rows.length > this.#stored) this.#lastNewAt = performance.now()
    this.#stored = rows.length
    const times = new Map(rows.map((row) => [row.id, row.times]))
    return {
      stored: rows.length,
      missing: this.#taken.filter((id) => !times.has(id)).length,
      doubled: rows.filter((row) => row.times > 1).length,
    }
  }
}

/** A page that is being loaded or has gone says nothing. */
const isDrained = (page: Page): Promise<boolean> =>
  page.evaluate(() => window.bench.isDrained()).catch(() => false)

const next = (sales: Iterator<Sale, never>, count: number): Sale[] =>
  Array.from({ length: Math.max(0, count) }, () => sales.next().value)
