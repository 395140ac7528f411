import type { Page } from '@playwright/test'

/** What a key press is waited for to bring. */
export type Await =
  | { readonly kind: 'line'; readonly lines: number }
  | { readonly kind: 'results'; readonly text: string }
  | { readonly kind: 'paid' }

interface Stopwatch {
  arm(what: Await): void
  took(): Promise<number>
  longTasks: number[]
}

declare global {
  interface Window {
    stopwatch: Stopwatch
  }
}

/**
 * Runs in the page: from the time stamp the browser gave a key to the frame that showed what it brought. Neither
 * Playwright's way to the page nor its polling is measured. To be installed before the page is: the till's own
 * listener keeps a scanner's Enter to itself.
 */
export async function installStopwatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const has: { [K in Await['kind']]: (what: Extract<Await, { kind: K }>) => boolean } = {
      // Exactly so many: those of a sale that is being paid may still stand there.
      line: ({ lines }) => document.querySelectorAll('section[aria-label="Cart"] li').length === lines,
      results: ({ text }) => {
        const field = document.querySelector<HTMLInputElement>('input[type="search"]')
        const results = document.querySelector('#products')
        return field?.value === text && results !== null && results.getAttribute('aria-busy') !== 'true'
      },
      paid: () =>
        [...document.querySelectorAll('main h1')].some(({ textContent }) => textContent?.startsWith('Paid')),
    }
    let wanted: Await | undefined
    let pressedAt = 0
    let shown: ((ms: number) => void) | undefined
    let time: Promise<number> = Promise.resolve(0)
    const look = () => {
      if (wanted === undefined || pressedAt === 0) return
      const fulfilled = has[wanted.kind] as (what: Await) => boolean
      if (!fulfilled(wanted)) return
      wanted = undefined
      const from = pressedAt
      // The message comes after the frame that the callback is part of.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => shown?.(performance.now() - from)
        port2.postMessage(undefined)
      })
    }
    // Of a scan only the last key counts: the code is whole when Enter comes.
    window.addEventListener(
      'keydown',
      (event) => {
        if (wanted === undefined) return
        if (wanted.kind === 'line' && event.key !== 'Enter') return
        pressedAt = event.timeStamp
      },
      { capture: true },
    )
    new MutationObserver(look).observe(document, {
      attributes: true,
      childList: true,
      characterData: true,
      subtree: true,
    })
    const longTasks: number[] = []
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration)
    }).observe({ type: 'longtask' })
    window.stopwatch = {
      arm(what) {
        pressedAt = 0
        wanted = what
        time = new Promise((resolve) => {
          shown = resolve
        })
      },
      took: () => time,
      longTasks,
    }
  })
}

/** Milliseconds from the key to the frame that shows what it brought. */
export async function timeKey(page: Page, what: Await, press: () => Promise<void>): Promise<number> {
  await page.evaluate((awaited) => window.stopwatch.arm(awaited), what)
  await press()
  return page.evaluate(() => window.stopwatch.took())
}
