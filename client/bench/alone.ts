import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { timeKey } from './stopwatch.ts'

/** Milliseconds each. */
export interface AloneTimes {
  readonly line: readonly number[]
  /** Only where there is something to search. */
  readonly search: readonly number[]
  readonly paid: readonly number[]
}

export interface Pacing {
  readonly rounds: number
  readonly warmUp: number
  readonly paceMs: number
}

/**
 * What the browser takes by itself, on a page that holds nothing else: to show a line, and to show a word once a strict
 * transaction of two rows is on disk. No till is quicker than that where it is measured.
 * @param page of the till's origin, with a stopwatch
 */
export async function timeBrowserAlone(page: Page, pacing: Pacing): Promise<AloneTimes> {
  await page.evaluate(async () => {
    const list = document.createElement('ul')
    const cart = document.createElement('section')
    cart.ariaLabel = 'Cart'
    cart.append(list)
    const word = document.createElement('h1')
    const main = document.createElement('main')
    main.append(word)
    document.body.replaceChildren(main, cart)
    const opening = indexedDB.open('bench-alone', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('row', { autoIncrement: true })
    await new Promise((resolve) => {
      opening.onsuccess = resolve
    })
    window.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') list.append(document.createElement('li'))
      else if (key === 'Escape') {
        list.replaceChildren()
        word.textContent = ''
      } else if (key === 'F12') {
        const writing = opening.result.transaction('row', 'readwrite', { durability: 'strict' })
        for (const text of ['sale', 'counters']) writing.objectStore('row').add({ text })
        writing.oncomplete = () => {
          word.textContent = 'Paid'
        }
      }
    })
  })
  return timeRounds(page, pacing, '')
}

/** What React and Dexie take by themselves on the till's own database: see the page. */
export async function timeStackAlone(page: Page, pacing: Pacing): Promise<AloneTimes> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      lib: { entry: resolve(import.meta.dirname, 'stack-alone-page.tsx'), formats: ['iife'], name: 'page' },
    },
  })
  const [output] = [built].flat()
  if (output === undefined || !('output' in output)) throw new Error('nothing was built')
  // The server's policy allows no script in a page: the developer's tools may run one.
  await page.evaluate(output.output[0].code)
  await page.locator('#products').waitFor()
  return timeRounds(page, pacing, 'abc')
}

/** Lines, letters, a payment, as often as asked. */
async function timeRounds(
  page: Page,
  { rounds, warmUp, paceMs }: Pacing,
  letters: string,
): Promise<AloneTimes> {
  const times = { line: [] as number[], search: [] as number[], paid: [] as number[] }
  for (let round = -warmUp; round < rounds; round++) {
    if (round === 0) for (const kind of Object.values(times)) kind.length = 0
    await page.waitForTimeout(paceMs)
    times.line.push(await timeKey(page, { kind: 'line', lines: 1 }, () => page.keyboard.press('Enter')))
    for (let length = 1; length <= letters.length; length++) {
      await page.waitForTimeout(paceMs)
      times.search.push(
        await timeKey(page, { kind: 'results', text: letters.slice(0, length) }, () =>
          page.keyboard.type(letters.charAt(length - 1)),
        ),
      )
    }
    await page.waitForTimeout(paceMs)
    times.paid.push(await timeKey(page, { kind: 'paid' }, () => page.keyboard.press('F12')))
    await page.keyboard.press('Escape')
  }
  return times
}
