import { expect, type Page } from '@playwright/test'
import { closeShort } from './close-shift.ts'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { walkDevices } from './device-screens.ts'
import type { Item } from './expectation.ts'
import { HAND_MS, TillScreen } from './till-screen.ts'

/** Called on every screen when it shows what it should. */
export type Visit = (name: string, page: Page) => Promise<void>

/** Through all screens of a till, from a bare browser to a closed shift; leaves a sale and a refund behind. */
export async function walkTill(
  page: Page,
  { enrolPath, items }: { enrolPath: string; items: readonly Item[] },
  visit: Visit,
): Promise<void> {
  const [first, second, third] = items.slice(20)
  if (!first || !second || !third) throw new Error('the demo company has too little to sell')
  const till = new TillScreen(page)
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'This browser is not a till yet' })).toBeVisible()
  await visit('till-none', page)
  await page.evaluate((memory) => localStorage.setItem('evertill-till', JSON.stringify(memory)), {
    companyName: 'Kopi Corner',
    outletCode: 'TB',
    tillCode: '1',
    tillName: 'Counter 1',
    unsent: 3,
    lastReceiptNo: 'TB-1-000042',
    at: new Date().toISOString(),
  })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'This browser has lost its till' })).toBeVisible()
  await visit('till-lost', page)

  await page.goto(enrolPath)
  await expect(page.getByRole('button', { name: /^Enrol (this browser|anyway)$/ })).toBeVisible()
  await visit('till-enrol', page)
  await till.confirmEnrolment()
  await expect(page.getByRole('button', { name: 'Start selling' })).toBeVisible()
  await visit('till-enrolled', page)
  await page.getByRole('button', { name: 'Start selling' }).click()
  await till.expectSignIn()
  await visit('till-sign-in', page)

  await till.signIn(SUPERVISOR_PIN)
  await visit('till-sell-empty', page)
  await walkMenu(page, first, visit)
  await till.search.fill(first.name.split(' ')[0] ?? '')
  await expect(page.getByRole('main').getByRole('status')).toContainText('Enter adds')
  await visit('till-search', page)
  await till.search.fill('')
  for (const item of [first, first, second, third]) await till.scan(item.barcode)
  await expect(till.line(third)).toBeVisible()
  await till.discountLine(second, { percent: 10 })
  await visit('till-sell', page)

  await till.openLine(first)
  await visit('till-line', page)
  await till.closeDialog()
  await page.keyboard.press('F8')
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('till-discount', page)
  await till.closeDialog()
  await page.keyboard.press('F4')
  await page.getByRole('dialog').getByRole('searchbox').fill('a')
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  await visit('till-customer', page)
  await page.getByRole('button', { name: 'Register a new customer' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeVisible()
  await visit('till-register', page)
  await till.closeDialog()
  await page.keyboard.press('F4')
  await page.getByRole('dialog').getByRole('searchbox').fill('a')
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page
    .getByRole('region', { name: 'Cart' })
    .getByRole('button', { name: 'Tax invoice for a business…' })
    .click()
  await till.takesKeys(page.getByRole('dialog'))
  await visit('till-buyer', page)
  await till.closeDialog()

  await till.startPaying()
  await visit('till-pay', page)
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  await expect(page.getByRole('img', { name: /^PayNow code/ })).toBeVisible()
  await visit('till-paynow', page)
  await page.reload()
  await till.signIn(SUPERVISOR_PIN, { landing: page.getByRole('button', { name: 'It did not' }) })
  await visit('till-paynow-asked', page)
  await page.getByRole('button', { name: 'It did not' }).click()
  await till.take('CARD', 100)
  await expect(page.getByRole('button', { name: /^Take back/ })).toBeVisible()
  await visit('till-pay-split', page)
  await page.keyboard.type('900', { delay: HAND_MS })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('till-much-change', page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Escape')
  await till.take('CASH', 500_00)
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await visit('till-paid', page)
  await page.getByRole('button', { name: 'E-mail', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await page.keyboard.type('no address')
  await page.keyboard.press('Enter')
  await expect(page.getByText('This is no e-mail address.')).toBeVisible()
  await visit('till-email', page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await till.newSale()

  await page.goto('/health')
  await expect(page.getByRole('heading', { name: 'Health of this till' })).toBeVisible()
  await expect(page.getByText('nothing waits', { exact: true })).toBeVisible()
  await visit('till-health', page)
  await page.goto('/receipts')
  await till.signIn(SUPERVISOR_PIN, { landing: page.getByRole('heading', { name: 'Receipts' }) })
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
  await visit('till-receipts', page)
  await till.openLastReceipt()
  await expect(page.getByRole('button', { name: 'Print a copy' })).toBeVisible()
  await visit('till-receipt', page)
  await walkDrawer(page, first, visit)
  await walkDevices(page, first, visit)
  await walkLeaving(page, first, visit)
}

/** The menu, and what opens over any screen from it. */
async function walkMenu(page: Page, item: Item, visit: Visit): Promise<void> {
  const dialog = page.getByRole('dialog')
  const till = new TillScreen(page)
  const open = async (place: string) => {
    await till.goTo(place)
    await expect(dialog).toBeVisible()
  }
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await visit('till-menu', page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  for (const [item, name] of [
    ['My settings', 'till-settings'],
    ['Keyboard shortcuts', 'till-shortcuts'],
  ] as const) {
    await open(item)
    await visit(name, page)
    await till.closeDialog()
  }

  for (const [place, name] of [
    ['Gift cards and vouchers', 'till-gift-cards'],
    ['Scanner', 'till-scanner'],
  ] as const) {
    await till.goTo(place)
    await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible()
    await visit(name, page)
  }
  await till.goTo('Receipts')
  await expect(page.getByRole('heading', { name: 'Receipts', level: 1 })).toBeVisible()
  await till.scan('XX-T9-000001')
  await expect(page.getByText('No till has sent a receipt')).toBeVisible()
  await visit('till-receipt-unknown', page)
  await page.getByRole('button', { name: 'Return without a receipt' }).click()
  await expect(page.getByRole('heading', { name: 'Return without a receipt' })).toBeVisible()
  await till.scan(item.barcode)
  await expect(page.getByRole('main').getByText(item.name).first()).toBeVisible()
  await visit('till-exchange', page)
  await till.goTo('Sell')

  await open('Training…')
  await visit('till-training-start', page)
  await dialog.getByRole('button', { name: 'Start training' }).click()
  await till.signIn(SUPERVISOR_PIN)
  await visit('till-training', page)
  await page.getByRole('button', { name: 'End training…' }).click()
  await expect(dialog).toBeVisible()
  await visit('till-training-end', page)
  await dialog.getByRole('button', { name: 'End training' }).click()
  await till.signIn(SUPERVISOR_PIN)
}

/** What comes back, and the shift with its drawer; the receipt of a sale of `item` is open. */
async function walkDrawer(page: Page, item: Item, visit: Visit): Promise<void> {
  const dialog = page.getByRole('dialog')
  const close = async () => {
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
  await page.getByRole('button', { name: 'Void…' }).click()
  await expect(dialog).toBeVisible()
  await visit('till-void', page)
  await close()
  await page.getByRole('button', { name: 'Refund…' }).click()
  await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
  await dialog.getByRole('button', { name: 'Damaged' }).click()
  await visit('till-refund', page)
  await dialog.getByRole('button', { name: /^Refund \$/ }).click()
  await expect(page.getByText('Refund of')).toBeVisible()
  await visit('till-refunded', page)

  const count = async (counts: Readonly<Record<string, number>>) => {
    for (const [name, pieces] of Object.entries(counts))
      await page.getByRole('textbox', { name, exact: true }).fill(String(pieces))
  }
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Shift and drawer' }).click()
  await expect(page.getByRole('heading', { name: 'Open a shift' })).toBeVisible()
  await count({ '$50.00 notes': 2 })
  await visit('till-shift-open', page)
  await page.getByRole('button', { name: 'Open shift with $100.00' }).click()
  await expect(page.getByRole('heading', { name: 'This shift' })).toBeVisible()
  await visit('till-shift', page)
  await page.getByRole('button', { name: 'X report' }).click()
  await expect(dialog.getByRole('article', { name: 'X report' })).toBeVisible()
  await visit('till-x-report', page)
  await close()
  await page.getByRole('button', { name: 'Cash out' }).click()
  await dialog.getByRole('button', { name: 'To the safe' }).click()
  await visit('till-cash-out', page)
  await close()
  await page.getByRole('button', { name: 'Open drawer' }).click()
  await expect(dialog).toBeVisible()
  await visit('till-drawer', page)
  await close()
  await page.getByRole('button', { name: 'Close shift' }).click()
  await expect(dialog).toBeVisible()
  await visit('till-shift-close', page)
  await count({ '$50.00 notes': 1, '$10.00 notes': 4, '$5.00 notes': 1, '$2.00 notes': 2 })
  await closeShort(page, 99_00, 1_00, () => visit('till-shift-differs', page))
  await visit('till-shift-closed', page)

  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await new TillScreen(page).signIn(CASHIER_PIN, {
    landing: page.getByRole('heading', { name: 'Shift and drawer' }),
  })
  await count({ '$50.00 notes': 1 })
  await page.getByRole('button', { name: 'Open shift with $50.00' }).click()
  await page.getByRole('button', { name: 'Open drawer' }).click()
  await dialog.getByRole('button', { name: 'Give change' }).click()
  await dialog.getByRole('button', { name: 'Open drawer' }).click()
  await expect(page.getByRole('dialog', { name: 'Supervisor’s PIN' })).toBeVisible()
  await visit('till-approval', page)

  const till = new TillScreen(page)
  await page.goto('/')
  await till.signIn(SUPERVISOR_PIN)
  await till.chip.click()
  await page.getByRole('button', { name: /^Stop using/ }).click()
  await expect(page.getByText('A shift is open on this till. Close it first.')).toBeVisible()
  await visit('till-leave-shift', page)
  await page.getByRole('button', { name: 'Shift and drawer' }).click()
  await page.getByRole('button', { name: 'Close shift' }).click()
  await count({ '$50.00 notes': 1 })
  await page.getByRole('button', { name: 'Close with $50.00 counted' }).click()
  await expect(page.getByRole('heading', { name: 'Open a shift' })).toBeVisible()
}

/** A till that sold offline is left with a rescue file in hand. */
async function walkLeaving(page: Page, item: Item, visit: Visit): Promise<void> {
  const till = new TillScreen(page)
  await page.goto('/')
  await till.signIn(SUPERVISOR_PIN)
  await till.readyForOffline()
  await page.context().setOffline(true)
  await till.scan(item.barcode)
  await till.startPaying()
  await till.take('CASH')
  await till.newSale()
  await till.chip.click()
  await expect(page.getByRole('heading', { name: 'Health of this till' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Save \d+ unsent/ })).toBeVisible()
  await visit('till-health-offline', page)
  await page.getByRole('button', { name: /^Stop using/ }).click()
  const save = page.getByRole('button', { name: /^Save \d+ unsent/ })
  await expect(save).toHaveCount(2)
  await visit('till-leave-blocked', page)
  await save.last().click()
  const box = page.getByRole('textbox', { name: /^Type .* to confirm$/ })
  await expect(box).toBeVisible()
  await visit('till-leave', page)

  await page.goto('/rescue')
  await page.getByRole('button', { name: /^Save the \d+ unsent$/ }).click()
  await expect(page.getByRole('status').first()).toContainText('Check that the file is there')
  await visit('till-rescue', page)

  await page.goto('/')
  await till.signIn(SUPERVISOR_PIN)
  await till.chip.click()
  await page.getByRole('button', { name: /^Stop using/ }).click()
  const label = await page.getByText(/^Type .* to confirm$/).textContent()
  await box.fill(/Type (.*) to confirm/.exec(label ?? '')?.[1] ?? '')
  await page.getByRole('button', { name: /^Stop using [^…]*$/ }).click()
  await expect(page.getByText(/still holds \d+ entr/)).toBeVisible()
  await visit('till-left', page)
  await page.context().setOffline(false)
}
