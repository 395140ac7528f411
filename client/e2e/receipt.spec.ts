import type { Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readQr } from './qr-reading.ts'

test('a receipt names how it was paid, can be scanned, and prints on either paper, the second time as a copy', async ({
  page,
  till,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await page.evaluate(() => {
    const prints: { text: string; page: string; code: boolean }[] = []
    Object.assign(window, { prints })
    window.print = () => {
      const root = document.querySelector('[class*=printRoot]')
      const sheet = [...document.head.querySelectorAll('style')].at(-1)?.textContent ?? ''
      prints.push({
        text: root?.textContent ?? '',
        page: /size: (\d+mm)/.exec(sheet)?.[1] ?? '',
        code: root?.querySelector('svg path') !== null,
      })
      window.dispatchEvent(new Event('afterprint'))
    }
  })
  const prints = () =>
    page.evaluate(
      () => (window as unknown as { prints: { text: string; page: string; code: boolean }[] }).prints,
    )

  const { screen } = till
  const tenders = [{ method: 'CARD' as const, cents: 50 }, { method: 'CASH' as const }]
  const expected = expectSale({ lines: [{ item, pieces: 1 }], tenders })
  await screen.searchAndAdd(item)
  await screen.startPaying()
  await screen.take('CARD', 50)
  await expect(page.getByRole('button', { name: /^Take back/ })).toBeVisible()
  await screen.take('CASH')
  await screen.expectPaid(expected)

  const paper = page.getByRole('article', { name: /^Receipt / })
  const receiptNo = ((await paper.getAttribute('aria-label')) ?? '').replace('Receipt ', '')
  await expect(paper.getByText('Card', { exact: true })).toBeVisible()
  await expect(paper.getByText('Cash', { exact: true })).toBeVisible()
  await expect(paper).not.toContainText(/CARD|CASH/)
  await expect(paper).toContainText('SR 9 % on')
  const code = paper.getByRole('img', { name: `QR code of receipt ${receiptNo}` })
  expect(await readQr(code)).toBe(receiptNo)

  await page.getByRole('button', { name: 'Print', exact: true }).click()
  await expect.poll(async () => (await prints()).length).toBe(1)
  // Beside the paper the customer may have it on a phone, too.
  expect(await readShownAsQr(page)).not.toContain('COPY')
  await page.getByText('58 mm', { exact: true }).click()
  await expect.poll(async () => (await paper.boundingBox())?.width).toBe(219)
  await expect.poll(() => paper.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  expect(await readQr(code)).toBe(receiptNo)
  await page.getByRole('button', { name: 'Print a copy' }).click()
  await expect.poll(async () => (await prints()).length).toBe(2)

  await screen.newSale()
  await screen.goTo('Receipts')
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Print a copy' }).click()
  await expect.poll(async () => (await prints()).length).toBe(3)
  const [first, second, third] = await prints()
  expect(first).toMatchObject({ page: '80mm', code: true, text: expect.stringContaining(receiptNo) })
  expect(second).toMatchObject({ page: '58mm', code: true, text: expect.stringContaining('COPY') })
  expect(third).toMatchObject({ page: '58mm', code: true, text: second?.text })
  expect(first?.text).not.toContain('COPY')
})

test('a look back at a sale before the last one finds copies, of what is sent and shown as well', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const paper = page.getByRole('article', { name: /^Receipt / })
  const print = page.getByRole('button', { name: 'Print', exact: true })
  const sell = async () => {
    await screen.searchAndAdd(item)
    await screen.startPaying()
    await screen.take('CARD')
    await expect(page).toHaveURL(/\/paid\//)
    await expect(paper).not.toContainText('COPY')
    return new URL(page.url()).pathname
  }
  const first = await sell()
  await screen.newSale()
  const second = await sell()

  await expect(async () => {
    if (!page.url().endsWith(first)) await page.goBack()
    expect(page.url()).toContain(first)
  }).toPass()
  await expect(paper).toContainText('COPY')
  await expect(print).toBeHidden()
  await expect(page.getByRole('button', { name: 'Print a copy' })).toBeVisible()
  expect(await readShownAsQr(page)).toContain('COPY')

  await expect(async () => {
    if (!page.url().endsWith(second)) await page.goForward()
    expect(page.url()).toContain(second)
  }).toPass()
  await expect(print).toBeVisible()
  await expect(paper).not.toContainText('COPY')

  // Nobody knows any more whether it was handed over.
  await page.reload()
  await screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('button', { name: 'Print a copy' }) })
  await expect(paper).toContainText('COPY')
})

async function readShownAsQr(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show as QR' }).click()
  const dialog = page.getByRole('dialog', { name: 'Receipt as a QR code' })
  const text = await readQr(dialog.getByRole('img', { name: /^QR code/ }))
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return text
}
