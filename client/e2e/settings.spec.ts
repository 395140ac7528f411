import { join } from 'node:path'
import { lookAt } from './axe.ts'
import { dollars } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readCustomers } from './ledger.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

test('a way to pay that somebody else changed meanwhile is not changed back', async ({ desk, server }) => {
  const headers = { origin: server.url }
  const path = '/api/office/settings/payment-methods'
  const data = { name: 'Voucher of the mall', kind: 'card', payNowProxy: null, rest: 'kept' }
  const added = await desk.request.post(path, { data, headers })
  const { paymentMethodId } = (await added.json()) as { paymentMethodId: string }
  await desk.goto(`/office/settings/payment-methods/${paymentMethodId}`)
  const panel = desk.getByRole('dialog')
  await expect(panel.getByLabel('Name')).toHaveValue(data.name)

  const { rows } = (await (await desk.request.get(path)).json()) as {
    rows: { paymentMethodId: string; version: string }[]
  }
  const version = rows.find((row) => row.paymentMethodId === paymentMethodId)?.version
  const { kind: _, ...edit } = { ...data, name: 'Mall voucher' }
  const answer = await desk.request.put(`${path}/${paymentMethodId}`, { data: { ...edit, version }, headers })
  expect(answer.status()).toBe(204)

  await panel.getByLabel('Name').fill('Vouchers')
  await panel.getByRole('button', { name: 'Save changes' }).click()
  await expect(panel.getByRole('alert')).toContainText('Somebody else changed this way to pay')
  await panel.getByRole('button', { name: 'Show what is saved now' }).click()
  await expect(panel.getByLabel('Name')).toHaveValue('Mall voucher')
  await panel.getByLabel('Name').fill('Vouchers')
  await panel.getByRole('button', { name: 'Save changes' }).click()
  await expect(panel).toBeHidden()
  await expect(desk.getByRole('button', { name: 'Retire Vouchers' })).toBeVisible()
  await desk.request.post(`${path}/${paymentMethodId}/retire`, { headers })
})

test('what head office sets is what the till does: a way to pay, a logo and the lines of the receipt', async ({
  desk,
  page,
  till: { screen },
  items,
  server,
}) => {
  test.setTimeout(240_000)
  const item = items[110]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const heading = (name: string) => desk.getByRole('heading', { level: 1, name })
  const saved = (words: string) => expect(desk.getByText(words)).toBeVisible()
  const header = 'www.kopi.example/settings'

  await test.step('a way to pay is added, and the last one for cash stays', async () => {
    await desk.goto('/office')
    await desk.getByRole('link', { name: 'Settings' }).click()
    await expect(heading('Payment methods')).toBeVisible()
    await lookAt(desk, 'settings-payment-methods', SIZES)
    await desk.getByRole('button', { name: 'Retire Cash' }).click()
    await desk.getByRole('button', { name: 'Retire Cash' }).last().click()
    await expect(desk.getByRole('alert')).toContainText('last way to take cash')
    await desk.keyboard.press('Escape')
    await desk.getByRole('link', { name: 'New payment method' }).click()
    const panel = desk.getByRole('dialog', { name: 'New payment method' })
    await panel.getByLabel('Name').fill('nets')
    await panel.getByRole('button', { name: 'Add payment method' }).click()
    await expect(panel.getByText('This is the name of another way to pay')).toBeVisible()
    await panel.getByLabel('Name').fill('GrabPay')
    await lookAt(desk, 'settings-payment-method')
    await panel.getByRole('button', { name: 'Add payment method' }).click()
    await expect(panel).toBeHidden()
    await expect(desk.getByRole('listitem').filter({ hasText: 'GRABPAY' })).toBeVisible()
  })

  await test.step('another worth of points is asked about with an example', async () => {
    await desk.getByRole('link', { name: 'Loyalty' }).click()
    await desk.getByLabel('What a point pays').fill('0.05')
    await desk.getByRole('button', { name: 'Save changes' }).click()
    const question = desk.getByRole('dialog', { name: 'Make points worth less?' })
    await expect(question).toContainText('1,000 points were worth $100.00, now $50.00.')
    await lookAt(desk, 'settings-loyalty')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(question).toBeHidden()
    await desk.getByLabel('What a point pays').fill('0.10')
  })

  await test.step('a logo and a line under the name', async () => {
    await desk.getByRole('link', { name: 'Receipts' }).click()
    const icon = join(import.meta.dirname, '../public/icon-512.png')
    await desk.locator('input[type=file]').setInputFiles(icon)
    await desk.getByRole('button', { name: 'Use this logo' }).click()
    await saved('The logo is saved. Tills take it up at their next contact.')
    await desk.getByLabel('Lines under the name').fill(header)
    await lookAt(desk, 'settings-receipts', SIZES)
    await desk.getByRole('button', { name: 'Save changes' }).click()
    await saved('Saved. Tills take this up at their next contact.')
  })

  await test.step('a tier is added, stays while somebody is in it, and goes when nobody is', async () => {
    await desk.goto('/office/settings/loyalty')
    const tiers = desk.getByRole('region', { name: 'Tiers' })
    await tiers.getByRole('button', { name: 'Add a tier' }).click()
    await expect(tiers.getByRole('group').last().getByLabel('Name')).toBeFocused()
    await desk.keyboard.type('Platinum')
    await tiers.getByRole('group').last().getByLabel('From a yearly spend of').fill('9000')
    await lookAt(desk, 'settings-loyalty', SIZES)
    await desk.getByRole('button', { name: 'Save changes' }).click()
    await saved('Saved. Tills take this up at their next contact.')
    await tiers.getByRole('button', { name: 'Remove Gold' }).click()
    await desk.getByRole('button', { name: 'Save changes' }).click()
    await expect(tiers.getByRole('alert')).toContainText(/^Gold stays: \d+ customers are in it\.$/)
    await tiers.getByRole('button', { name: 'Put Gold back' }).click()
    await tiers.getByRole('button', { name: 'Remove Platinum' }).click()
    await desk.getByRole('button', { name: 'Save changes' }).click()
    await expect(tiers.getByRole('button', { name: 'Remove Gold' })).toBeVisible()
    await expect(tiers.getByText('Platinum')).toHaveCount(0)
  })

  await test.step('a customer is put in another tier, and back', async () => {
    const [customer] = await readCustomers(server.sql)
    if (customer === undefined) throw new Error('the demo company has no customers')
    await desk.getByRole('link', { name: 'Customers' }).click()
    await desk.getByRole('searchbox', { name: 'Search customers' }).fill(customer.code)
    const row = desk.getByRole('row').filter({ hasText: customer.code })
    const was = await row.getByRole('cell').nth(3).innerText()
    await row.getByRole('link', { name: customer.name }).click()
    const panel = desk.getByRole('dialog', { name: customer.name })
    await panel.getByLabel('Tier', { exact: true }).selectOption({ label: 'Gold' })
    await panel.getByRole('button', { name: 'Save changes' }).click()
    await expect(panel).toBeHidden()
    await saved(`${customer.name} is in Gold now. Tills take this up at their next contact.`)
    await expect(row).toContainText('Gold')
    await desk.getByRole('button', { name: 'Undo' }).click()
    await saved(`${customer.name} is in ${was} again.`)
    await expect(row).toContainText(was)
  })

  await test.step('the till', async () => {
    await screen.scan(item.barcode)
    await screen.startPaying()
    const button = page.getByRole('button', { name: 'GrabPay' })
    // Asks for news at once instead of at its next turn.
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await expect(button).toBeVisible({ timeout: 90_000 })
    await button.click()
    await expect(page.getByRole('heading', { name: `Paid ${dollars(item.price)}` })).toBeVisible()
    const paper = page.getByRole('region', { name: 'Receipt' })
    await expect(paper).toContainText(header, { timeout: 90_000 })
    await expect(paper).toContainText('GrabPay')
    await expect(paper.locator('header img')).toBeVisible()
  })

  // The company is that of other tests too.
  const headers = { origin: server.url }
  expect((await desk.request.delete('/api/office/settings/logo', { headers })).status()).toBe(204)
  await desk.goto('/office/settings/payment-methods')
  await desk.getByRole('button', { name: 'Retire GrabPay' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: 'Retire GrabPay' }).click()
  await expect(desk.getByRole('button', { name: 'Bring back GrabPay' })).toBeVisible()
})
