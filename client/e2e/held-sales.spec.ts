import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { killBrowser, launchTill } from './browser.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, type Item } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { TillScreen } from './till-screen.ts'

const two = (items: readonly Item[]): readonly [Item, Item] => {
  const [first, second] = [items[40], items[80]]
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  return [first, second]
}

/** As by keyboard: hold, name, Enter. */
async function hold(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Hold this sale' })
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await page.keyboard.insertText(name)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The cart is empty')).toBeVisible()
}
const heldList = (page: Page) => page.getByRole('dialog').getByRole('list', { name: 'Held sales' })

test('a sale is held and resumed with the keyboard, and one that is open changes places with it', async ({
  till,
  items,
}) => {
  const { screen } = till
  const { page } = screen
  const [first, second] = two(items)
  await screen.scan(first.barcode)
  await screen.scan(first.barcode)
  await expect(screen.line(first)).toContainText('2')
  await hold(page, 'Red shirt')
  await expect(page.getByRole('button', { name: 'Held 1' })).toBeVisible()

  await screen.scan(second.barcode)
  await expect(screen.line(second)).toBeVisible()
  await page.keyboard.press('F6')
  await expect(heldList(page).getByRole('listitem')).toContainText('2 items')
  await expect(heldList(page).getByRole('listitem')).toContainText(dollars(first.price * 2))
  await heldList(page).getByRole('button', { name: 'Resume Red shirt' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Hold it and resume Red shirt' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(screen.line(first)).toContainText('2')
  await expect(screen.line(second)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Hold 1' })).toBeVisible()

  await screen.startPaying()
  await screen.take('CASH')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await screen.newSale()
  // Enter goes to the sale that waits longest.
  await page.keyboard.press('F6')
  await expect(heldList(page).getByRole('button', { name: /^Resume/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(screen.line(second)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Hold', exact: true })).toBeVisible()
})

test('a discarded sale comes back by Undo, and so does the cart by Undo of a hold; nothing of a paid sale does', async ({
  till,
  items,
}) => {
  const { screen } = till
  const { page } = screen
  const [first, second] = two(items)
  await screen.scan(first.barcode)
  await expect(screen.line(first)).toBeVisible()
  await hold(page, 'Ann')
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
  await expect(screen.line(first)).toBeVisible()

  await hold(page, 'Ann')
  await page.keyboard.press('F6')
  await page.getByRole('button', { name: 'Discard Ann' }).click()
  await expect(page.getByRole('dialog')).toContainText('No sale is held')
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Resume Ann' }).click()
  await expect(screen.line(first)).toBeVisible()

  await screen.scan(second.barcode)
  await page.getByRole('button', { name: `Remove ${second.name}` }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.keyboard.press('F12')
  await page.getByRole('button', { name: 'New sale' }).click()
  await expect(page.getByText('The cart is empty')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0, { timeout: 500 })
})

test('two windows of a till see the same held sales, and only one gets each', async ({ till, items }) => {
  const { screen } = till
  const [first] = two(items)
  await screen.scan(first.barcode)
  await expect(screen.line(first)).toBeVisible()
  const other = new TillScreen(await screen.page.context().newPage())
  await other.page.goto('/')
  await other.signIn(SUPERVISOR_PIN)
  await expect(other.line(first)).toBeVisible()
  await hold(screen.page, 'Ann')
  await expect(other.page.getByText('The cart is empty')).toBeVisible()
  await screen.page.keyboard.press('F6')
  await expect(heldList(screen.page).getByRole('listitem')).toHaveCount(1)
  await other.page.getByRole('button', { name: 'Held 1' }).click()
  await other.page.getByRole('button', { name: 'Resume Ann' }).click()
  await expect(other.line(first)).toBeVisible()
  // The list that stands open in the first window says so by itself.
  await expect(heldList(screen.page).getByRole('listitem')).toHaveCount(0)
})

test('held sales survive a killed browser, and closing a shift tells of them', async ({
  server,
  office,
  items,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
  const [first] = two(items)
  let context = await launchTill(profile, server.url)
  try {
    let till = new TillScreen(context.pages()[0] ?? (await context.newPage()))
    await till.enrol(`${server.url}${(await office.newTill('Holding till')).enrolPath}`)
    await till.signIn(SUPERVISOR_PIN)
    await till.scan(first.barcode)
    await expect(till.line(first)).toBeVisible()
    await till.page.keyboard.press('F6')
    await till.page.getByRole('button', { name: /^Hold \$/ }).click()
    await expect(till.page.getByText(/^Held as \d\d:\d\d$/)).toBeVisible()
    await killBrowser(context)

    context = await launchTill(profile, server.url)
    till = new TillScreen(context.pages()[0] ?? (await context.newPage()))
    await till.page.goto(server.url)
    await till.signIn(SUPERVISOR_PIN)
    await till.goTo('Shift and drawer')
    await till.page.getByRole('textbox', { name: '$5.00 notes' }).fill('1')
    await till.page.getByRole('button', { name: 'Open shift with $5.00' }).click()
    await till.page.getByRole('button', { name: 'Close shift' }).click()
    await expect(till.page.getByRole('dialog')).toContainText('1 sale is still held')
    await till.closeDialog()
    await till.page.getByRole('button', { name: 'Back to selling' }).click()
    await till.page.getByRole('button', { name: 'Held 1' }).click()
    await till.page.getByRole('button', { name: /^Resume \d\d:\d\d$/ }).click()
    await expect(till.line(first)).toBeVisible()
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
})

test('on a phone a sale is held from the cart and resumed from the bar, and axe finds nothing wrong', async ({
  till,
  items,
}) => {
  const { screen } = till
  const { page } = screen
  const [first, second] = two(items)
  test.setTimeout(240_000)
  await page.setViewportSize({ width: 390, height: 844 })
  const look = (name: string) => lookAt(page, name)
  await screen.scan(first.barcode)
  await page.getByRole('button', { name: '1 item' }).click()
  await page.getByRole('button', { name: 'Hold', exact: true }).click()
  await page.getByLabel('Name').fill('Aunty with the blue trolley and the small dog')
  await page.getByRole('button', { name: /^Hold \$/ }).click()
  await expect(page.getByText(/^Held as Aunty/)).toBeVisible()
  await page.getByRole('button', { name: 'Close the cart' }).click()
  await screen.scan(second.barcode)
  await expect(page.getByRole('button', { name: '1 item' })).toBeVisible()
  await look('bar-phone')
  await page.getByRole('button', { name: '1 held sale' }).click()
  await expect(heldList(page).getByRole('listitem')).toHaveCount(1)
  await look('held-phone')
  await page.setViewportSize({ width: 1280, height: 800 })
  await look('held-desk')
  await screen.closeDialog()
  await page.setViewportSize({ width: 1024, height: 768 })
  // The narrowest cart has room for its words.
  for (const name of ['Hold 1', 'Discount', 'Empty']) {
    const button = page.getByRole('button', { name, exact: true })
    const fits = () =>
      button.evaluate((element) =>
        [...element.querySelectorAll('*')].every((part) => part.scrollWidth <= part.clientWidth + 1),
      )
    await expect.poll(fits, name).toBe(true)
  }
  await look('cart-tablet')
  await page.keyboard.press('F6')
  await expect(heldList(page).getByRole('listitem')).toHaveCount(1)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: /^Resume Aunty/ }).click()
  await look('asked-phone')
  await page.getByRole('button', { name: /^Hold it and resume Aunty/ }).click()
  await page.getByRole('button', { name: '1 item' }).click()
  await expect(screen.line(first)).toBeVisible()
})
