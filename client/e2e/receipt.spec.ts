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

  await page.getByRole('button', { name: 'Print' }).click()
  await expect.poll(async () => (await prints()).length).toBe(1)
  await page.getByText('58 mm', { exact: true }).click()
  await expect.poll(async () => (await paper.boundingBox())?.width).toBe(219)
  await expect.poll(() => paper.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  expect(await readQr(code)).toBe(receiptNo)
  await page.getByRole('button', { name: 'Print' }).click()
  await expect.poll(async () => (await prints()).length).toBe(2)

  await screen.newSale()
  await screen.goTo('Receipts')
  await page.getByRole('main').getByRole('listitem').getByRole('button').first().click()
  await page.getByRole('button', { name: 'Print a copy' }).click()
  await expect.poll(async () => (await prints()).length).toBe(3)
  const [first, second, third] = await prints()
  expect(first).toMatchObject({ page: '80mm', code: true, text: expect.stringContaining(receiptNo) })
  expect(second).toMatchObject({ page: '58mm', code: true, text: first?.text })
  expect(third).toMatchObject({ page: '58mm', code: true, text: expect.stringContaining('COPY') })
  expect(first?.text).not.toContain('COPY')
})
