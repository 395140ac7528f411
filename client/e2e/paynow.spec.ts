import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { readQr } from './qr-reading.ts'
import { TillScreen } from './till-screen.ts'

/** Of an EMV code: its data objects by id. */
function readFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4))
    fields[text.slice(at, at + 2)] = text.slice(at + 4, at + 4 + length)
    at += 4 + length
  }
  return fields
}

offlineTest(
  'a customer scans what is due off the till, offline, and the reference stays with the sale',
  async ({ page, till, items }) => {
    const [item] = items
    if (item === undefined) throw new Error('the demo company has nothing to sell')
    const { screen } = till
    const expected = expectSale({ lines: [{ item, pieces: 2 }], tenders: [{ method: 'PAYNOW' }] })
    await screen.readyForOffline()
    await page.context().setOffline(true)
    await screen.searchAndAdd(item)
    await screen.searchAndAdd(item)
    await expect(screen.line(item).getByText('2', { exact: true })).toBeVisible()
    await screen.startPaying()
    await page.getByRole('button', { name: 'PayNow', exact: true }).click()

    const panel = page.getByRole('region', { name: 'PayNow' })
    const picture = panel.getByRole('img', { name: /^PayNow code for/ })
    await expect(picture).toBeVisible()
    const fields = readFields(await readQr(picture))
    expect(Number(fields['54'])).toBe(expected.total / 100)
    expect(fields['26']).toContain('SG.PAYNOW')
    expect(fields['26']).toContain('201900000A')
    const reference = readFields(fields['62'] ?? '')['01'] ?? ''
    expect(reference).toMatch(/^[A-Z]+-\w+-000001$/)
    await expect(panel.getByText(reference, { exact: true })).toBeVisible()

    await test.step('a reload in the middle asks whether it was paid; if not, for the same again', async () => {
      await page.reload()
      await screen.signIn('2468', { landing: page.getByRole('main', { name: 'Payment' }) })
      await expect(page.getByText(`was shown (${reference}). Did the money arrive?`)).toBeVisible()
      await page.getByRole('button', { name: 'It did not' }).click()
      await page.getByRole('button', { name: 'PayNow', exact: true }).click()
      expect(readFields(await readQr(picture))).toEqual(fields)
    })

    await test.step('Escape goes back to the other ways, with nothing taken', async () => {
      await page.keyboard.press('Escape')
      await expect(panel).toBeHidden()
      await expect(page.getByRole('button', { name: 'Card', exact: true })).toBeVisible()
      await expect(page.getByRole('button', { name: /^Take back/ })).toHaveCount(0)
    })

    await screen.take('PAYNOW')
    await screen.expectPaid(expected)
    const bodies = (await readJournal(page)).map(({ raw }) => JSON.parse(raw).body)
    expect(bodies).toMatchObject([
      { receiptNo: reference, tenders: [{ kind: 'paynow', amount: expected.total, reference }] },
    ])
    await expect(page.getByRole('article', { name: /^Receipt/ })).toContainText(reference)
  },
)

test('nothing lies over the code on a phone', async ({ page, till, items }) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await till.screen.searchAndAdd(item)
  await till.screen.startPaying()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  const code = page.getByRole('region', { name: 'PayNow' }).getByRole('img')
  await expect(code).toBeInViewport({ ratio: 1 })
  const covered = await code.evaluate((img) => {
    const { left, right, top, bottom } = img.getBoundingClientRect()
    const corners = [left + 3, right - 3].flatMap((x) => [top + 3, bottom - 3].map((y) => [x, y] as const))
    return corners.filter(([x, y]) => !img.contains(document.elementFromPoint(x, y))).length
  })
  expect(covered).toBe(0)
})

test('the goods stand still while a customer pays by a code, and one that they have grown out of is taken away', async ({
  page,
  till,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await till.screen.searchAndAdd(item)
  await till.screen.startPaying()
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  const panel = page.getByRole('region', { name: 'PayNow' })
  await expect(panel).toContainText(dollars(item.price))
  await expect(page.getByRole('button', { name: `One more ${item.name}` })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Discount', exact: true })).toBeDisabled()

  // Another window of this till knows nothing of it.
  const other = new TillScreen(await page.context().newPage())
  await other.page.goto('/')
  await other.signIn(SUPERVISOR_PIN)
  await other.setQuantity(item, 3)
  await expect(panel).toBeHidden()
  await expect(page.getByText('Choose PayNow again')).toBeVisible()
})

test('a code that was paid while nobody could say so is taken once, with its reference, and never by the next sale', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 1000)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const payment = page.getByRole('main', { name: 'Payment' })
  const question = page.getByText('Did the money arrive?')
  const panel = page.getByRole('region', { name: 'PayNow' })
  const showCode = async () => {
    await page.getByRole('button', { name: 'PayNow', exact: true }).click()
    await expect(panel.getByRole('img', { name: /^PayNow code for/ })).toBeVisible()
  }
  const reload = async () => {
    await page.reload()
    await screen.signIn(SUPERVISOR_PIN, { landing: payment })
  }

  await test.step('an emptied cart forgets it', async () => {
    await screen.scan(item.barcode)
    await screen.startPaying()
    await showCode()
    await page.getByRole('button', { name: 'Back to the cart' }).click()
    await page.getByRole('button', { name: 'Empty', exact: true }).click()
    await screen.scan(item.barcode)
    await screen.startPaying()
    await expect(page.getByRole('button', { name: 'Cash', exact: true })).toBeVisible()
    await expect(question).toBeHidden()
  })

  await test.step('part of it, before a reload', async () => {
    await page.getByRole('button', { name: '2', exact: true }).click()
    await showCode()
    await reload()
    await expect(payment.getByRole('alert').filter({ hasText: 'A PayNow code for $2.00' })).toBeVisible()
    // Nothing else can be taken meanwhile.
    await expect(page.getByRole('button', { name: 'Cash', exact: true })).toBeHidden()
    await page.keyboard.press('F12')
    await page.getByRole('button', { name: 'It arrived' }).click()
    await expect(page.getByRole('button', { name: 'Take back PayNow $2.00' })).toBeVisible()
    await expect(question).toBeHidden()
    await reload()
    await expect(page.getByRole('button', { name: 'Cash', exact: true })).toBeVisible()
    await expect(question).toBeHidden()
  })

  await test.step('the rest, on the way back from the cart', async () => {
    await showCode()
    await page.getByRole('button', { name: 'Back to the cart' }).click()
    // Exact cash is asked about there too.
    await page.keyboard.press('F12')
    await page.getByRole('button', { name: 'It arrived' }).click()
    await expect(page.getByRole('heading', { name: `Paid ${dollars(item.price)}` })).toBeVisible()
  })

  const [sale] = (await readJournal(page)).map(({ raw }) => JSON.parse(raw).body)
  expect(sale.tenders).toEqual([
    { methodCode: 'PAYNOW', kind: 'paynow', amount: 200, reference: sale.receiptNo },
    { methodCode: 'PAYNOW', kind: 'paynow', amount: item.price - 200, reference: `${sale.receiptNo}/2` },
  ])
  await screen.newSale()
  await screen.scan(item.barcode)
  await screen.startPaying()
  await expect(page.getByRole('button', { name: 'Cash', exact: true })).toBeVisible()
  await expect(question).toBeHidden()
})

test('a gift card does not pay over a code that may have been paid', async ({
  page,
  till: { screen },
  items,
}) => {
  const item = items.find(({ price }) => price >= 400 && price < 2000)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const code = await screen.sellGiftCard('$20.00')
  await screen.scan(item.barcode)
  await screen.startPaying()
  await page.getByRole('button', { name: '2', exact: true }).click()
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  await expect(page.getByRole('img', { name: /^PayNow code for/ })).toBeVisible()
  await page.reload()
  await screen.signIn(SUPERVISOR_PIN, { landing: page.getByText('Did the money arrive?') })

  await screen.scan(code)
  const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
  await dialog.getByRole('button', { name: `Use ${dollars(item.price)}` }).click()
  await expect(dialog).toContainText('Say first whether the money of the PayNow code arrived.')
  await screen.closeDialog()
  await page.getByRole('button', { name: 'It arrived' }).click()
  await screen.scan(code)
  await dialog.getByRole('button', { name: `Use ${dollars(item.price - 200)}` }).click()
  await expect(page.getByRole('heading', { name: `Paid ${dollars(item.price)}` })).toBeVisible()
})
