import type { Page } from '@playwright/test'
import { dollars, expectSale, type Item } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import type { TillScreen } from './till-screen.ts'

/** What a queue may cost: five scans leave two for the rest. */
const MOST_INTERACTIONS = 7

/** A hand that counts what it does: a scan, a key chord or a click is one each. */
class Hand {
  readonly #till: TillScreen
  readonly did: string[] = []

  constructor(till: TillScreen) {
    this.#till = till
  }

  async scan(item: Item): Promise<void> {
    this.did.push(`scan ${item.name}`)
    await this.#till.scan(item.barcode)
  }

  async press(key: string): Promise<void> {
    this.did.push(key)
    await this.#till.page.keyboard.press(key)
  }

  async click(name: string | RegExp): Promise<void> {
    this.did.push(`click ${name}`)
    await this.#till.page.getByRole('button', { name }).click()
  }
}

const ways: readonly { readonly how: string; readonly pay: (hand: Hand, page: Page) => Promise<void> }[] = [
  {
    how: 'scanner and mouse',
    pay: async (hand) => {
      await hand.click(/^Pay\s/)
      await hand.click('Exact')
    },
  },
  {
    how: 'scanner and keys',
    pay: async (hand, page) => {
      await hand.press('F9')
      await expect(page.getByRole('main', { name: 'Payment' })).toBeVisible()
      await hand.press('F12')
    },
  },
  { how: 'scanner and one key', pay: (hand) => hand.press('F12') },
]

for (const { how, pay } of ways)
  test(`five items, cash and the receipt take no more than seven interactions by ${how}`, async ({
    page,
    till: { screen },
    items,
  }) => {
    const basket = [3, 40, 77, 120, 200].map((i) => {
      const item = items[i]
      if (item === undefined) throw new Error('the demo company has too little to sell')
      return item
    })
    const lines = basket.map((item) => ({ item, pieces: 1 }))
    const expected = expectSale({ lines, tenders: [{ method: 'CASH' }] })
    const hand = new Hand(screen)

    const begun = performance.now()
    for (const item of basket) await hand.scan(item)
    await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(
      new RegExp(`\\${dollars(expected.net)}$`),
    )
    await pay(hand, page)
    await screen.expectPaid(expected)
    const receipt = page.getByRole('article', { name: /^Receipt/ })
    await expect(receipt).toBeVisible()
    const seconds = (performance.now() - begun) / 1000

    for (const { name } of basket) await expect(receipt).toContainText(name)
    const [sale] = await readJournal(page)
    expect(JSON.parse(sale?.raw ?? '').body).toMatchObject({
      total: expected.total,
      rounding: expected.rounding,
      change: 0,
    })
    expect(hand.did.length, hand.did.join(', ')).toBeLessThanOrEqual(MOST_INTERACTIONS)
    console.log(`five items by ${how}: ${hand.did.length} interactions, ${seconds.toFixed(1)} s`)
  })
