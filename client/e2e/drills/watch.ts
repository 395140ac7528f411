import type { BrowserContext } from '@playwright/test'

/*
 * What happens on the page, told to the driver while it happens: the driver lives outside the browser, so what it
 * was told outlives the kill. A step that was told did happen; one that was not may still have.
 */

const STEPS = ['pressed', 'begun', 'committed', 'shown', 'painted'] as const
export type Step = (typeof STEPS)[number]

export interface Receipt {
  readonly receiptNo: string
  /** As it stands behind "Paid". */
  readonly total: string
}

export class Watch {
  /** When each step was told, by the driver's clock. */
  readonly at = new Map<Step, number>()
  receipt: Receipt | undefined
  onStep: (step: Step) => void = () => {}

  static async over(context: BrowserContext): Promise<Watch> {
    const watch = new Watch()
    await context.exposeBinding('drillSaw', (_, step: Step, receipt?: Receipt) => {
      watch.at.set(step, performance.now())
      if (receipt !== undefined) watch.receipt = receipt
      watch.onStep(step)
    })
    await context.addInitScript(PAGE_SCRIPT)
    return watch
  }

  get last(): Step | undefined {
    return STEPS.findLast((step) => this.at.has(step))
  }
}

// pressed: the key or the click that pays. begun, committed: the transaction that adds to the journal. shown: the
// receipt's number in the document, which is before anybody can see it. painted: its first frame.
const PAGE_SCRIPT = `{
  const saw = (...facts) => void window.drillSaw(...facts)
  addEventListener('keydown', (event) => event.key === 'F12' && saw('pressed'), true)
  addEventListener('click', (event) => event.target.closest('main[aria-label="Payment"] button') && saw('pressed'), true)

  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = function (...row) {
    if (this.name === 'journal') {
      saw('begun')
      this.transaction.addEventListener('complete', () => saw('committed'))
    }
    return add.apply(this, row)
  }

  let shown
  new MutationObserver(() => {
    // It stands over the selling screen, which is a main of its own.
    const paid = [...document.querySelectorAll('main')].find((main) =>
      main.querySelector('h1')?.textContent.startsWith('Paid'))
    if (paid === undefined) return
    const heading = paid.querySelector('h1').textContent
    const receiptNo = /Receipt (\\S+) is saved on this till/.exec(paid.textContent)?.[1]
    if (receiptNo === undefined || receiptNo === shown) return
    shown = receiptNo
    saw('shown', { receiptNo, total: heading.slice('Paid'.length).trim() })
    requestAnimationFrame(() => setTimeout(() => saw('painted')))
  }).observe(document, { subtree: true, childList: true, characterData: true })
}`
