import { type CDPSession, expect, type Locator, type Page } from '@playwright/test'
import { dollars, type ExpectedSale, type Item, type Off, type PlannedSale } from './expectation.ts'
import { readQr } from './qr-reading.ts'

/** How a cashier brings a product into the cart. */
export type Way = 'scan' | 'search'

/** Milliseconds from key to key of a quick hand. What comes much faster is a scanner's. */
export const HAND_MS = 100

/** The till as a cashier uses it: by what stands on the screen. */
export class TillScreen {
  readonly page: Page
  readonly chip: Locator
  readonly search: Locator
  #scanner: CDPSession | undefined

  constructor(page: Page) {
    this.page = page
    this.chip = page
      .getByRole('banner')
      .getByRole('button', { name: /Safe|Sending|Offline|waiting|Needs help|Looking/ })
    this.search = page.getByRole('searchbox', { name: 'Search or scan' })
  }

  async enrol(link: string): Promise<void> {
    await this.page.goto(link)
    await this.confirmEnrolment()
    await this.page.getByRole('button', { name: 'Start selling' }).click()
    await this.expectSignIn()
  }

  /** Says yes, and yes again where the browser does not promise to keep its storage. */
  async confirmEnrolment(): Promise<void> {
    const start = this.page.getByRole('button', { name: 'Start selling' })
    const enrol = this.page.getByRole('button', { name: /^Enrol (this browser|anyway)$/ })
    await expect(async () => {
      if (!(await start.isVisible())) await enrol.click({ timeout: 2000 })
      await expect(start).toBeVisible({ timeout: 3000 })
    }).toPass()
  }

  /** Resolves when the next start needs no network; never where the service worker is blocked (see offlineTest). */
  async readyForOffline(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
  }

  async expectSignIn(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Enter your PIN' })).toBeVisible()
  }

  /** @param landing what shows that the person is in; the selling screen, unless another page was asked for */
  async signIn(pin: string, { landing = this.search }: { landing?: Locator } = {}): Promise<void> {
    await this.expectSignIn()
    for (const digit of pin) await this.page.getByRole('button', { name: digit, exact: true }).click()
    await this.page.getByRole('button', { name: 'Sign in' }).click()
    await expect(landing).toBeVisible()
  }

  /**
   * As a wedge scanner does: the code and Enter in one breath. No key waits for the answer to the one before it, or on
   * a busy machine they would come as slowly as from a hand, and be taken for one.
   */
  async scan(code: string): Promise<void> {
    await this.#send([...code, 'Enter'].map((key) => ({ key })))
  }

  /**
   * Keys at times of their own, which the till goes by when it tells a scanner from a hand: a busy machine would send
   * them further apart than they are meant.
   * @param from milliseconds of the clock, not after now
   * @returns when the next key after them would come
   */
  async keysAt(from: number, keys: readonly string[], gapMs: number): Promise<number> {
    await this.#send(keys.map((key, i) => ({ key, timestamp: (from + i * gapMs) / 1000 })))
    return from + keys.length * gapMs
  }

  async #send(keys: readonly { readonly key: string; readonly timestamp?: number }[]): Promise<void> {
    this.#scanner ??= await this.page.context().newCDPSession(this.page)
    const scanner = this.#scanner
    await Promise.all(
      keys.flatMap(({ key, ...at }) =>
        (['keyDown', 'keyUp'] as const).map((type) =>
          scanner.send('Input.dispatchKeyEvent', { type, ...keyOf(key, type), ...at }),
        ),
      ),
    )
  }

  /** By the menu. */
  async goTo(place: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Menu' }).click()
    await this.page.getByRole('menuitem', { name: place }).click()
    await expect(this.page.getByRole('menu')).toBeHidden()
  }

  /** A supervisor comes by and types a PIN into the dialog that asks for one. */
  async approve(pin: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: 'Supervisor’s PIN' })
    await this.takesKeys(dialog)
    for (const digit of pin) await dialog.getByRole('button', { name: digit, exact: true }).click()
    await this.page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
  }

  /** Resolves when what is typed goes there: a dialog stands a moment before it has the focus. */
  async takesKeys(dialog: Locator): Promise<void> {
    await expect(dialog.locator(':focus')).toHaveCount(1)
  }

  /** The dialog of a line, ready to be typed into. */
  async openLine(item: Pick<Item, 'name'>): Promise<Locator> {
    await this.page
      .getByRole('button', { name: `Change ${item.name}`, exact: true })
      .last()
      .click()
    const dialog = this.page.getByRole('dialog', { name: item.name })
    await this.takesKeys(dialog)
    return dialog
  }

  /** Escape, and whatever dialog was open is gone: a key pressed before that would still be the dialog's. */
  async closeDialog(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await expect(this.page.getByRole('dialog')).toHaveCount(0)
  }

  async searchAndAdd(item: Item): Promise<void> {
    await this.search.fill(item.name)
    await expect(this.page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${item.name}.`)
    await this.search.press('Enter')
  }

  line(item: Item): Locator {
    return this.page
      .getByRole('region', { name: 'Cart' })
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name: `Change ${item.name}`, exact: true }) })
  }

  async discountLine(item: Item, off: Off): Promise<void> {
    const dialog = await this.openLine(item)
    await dialog.getByText('Discount', { exact: true }).click()
    await this.#typeDiscount(dialog, off)
  }

  async discountBill(off: Off): Promise<void> {
    await this.page.getByRole('button', { name: 'Discount', exact: true }).click()
    await this.#typeDiscount(this.page.getByRole('dialog', { name: 'Discount on the bill' }), off)
  }

  async #typeDiscount(dialog: Locator, off: Off): Promise<void> {
    if ('cents' in off) await dialog.getByText('Amount', { exact: true }).click()
    const typed = 'percent' in off ? String(off.percent) : (off.cents / 100).toFixed(2)
    for (const key of typed)
      await dialog.getByRole('button', { name: key === '.' ? 'Point' : key, exact: true }).click()
    await dialog.getByRole('button', { name: /^Take .* off$/ }).click()
    await expect(dialog).toBeHidden()
  }

  async addCustomer(customer: { code: string; name: string }): Promise<void> {
    await this.page.getByRole('button', { name: 'Add customer' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Customer' })
    await dialog.getByRole('searchbox').fill(customer.code)
    // Two customers may have one name: only the code tells them apart.
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    await dialog.getByRole('button', { name: customer.name }).click()
    await expect(dialog).toBeHidden()
  }

  /** Types how many there are of a line. */
  async setQuantity(item: Item, pieces: number): Promise<void> {
    const dialog = await this.openLine(item)
    for (const digit of String(pieces)) await dialog.getByRole('button', { name: digit, exact: true }).click()
    await dialog.getByRole('button', { name: `Set quantity to ${pieces}` }).click()
    await expect(dialog).toBeHidden()
  }

  async startPaying(): Promise<void> {
    await this.page.getByRole('button', { name: /^Pay\s/ }).click()
    await expect(this.page.getByRole('main', { name: 'Payment' })).toBeVisible()
  }

  /** Takes a tender; without an amount, all that is left. */
  async take(method: string, cents?: number): Promise<void> {
    // On the keypad: digits typed a moment before a scan would count as its first ones.
    if (cents !== undefined)
      for (const key of (cents / 100).toFixed(2))
        await this.page.getByRole('button', { name: key === '.' ? 'Point' : key, exact: true }).click()
    const button = this.page.getByRole('button', { name: METHOD_NAMES[method] ?? method, exact: true })
    const said = method === 'CASH' && cents !== undefined ? ((await button.textContent()) ?? '') : ''
    await button.click()
    if (givesMuch(said)) await this.page.getByRole('button', { name: /^Give .* change$/ }).click()
    // No bank tells the till: the cashier says that the money came.
    if (method === 'PAYNOW') await this.page.getByRole('button', { name: /received$/ }).click()
  }

  async expectPaid(expected: Pick<ExpectedSale, 'total' | 'change'>): Promise<void> {
    await expect(this.page.getByRole('heading', { name: `Paid ${dollars(expected.total)}` })).toBeVisible()
    const said = this.page.getByRole('main').getByRole('status')
    const change = said.filter({ hasText: 'Change' })
    // What gives no change says what it was paid with.
    const noCash = said.filter({ hasText: 'Paid with' })
    if (expected.change > 0) await expect(change).toContainText(dollars(expected.change))
    else await expect(change.filter({ hasText: dollars(0) }).or(noCash)).toBeVisible()
  }

  /** Sells a gift card of an amount that is offered, for cash. @returns its code */
  async sellGiftCard(amount: string): Promise<string> {
    await this.goTo('Gift cards and vouchers')
    await this.page.getByRole('button', { name: amount, exact: true }).click()
    await expect(this.page.getByRole('button', { name: /^Pay\s/ })).toHaveText(new RegExp(`\\${amount}$`))
    await this.startPaying()
    await this.take('CASH')
    await expect(this.page.getByRole('heading', { name: `Paid ${amount}` })).toBeVisible()
    const code = await readQr(this.page.getByRole('img', { name: /^QR code of V/ }))
    await this.newSale()
    return code
  }

  /** On the page of receipts. */
  async openLastReceipt(): Promise<void> {
    await this.page.getByRole('main').getByRole('listitem').getByRole('button').first().click()
  }

  /** The exchange of one piece from the last receipt, for another: all but why, and how the difference is paid. */
  async prepareExchange(back: Pick<Item, 'name'>, out: Pick<Item, 'name'>): Promise<void> {
    await this.goTo('Receipts')
    await this.openLastReceipt()
    await this.page.getByRole('button', { name: 'Exchange…' }).click()
    await this.page.getByRole('button', { name: `One more of ${back.name}` }).click()
    await this.page.getByRole('searchbox', { name: 'Search what goes out' }).fill(out.name)
    await this.page
      .getByRole('button', { name: `Add ${out.name}` })
      .first()
      .click()
  }

  async newSale(): Promise<void> {
    await this.page.getByRole('button', { name: 'New sale' }).click()
    await expect(this.search).toBeVisible()
  }

  /** A whole sale, looking at the amounts on the way. */
  async ringUp(
    sale: PlannedSale & { customer?: { code: string } },
    expected: ExpectedSale,
    ways: Way[],
  ): Promise<void> {
    for (const [i, { item, pieces }] of sale.lines.entries()) {
      for (let piece = 1; piece <= pieces; piece++) {
        if ((ways[i] ?? 'scan') === 'scan') await this.scan(item.barcode)
        else await this.searchAndAdd(item)
        // A cashier hears the tick before the next scan.
        await expect(this.line(item).getByText(String(piece), { exact: true })).toBeVisible()
      }
    }
    for (const { item, off } of sale.lines) if (off !== undefined) await this.discountLine(item, off)
    if (sale.billOff !== undefined) await this.discountBill(sale.billOff)
    if (sale.customer !== undefined) await this.addCustomer(sale.customer)
    await expect(this.page.getByRole('button', { name: /^Pay\s/ })).toHaveText(
      new RegExp(`\\${dollars(expected.net)}$`),
    )
    await this.startPaying()
    for (const [i, { method, cents }] of sale.tenders.entries()) {
      await this.take(method, cents)
      const isLast = i === sale.tenders.length - 1
      if (!isLast) await expect(this.page.getByRole('button', { name: /^Take back/ })).toHaveCount(i + 1)
    }
    await this.expectPaid(expected)
    await this.newSale()
  }
}

/** Of a button that says its change: so much that the till asks first. */
const givesMuch = (said: string): boolean =>
  Number((/Change \$([\d,.]+)/.exec(said)?.[1] ?? '0').replaceAll(',', '')) >= 100

const METHOD_NAMES: Readonly<Record<string, string>> = {
  CASH: 'Cash',
  CARD: 'Card',
  NETS: 'NETS',
  PAYNOW: 'PayNow',
}

/** Keys that are no letters or digits: their code, and their virtual key. */
const OTHER_KEYS: Readonly<Record<string, readonly [code: string, virtual: number]>> = {
  F7: ['F7', 118],
  Enter: ['Enter', 13],
  Tab: ['Tab', 9],
  '-': ['Minus', 189],
  '.': ['Period', 190],
}

/** A key as DevTools wants it told. */
function keyOf(key: string, type: 'keyDown' | 'keyUp') {
  const [code, virtual] = OTHER_KEYS[key] ?? [
    /^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`,
    key.toUpperCase().charCodeAt(0),
  ]
  const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined
  return {
    key,
    code,
    windowsVirtualKeyCode: virtual,
    ...(type === 'keyDown' && text !== undefined && { text }),
  }
}
