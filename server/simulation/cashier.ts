import type { CartLine } from '@evertill/shared/domain/cart'
import type { Discount } from '@evertill/shared/domain/discount'
import { minor, ppm, thousandths } from '@evertill/shared/domain/money'
import type { SaleRules } from '@evertill/shared/domain/sale'
import type { Tender } from '@evertill/shared/domain/tender'
import { type OracleSale, oracleSale } from '@evertill/shared/testing/sale-oracle'
import { type OpenSale, saveOpenSale } from '../../client/src/store/cart.ts'
import { type Catalogue, readCatalogue } from '../../client/src/store/catalogue.ts'
import { type RecordedSale, recordSale } from '../../client/src/store/record-entry.ts'
import type { Browser, Page } from './browser.ts'
import { customerId, type Rules, START, staffId } from './company.ts'
import { Random } from './random.ts'
import type { World } from './world.ts'

/** One press of *Pay*: what the screen showed before it, and what it said after. */
export interface Attempt {
  readonly id: string
  readonly browser: string
  readonly openSale: OpenSale
  /** What it must come to, by the oracle. */
  readonly expected: OracleSale
  /** What *Paid* showed. Without it nobody can say whether the sale was recorded. */
  paid?: RecordedSale
  /** The till said that nothing was recorded. */
  refused?: string
}

const RATES = { SR: 90_000, ZR: 0, EX: 0 }

/** Ids that sort by sale, whatever the clock says. */
export const saleId = (browser: number, no: number): string => {
  const ms = (START + no * 1000).toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-${browser.toString(16).padStart(4, '0')}${no.toString(16).padStart(8, '0')}`
}

/** Refusals that the accidents of these histories explain; any other is a defect. */
const EXPLAINED = new Set(['cart-changed', 'not-stored', 'not-enrolled'])

/** Whoever stands at a browser: makes the sales that are left to make, on whichever page is open. */
export class Cashier {
  readonly attempts: Attempt[] = []
  readonly complaints: string[] = []
  readonly #world: World
  readonly #rules: SaleRules
  #busy = new Map<number, Page>()
  #todo = new Map<number, { sales: number; gapMs: number }[]>()
  #no = 0

  constructor(
    world: World,
    readonly seed: number,
    readonly browserNo: number,
    readonly browser: Browser,
    rules: Rules,
  ) {
    this.#world = world
    this.#rules = { ...rules, currency: 'SGD', cashStep: 5, minorPerPoint: 1000 }
  }

  /** Whether sales are left that somebody can make. */
  get isBusy(): boolean {
    return [...this.#todo.values()].some((todo) => todo.length > 0)
  }

  ask(tab: number, sales: number, gapMs: number): void {
    const todo = this.#todo.get(tab) ?? []
    todo.push({ sales, gapMs })
    this.#todo.set(tab, todo)
    this.resume()
  }

  /** Goes back to work on pages that were opened since. */
  resume(): void {
    for (const [tab, todo] of this.#todo) {
      // Without a second tab its sales are made in the first.
      const page = this.browser.pages.get(tab) ?? this.browser.pages.get(0)
      if (page === undefined || todo.length === 0 || this.#busy.get(tab) === page) continue
      this.#busy.set(tab, page)
      this.#world.after(0, page, () => {
        void this.#work(tab, page, todo)
      })
    }
  }

  async #work(tab: number, page: Page, todo: { sales: number; gapMs: number }[]): Promise<void> {
    const pause = (ms: number) => new Promise<void>((resolve) => this.#world.after(ms, page, () => resolve()))
    let retries = 0
    while (todo.length > 0 && page.alive) {
      const catalogue = await readCatalogue(page.db).catch(() => undefined)
      if (!page.alive) return
      if (catalogue === undefined) {
        if (++retries > 200) break
        await pause(2000)
        continue
      }
      const [burst] = todo
      if (burst === undefined) break
      while (burst.sales > 0 && page.alive) {
        burst.sales--
        await this.#sell(page, catalogue, pause)
        if (burst.gapMs > 0) await pause(burst.gapMs)
      }
      if (page.alive && burst.sales <= 0) todo.shift()
    }
    if (this.#busy.get(tab) === page) this.#busy.delete(tab)
  }

  async #sell(page: Page, catalogue: Catalogue, pause: (ms: number) => Promise<void>): Promise<void> {
    const random = new Random(this.seed, 'sale', this.browserNo, this.#no + 1)
    const openSale = this.#ringUp(random, catalogue)
    const owed = oracleSale(openSale.cart, this.#rules, RATES, []).total
    const saved = await saveOpenSale(page.db, openSale).then(
      () => true,
      () => false,
    )
    if (!page.alive || !saved) return
    if (random.chance(0.2)) await pause(random.int(1, 400))
    const pay = async () => {
      const attempt: Attempt = {
        id: saleId(this.browserNo, ++this.#no),
        browser: this.browser.name,
        openSale,
        expected: oracleSale(openSale.cart, this.#rules, RATES, openSale.tenders),
      }
      this.attempts.push(attempt)
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
        if (!EXPLAINED.has(recorded.code))
          this.complaints.push(`${attempt.id}: refused, ${JSON.stringify(recorded)}`)
        return
      }
      attempt.paid = recorded
      this.#world.count('sale')
      this.#world.tell(`${page.name}: paid ${recorded.entry.body.receiptNo}, seq ${recorded.entry.seq}`)
      page.sync.wake()
    }
    // An impatient finger hits the button twice.
    const twice = random.chance(0.03)
    if (twice) this.#world.count('pay hit twice')
    await Promise.all(twice ? [pay(), pay()] : [pay()])
  }

  #ringUp(random: Random, { products, taxCodes }: Catalogue): OpenSale {
    const lines = Array.from({ length: random.pick([1, 1, 2, 3, 4]) }, (_, i): CartLine => {
      const product = random.pick(products)
      const taxCode = taxCodes.find((row) => row.taxCodeId === product.taxCodeId)
      if (taxCode === undefined) throw new Error('a product without its tax code')
      const quantity = product.unit === 'kg' ? random.int(5, 3000) : random.int(1, 3) * 1000
      const { productId, sku, name, price: unitPrice } = product
      return {
        lineId: `l${i}`,
        productId,
        sku,
        name,
        unitPrice,
        taxCode: taxCode.code,
        taxKind: taxCode.kind,
        quantity: thousandths(quantity),
        ...(random.chance(0.15) && { discount: anyDiscount(random) }),
      }
    })
    const no = random.int(1, 3)
    const cart = {
      lines,
      ...(random.chance(0.1) && { billDiscount: anyDiscount(random) }),
      ...(random.chance(0.4) && {
        customer: {
          customerId: customerId(no),
          name: `Customer ${no}`,
          multiplierPpm: 1_000_000 + 250_000 * (no - 1),
        },
      }),
    }
    return { cart, tenders: anyTenders(random, oracleSale(cart, this.#rules, RATES, []).total) }
  }
}

const anyDiscount = (random: Random): Discount =>
  random.chance(0.5)
    ? { kind: 'percent', ratePpm: ppm(random.pick([50_000, 100_000, 333_333])) }
    : { kind: 'amount', amount: minor(random.int(1, 500)) }

function anyTenders(random: Random, owed: number): Tender[] {
  const noncash = (amount: number): Tender => {
    const kind = random.pick(['card', 'nets', 'paynow'] as const)
    return {
      methodCode: kind.toUpperCase(),
      kind,
      amount: minor(amount),
      ...(random.chance(0.5) && { reference: `ref ${owed}` }),
    }
  }
  const cash = (amount: number): Tender => ({ methodCode: 'CASH', kind: 'cash', amount: minor(amount) })
  const inCoins = (amount: number) => Math.ceil(amount / 5) * 5
  if (owed === 0) return []
  switch (random.int(0, 3)) {
    case 0:
      return [noncash(owed)]
    case 1:
      return [cash(Math.ceil(owed / 500) * 500)]
    case 2: {
      const part = Math.max(1, Math.floor(owed / 3))
      return part >= owed ? [noncash(owed)] : [noncash(part), cash(inCoins(owed - part))]
    }
    default:
      return [cash(inCoins(owed))]
  }
}
