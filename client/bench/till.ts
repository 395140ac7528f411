import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { launchTill } from '../e2e/browser.ts'
import build from '../e2e/build.ts'
import { OWNER, SUPERVISOR_PIN } from '../e2e/demo-company.ts'
import type { Item } from '../e2e/expectation.ts'
import { OfficeClient } from '../e2e/office-client.ts'
import { ServerProcess } from '../e2e/server-process.ts'
import { TillScreen } from '../e2e/till-screen.ts'
import { type AloneTimes, type Pacing, timeBrowserAlone, timeStackAlone } from './alone.ts'
import { stockBigShop } from './big-shop.ts'
import { firstLoadOf, kilobytes } from './loaded-js.ts'
import { installStopwatch, timeKey } from './stopwatch.ts'

/*
 * npm run bench:till [-- --sales 200] [--full] [--products 50000] [--slowdown 4] [--pace 100] [--files]
 *
 * The built till in a real browser, slowed down as a cheap tablet is, offline, on a profile that outlives the
 * browser. Prints `name value unit` lines.
 */

const { values: options } = parseArgs({
  options: {
    sales: { type: 'string', default: '200' },
    full: { type: 'boolean', default: false },
    products: { type: 'string', default: '50000' },
    slowdown: { type: 'string', default: '4' },
    /** Milliseconds that a hand takes from what it sees to its next key: ten letters a second are a fast one. */
    pace: { type: 'string', default: '100' },
    files: { type: 'boolean', default: false },
  },
})
const SALES = options.full ? 2000 : Number(options.sales)
const WARM_UP = 10
const SCANS_A_SALE = 4
const SLOWDOWN = Number(options.slowdown)
const PACE_MS = Number(options.pace)
const note = (words: string) => console.error(words)
const line = (name: string, value: number, unit: string) =>
  console.log(`${name} ${value.toFixed(unit === 'count' ? 0 : 1)} ${unit}`)

build()
const profile = await mkdtemp(join(tmpdir(), 'evertill-bench-'))
const server = await ServerProcess.start()
let context: BrowserContext | undefined
try {
  note('stocking the shop')
  const items = await stockBigShop(server.sql, Number(options.products))
  note(`${items.length} products`)
  await enrol()
  note('enrolled')
  await aloneTimes()
  const till = await coldStart()
  await sell(till, items)
} finally {
  await context?.close()
  await server.stop()
  await rm(profile, { recursive: true, force: true })
}

async function open(): Promise<{ page: Page; cdp: CDPSession }> {
  context = await launchTill(profile, server.url, {
    reducedMotion: 'reduce',
    locale: 'en-SG',
    timezoneId: 'Asia/Singapore',
  })
  // What esbuild calls in functions that are handed to a page.
  await context.addInitScript({ content: 'globalThis.__name ??= (named) => named' })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(120_000)
  return { page, cdp: await context.newCDPSession(page) }
}

async function enrol(): Promise<void> {
  const office = await OfficeClient.signIn(server.url, OWNER)
  const { enrolPath } = await office.newTill('Bench till')
  const { page } = await open()
  const screen = new TillScreen(page)
  await page.goto(`${server.url}${enrolPath}`)
  await screen.confirmEnrolment()
  await page.getByRole('button', { name: 'Start selling' }).click()
  await page.getByRole('heading', { name: 'Enter your PIN' }).waitFor()
  await screen.readyForOffline()
  await context?.close()
}

/** The same browser, profile and slow-down without the till: what is left of a time is the till's. */
async function aloneTimes(): Promise<void> {
  await alone('browser', timeBrowserAlone)
  await alone('stack', timeStackAlone)
}

async function alone(name: string, time: (page: Page, pacing: Pacing) => Promise<AloneTimes>): Promise<void> {
  const { page, cdp } = await open()
  await installStopwatch(page)
  await page.goto(`${server.url}/robots.txt`)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  const times = await time(page, { rounds: 100, warmUp: WARM_UP, paceMs: PACE_MS })
  for (const [kind, ms] of Object.entries(times)) {
    if (ms.length === 0) continue
    line(`${name}_${kind}_p50`, quantile(ms, 0.5), 'ms')
    line(`${name}_${kind}_p99`, quantile(ms, 0.99), 'ms')
  }
  await context?.close()
}

/** Offline, from nothing: until the PIN can be typed, and from the PIN until a scan finds its product. */
async function coldStart(): Promise<{ page: Page; cdp: CDPSession }> {
  const { page, cdp } = await open()
  await context?.setOffline(true)
  await installStopwatch(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  await page.goto(server.url, { waitUntil: 'commit' })
  const toPin = await appearedAt(page, () => document.querySelector('main button') !== null)
  const files = await firstLoadOf(page)
  if (options.files)
    for (const { path, bytes } of files) note(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${path}`)

  for (const digit of SUPERVISOR_PIN) await page.getByRole('button', { name: digit, exact: true }).click()
  await page.evaluate(() => {
    window.addEventListener('click', (event) => performance.mark('sign-in', { startTime: event.timeStamp }), {
      capture: true,
      once: true,
    })
  })
  await page.getByRole('button', { name: 'Sign in' }).click()
  const signedIn = await appearedAt(page, () => document.querySelector('input[type="search"]') !== null)
  const pressed = await page.evaluate(() => performance.getEntriesByName('sign-in')[0]?.startTime ?? 0)
  note(
    `PIN pad after ${toPin.toFixed(0)} ms, from the PIN to the selling screen ${(signedIn - pressed).toFixed(0)} ms`,
  )
  line('cold_start', toPin, 'ms')
  line('sign_in', signedIn - pressed, 'ms')
  line('first_load_js_gzip', kilobytes(files), 'kB')
  return { page, cdp }
}

/** Milliseconds since the page was asked for, when the frame that has it was shown. */
function appearedAt(page: Page, stands: () => boolean): Promise<number> {
  return page.waitForFunction(stands, undefined, { polling: 'raf' }).then((handle) => {
    void handle.dispose()
    return page.evaluate(() => performance.now())
  })
}

async function sell({ page, cdp }: { page: Page; cdp: CDPSession }, items: readonly Item[]): Promise<void> {
  await page.waitForTimeout(1000)
  const times = { scan: [] as number[], search: [] as number[], pay: [] as number[] }
  const screen = new TillScreen(page)
  let heapBefore = 0
  let before: Work | undefined
  for (let sale = -WARM_UP; sale < SALES; sale++) {
    if (sale === 0) {
      for (const kind of Object.values(times)) kind.length = 0
      await page.evaluate(() => {
        window.stopwatch.longTasks.length = 0
      })
      heapBefore = await heapUsed(cdp)
      before = await workSoFar(cdp)
    }
    // Spread over the whole range; a product is never twice in a sale.
    const start = (sale + WARM_UP) * 7919
    for (let i = 0; i < SCANS_A_SALE; i++) {
      await page.waitForTimeout(PACE_MS)
      const item = at(items, start + i * 10_007)
      times.scan.push(await timeKey(page, { kind: 'line', lines: i + 1 }, () => scan(page, item.barcode)))
    }
    const sought = at(items, start + 4_999)
    await screen.search.focus()
    const typed = sought.name.slice(0, 8)
    for (let length = 1; length <= typed.length; length++) {
      await page.waitForTimeout(PACE_MS)
      times.search.push(
        await timeKey(page, { kind: 'results', text: typed.slice(0, length) }, () =>
          page.keyboard.type(typed.charAt(length - 1)),
        ),
      )
    }
    await page.waitForTimeout(PACE_MS)
    // A cashier pays when the products are back.
    times.search.push(await timeKey(page, { kind: 'results', text: '' }, () => page.keyboard.press('Escape')))
    await page.waitForTimeout(PACE_MS)
    times.pay.push(await timeKey(page, { kind: 'paid' }, () => page.keyboard.press('F12')))
    await page.keyboard.press('Escape')
    await screen.search.waitFor()
    if (sale > 0 && sale % 50 === 0) {
      const grown = (await heapUsed(cdp)) - heapBefore
      note(
        `${sale} sales: pay_p50 ${quantile(times.pay, 0.5).toFixed(0)} ms, heap_growth ${grown.toFixed(1)} MB`,
      )
    }
  }
  const longTasks = await page.evaluate(() => window.stopwatch.longTasks)
  for (const [name, ms] of Object.entries(times)) {
    line(`${name}_p50`, quantile(ms, 0.5), 'ms')
    line(`${name}_p99`, quantile(ms, 0.99), 'ms')
  }
  line('long_tasks', longTasks.filter((ms) => ms > 50).length, 'count')
  line('heap_growth', (await heapUsed(cdp)) - heapBefore, 'MB')
  note(`longest task ${Math.max(0, ...longTasks).toFixed(0)} ms`)
  const work = await workSoFar(cdp)
  const each = Object.entries(work).map(
    ([name, ms]) => `${name} ${((ms - (before?.[name] ?? 0)) / SALES).toFixed(0)} ms`,
  )
  note(`the page's thread, for one sale: ${each.join(', ')}`)
}

type Work = Readonly<Record<string, number>>

/** CPU of the page's thread so far, in ms: it differs less from run to run than the times of single keys. */
async function workSoFar(cdp: CDPSession): Promise<Work> {
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const { metrics } = await cdp.send('Performance.getMetrics')
  const ms = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000
  return {
    all: ms('TaskDuration'),
    script: ms('ScriptDuration'),
    style: ms('RecalcStyleDuration'),
    layout: ms('LayoutDuration'),
  }
}

/** All keys in one go: on a busy machine those that Playwright sends may be further apart than a scanner's. */
function scan(page: Page, barcode: string): Promise<void> {
  return page.evaluate(
    (keys) => {
      for (const key of keys)
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        )
    },
    [...barcode, 'Enter'],
  )
}

function at(items: readonly Item[], n: number): Item {
  const item = items[n % items.length]
  if (item === undefined) throw new Error('the shop is empty')
  return item
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function heapUsed(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
}
