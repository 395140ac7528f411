import type { StaffRow } from '@evertill/shared/protocol/pull'
import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { dollars } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readJournal, readRows } from './journal.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const look = (page: Page, name: string) => lookAt(page, name, SIZES)

test('a line takes a typed quantity, a note, and the next scan on a line of its own; the receipt has them', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  test.setTimeout(240_000)
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const dialog = page.getByRole('dialog', { name: item.name })
  await screen.scan(item.barcode)
  await page.getByRole('button', { name: `Quantity of ${item.name}: 1` }).click()
  await screen.takesKeys(dialog)
  await page.keyboard.type('12', { delay: 150 })
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 12` })).toBeVisible()

  await screen.openLine(item)
  await dialog.getByText('Note', { exact: true }).click()
  await expect(dialog.getByRole('textbox', { name: 'Note' })).toBeFocused()
  await page.keyboard.insertText('Two cartons')
  await look(page, 'line-note')
  await page.keyboard.press('Enter')
  await expect(screen.line(item)).toContainText('Two cartons')

  await screen.scan(item.barcode)
  await expect(screen.line(item)).toHaveCount(2)
  await screen.openLine(item)
  await dialog.getByRole('button', { name: 'Next one on a new line' }).click()
  await expect(dialog).toBeHidden()
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toHaveCount(3)

  await screen.startPaying()
  await screen.take('CASH')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const [sale] = await readJournal(page)
  expect(JSON.parse(sale?.raw ?? '').body.lines).toMatchObject([
    { quantity: 12_000, note: 'Two cartons' },
    { quantity: 1000 },
    { quantity: 1000 },
  ])
  await expect(page.getByRole('article')).toContainText('Two cartons')
})

test('a cashier sets another price with a reason and a supervisor’s PIN; entry, cart and receipt tell of it', async ({
  page,
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  await screen.scan(item.barcode)
  const dialog = await screen.openLine(item)
  await dialog.getByText('Price', { exact: true }).click()
  for (const digit of '50') await dialog.getByRole('button', { name: digit, exact: true }).click()
  // Without a reason there is no other price.
  await expect(dialog.getByRole('button', { name: 'First say why' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Damaged' }).click()
  await look(page, 'line-price')
  await dialog.getByRole('button', { name: 'Sell at $50.00' }).click()
  await screen.approve(SUPERVISOR_PIN)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(screen.line(item)).toContainText(`was ${dollars(item.price)} · Damaged`)
  await look(page, 'line-priced')
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(/\$50\.00$/)

  await screen.startPaying()
  await screen.take('CASH')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const [override, sale] = (await readJournal(page)).map(({ raw }) => JSON.parse(raw))
  expect(override).toMatchObject({ kind: 'override-given', body: { permission: 'price.override' } })
  expect(sale.body.lines).toMatchObject([
    { unitPrice: 50_00, override: { from: item.price, reason: 'Damaged' } },
  ])
  await expect(page.getByRole('article')).toContainText('Price was')
  await expect(screen.chip).toHaveText('Safe, all sent', { timeout: 30_000 })
})

test('above what a role is trusted with a discount needs a supervisor, and a price that was allowed is for those pieces', async ({
  till: { screen },
  items,
  server,
}) => {
  const { page } = screen
  const item = items.find(({ price }) => price >= 300)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await server.sql`
    update role set permissions = permissions || 'sale.discount'::text, most_discount_ppm = 100000
    where name = 'Cashier'`
  try {
    await screen.goTo('Sign out')
    // The till hears of it with its next pull.
    const limits = async () =>
      (await readRows<StaffRow>(page, 'staff')).map(({ mostDiscountPpm }) => mostDiscountPpm)
    await expect.poll(limits, { timeout: 90_000, intervals: [1000] }).toContain(100_000)
    await screen.signIn(CASHIER_PIN)
    await screen.scan(item.barcode)
    await screen.discountLine(item, { percent: 10 })
    await expect(screen.line(item)).toContainText(/10\s?%/)

    await page.keyboard.press('F8')
    const bill = page.getByRole('dialog', { name: 'Discount on the bill' })
    for (const digit of '20') await bill.getByRole('button', { name: digit, exact: true }).click()
    await bill.getByRole('button', { name: /^Take 20.* off$/ }).click()
    await screen.approve(SUPERVISOR_PIN)
    await expect(bill).toBeHidden()
    await expect(page.getByRole('region', { name: 'Cart' })).toContainText(/bill 20/)

    const dialog = await screen.openLine(item)
    await dialog.getByText('Price', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Damaged' }).click()
    await dialog.getByRole('button', { name: '1', exact: true }).click()
    await dialog.getByRole('button', { name: 'Sell at $1.00' }).click()
    await screen.approve(SUPERVISOR_PIN)
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: `One more ${item.name}` }).click()
    await expect(page.getByText('That price was allowed for 1 only').first()).toBeVisible()
    await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 1` })).toBeVisible()
    const abouts = (await readJournal(page)).map(({ raw }) => JSON.parse(raw).body.about)
    expect(abouts).toEqual([
      expect.stringMatching(/^20\s?% off the bill, where up to 10\s?% needs nobody$/),
      expect.stringContaining(`${item.name} at $1.00`),
    ])
  } finally {
    await server.sql`
      update role set permissions = array_remove(permissions, 'sale.discount'), most_discount_ppm = null
      where name = 'Cashier'`
  }
})

test('who gives no discounts has one allowed by PIN, and it stays on as much as it was allowed for', async ({
  page,
  till: { screen },
  items,
}) => {
  const item = items.find(({ price }) => price >= 300)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  await screen.scan(item.barcode)
  await screen.setQuantity(item, 3)
  await page.keyboard.press('F8')
  const bill = page.getByRole('dialog', { name: 'Discount on the bill' })
  await bill.getByText('Amount', { exact: true }).click()
  for (const key of ['2', 'Point', '5', '0'])
    await bill.getByRole('button', { name: key, exact: true }).click()
  await bill.getByRole('button', { name: 'Take $2.50 off' }).click()
  await expect(page.getByRole('dialog', { name: 'Supervisor’s PIN' })).toContainText(
    /asks for: \$2\.50 off the bill/,
  )
  await screen.approve(SUPERVISOR_PIN)
  await expect(bill).toBeHidden()
  const cart = page.getByRole('region', { name: 'Cart' })
  await expect(cart).toContainText('−$2.50')

  await page.getByRole('button', { name: `One less ${item.name}` }).click()
  await expect(page.getByText('The discount would be more than').first()).toBeVisible()
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 3` })).toBeVisible()
  await cart.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: `One less ${item.name}` }).click()
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 2` })).toBeVisible()
  const [override] = (await readJournal(page)).map(({ raw }) => JSON.parse(raw))
  expect(override).toMatchObject({ kind: 'override-given', body: { permission: 'price.override' } })
})

test('a percentage that was allowed for a small cart is asked about again once the cart has grown, when it is paid', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item, dear] = items.filter(({ price }) => price >= 300)
  if (item === undefined || dear === undefined) throw new Error('the demo company has too little to sell')
  const code = await screen.sellGiftCard('$100.00')
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await page.keyboard.press('F8')
  const bill = page.getByRole('dialog', { name: 'Discount on the bill' })
  await bill.getByRole('button', { name: '20 %' }).click()
  await screen.approve(SUPERVISOR_PIN)
  await expect(bill).toBeHidden()

  await test.step('as it was allowed, nobody is asked', async () => {
    await screen.startPaying()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('Escape')
  })

  await screen.scan(dear.barcode)
  await expect(screen.line(dear)).toBeVisible()
  await screen.setQuantity(dear, 5)
  const off = dollars(Math.round((item.price + 5 * dear.price) * 0.2))
  await test.step('a gift card pays from the products, and no more without being asked', async () => {
    await screen.scan(code)
    const value = page.getByRole('dialog', { name: 'Gift card or voucher' })
    await value.getByRole('button', { name: /^Use \$/ }).click()
    await expect(value.getByRole('alert')).toContainText('Somebody has to allow the discount on this sale')
    await page.keyboard.press('Escape')
    await expect(value).toBeHidden()
  })

  const asked = page.getByRole('dialog', { name: 'Supervisor’s PIN' })
  for (const pay of ['F9', 'F12']) {
    await page.keyboard.press(pay)
    await expect(asked).toContainText(`asks for: ${off} off the whole sale`)
    await page.keyboard.press('Escape')
    await expect(asked).toBeHidden()
    await expect(screen.search).toBeVisible()
  }
  await page.keyboard.press('F9')
  await screen.approve(SUPERVISOR_PIN)
  await expect(asked).toBeHidden()
  await screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const bodies = (await readJournal(page)).slice(1).map(({ raw }) => JSON.parse(raw))
  expect(bodies.map(({ kind }) => kind)).toEqual(['override-given', 'override-given', 'sale'])
  expect(bodies[1].body.about).toContain(`${off} off the whole sale`)
})
