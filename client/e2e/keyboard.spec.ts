import type { Locator, Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale, type PlannedSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readCustomers, readSales } from './ledger.ts'
import { HAND_MS, TillScreen } from './till-screen.ts'

test('the whole selling road works with the keyboard alone', async ({ page, office, server, items }) => {
  const [first, second] = [items[30], items[60]]
  const [customer] = await readCustomers(server.sql)
  if (!first || !second || !customer) throw new Error('the demo company has too little to sell')
  await page.addInitScript(() => {
    Object.assign(window, { printed: [] })
    window.print = () => {
      const root = document.querySelector('[class*=printRoot]')
      Object.assign(window, { printed: [root?.textContent ?? ''] })
    }
  })
  const { tillId, enrolPath } = await office.newTill('Keyboard till')
  const keys = page.keyboard
  const till = new TillScreen(page)

  await test.step('enrol and sign in', async () => {
    await page.goto(enrolPath)
    const start = page.getByRole('button', { name: 'Start selling' })
    // Asked again where the browser does not promise to keep its storage, which it tells sooner or later.
    await expect(async () => {
      if (!(await start.isVisible())) {
        await expect(page.getByRole('button', { name: /^Enrol (this browser|anyway)$/ })).toBeFocused()
        await keys.press('Enter')
      }
      await expect(start).toBeFocused({ timeout: 3000 })
    }).toPass()
    await keys.press('Enter')
    await till.expectSignIn()
    await keys.type(SUPERVISOR_PIN, { delay: HAND_MS })
    await keys.press('Enter')
    await expect(till.search).toBeFocused()
  })

  await test.step('search and add, one by its place among the results', async () => {
    await keys.type(first.name)
    await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${first.name}.`)
    await keys.press('Enter')
    await expect(till.line(first)).toBeVisible()
    await keys.press('F2')
    await keys.type(second.name)
    await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${second.name}.`)
    await keys.press('Enter')
    await expect(till.line(second)).toBeVisible()
  })

  await test.step('a line’s quantity and discount', async () => {
    await tabTo(page, page.getByRole('button', { name: `One more ${first.name}`, exact: true }), 'Shift+Tab')
    await keys.press('Enter')
    await expect(till.line(first)).toContainText('2')
    await tabTo(page, page.getByRole('button', { name: `Change ${second.name}`, exact: true }))
    await keys.press('Enter')
    const dialog = page.getByRole('dialog', { name: second.name })
    await tabTo(page, dialog.getByRole('radio', { name: 'Quantity' }))
    await keys.press('ArrowRight')
    await expect(dialog.getByRole('radio', { name: 'Discount' })).toBeChecked()
    await tabTo(page, dialog.getByRole('button', { name: '10 %' }))
    await keys.press('Enter')
    await expect(dialog).toBeHidden()
  })

  await test.step('a discount on the bill', async () => {
    await keys.press('F8')
    const dialog = page.getByRole('dialog', { name: 'Discount on the bill' })
    await expect(dialog).toBeVisible()
    await keys.type('5')
    await expect(dialog.getByRole('button', { name: 'Take 5 % off' })).toBeVisible()
    await keys.press('Enter')
    await expect(dialog).toBeHidden()
  })

  await test.step('a customer', async () => {
    await keys.press('F4')
    const dialog = page.getByRole('dialog', { name: 'Customer' })
    await expect(dialog.getByRole('searchbox')).toBeFocused()
    await keys.type(customer.code)
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    await keys.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('region', { name: 'Cart' })).toContainText(customer.name)
  })

  const sale: PlannedSale = {
    lines: [
      { item: first, pieces: 2 },
      { item: second, pieces: 1, off: { percent: 10 } },
    ],
    billOff: { percent: 5 },
    customer,
    tenders: [
      { method: 'CARD', cents: 100 },
      { method: 'CASH', cents: 200_00 },
    ],
  }
  const expected = expectSale(sale)

  await test.step('pay by card and cash', async () => {
    await keys.press('F9')
    const payment = page.getByRole('main', { name: 'Payment' })
    await expect(payment).toContainText(dollars(expected.net))
    await keys.type('1.00')
    await keys.press('ArrowLeft')
    await expect(page.getByRole('button', { name: 'Gift card or voucher' })).toBeFocused()
    await keys.press('ArrowRight')
    await expect(page.getByRole('button', { name: 'Cash', exact: true })).toBeFocused()
    await tabTo(page, page.getByRole('button', { name: 'Card', exact: true }), 'ArrowRight')
    await keys.press('Enter')
    await expect(page.getByRole('button', { name: /^Take back Card/ })).toBeVisible()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.type('200', { delay: HAND_MS })
    await keys.press('Enter')
    const asked = page.getByRole('dialog', { name: `Change ${dollars(expected.change)}?` })
    await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await keys.press('Tab')
    await keys.press('Enter')
    await till.expectPaid(expected)
  })

  await test.step('print the receipt and begin the next sale', async () => {
    await expect(page.getByRole('button', { name: 'New sale' })).toBeFocused()
    await keys.press('Shift+Tab')
    await expect(page.getByRole('button', { name: 'Print' })).toBeFocused()
    await keys.press('Enter')
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { printed: string[] }).printed[0] ?? ''))
      .toContain(first.name)
    await keys.press('Escape')
    await expect(till.search).toBeFocused()
  })

  await expect(till.chip).toHaveText('Safe, all sent')
  await expect.poll(() => readSales(server.sql, tillId)).toHaveLength(1)
  const { pieces: _, ...amounts } = expected
  expect(await readSales(server.sql, tillId)).toMatchObject([{ ...amounts, customerId: customer.customerId }])
})

test('exact cash is one key', async ({ till, items }) => {
  const { screen } = till
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await screen.page.keyboard.press('F9')
  await expect(screen.page.getByRole('main', { name: 'Payment' })).toBeVisible()
  await screen.page.keyboard.press('F12')
  await screen.expectPaid(expectSale({ lines: [{ item, pieces: 1 }], tenders: [{ method: 'CASH' }] }))
})

/** Walks there as a person without a mouse does; the cart is nearest backwards, round the end of the page. */
async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' | 'ArrowRight' = 'Tab',
): Promise<void> {
  await expect(target).toBeAttached()
  for (let step = 0; step < 40; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${target}`)
}
