import type { Page } from '@playwright/test'
import { CASHIER_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import type { TillScreen } from './till-screen.ts'

test.use({ worksByShifts: true })

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name })
const type = async (page: Page, digits: string) => {
  for (const digit of digits)
    await page.getByRole('dialog').getByRole('button', { name: digit, exact: true }).click()
}

async function openShift(screen: TillScreen): Promise<void> {
  const { page } = screen
  await screen.goTo('Shift and drawer')
  await page.getByRole('textbox', { name: '$50.00 notes' }).fill('2')
  await page.getByRole('button', { name: 'Open shift with $100.00' }).click()
  await expect(page.getByRole('heading', { name: 'This shift' })).toBeVisible()
}

test('a difference is told before the shift is closed with it, and one Enter more counts again', async ({
  page,
  till: { screen },
}) => {
  await openShift(screen)
  const dialog = dialogOf(page, 'Close shift')
  await page.getByRole('button', { name: 'Close shift' }).click()
  await page.getByRole('button', { name: 'Type the total' }).click()
  await type(page, '98')
  const close = dialog.getByRole('button', { name: 'Close with $98.00 counted' })
  await close.click()
  await expect(dialog.getByRole('alert')).toHaveText(
    '$2.00 too little was counted. Count again, or close with it. The shift is still open.',
  )
  await expect(dialog.getByRole('button', { name: 'Count again' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toBeHidden()
  await type(page, '98')
  await close.click()
  await close.click()
  await expect(page.getByText('$2.00 missing in the drawer')).toBeVisible()
  await expect(page.getByRole('article', { name: 'Z report No. 1' })).toContainText('Difference−$2.00')
})

test('more than there should be goes out of the drawer only when that is said twice', async ({
  page,
  till: { screen },
}) => {
  await openShift(screen)
  await page.getByRole('button', { name: 'Cash out' }).click()
  const out = dialogOf(page, 'Cash out')
  await type(page, '500')
  await expect(out.getByRole('button', { name: 'First say why' })).toBeDisabled()
  await out.getByRole('button', { name: 'To the safe' }).click()
  await out.getByRole('button', { name: 'Take out $500.00', exact: true }).click()
  await expect(out.getByRole('alert')).toHaveText(
    'There should be less than that in the drawer. Check the amount. Nothing was recorded.',
  )
  // Another amount is another question.
  await page.keyboard.press('Backspace')
  await out.getByRole('button', { name: 'Take out $50.00', exact: true }).click()
  await expect(out).toBeHidden()

  await page.getByRole('button', { name: 'Cash out' }).click()
  await out.getByRole('button', { name: 'To the safe' }).click()
  await type(page, '51')
  await out.getByRole('button', { name: 'Take out $51.00', exact: true }).click()
  await out.getByRole('button', { name: 'Take out $51.00 all the same' }).click()
  await expect(out).toBeHidden()
})

test('a count that is begun is there again after Escape and a reload', async ({ page, till: { screen } }) => {
  await openShift(screen)
  const notes = page.getByRole('textbox', { name: '$10.00 notes' })
  await page.getByRole('button', { name: 'Close shift' }).click()
  await notes.fill('9')
  await page.keyboard.press('Escape')
  await expect(dialogOf(page, 'Close shift')).toBeHidden()
  await page.reload()
  await screen.signIn(CASHIER_PIN, { landing: page.getByRole('heading', { name: 'Shift and drawer' }) })
  await page.getByRole('button', { name: 'Close shift' }).click()
  await expect(notes).toHaveValue('9')
  await page.getByRole('textbox', { name: '$2.00 notes' }).fill('5')
  await page.getByRole('button', { name: 'Close with $100.00 counted' }).click()
  await expect(page.getByText('The drawer is exactly right')).toBeVisible()
  // The next shift’s is another one.
  await expect(page.getByRole('textbox', { name: '$50.00 notes' })).toHaveValue('')
})

test('what a sale has been paid so far is told of before the drawer is counted', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price > 100)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await openShift(screen)
  await screen.goTo('Sell')
  await screen.scan(item.barcode)
  await screen.startPaying()
  await page.getByRole('button', { name: '1', exact: true }).click()
  await page.getByRole('button', { name: 'NETS', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Left to pay' })).toBeVisible()
  await screen.goTo('Shift and drawer')
  await page.getByRole('button', { name: 'Close shift' }).click()
  const dialog = dialogOf(page, 'Close shift')
  await expect(dialog.getByRole('alert')).toContainText('Payments were taken for a sale')
  await expect(dialog.getByRole('textbox')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Go to the sale' }).click()
  await expect(page.getByRole('heading', { name: 'Left to pay' })).toBeVisible()
})

test('a Z report of a training says nothing of entries on their way', async ({ page, till: { screen } }) => {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Training…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click()
  await screen.signIn(CASHIER_PIN)
  await openShift(screen)
  await page.getByRole('button', { name: 'Close shift' }).click()
  await page.getByRole('button', { name: 'Type the total' }).click()
  await type(page, '100')
  await page.getByRole('button', { name: 'Close with $100.00 counted' }).click()
  const report = page.getByRole('article', { name: 'Z report No. 1' })
  await expect(report).toBeVisible()
  await expect(report).not.toContainText('Provisional')
})
