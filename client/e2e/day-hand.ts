import { expect, type Locator } from '@playwright/test'
import type { DayBooks } from './day-books.ts'
import type { SalePaper } from './day-papers.ts'
import { type DayLine, type DaySale, quantityOf } from './day-reckoning.ts'
import type { Goods } from './day-shop.ts'
import { dollars } from './expectation.ts'
import type { TillScreen } from './till-screen.ts'

/** How a line comes into the cart, and what is done to it there. */
export interface RungUp extends DayLine {
  /** A scale's label; otherwise goods are scanned, once for every piece. */
  readonly label?: string
  /** By the keypad rather than by scan after scan. */
  readonly typed?: boolean
  readonly note?: string
  readonly override?: { readonly reason: string; readonly pin?: string }
  /** The scan after it starts a line of its own. */
  readonly apart?: boolean
}
export interface RungUpSale extends DaySale {
  readonly lines: readonly RungUp[]
}

/** A cashier in a hurry: scanner and keys, and a tap only where a till has nothing else. */
export class DayHand {
  readonly #till: TillScreen
  readonly #books: DayBooks
  /** The receipt of the sale before still stands there; the next scan begins the next sale. */
  #paid = false
  readonly receiptNos: string[] = []

  constructor(till: TillScreen, books: DayBooks) {
    this.#till = till
    this.#books = books
  }

  /** A whole sale, looking at what is due and at what the till says was paid. */
  async sell(sale: RungUpSale): Promise<SalePaper> {
    await this.fill(sale)
    return this.pay(sale)
  }

  /** The cart alone. */
  async fill(sale: RungUpSale): Promise<void> {
    const { page } = this.#till
    const [first] = sale.lines
    if (first === undefined || !isScanned(first)) await this.toSell()
    for (const line of sale.lines) await this.#ringUp(line)
    this.#paid = false
    if (sale.customer !== undefined) await this.#till.addCustomer(sale.customer)
    if (sale.billOff !== undefined) await this.#till.discountBill(offOf(sale.billOff))
    await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(
      endingWith(dollars(this.#books.owed(sale))),
    )
  }

  async pay(sale: RungUpSale): Promise<SalePaper> {
    const { page } = this.#till
    const paper = this.#books.reckon(sale)
    const [only] = sale.tenders
    if (sale.tenders.length === 1 && only?.method === 'CASH' && only.cents === undefined)
      await page.keyboard.press('F12')
    else {
      await page.keyboard.press('F9')
      await expect(page.getByRole('main', { name: 'Payment' })).toBeVisible()
      for (const [i, tender] of sale.tenders.entries()) {
        if (i > 0) await expect(page.getByRole('button', { name: /^Take back/ })).toHaveCount(i)
        const amount = paper.tenders[i]?.amount ?? 0
        if (tender.code !== undefined) await this.#payByCode(tender.code, amount)
        else if (tender.points !== undefined) {
          await this.typeAmount(page.getByRole('main'), amount)
          await page.getByRole('button', { name: `Use ${tender.points} points`, exact: true }).click()
        } else await this.#till.take(tender.method, tender.cents)
      }
    }
    await this.#till.expectPaid(paper.expected)
    const saved = await page.getByText(/^Receipt \S+ is saved on this till/).textContent()
    this.receiptNos.push(/^Receipt (\S+)/.exec(saved ?? '')?.[1] ?? '')
    this.#paid = true
    this.#books.enter(paper)
    return paper
  }

  /** To the selling screen with an empty cart, from the receipt of the sale before. */
  async toSell(): Promise<void> {
    if (this.#paid) await this.#till.page.keyboard.press('Escape')
    this.#paid = false
    await expect(this.#till.search).toBeVisible()
  }

  async goTo(place: string): Promise<void> {
    this.#paid = false
    await this.#till.goTo(place)
  }

  /** The receipt of a sale, by its number. */
  async openReceipt(receiptNo: string): Promise<void> {
    const { page } = this.#till
    await this.goTo('Receipts')
    await page.getByRole('searchbox', { name: 'Search receipts' }).fill(receiptNo)
    const row = page.getByRole('main').getByRole('listitem').getByRole('button').filter({ hasText: '·' })
    await row
      .filter({ has: page.getByText(receiptNo, { exact: true }) })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: `Receipt ${receiptNo}` })).toBeAttached()
  }

  async typeAmount(within: Locator, cents: number): Promise<void> {
    for (const key of (cents / 100).toFixed(2)) await press(within, key)
  }

  /** Notes and coins, the largest first. */
  async count(cents: number): Promise<void> {
    const { page } = this.#till
    let left = cents
    for (const [value, kind] of DENOMINATIONS) {
      const pieces = Math.floor(left / value)
      if (pieces === 0) continue
      await page.getByRole('textbox', { name: `${dollars(value)} ${kind}`, exact: true }).fill(String(pieces))
      left -= pieces * value
    }
    if (left !== 0) throw new Error(`${left} cents are in no coin`)
  }

  async #ringUp(line: RungUp): Promise<void> {
    const { goods, label, typed, note, override, apart, off } = line
    const { page } = this.#till
    if (label !== undefined) await this.#till.scan(label)
    else if (!isScanned(line)) await this.#askedFor(line)
    else {
      const pieces = quantityOf(line) / 1000
      for (let scanned = 0; scanned < (typed ? 1 : pieces); scanned++) await this.#till.scan(goods.barcode)
      await expect(this.#lineOf(goods)).toBeVisible()
      if (typed) await this.#till.setQuantity(goods, pieces)
    }
    if (off !== undefined) await this.#till.discountLine(goods, offOf(off))
    if (note === undefined && override === undefined && !apart) return

    const dialog = page.getByRole('dialog', { name: goods.name })
    const change = () => this.#till.openLine(goods)
    if (note !== undefined) {
      await change()
      await dialog.getByText('Note', { exact: true }).click()
      await dialog.getByLabel('Note').last().fill(note)
      await page.keyboard.press('Enter')
      await expect(dialog).toBeHidden()
    }
    if (override !== undefined && line.price !== undefined) {
      await change()
      await dialog.getByText('Price', { exact: true }).click()
      await dialog.getByRole('button', { name: override.reason }).click()
      await this.typeAmount(dialog, line.price)
      await dialog.getByRole('button', { name: `Sell at ${dollars(line.price)}` }).click()
      if (override.pin !== undefined) await this.#till.approve(override.pin)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    if (apart) {
      await change()
      await dialog.getByRole('button', { name: 'Next one on a new line' }).click()
      await expect(dialog).toBeHidden()
    }
  }

  /** Goods that have to be weighed or priced: found by their name, and asked about. */
  async #askedFor({ goods, price, quantity = 1000 }: RungUp): Promise<void> {
    const { page } = this.#till
    await this.#till.searchAndAdd(goods)
    const dialog = page.getByRole('dialog', { name: goods.name })
    if (goods.unit === 'kg') for (const key of String(quantity / 1000)) await press(dialog, key)
    else await this.typeAmount(dialog, price ?? 0)
    await dialog.getByRole('button', { name: /^Add / }).click()
    await expect(dialog).toBeHidden()
  }

  async #payByCode(code: string, cents: number): Promise<void> {
    const { page } = this.#till
    await this.#till.scan(code)
    const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
    await dialog.getByRole('button', { name: `Use ${dollars(cents)}`, exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  #lineOf(goods: Goods): Locator {
    return this.#till.line(goods).last()
  }
}

const DENOMINATIONS = [
  [100_00, 'notes'],
  [50_00, 'notes'],
  [10_00, 'notes'],
  [5_00, 'notes'],
  [2_00, 'notes'],
  [1_00, 'coins'],
  [50, 'coins'],
  [20, 'coins'],
  [10, 'coins'],
  [5, 'coins'],
] as const

const isScanned = ({ goods, label }: RungUp): boolean =>
  label !== undefined || (goods.unit === 'each' && !goods.openPrice)

const offOf = (off: NonNullable<DayLine['off']>) =>
  off.kind === 'percent' ? { percent: off.ratePpm / 10_000 } : { cents: off.amount }

const press = (within: Locator, key: string): Promise<void> =>
  within.getByRole('button', { name: key === '.' ? 'Point' : key, exact: true }).click()

const endingWith = (text: string): RegExp => new RegExp(`${text.replace(/[.$]/g, '\\$&')}$`)
