import type { Page } from '@playwright/test'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { HAND_MS } from './till-screen.ts'

// What no hand meant: keys that lie under something, taps that bounce, what was called off, a code that is no amount.

const kinds = async (page: Page) => (await readJournal(page)).map(({ raw }) => JSON.parse(raw).kind)

test('what is called off while the PIN for it is looked at is not done, and only the PIN is called off', async ({
  till: { screen },
}) => {
  const { page } = screen
  await screen.goTo('Shift and drawer')
  await page.getByRole('textbox', { name: '$50.00 notes' }).fill('1')
  await page.getByRole('button', { name: 'Open shift with $50.00' }).click()
  await screen.goTo('Sign out')
  const cashOut = page.getByRole('button', { name: 'Cash out' })
  await screen.signIn(CASHIER_PIN, { landing: cashOut })
  await cashOut.click()
  const out = page.getByRole('dialog', { name: 'Cash out' })
  await out.getByRole('button', { name: 'To the safe' }).click()
  for (const digit of '20') await out.getByRole('button', { name: digit, exact: true }).click()
  await out.getByRole('button', { name: 'Take out $20.00' }).click()
  const pin = page.getByRole('dialog', { name: 'Supervisor’s PIN' })
  await screen.takesKeys(pin)
  await page.keyboard.type(SUPERVISOR_PIN, { delay: HAND_MS })
  // In one breath: the check of the PIN has no time to end between them.
  await pin.getByRole('button', { name: 'Allow it' }).evaluate((button) => {
    ;(button as HTMLElement).click()
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true }),
    )
  })
  await expect(pin).toBeHidden()
  await page.waitForTimeout(1500)
  expect(await kinds(page)).toEqual(['shift-opened'])
  // What was typed stands, to be tried again.
  await out.getByRole('button', { name: 'Take out $20.00' }).click()
  await screen.approve(SUPERVISOR_PIN)
  await expect(out).toBeHidden()
  expect(await kinds(page)).toEqual(['shift-opened', 'override-given', 'cash-moved'])
})

test('a key that lies under an elbow opens no shift', async ({ till: { screen } }) => {
  const { page } = screen
  await screen.goTo('Shift and drawer')
  await page.getByRole('textbox', { name: '$50.00 notes' }).fill('1')
  await page.getByRole('textbox', { name: '$50.00 notes' }).focus()
  // Every press after the first is one that the keyboard repeats.
  for (let i = 0; i < 15; i++) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(page.getByRole('textbox', { name: '$10.00 notes' })).toBeFocused()
  expect(await readJournal(page)).toEqual([])
})

test('a tap that bounces does what it was meant for, once', async ({ till: { screen }, items }) => {
  const { page } = screen
  const [first, second] = items.slice(20)
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(first.barcode)
  await screen.scan(second.barcode)
  await expect(screen.line(second)).toBeVisible()
  await page.getByRole('button', { name: `Remove ${first.name}` }).dblclick()
  await expect(screen.line(first)).toHaveCount(0)
  await expect(screen.line(second)).toBeVisible()

  await screen.startPaying()
  await page.getByRole('button', { name: '1', exact: true }).click()
  await page.getByRole('button', { name: 'Card', exact: true }).dblclick()
  await expect(page.getByRole('heading', { name: 'Left to pay' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Take back/ })).toHaveCount(1)
  expect(await readJournal(page)).toEqual([])
  // A hand that means it.
  await page.waitForTimeout(500)
  await page.getByRole('button', { name: 'Card', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
})

test('a second tap on New sale rings nothing up, and an amount that was refused is not forgotten by the next tap', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [item] = items.slice(20)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)
  await screen.startPaying()
  for (const key of ['2', '0', '0', '0']) await page.getByRole('button', { name: key, exact: true }).click()
  await page.getByRole('button', { name: 'Card', exact: true }).click({ clickCount: 2, delay: 100 })
  await expect(page.getByRole('alert').filter({ hasText: 'at most' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Card', exact: true })).toContainText('2,000.00')
  expect(await readJournal(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Card', exact: true }).click()

  const next = page.getByRole('button', { name: 'New sale' })
  const box = await next.boundingBox()
  if (box === null) throw new Error('no button')
  const at = [box.x + box.width / 2, box.y + box.height / 2] as const
  await page.waitForTimeout(600)
  await page.mouse.click(...at)
  await page.waitForTimeout(450)
  // The system's second half of a double click.
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeHidden()
  await page.waitForTimeout(500)
  // What came under the mouse has no focus either.
  await page.keyboard.press('Enter')
  await page.waitForTimeout(300)
  await expect(page.getByRole('region', { name: 'Cart' }).getByRole('listitem')).toHaveCount(0)
})

test('a scanned code that is too short for one is no amount of money', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await page.keyboard.press('F9')
  await expect(page.getByText('Another amount')).toBeVisible()
  await screen.scan('40115')
  await expect(page.getByText('Another amount')).toBeVisible()
  expect(await readJournal(page)).toEqual([])
  await page.keyboard.type('50', { delay: HAND_MS })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
})

test('what came off the bill goes with its last goods, and comes back with them', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const item = items.find(({ price }) => price >= 200)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const ofBill = page.getByText(/bill 20/)
  await screen.scan(item.barcode)
  await screen.discountBill({ percent: 20 })
  await expect(ofBill).toBeVisible()
  await page.getByRole('button', { name: `Remove ${item.name}` }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(ofBill).toBeVisible()
  await page.getByRole('button', { name: `Remove ${item.name}` }).click()
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await expect(ofBill).toHaveCount(0)
})

test('goods scanned while a customer pays by PayNow are not added to what they pay', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [first, second] = items.slice(20)
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(first.barcode)
  await expect(screen.line(first)).toBeVisible()
  await screen.startPaying()
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  const panel = page.getByRole('region', { name: 'PayNow' })
  await expect(panel.getByRole('img', { name: /^PayNow code for/ })).toBeVisible()
  await screen.scan(second.barcode)
  const payment = page.getByRole('main', { name: 'Payment' })
  await expect(payment.getByText('The customer is paying. Stop that first')).toBeVisible()
  await expect(panel).toBeVisible()
  await expect(screen.line(second)).toHaveCount(0)
})

test('a scan throws away nothing that somebody is typing, and Enter pressed twice does not skip the change', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [item, other] = items.slice(20)
  if (item === undefined || other === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await page.keyboard.press('F4')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill('Tan Mei Ling')
  await dialog.getByRole('button', { name: 'Register a new customer' }).click()
  await expect(dialog.getByLabel('Name')).toHaveValue('Tan Mei Ling')
  await screen.scan(other.barcode)
  await expect(page.getByText('Finish or close what is open first').first()).toBeAttached()
  await expect(dialog.getByLabel('Name')).toHaveValue('Tan Mei Ling')
  await screen.closeDialog()
  await expect(screen.line(other)).toHaveCount(0)

  await screen.startPaying()
  await page.keyboard.type('50', { delay: HAND_MS })
  await page.keyboard.press('Enter')
  const paid = page.getByRole('heading', { name: /^Paid/ })
  await page.waitForFunction(() => document.activeElement?.textContent === 'New sale')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(600)
  await expect(paid).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(paid).toBeHidden()
})

test('a scan throws no quantity away that was typed and not confirmed', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [first, second] = items.slice(20)
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(first.barcode)
  const dialog = await screen.openLine(first)
  await dialog.getByRole('button', { name: '5', exact: true }).click()
  await screen.scan(second.barcode)
  await expect(page.getByText('Finish or close what is open first, then scan again.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Set quantity to 5' }).click()
  await expect(page.getByRole('button', { name: `Quantity of ${first.name}: 5` })).toBeVisible()
  await expect(screen.line(second)).toHaveCount(0)
  // With nothing typed it is in nobody’s way.
  await screen.openLine(first)
  await screen.scan(second.barcode)
  await expect(screen.line(second)).toBeVisible()
})

test('who types goes on where they were after a dialog, and a slip in the search is not thrown away', async ({
  till: { screen },
  items,
}) => {
  const { page } = screen
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  for (const key of ['F4', 'F6', 'F8']) {
    await screen.search.focus()
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(screen.search).toBeFocused()
  }
  await screen.search.pressSequentially('zzzz', { delay: HAND_MS })
  await page.keyboard.press('Enter')
  await expect(page.getByText('No product has the code zzzz').first()).toBeVisible()
  await expect(screen.search).toHaveValue('zzzz')
  // All of it is chosen: the next word takes its place.
  await screen.search.pressSequentially(item.name.slice(0, 4), { delay: HAND_MS })
  await expect(screen.search).toHaveValue(item.name.slice(0, 4))
})
