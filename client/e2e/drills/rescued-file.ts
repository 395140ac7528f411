import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { GENESIS, sha256Hex } from '@evertill/shared/domain/journal-hash'
import type { RescueHeader, RescueReport } from '@evertill/shared/protocol/rescue'
import { type CDPSession, expect, type Page } from '@playwright/test'
import type { OfficeClient } from '../office-client.ts'

const MB = 1_000_000
const SAVED_WITHIN_MS = 600_000

/** Saves the unsent from the health page as a person does, and looks at what it costs the page. */
export async function saveFile(
  page: Page,
  { entries, throttle }: { entries: number; throttle: number },
): Promise<{ path: string; figures: Record<string, string> }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  const opened = Date.now()
  await page
    .getByRole('banner')
    .getByRole('button', { name: /waiting|Needs help/ })
    .click()
  const button = page.getByRole('button', { name: /Save .*unsent/ })
  await expect(button).toBeEnabled({ timeout: SAVED_WITHIN_MS })
  const openMs = Date.now() - opened
  await expect(button).toContainText(String(entries).slice(0, 3))
  await page.evaluate('globalThis.__name ??= (f) => f')
  await page.evaluate(watchMainThread)
  const heap = watchHeap(session)
  const began = Date.now()
  const download = page.waitForEvent('download', { timeout: SAVED_WITHIN_MS })
  await button.click()
  const path = await (await download).path()
  const tookMs = Date.now() - began
  await expect(page.getByText(/^Saved as/)).toBeVisible({ timeout: SAVED_WITHIN_MS })
  const { longest, total, tasks, worstFrame } = await page.evaluate(readMainThread)
  const { before, most } = await heap.stop()
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const { size } = await stat(path)
  return {
    path,
    figures: {
      'health page opens, ms': String(openMs),
      'file in the downloads, ms': String(tookMs),
      'longest block of the page, ms': String(Math.round(longest)),
      'longest wait for a frame, ms': String(Math.round(worstFrame)),
      'blocks over 50 ms': `${tasks}, ${Math.round(total)} ms in all`,
      'JavaScript heap before, most, MB': `${(before / MB).toFixed(0)}, ${(most / MB).toFixed(0)}`,
      'file, MB': (size / MB).toFixed(1),
    },
  }
}

/** Why the file is not what it should be; undefined when it is. */
export async function checkFile(path: string, entries: number): Promise<string | undefined> {
  let header: RescueHeader | undefined
  let prev = GENESIS
  let count = 0
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const [, hash, raw] = /^([0-9a-f]{64}) (.*)$/.exec(line) ?? []
    if (header === undefined) header = JSON.parse(line) as RescueHeader
    else if (hash !== undefined && raw !== undefined) {
      count += 1
      if (sha256Hex(raw) !== hash) return `entry ${count} is not what its hash says`
      if ((JSON.parse(raw) as { prev: string }).prev !== prev)
        return `entry ${count} does not follow the one before`
      prev = hash
    } else if (!/^[\w-]+\.[\w-]*\.[\w-]+$/.test(line)) return `not signed: ${line.slice(0, 80)}`
  }
  return count === entries && header?.count === entries
    ? undefined
    : `${count} of ${entries} entries are in the file`
}

/** Looks at the file in head office, then takes it in; says how long each took. */
export async function importFile(office: OfficeClient, url: string, path: string): Promise<string> {
  const body = await readFile(path)
  const cookie = office.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const said: string[] = []
  for (const commit of ['false', 'true', 'true']) {
    const began = Date.now()
    const response = await fetch(`${url}/api/office/tills/rescue?commit=${commit}`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/x-ndjson' },
      body,
    })
    const report = (await response.json()) as RescueReport
    said.push(
      `import, commit=${commit}: ${response.status} in ${Date.now() - began} ms, ${JSON.stringify(report).slice(0, 400)}`,
    )
  }
  return said.join('\n')
}

interface Watched {
  longest: number
  total: number
  tasks: number
  worstFrame: number
}

function watchMainThread(): void {
  const watched: Watched = { longest: 0, total: 0, tasks: 0, worstFrame: 0 }
  Object.assign(globalThis, { watched })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      watched.longest = Math.max(watched.longest, duration)
      watched.total += duration
      watched.tasks += 1
    }
  }).observe({ type: 'longtask' })
  let last = performance.now()
  const frame = (now: number) => {
    watched.worstFrame = Math.max(watched.worstFrame, now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

const readMainThread = (): Watched => (globalThis as unknown as { watched: Watched }).watched

function watchHeap(session: CDPSession): { stop(): Promise<{ before: number; most: number }> } {
  const sizes: number[] = []
  let isOver = false
  const look = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    sizes.push(metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0)
  }
  const watching = (async () => {
    while (!isOver) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  return {
    stop: async () => {
      isOver = true
      await watching
      return { before: sizes[0] ?? 0, most: Math.max(...sizes) }
    },
  }
}
