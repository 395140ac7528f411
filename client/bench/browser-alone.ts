import type { Page } from '@playwright/test'
import { timeKey } from './stopwatch.ts'

export interface BrowserTimes {
  /** Milliseconds each. */
  readonly line: readonly number[]
  readonly paid: readonly number[]
}

/**
 * What the browser takes by itself, on a page that holds nothing else: to show a line, and to show a word once a strict
 * transaction of two rows is on disk. No till is quicker than that where it is measured.
 * @param page of the till's origin, with a stopwatch
 */
export async function timeBrowserAlone(
  page: Page,
  { rounds, warmUp, paceMs }: { rounds: number; warmUp: number; paceMs: number },
): Promise<BrowserTimes> {
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
      } else if (key === 'F10') {
        const writing = opening.result.transaction('row', 'readwrite', { durability: 'strict' })
        for (const text of ['sale', 'counters']) writing.objectStore('row').add({ text })
        writing.oncomplete = () => {
          word.textContent = 'Paid'
        }
      }
    })
  })
  const times = { line: [] as number[], paid: [] as number[] }
  for (let round = 0; round < warmUp + rounds; round++) {
    await page.waitForTimeout(paceMs)
    times.line.push(await timeKey(page, { kind: 'line', lines: 1 }, () => page.keyboard.press('Enter')))
    await page.waitForTimeout(paceMs)
    times.paid.push(await timeKey(page, { kind: 'paid' }, () => page.keyboard.press('F10')))
    await page.keyboard.press('Escape')
  }
  return { line: times.line.slice(warmUp), paid: times.paid.slice(warmUp) }
}
