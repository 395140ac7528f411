import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, type Locator, expect as playwrightExpect } from '@playwright/test'
import { killerOf, launchTill } from '../browser.ts'
import { SUPERVISOR_PIN } from '../demo-company.ts'
import type { Item } from '../expectation.ts'
import { HAND_MS, TillScreen } from '../till-screen.ts'
import type { KillPlan } from './kill-plan.ts'
import { readStoredTill } from './stored-till.ts'
import { type Receipt, type Step, Watch } from './watch.ts'

export interface KillOutcome {
  /** The last step the driver was told of, and how long before the kill. */
  readonly last: Step | undefined
  readonly sinceMs: number
  readonly receipt: Receipt | undefined
}

const KEY_AFTER_MS = 30
const COMMIT_MS = 8
const PAID_MS = 60
const LATER_MS = 1500
// The machine may have other work: a drill is about what is kept, not about how fast.
const expect = playwrightExpect.configure({ timeout: 30_000 })

/** A report that does not come must not keep the drill waiting. */
const AT_THE_LATEST_MS = 5000

/** One life of a till's browser, from the start to the kill. */
export class KilledTill {
  readonly screen: TillScreen
  readonly #context: BrowserContext
  readonly #watch: Watch
  readonly #kill: () => Promise<void>
  readonly #origin: string

  private constructor(
    screen: TillScreen,
    context: BrowserContext,
    watch: Watch,
    kill: () => Promise<void>,
    origin: string,
  ) {
    this.screen = screen
    this.#context = context
    this.#watch = watch
    this.#kill = kill
    this.#origin = origin
  }

  static async open(profile: string, origin: string): Promise<KilledTill> {
    const context = await launchTill(profile, origin)
    const watch = await Watch.over(context)
    const screen = new TillScreen(context.pages()[0] ?? (await context.newPage()))
    return new KilledTill(screen, context, watch, await killerOf(context), origin)
  }

  async start(): Promise<void> {
    await this.screen.page.goto(this.#origin)
    await this.#signInHeading.waitFor()
  }

  /** With money taken the till lands where it stopped, otherwise where it sells. */
  async signIn(): Promise<void> {
    await this.#signInHeading.waitFor()
    await this.screen.page.keyboard.type(SUPERVISOR_PIN, { delay: HAND_MS })
    await this.screen.page.keyboard.press('Enter')
    await expect(this.screen.search.or(this.#payment)).toBeVisible()
  }

  /** Scans the items, unless the last kill left a cart. Resolves when the disk has what the screen shows. */
  async fillCart(items: readonly Item[]): Promise<void> {
    const { page } = this.screen
    const left = (await readStoredTill(page)).cart.lines
    if (left.length > 0) return
    for (const item of items) {
      const line = this.screen.line(item)
      const isThere = () =>
        line.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        )
      for (let tries = 1; ; tries++) {
        await this.screen.scan(item.barcode)
        if (await isThere()) break
        // On a busy machine the keys came too slowly for a scanner's: a cashier scans again.
        if (tries === 5) throw new Error(`${item.name} was scanned ${tries} times and is not in the cart`)
        await this.screen.search.fill('')
      }
    }
    await expect.poll(async () => (await readStoredTill(page)).cart.lines.length).toBe(items.length)
  }

  async payAndBeKilled(plan: KillPlan): Promise<KillOutcome> {
    const pay = await this.#readyToPay(plan)
    const watch = this.#watch
    let killedAt = 0
    const killed = new Promise<void>((resolve) => {
      const kill = () => {
        if (killedAt > 0) return
        killedAt = performance.now()
        resolve(this.#kill())
      }
      const killAfter = (ms: number) => (ms < 1 ? kill() : setTimeout(kill, ms))
      watch.onStep = (step) => {
        if (plan.moment === 'after-the-key' && step === 'pressed') killAfter(plan.within * PAID_MS)
        if (plan.moment === 'in-the-commit' && step === 'begun') killAfter(plan.within * COMMIT_MS)
        if (plan.moment === 'first-frame' && step === 'painted') kill()
        if (plan.moment === 'later' && step === 'painted') killAfter(plan.within * LATER_MS)
      }
      if (plan.moment === 'around-the-key') killAfter(plan.within * KEY_AFTER_MS * 2)
      setTimeout(kill, AT_THE_LATEST_MS).unref()
    })
    if (plan.moment === 'around-the-key') await sleep(KEY_AFTER_MS)
    // The browser may be gone before it has answered.
    await Promise.all([killed, pay().catch(() => undefined)])
    const { last, receipt } = watch
    const seen = last === undefined ? undefined : watch.at.get(last)
    return { last, receipt, sinceMs: seen === undefined ? 0 : killedAt - seen }
  }

  async close(): Promise<void> {
    await this.#context.close()
  }

  get #signInHeading() {
    return this.screen.page.getByRole('heading', { name: 'Enter your PIN' })
  }

  get #payment() {
    return this.screen.page.getByRole('main', { name: 'Payment' })
  }

  /** What is left to do is one key or one click, with no waiting in it. */
  async #readyToPay({ way }: KillPlan): Promise<() => Promise<void>> {
    const { page } = this.screen
    const byKey = () => page.keyboard.press('F12')
    if (!(await this.#payment.isVisible())) {
      if (way === 'exact-cash-key') return byKey
      await page.keyboard.press('F9')
      await expect(this.#payment).toBeVisible()
    }
    const complete = page.getByRole('button', { name: 'Complete sale' })
    if (await complete.isVisible()) return clickOf(complete)
    return way === 'cash-button' ? clickOf(page.getByRole('button', { name: 'Cash', exact: true })) : byKey
  }
}

/** A click that has looked for its place already. */
async function clickOf(button: Locator): Promise<() => Promise<void>> {
  const box = await button.boundingBox()
  if (box === null) throw new Error('there is nothing to click')
  return () => button.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}
