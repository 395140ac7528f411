import type { Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readQr } from './qr-reading.ts'
import { HAND_MS } from './till-screen.ts'

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

test('receipts are found and opened with the keyboard alone', async ({ page, till: { screen }, items }) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  for (let sale = 0; sale < 2; sale++) {
    await screen.searchAndAdd(item)
    await screen.startPaying()
    await screen.take('CARD')
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
    await screen.newSale()
  }
  await screen.goTo('Receipts')
  const search = page.getByRole('searchbox', { name: 'Search receipts' })
  const rows = page.getByRole('main').getByRole('listitem').getByRole('button')
  await expect(search).toBeFocused()
  await expect(rows).toHaveCount(2)

  await page.keyboard.press('ArrowDown')
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  const older = /\S+-000001/
  await expect(page.getByRole('article', { name: older })).toBeVisible()

  // A button has the focus: a letter goes to the search all the same.
  await page.keyboard.type('0002', { delay: HAND_MS })
  await expect(search).toHaveValue('0002')
  await expect(search).toBeFocused()
  await expect(rows).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect(search).toBeFocused()
  await page.getByRole('button', { name: 'Print a copy' }).focus()
  await page.keyboard.press('F2')
  await expect(search).toBeFocused()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('0002')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: /\S+-000002/ })).toBeVisible()
})

test('a gift card that is sold says its code, and pays by Enter once it is read', async ({
  page,
  till: { screen },
  items,
}) => {
  const item = items.find(({ price }) => price >= 300 && price < 900)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
  const use = dialog.getByRole('button', { name: `Use ${dollars(item.price)}` })
  const paid = page.getByRole('heading', { name: `Paid ${dollars(item.price)}` })
  // Nobody reads what it will pay faster than that.
  const read = () => page.waitForTimeout(600)

  const code = await test.step('Paid says which code the money is on', async () => {
    await screen.goTo('Gift cards and vouchers')
    await page.getByRole('button', { name: '$20.00', exact: true }).click()
    await screen.startPaying()
    await screen.take('CARD')
    await expect(page.getByRole('heading', { name: 'Paid $20.00' })).toBeVisible()
    const sold = await readQr(page.getByRole('img', { name: /^QR code of V/ }))
    const said = page.getByText(/^\$20\.00 is on Gift card V/)
    expect((await said.textContent())?.replaceAll(/\s/g, '')).toBe(`$20.00isonGiftcard${sold}`)
    await expect(page.getByText('It stands on the receipt too')).toBeVisible()
    await screen.newSale()
    await expect(said).toBeHidden()
    return sold
  })

  await test.step('scanned, it waits for Enter', async () => {
    await screen.scan(item.barcode)
    await screen.startPaying()
    await screen.scan(code)
    await expect(use).toBeFocused()
    await read()
    await page.keyboard.press('Enter')
    await expect(paid).toBeVisible()
    await expect(page.getByText('is on Gift card')).toHaveCount(0)
    await screen.newSale()
  })

  await test.step('typed, Enter looks it up, however long it is held, and the next one uses it', async () => {
    await screen.scan(item.barcode)
    await screen.startPaying()
    await page.getByRole('button', { name: 'Gift card or voucher' }).click()
    await screen.takesKeys(dialog)
    await page.keyboard.type(code.toLowerCase(), { delay: HAND_MS })
    await expect(use).toBeVisible()
    await expect(dialog.getByRole('textbox', { name: 'Code' })).toBeFocused()
    await page.keyboard.down('Enter')
    await expect(use).toBeFocused()
    await read()
    for (let repeat = 0; repeat < 3; repeat++) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expect(use).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(paid).toBeVisible()
  })
})

test('what a long refund comes to stays in view, and how it goes back is called what it does', async ({
  page,
  till: { screen },
  items,
}) => {
  const sold = items.slice(20, 32)
  const last = sold.at(-1)
  if (last === undefined) throw new Error('the demo company has too little to sell')
  const dialog = page.getByRole('dialog')
  const code = await screen.sellGiftCard('$10.00')
  for (const item of sold) {
    await screen.scan(item.barcode)
    await expect(screen.line(item)).toBeVisible()
  }
  await screen.startPaying()
  await screen.scan(code)
  await dialog.getByRole('button', { name: 'Use $10.00' }).click()
  await expect(dialog).toBeHidden()
  await screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await screen.newSale()
  await screen.goTo('Receipts')
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Refund…' }).click()

  const goesBack = dialog.getByRole('status').last()
  const refund = dialog.getByRole('button', { name: /refund \$/i })
  await dialog.getByRole('button', { name: 'All of it comes back' }).click()
  await expect(goesBack).toContainText(/Gift card \$10\.00 · Card/)
  // What a code has paid is no money: it goes back to the code, whatever is chosen.
  await dialog.getByRole('button', { name: 'Money in Cash, the rest as paid' }).click()
  await expect(goesBack).toContainText(/Gift card \$10\.00 · Cash/)
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    await dialog.evaluate((element) => element.scrollTo(0, 0))
    await expect(dialog.getByRole('button', { name: `One more of ${sold[0]?.name}` })).toBeInViewport()
    await expect(goesBack).toBeInViewport({ ratio: 1 })
    await expect(refund).toBeInViewport({ ratio: 1 })
    // What has the focus stands above them.
    const less = dialog.getByRole('button', { name: `One less of ${last.name}` })
    await less.focus()
    const bottom = await less.evaluate((element) => element.getBoundingClientRect().bottom)
    expect(bottom).toBeLessThan(await goesBack.evaluate((element) => element.getBoundingClientRect().top))
    await less.blur()
  }
})

async function readShownAsQr(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show as QR' }).click()
  const dialog = page.getByRole('dialog', { name: 'Receipt as a QR code' })
  const text = await readQr(dialog.getByRole('img', { name: /^QR code/ }))
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  return text
}
