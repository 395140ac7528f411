import { CASHIER_PIN } from './demo-company.ts'
import { dollars } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import type { TillScreen } from './till-screen.ts'

// As the demo has them: by weight, with the scale's code 4011; and without a price of its own.
const BANANAS = { name: 'Cavendish Bananas', kilo: 290 }
const SUNDRY = { name: 'Sundry goods', most: 5000 }
// By weight, with the scale's code 106: here, at the price of the day.
const LYCHEE = { name: 'Lychee, fresh', sku: 'FRT-006' }

test.beforeAll(async ({ server }) => {
  await server.sql`update product set open_price = true, price = 0 where sku = ${LYCHEE.sku}`
  await server.sql`update role set most_open_price = ${SUNDRY.most} where name = 'Cashier'`
})

const SCANNER_MS = 10
const HAND_MS = 150

/** As a scanner types that is held back for a while after so many keys. */
async function scanHeldBack(screen: TillScreen, code: string, after: number, heldMs: number): Promise<void> {
  const begun = Date.now() - code.length * SCANNER_MS
  const next = await screen.keysAt(begun, code.slice(0, after).split(''), SCANNER_MS)
  // The till hears nothing meanwhile, and what it does about that must not harm.
  await screen.page.waitForTimeout(heldMs)
  await screen.keysAt(next + heldMs, [...code.slice(after), 'Enter'], SCANNER_MS)
}

test('a scan with the search field in focus leaves nothing in it, in one piece, whatever ends it', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [first, second] = [items[40], items[80]]
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  await screen.search.focus()
  // A busy tablet holds back one key.
  await scanHeldBack(screen, first.barcode, 5, 450)
  await expect(screen.line(first)).toContainText('1')
  await expect(screen.search).toHaveValue('')
  await expect(page.getByRole('alert').filter({ hasText: 'No product' })).toHaveCount(0)

  await page.keyboard.type('kop', { delay: 150 })
  await expect(screen.search).toHaveValue('kop')
  // A scanner begins where the hand has stopped.
  await page.waitForTimeout(600)
  const keys = [...second.barcode, 'Tab']
  await screen.keysAt(Date.now() - keys.length * SCANNER_MS, keys, SCANNER_MS)
  await expect(screen.line(second)).toContainText('1')
  await expect(screen.search).toHaveValue('kop')
  await expect(screen.search).toBeFocused()

  // Two in quick succession.
  await screen.search.fill('')
  await screen.scan(first.barcode)
  await screen.scan(first.barcode)
  await expect(page.getByRole('button', { name: `Quantity of ${first.name}: 3` })).toBeVisible()
  await expect(screen.search).toHaveValue('')
})

test('a code that nobody understands takes no money while a sale is paid', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByRole('button', { name: /^Cash/ })).toBeVisible()
  // Too short for a scan, and held back.
  await screen.keysAt(Date.now() - 4 * HAND_MS, ['9', 'K', '5', 'Enter'], HAND_MS)
  await page.waitForTimeout(1200)
  await page.keyboard.press('Enter')
  expect(await readJournal(page)).toEqual([])
  await expect(page.getByRole('button', { name: /^Cash/ })).toBeVisible()
})

test('a hand that types a barcode slowly is typing into the field', async ({ till: { screen }, items }) => {
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.search.focus()
  await screen.page.keyboard.type(item.barcode, { delay: 120 })
  await expect(screen.search).toHaveValue(item.barcode)
  await screen.page.keyboard.press('Enter')
  await expect(screen.line(item)).toContainText('1')
})

test('a scan while a dialog is open closes it unchanged and counts; one while goods are asked about counts beside it', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)
  const dialog = await screen.openLine(item)
  await screen.scan(item.barcode)
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 2` })).toBeVisible()

  await screen.search.fill(BANANAS.name)
  await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${BANANAS.name}.`)
  await page.keyboard.press('Enter')
  const weighing = page.getByRole('dialog', { name: BANANAS.name })
  await weighing.getByRole('button', { name: '1', exact: true }).click()
  await weighing.getByRole('button', { name: 'Point' }).click()
  await screen.scan(item.barcode)
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 3` })).toBeAttached()
  // Not a digit of the scan is in the weight.
  await page.keyboard.type('2', { delay: 150 })
  await expect(weighing.getByRole('button', { name: 'Add 1.2 kg for $3.48' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(weighing).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${BANANAS.name}: 1.2 kg` })).toBeVisible()
})

test('a scan that no screen wants types nothing, presses nothing and is said; one for the screen on its way waits for it', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const notAdded = page.getByRole('alert').filter({ hasText: 'The scan was not added' })

  await screen.goTo('Shift and drawer')
  await page.getByRole('button', { name: 'Type the total' }).click()
  await screen.scan(item.barcode)
  await expect(notAdded).toContainText('Go back to selling')
  await expect(page.getByRole('button', { name: 'Close shift' })).toHaveCount(0)
  expect(await readJournal(page)).toEqual([])

  // Not waiting for the products to stand.
  await page.keyboard.press('Escape')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toContainText('1')

  await screen.goTo('Sign out')
  await screen.expectSignIn()
  for (let i = 0; i < 6; i++) await screen.scan(item.barcode)
  await expect(notAdded).toContainText('Sign in first')
  await expect(page.getByText(/PIN is not known|wrong PINs/)).toHaveCount(0)
  await screen.signIn(CASHIER_PIN)
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 1` })).toBeVisible()
})

test('a scale’s label is sold by its weight, or to the cent of its price; receipt and entry say so', async ({
  till: { screen },
}) => {
  const { page } = screen
  // 1.500 kg, and $10.00 of the same: 3.448 kg.
  await screen.scan('2104011015003')
  await expect(page.getByRole('button', { name: `Quantity of ${BANANAS.name}: 1.5 kg` })).toBeVisible()
  await screen.scan('2304011010002')
  await expect(page.getByRole('button', { name: `Quantity of ${BANANAS.name}: 3.448 kg` })).toBeVisible()
  await expect(page.getByText('Price on the label')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(/\$14\.35$/)
  await screen.scan('2104012015002')
  await expect(page.getByText('item code 04012')).toBeVisible()
  await screen.startPaying()
  await screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('Price on the label')
  const [sale] = await readJournal(page)
  expect(JSON.parse(sale?.raw ?? '').body.lines).toMatchObject([
    { quantity: 1500, unitPrice: BANANAS.kilo, gross: 435 },
    { quantity: 3448, unitPrice: BANANAS.kilo, gross: 1000, labelPrice: 1000 },
  ])
  await expect(screen.chip).toHaveText('Safe, all sent', { timeout: 30_000 })
})

test('an open price is asked for, and above what the role is trusted with a supervisor is', async ({
  till: { screen },
}) => {
  const { page } = screen
  const { name } = SUNDRY
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  const ask = async (digits: string, cents: number) => {
    await screen.search.fill(name)
    await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${name}.`)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name })
    for (const digit of digits) await dialog.getByRole('button', { name: digit, exact: true }).click()
    await dialog.getByRole('button', { name: `Add for ${dollars(cents)}` }).click()
    return dialog
  }
  await expect(await ask('12', 1200)).toBeHidden()
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(/\$12\.00$/)
  await ask('80', 8000)
  await expect(page.getByRole('dialog', { name: 'Supervisor’s PIN' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Supervisor’s PIN' })).toBeHidden()
  await screen.closeDialog()
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toHaveText(/\$12\.00$/)
})

test('an open price by weight is asked for per kilogram, and then the weight; a label that says either is believed', async ({
  till: { screen },
}) => {
  const { page } = screen
  const { name } = LYCHEE
  const dialog = page.getByRole('dialog', { name })
  const type = async (...keys: readonly string[]) => {
    for (const key of keys) await dialog.getByRole('button', { name: key, exact: true }).click()
  }
  await screen.search.fill(name)
  await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${name}.`)
  await page.keyboard.press('Enter')
  await screen.takesKeys(dialog)
  await page.keyboard.type('12', { delay: HAND_MS })
  await expect(dialog.getByRole('button', { name: 'Weigh it at $12.00 / kg' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('$12.00 / kg', { exact: true })).toBeVisible()
  await screen.takesKeys(dialog)
  await page.keyboard.type('0.5', { delay: HAND_MS })
  await expect(dialog.getByRole('button', { name: 'Add 0.5 kg for $6.00' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${name}: 0.5 kg` })).toBeVisible()

  // Its label says 1.250 kg, and another one $7.50.
  await screen.scan('2100106012506')
  await type('1', '0', 'Add 1.25 kg for $12.50')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${name}: 1.25 kg` })).toBeVisible()
  await screen.scan('2300106007506')
  await expect(page.getByText('Price on the label')).toBeVisible()
  await expect(dialog).toBeHidden()

  // Whoever does not weigh it has not taken it.
  await screen.search.fill(name)
  await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${name}.`)
  await page.keyboard.press('Enter')
  await type('9', 'Weigh it at $9.00 / kg')
  await expect(dialog.getByText('$9.00 / kg', { exact: true })).toBeVisible()
  await screen.closeDialog()
  await screen.startPaying()
  await screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const [sale] = await readJournal(page)
  expect(JSON.parse(sale?.raw ?? '').body.lines).toMatchObject([
    { quantity: 500, unitPrice: 1200, gross: 600 },
    { quantity: 1250, unitPrice: 1000, gross: 1250 },
    { unitPrice: 750, gross: 750, labelPrice: 750 },
  ])
})
