import { expect, type Locator, test } from '@playwright/test'
import { closeShort } from './close-shift.ts'
import type { DayBooks } from './day-books.ts'
import { amountsOf, amountsWritten, papersIn, type Written } from './day-papers.ts'
import { type Day, MISSING, SALES } from './day-stage.ts'
import { dollars, last } from './expectation.ts'

/** The end of the day at the till, step by step. */

export const moveCash = (day: Day): Promise<void> =>
  test.step('cash is put in and taken out', async () => {
    const { books, dialog, hand, page } = day
    await hand.goTo('Shift and drawer')
    for (const [button, reason, cents, action] of [
      ['Cash in', 'More change', 50_00, 'Put in $50.00'],
      ['Cash out', 'To the safe', -120_00, 'Take out $120.00'],
    ] as const) {
      await page.getByRole('button', { name: button }).click()
      await dialog.getByRole('button', { name: reason }).click()
      await hand.typeAmount(dialog, Math.abs(cents))
      await dialog.getByRole('button', { name: action }).click()
      await expect(dialog).toBeHidden()
      books.moved.push(cents)
    }
    await hand.goTo('Sell')
  })

export const closeShift = (day: Day): Promise<void> =>
  test.step('the X report says what has happened, and the drawer is counted short', async () => {
    const { books, dialog, hand, page } = day
    await hand.goTo('Shift and drawer')
    await page.getByRole('button', { name: 'X report' }).click()
    await expectReport(dialog.getByRole('article', { name: 'X report' }), books)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()

    const { CASH = 0 } = books.expectedByMethod()
    await page.getByRole('button', { name: 'Close shift' }).click()
    await hand.count(CASH - MISSING)
    await closeShort(page, CASH - MISSING, MISSING)
    const report = page.getByRole('article', { name: 'Z report No. 1' })
    await expectReport(report, books)
    await expect(report).toContainText('Provisional')
    await expect(report).toContainText(`Difference−${dollars(MISSING)}`)
  })

export const expectAllWaiting = (day: Day, journal: readonly Written[]): Promise<void> =>
  test.step('all of it waits on the till, as the oracles reckon it', async () => {
    const { books } = day
    expect(new Set(journal.map(({ fate }) => fate))).toEqual(new Set(['waiting']))
    const papers = papersIn(journal)
    expect(papers.map(({ kind }) => kind)).toEqual(books.papers.map(({ kind }) => kind))
    for (const [i, { body }] of papers.entries()) {
      const paper = books.papers[i]
      if (paper === undefined) throw new Error(`the books have no paper ${i + 1}`)
      expect.soft(amountsWritten(body), `paper ${i + 1}`).toMatchObject(amountsOf(paper))
    }
    expect(books.sales).toHaveLength(SALES)
    const { details, ...closed } = last(journal).body
    expect({ ...details, sales: closed.sales, refunds: closed.refunds }).toEqual(books.figures())
  })

/** What both reports say of the day. */
async function expectReport(report: Locator, books: DayBooks): Promise<void> {
  const { sales, refunds, voids, issued, noSales } = books.figures()
  const plain = (cents: number) => dollars(cents).slice(1)
  for (const text of [
    `Sales (${sales.count})${plain(sales.total)}`,
    `Refunds and voids (${refunds.count})−${plain(refunds.total)}`,
    `of these, voids (${voids.count})−${plain(voids.total)}`,
    `Net${dollars(sales.total - refunds.total)}`,
    `of this, on gift cards and vouchers${plain(issued)}`,
    `Should be in the drawer${dollars(books.expectedByMethod().CASH ?? 0)}`,
    `Drawer opened without a sale${noSales}`,
  ])
    await expect(report).toContainText(text)
}
