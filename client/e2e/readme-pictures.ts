import { expect } from '@playwright/test'
import type { Item } from './expectation.ts'
import type { TillScreen } from './till-screen.ts'

export const PHONE = { width: 390, height: 844 } as const
export const DESK = { width: 1280, height: 800 } as const

/** Opens a shift, so that the day has a report. */
export async function openShift({ page }: TillScreen): Promise<void> {
  await choose(page, 'Shift and drawer')
  await page.getByRole('textbox', { name: '$50.00 notes', exact: true }).fill('2')
  await page.getByRole('button', { name: 'Open shift with $100.00' }).click()
  await expect(page.getByRole('heading', { name: 'This shift' })).toBeVisible()
  await choose(page, 'Sell')
}

/** The eight pictures of docs/till.md, on a till with a morning's trade behind it. */
export async function pictureTill(
  till: TillScreen,
  items: readonly Item[],
  customer: { code: string; name: string },
  save: (name: string) => Promise<void>,
): Promise<void> {
  const { page } = till
  await page.getByRole('tab', { name: 'Drinks' }).click()
  const basket = [3, 3, 40, 77, 120].flatMap((i) => items[i] ?? [])
  for (const { barcode } of basket) await till.scan(barcode)
  await till.addCustomer(customer)
  await till.discountBill({ percent: 5 })
  await page.mouse.move(0, 0)
  await save('till')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await save('till-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.locator('html[data-mantine-color-scheme=light]').waitFor()

  await till.startPaying()
  await save('till-pay')
  await page.setViewportSize(PHONE)
  await save('till-pay-phone')
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  await expect(page.getByRole('img', { name: /^PayNow code/ })).toBeVisible()
  await save('till-paynow-phone')
  await page.setViewportSize(DESK)
  await page.keyboard.press('Escape')
  await till.take('CASH', 100_00)
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await expect(till.chip).toHaveText(/Safe, all sent/)
  await save('till-paid')
  await till.newSale()

  await choose(page, 'Receipts')
  await page.getByRole('button', { name: 'Return without a receipt' }).click()
  await expect(page.getByRole('heading', { name: 'Return without a receipt' })).toBeVisible()
  const [first] = basket
  if (first !== undefined) {
    await till.scan(first.barcode)
    await expect(page.getByRole('main').getByText(first.name).first()).toBeVisible()
  }
  await save('till-return')
  await choose(page, 'Shift and drawer')
  await page.getByRole('button', { name: 'X report' }).click()
  await expect(page.getByRole('article', { name: 'X report' })).toBeVisible()
  await save('till-x-report')
}

async function choose(page: TillScreen['page'], place: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: place }).click()
}
