import { expect, type Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import type { Item } from './expectation.ts'
import { TillScreen } from './till-screen.ts'

/** The printer's pages, and the customer's window through one sale; the till prints as before when it ends. */
export async function walkDevices(
  page: Page,
  item: Item,
  visit: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const till = new TillScreen(page)
  await page.goto('/printing')
  await till.signIn(SUPERVISOR_PIN, {
    landing: page.getByRole('heading', { name: 'How this device prints' }),
  })
  await visit('till-printing', page)
  await page.getByRole('radio', { name: 'Virtual printer' }).click()
  await page.getByRole('button', { name: 'Print a test page' }).click()
  await page.getByRole('button', { name: 'Show its paper' }).click()
  await expect(page.getByRole('article', { name: 'Printed paper' })).toBeVisible()
  await visit('till-virtual-printer', page)
  await page.evaluate(() => {
    localStorage.removeItem('evertill-printer')
    localStorage.removeItem('evertill-virtual-printer')
  })

  await page.goto('/')
  await till.signIn(SUPERVISOR_PIN)
  const customer = await page.context().newPage()
  await customer.goto('/customer')
  await expect(customer.getByText('Welcome')).toBeVisible()
  await visit('customer-idle', customer)
  await till.scan(item.barcode)
  await expect(customer.getByText(item.name)).toBeVisible()
  await visit('customer-sale', customer)
  await till.startPaying()
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  await expect(customer.getByRole('img', { name: /^PayNow code/ })).toBeVisible()
  await visit('customer-paynow', customer)
  await page.getByRole('button', { name: 'Pay another way' }).click()
  await till.take('CASH')
  await expect(customer.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await visit('customer-paid', customer)
  await customer.close()
  await till.newSale()
}
