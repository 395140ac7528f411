import type { Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'

const NOTICE = /Is a business buying\? Above \$1,000\.00/
const TAN = { name: 'Tan & Daughters Pte. Ltd.', address: '10 Anson Road #05-17\nSingapore 079903' }

async function typeBuyer(page: Page, { name, address }: typeof TAN): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Tax invoice for a business' })
  await dialog.getByLabel('Name of the business').fill(name)
  await dialog.getByRole('button', { name: 'Put it on the tax invoice' }).click()
  await expect(dialog.getByText('The invoice needs an address.')).toBeVisible()
  await dialog.getByLabel('Address').fill(address)
  await dialog.getByRole('button', { name: 'Put it on the tax invoice' }).click()
  await expect(dialog).toBeHidden()
}

/** Every line of it stands under “Bill to”. */
async function expectBillTo(page: Page, { name, address }: typeof TAN): Promise<void> {
  const paper = page.getByRole('article', { name: /^Receipt / })
  for (const line of ['Tax invoice', 'Bill to', name, ...address.split('\n')])
    await expect(paper.getByText(line, { exact: true })).toBeVisible()
}

test('above $1,000 the buyer is asked for, stays through a reload and a held sale, and stands on the invoice and at head office', async ({
  page,
  till: { screen, tillId },
  items,
  desk,
  server,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  await screen.startPaying()
  await expect(page.getByText(NOTICE)).toBeHidden()
  await page.keyboard.press('Escape')
  await screen.setQuantity(item, Math.ceil(100_001 / item.price))
  await screen.startPaying()
  await expect(page.getByText(NOTICE)).toBeVisible()
  await page.getByRole('button', { name: 'Add them…' }).click()
  await typeBuyer(page, TAN)
  await expect(page.getByText(NOTICE)).toBeHidden()
  await expect(page.getByRole('note').getByText(`Bill to ${TAN.name}`)).toBeVisible()

  await page.reload()
  const named = page.getByRole('button', { name: `Bill to ${TAN.name}: change` })
  await screen.signIn(SUPERVISOR_PIN, { landing: named })
  await page.keyboard.press('F6')
  await screen.takesKeys(page.getByRole('dialog', { name: 'Hold this sale' }))
  await page.keyboard.insertText('Tan')
  await page.keyboard.press('Enter')
  await expect(named).toBeHidden()
  await page.keyboard.press('F6')
  await page.getByRole('dialog').getByRole('button', { name: 'Resume Tan' }).click()
  await expect(named).toBeVisible()

  // What was taken keeps the cart as it is, but not the name from being put right.
  await screen.startPaying()
  await screen.take('CARD', 10_00)
  await page.getByRole('button', { name: 'Change…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tax invoice for a business' })
  await dialog.getByLabel(/^UEN or GST number/).fill('201912345K')
  await dialog.getByRole('button', { name: 'Put it on the tax invoice' }).click()
  await expect(dialog).toBeHidden()
  await screen.take('NETS')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  // No cash, no change: what counts is what it was paid with.
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/^Paid withCard \$10\.00NETS \$/)
  await expectBillTo(page, TAN)
  await expect(
    page.getByRole('article', { name: /^Receipt / }).getByText('UEN / GST no. 201912345K'),
  ).toBeVisible()
  // The next customer is somebody else.
  await screen.newSale()
  await expect(named).toBeHidden()

  const sent = () => server.sql`select sale_id from sale where till_id = ${tillId}`
  await expect.poll(async () => (await sent()).length, { timeout: 30_000 }).toBe(1)
  const [sale] = await sent()
  await desk.goto(`/office/sales/${sale?.sale_id}`)
  const receipt = desk.getByRole('region', { name: 'Receipt' })
  await expect(receipt.getByText(`${TAN.name}\n${TAN.address}`)).toBeVisible()
  await expect(receipt.getByText('Named later')).toBeHidden()
})

test('a business that asks after paying gets its invoice, what comes back is made out to it, and head office shows it', async ({
  page,
  till: { screen, tillId },
  items,
  desk,
  server,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.scan(item.barcode)
  await screen.startPaying()
  await screen.take('CASH', 500_00)
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Change' })).toBeVisible()
  const paper = page.getByRole('article', { name: /^Receipt / })
  await expect(paper.getByText('Bill to')).toBeHidden()

  await page.getByRole('button', { name: 'Tax invoice for a business…' }).last().click()
  await typeBuyer(page, TAN)
  await expect(page.getByText(`It is made out to ${TAN.name} now`)).toBeVisible()
  await expectBillTo(page, TAN)
  // What was sealed stands.
  const [sold] = await readJournal(page)
  expect(sold?.raw).not.toContain(TAN.name)

  // Again, under another name: the last one counts.
  const lim = { ...TAN, name: 'Lim & Sons' }
  await screen.newSale()
  await screen.goTo('Receipts')
  await screen.openLastReceipt()
  await expectBillTo(page, TAN)
  await page.getByRole('main').getByRole('button', { name: 'Tax invoice for a business…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tax invoice for a business' })
  await expect(dialog.getByLabel('Address')).toHaveValue(TAN.address)
  await dialog.getByLabel('Name of the business').fill(lim.name)
  await dialog.getByRole('button', { name: 'Put it on the tax invoice' }).click()
  await expectBillTo(page, lim)

  const named = () => server.sql`select name from buyer_named where till_id = ${tillId} order by seq`
  await expect.poll(named, { timeout: 30_000 }).toEqual([{ name: TAN.name }, { name: lim.name }])
  const [sale] = await server.sql`select sale_id from sale where till_id = ${tillId}`
  await desk.goto(`/office/sales/${sale?.sale_id}`)
  const receipt = desk.getByRole('region', { name: 'Receipt' })
  await expect(receipt.getByText(`${lim.name}\n${lim.address}`)).toBeVisible()
  await expect(receipt.getByText(/^Named later/)).toBeVisible()
})
