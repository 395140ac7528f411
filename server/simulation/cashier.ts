import type { CartCustomer } from '@evertill/shared/domain/cart'
import { minor } from '@evertill/shared/domain/money'
import type { SaleRules } from '@evertill/shared/domain/sale'
import { isValueKind, newValueCode } from '@evertill/shared/domain/stored-value'
import { oracleSale } from '@evertill/shared/testing/sale-oracle'
import { type OpenSale, saveOpenSale } from '../../client/src/store/cart.ts'
import { readCatalogue, readProducts } from '../../client/src/store/catalogue.ts'
import { readPoints } from '../../client/src/store/points.ts'
import { type RecordedSale, recordSale } from '../../client/src/store/record-entry.ts'
import { readValue } from '../../client/src/store/stored-value.ts'
import type { TillDatabase } from '../../client/src/store/till-database.ts'
import { buyGiftCard, payWithPoints, payWithValue, RATES, ringUp, type Stocked } from './basket.ts'
import type { Browser, Page } from './browser.ts'
import { type Rules, START, staffId } from './company.ts'
import { type Deed, type Errand, isExplained, runErrand, type Sold } from './errands.ts'
import { knownCodes } from './known-codes.ts'
import { Random } from './random.ts'
import type { World } from './world.ts'

/** One press of *Pay*: what the screen showed before it, and what it said after. */
export interface Attempt extends Sold {
  readonly browser: string
  /** What *Paid* showed. Without it nobody can say whether the sale was recorded. */
  paid?: RecordedSale
  /** The till said that nothing was recorded. */
  refused?: string
}

/** Ids that sort by when they were minted, whatever the clock says. */
export const saleId = (browser: number, no: number): string => {
  const ms = (START + no * 1000).toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-${browser.toString(16).padStart(4, '0')}${no.toString(16).padStart(8, '0')}`
}

/** Refusals that the accidents of these histories explain; any other is a defect. */
const EXPLAINED = new Set(['cart-changed', 'not-enrolled', 'points-short', 'value-short'])

/** That nothing was stored is explained only by a fault of the disk that this page met in the meantime. */
function watchDisk(page: Page): (code: string) => boolean {
  const before = page.storageFaultsMet
  return (code) => code === 'not-stored' && page.storageFaultsMet !== before
}

interface Burst {
  sales: number
  readonly gapMs: number
}
type Job = Burst | Errand
type Pause = (ms: number) => Promise<void>

/** Whoever stands at a browser: does what is left to do, on whichever page is open. */
export class Cashier {
  readonly attempts: Attempt[] = []
  readonly deeds: Deed[] = []
  readonly complaints: string[] = []
  readonly #world: World
  readonly #rules: SaleRules
  #busy = new Map<number, Page>()
  #todo = new Map<number, Job[]>()
  #registered: CartCustomer[] = []
  #no = 0
  #errands = 0

  constructor(
    world: World,
    readonly seed: number,
    readonly browserNo: number,
    readonly browser: Browser,
    rules: Rules,
  ) {
    this.#world = world
    this.#rules = { ...rules, currency: 'SGD', cashStep: 5, minorPerPoint: 1000, pointValue: 20 }
  }

  /** Whether something is left that somebody can do. */
  get isBusy(): boolean {
    return [...this.#todo.values()].some((todo) => todo.length > 0)
  }

  ask(tab: number, sales: number, gapMs: number): void {
    this.#add(tab, { sales, gapMs })
  }

  send(tab: number, errand: Errand): void {
    this.#add(tab, errand)
  }

  #add(tab: number, job: Job): void {
    const todo = this.#todo.get(tab) ?? []
    todo.push(job)
    this.#todo.set(tab, todo)
    this.resume()
  }

  /** Goes back to work on pages that were opened since. */
  resume(): void {
    for (const [tab, todo] of this.#todo) {
      // Without a second tab its work is done in the first.
      const page = this.browser.pages.get(tab) ?? this.browser.pages.get(0)
      if (page === undefined || todo.length === 0 || this.#busy.get(tab) === page) continue
      this.#busy.set(tab, page)
      this.#world.after(0, page, () => {
        void this.#work(tab, page, todo)
      })
    }
  }

  async #work(tab: number, page: Page, todo: Job[]): Promise<void> {
    const pause = (ms: number) => new Promise<void>((resolve) => this.#world.after(ms, page, () => resolve()))
    let retries = 0
    while (todo.length > 0 && page.alive) {
      const catalogue = await stockedOn(page.db).catch(() => undefined)
      if (!page.alive) return
      if (catalogue === undefined) {
        if (++retries > 200) break
        await pause(2000)
        continue
      }
      const [burst] = todo
      if (burst === undefined) break
      if (typeof burst === 'string') {
        todo.shift()
        await this.#run(page, catalogue, burst)
        continue
      }
      while (burst.sales > 0 && page.alive) {
        burst.sales--
        await this.#sell(page, catalogue, pause)
        if (burst.gapMs > 0) await pause(burst.gapMs)
      }
      if (page.alive && burst.sales <= 0) todo.shift()
    }
    if (this.#busy.get(tab) === page) this.#busy.delete(tab)
  }

  async #sell(page: Page, catalogue: Stocked, pause: Pause): Promise<void> {
    const random = new Random(this.seed, 'sale', this.browserNo, this.#no + 1)
    const rung = ringUp(random, catalogue, this.#rules, this.#registered)
    const openSale = await this.#paid(random, page, catalogue, rung)
    if (openSale === undefined) return
    const owed = oracleSale(openSale.cart, this.#rules, RATES, []).total
    const saved = await saveOpenSale(page.db, openSale).then(
      () => true,
      () => false,
    )
    if (!page.alive || !saved) return
    if (random.chance(0.2)) await pause(random.int(1, 400))
    const pay = async () => {
      const attempt: Attempt = {
        id: this.#newId(),
        browser: this.browser.name,
        openSale,
        rules: this.#rules,
        expected: oracleSale(openSale.cart, this.#rules, RATES, openSale.tenders),
      }
      this.attempts.push(attempt)
      const isTheDisks = watchDisk(page)
      const recorded = await recordSale(page.db, {
        staffId: staffId(random.int(1, 2)),
        openSale,
        expectedTotal: minor(owed),
        now: this.browser.now(),
        newId: () => attempt.id,
      })
      // What a dead page learned nobody saw.
      if (!page.alive) return
      if ('code' in recorded) {
        attempt.refused = recorded.code
        this.#world.count(`sale refused: ${recorded.code}`)
        if (!EXPLAINED.has(recorded.code) && !isTheDisks(recorded.code))
          this.complaints.push(`${attempt.id}: refused, ${JSON.stringify(recorded)}`)
        return
      }
      attempt.paid = recorded
      this.#world.count('sale')
      for (const { kind } of openSale.tenders)
        if (kind === 'points' || isValueKind(kind)) this.#world.count(`paid with ${kind}`)
      if (recorded.entry.body.issued !== undefined) this.#world.count('gift card sold')
      this.#world.tell(`${page.name}: paid ${recorded.entry.body.receiptNo}, seq ${recorded.entry.seq}`)
      page.sync.wake()
    }
    // An impatient finger hits the button twice.
    const twice = random.chance(0.03)
    if (twice) this.#world.count('pay hit twice')
    await Promise.all(twice ? [pay(), pay()] : [pay()])
  }

  /** Now and then a gift card is sold, or something pays that is no money. Undefined where the page did not live. */
  async #paid(random: Random, page: Page, catalogue: Stocked, rung: OpenSale) {
    const owed = oracleSale(rung.cart, this.#rules, RATES, []).total
    if (random.chance(0.08)) return buyGiftCard(random, rung, owed, newValueCode(this.#newId()))
    if (random.chance(0.8)) return this.#withPoints(random, page, catalogue, rung, owed)
    // A customer comes with a code that this till has seen sold here or elsewhere.
    const codes = await knownCodes(page.db).catch(() => undefined)
    if (!page.alive || codes === undefined) return undefined
    if (codes.length === 0) return rung
    const code = random.pick(codes)
    const known = await readValue(page.db, code, this.browser.now()).catch(() => undefined)
    if (!page.alive) return undefined
    return known === undefined ? rung : payWithValue(random, catalogue, rung, owed, { code, known })
  }

  /** Now and then the customer uses points. Undefined where the page did not live to offer them. */
  async #withPoints(random: Random, page: Page, catalogue: Stocked, rung: OpenSale, owed: number) {
    const { customer } = rung.cart
    if (customer === undefined || random.chance(0.4)) return rung
    const known = await readPoints(page.db, customer.customerId, this.browser.now()).catch(() => undefined)
    if (!page.alive || known === undefined) return undefined
    return payWithPoints(random, catalogue, rung, owed, known)
  }

  async #run(page: Page, catalogue: Stocked, errand: Errand): Promise<void> {
    const no = ++this.#errands
    const newId = () => this.#newId()
    const press = async () => {
      const random = new Random(this.seed, 'errand', this.browserNo, no)
      const deed: Deed = { errand, browser: this.browser.name, ids: [], asked: {} }
      this.deeds.push(deed)
      const isTheDisks = watchDisk(page)
      const result = await runErrand({ page, catalogue, random, rules: this.#rules, newId }, deed)
      // What a dead page learned nobody saw.
      if (!page.alive || result === undefined) return
      if ('code' in result) {
        deed.refused = result.code
        this.#world.count(`${errand} refused: ${result.code}`)
        if (!isExplained(deed, result.code) && !isTheDisks(result.code))
          this.complaints.push(`${errand} at ${page.name}: refused, ${JSON.stringify(result)}`)
        return
      }
      const { customerId, name } = ((result as RecordedSale).entry.body as Partial<CartCustomer>) ?? {}
      if (errand === 'register' && customerId !== undefined && name !== undefined)
        this.#registered.push({ customerId, name, multiplierPpm: 1_000_000 })
      deed.done = deed.ids.filter((id) => id !== customerId)
      this.#world.count(errand === 'exchange' && deed.blind ? 'exchange without a receipt' : errand)
      for (const { kind } of deed.sold?.openSale.tenders ?? [])
        if (kind === 'points' || isValueKind(kind)) this.#world.count(`${errand} paid with ${kind}`)
      this.#world.tell(`${page.name}: ${errand}, ${deed.ids.join(' ')}`)
      page.sync.wake()
    }
    // Only what can be done but once may be pressed twice; and an exchange, which then is one or two whole ones.
    const twice = no % 5 === 0 && ['open-shift', 'close-shift', 'void', 'exchange'].includes(errand)
    if (twice) this.#world.count(`${errand} hit twice`)
    await Promise.all(twice ? [press(), press()] : [press()])
  }

  #newId(): string {
    return saleId(this.browserNo, ++this.#no)
  }
}

// Products first: the tax codes of those that are there come before them.
async function stockedOn(db: TillDatabase): Promise<Stocked | undefined> {
  const products = await readProducts(db)
  const catalogue = await readCatalogue(db)
  return catalogue && { ...catalogue, products }
}
