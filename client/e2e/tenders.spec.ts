import { dollars } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { expectAllSent, readJournal } from './journal.ts'
import { readCustomers, readPoints } from './ledger.ts'
import { HAND_MS } from './till-screen.ts'

offlineTest(
  'a customer pays with points, offline, no more than there are, and the receipt says what is left',
  async ({ page, till, items, server }) => {
    const balances = await readPoints(server.sql)
    const rich = (await readCustomers(server.sql)).find(
      ({ customerId }) => (balances.get(customerId) ?? 0) >= 30,
    )
    const item = items.find(({ price }) => price >= 300)
    if (rich === undefined || item === undefined) throw new Error('the demo company has nobody with points')
    const balance = balances.get(rich.customerId) ?? 0
    const { screen } = till
    await screen.readyForOffline()
    await page.context().setOffline(true)
    await screen.scan(item.barcode)
    await screen.setQuantity(item, 30)
    await screen.addCustomer(rich)
    await screen.startPaying()
    // The server was heard a moment ago: no limit binds yet but what there is.
    const most = Math.min(balance, Math.floor((item.price * 30) / 10))
    await expect(page.getByRole('button', { name: `Use ${most} points`, exact: true })).toContainText(
      dollars(most * 10),
    )
    for (const key of ['2', 'Point', '0', '5'])
      await page.getByRole('button', { name: key, exact: true }).click()
    await page.getByRole('button', { name: 'Use 20 points', exact: true }).click()
    await expect(page.getByRole('button', { name: `Take back Points: 20 ${dollars(200)}` })).toBeVisible()
    await screen.take('CARD')
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
    const receipt = page.getByRole('article', { name: /^Receipt/ })
    await expect(receipt).toContainText('Points: 20')
    const [sale] = (await readJournal(page)).map(({ raw }) => JSON.parse(raw).body)
    expect(sale.tenders[0]).toEqual({ methodCode: 'POINTS', kind: 'points', amount: 200, points: 20 })
    await expect(receipt).toContainText(`Points now${balance - 20 + sale.pointsEarned}`)
  },
)

offlineTest(
  'a gift card is sold, looked up and spent to the last cent, and a refund gives store credit',
  async ({ page, till, items }) => {
    test.setTimeout(240_000)
    const item = items.find(({ price }) => price >= 300 && price < 2000)
    if (item === undefined) throw new Error('the demo company has nothing to sell')
    const { screen } = till
    await screen.readyForOffline()
    await page.context().setOffline(true)
    const code = await test.step('a gift card of $20 is sold, and its code is on the receipt', () =>
      screen.sellGiftCard('$20.00'))
    expect(code).toMatch(/^V[0-9A-Z]{13}$/)

    await test.step('scanned, it says what is on it', async () => {
      await screen.scan(code)
      const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
      await expect(dialog).toContainText('$20.00')
      await screen.closeDialog()
    })

    const paid = dollars(item.price)
    await test.step('read while paying, it pays what is due', async () => {
      await screen.scan(item.barcode)
      await screen.startPaying()
      await page.getByRole('button', { name: 'Gift card or voucher' }).click()
      const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
      await dialog.getByRole('textbox', { name: 'Code' }).fill(code)
      await expect(dialog.getByRole('button', { name: `Use ${paid}` })).toBeVisible()
      await dialog.getByRole('button', { name: `Use ${paid}` }).click()
      await expect(page.getByRole('heading', { name: `Paid ${paid}` })).toBeVisible()
      await screen.newSale()
    })

    await test.step('typed, with a mistake, it is not known; without, what is left is', async () => {
      await screen.goTo('Gift cards and vouchers')
      await page.getByRole('button', { name: 'Check what is left on one' }).click()
      const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
      const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
      await dialog.getByRole('textbox', { name: 'Code' }).fill(wrong)
      await expect(dialog).toContainText('that code is wrong')
      await dialog.getByRole('textbox', { name: 'Code' }).fill(code.toLowerCase())
      await expect(dialog).toContainText(dollars(2000 - item.price))
      await screen.closeDialog()
    })

    await test.step('what it paid goes back to it, and cash as store credit', async () => {
      await screen.goTo('Receipts')
      await page
        .getByRole('button', { name: new RegExp(`\\${paid}`) })
        .first()
        .click()
      await page.getByRole('button', { name: 'Refund…' }).click()
      const dialog = page.getByRole('dialog', { name: /^Refund of / })
      await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
      await dialog.getByRole('button', { name: 'Wrong item' }).click()
      await dialog.getByRole('button', { name: `Refund ${paid}` }).click()
      await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Gift card …')

      await screen.goTo('Sell')
      await expect(screen.search).toBeVisible()
      await screen.scan(item.barcode)
      await screen.startPaying()
      await screen.take('CARD')
      await expect(page.getByRole('heading', { name: `Paid ${paid}` })).toBeVisible()
      await screen.newSale()
      await screen.goTo('Receipts')
      await page
        .getByRole('button', { name: new RegExp(`\\${paid}`) })
        .first()
        .click()
      await page.getByRole('button', { name: 'Refund…' }).click()
      await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
      await dialog.getByRole('button', { name: 'Wrong item' }).click()
      await dialog.getByText('Store credit', { exact: true }).click()
      await expect(dialog).toContainText(`Store credit ${paid}`)
      await dialog.getByRole('button', { name: `Refund ${paid}` }).click()
      await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Store credit')
    })

    await page.context().setOffline(false)
    await expect(screen.chip).toHaveText('Safe, all sent', { timeout: 60_000 })
  },
)

test('a till that is online takes all that is on a gift card, whatever it may take unheard', async ({
  page,
  till: { screen },
  items,
}) => {
  const item = items.find(({ price }) => price >= 400 && price < 2000)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const code = await screen.sellGiftCard('$100.00')
  await expectAllSent(page, 1)
  // Of one card no more than $50.00 before the server has heard of it.
  for (const pieces of [Math.ceil(5100 / item.price), Math.floor(4800 / item.price)]) {
    await screen.scan(item.barcode)
    await screen.setQuantity(item, pieces)
    await screen.scan(code)
    const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
    const paid = dollars(item.price * pieces)
    await dialog.getByRole('button', { name: `Use ${paid}` }).click()
    await expect(page.getByRole('heading', { name: `Paid ${paid}` })).toBeVisible()
    await screen.newSale()
  }
  const tenders = (await readJournal(page)).flatMap(({ raw }) => JSON.parse(raw).body.tenders)
  expect(tenders.filter(({ code: by }) => by === code)).toHaveLength(2)
})

test('a paper voucher is taken at what it is worth, and the number on it is kept', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 1000)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)
  await screen.startPaying()
  await page.getByRole('button', { name: 'Gift card or voucher' }).click()
  const dialog = page.getByRole('dialog', { name: 'Gift card or voucher' })
  await dialog.getByRole('button', { name: 'A paper voucher without a code…' }).click()
  await dialog.getByLabel('Number on it, if it has one').fill(' CDC 0042 ')
  await dialog.getByRole('button', { name: '5', exact: true }).click()
  await dialog.getByRole('button', { name: 'Take $5.00 voucher' }).click()
  await screen.take('CARD')
  const receipt = page.getByRole('article', { name: /^Receipt / })
  await expect(receipt).toContainText('CDC 0042')
  const { body } = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '')
  expect(body.tenders[0]).toEqual({
    methodCode: 'VOUCHER',
    kind: 'voucher',
    amount: 500,
    reference: 'CDC 0042',
  })
})

test('cash that gives change says how much while it is typed, and so much that it may be a slip is asked about', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 1000 && price < 5000)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const due = Math.round(item.price / 5) * 5
  const change = `Change ${dollars(4000_00 - due)}`
  const typed = page.getByRole('main', { name: 'Payment' }).getByRole('status')
  const cash = page.getByRole('button', { name: 'Cash', exact: true })
  const asked = page.getByRole('dialog', { name: `${change}?` })
  await screen.scan(item.barcode)
  await screen.startPaying()
  await page.keyboard.type('50', { delay: HAND_MS })
  await expect(typed.filter({ hasText: '$50.00' })).toContainText(`Change ${dollars(50_00 - due)}`)
  await expect(cash).toContainText(`Change ${dollars(50_00 - due)}`)
  await page.keyboard.press('Escape')

  await page.keyboard.type('4000', { delay: HAND_MS })
  await expect(typed.filter({ hasText: '$4,000.00' })).toContainText(change)
  await page.keyboard.press('Enter')
  await expect(asked).toContainText(`$4,000.00 handed over for ${dollars(due)}.`)
  await expect(asked.getByRole('button', { name: 'Cancel' })).toBeFocused()
  // Whoever presses it once more takes nothing.
  await page.keyboard.press('Enter')
  await expect(asked).toBeHidden()
  expect(await readJournal(page)).toEqual([])
  await expect(cash).toContainText(change)

  await cash.click()
  await asked.getByRole('button', { name: `Give ${dollars(4000_00 - due)} change` }).click()
  await screen.expectPaid({ total: due, change: 4000_00 - due })
})

test('what was taken stands in the cart, on a phone in its bar, and they ask for what is left', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 1000)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const left = `Left to pay ${dollars(item.price - 500)}`
  await screen.scan(item.barcode)
  await screen.startPaying()
  await screen.take('CARD', 500)
  await expect(page.getByRole('button', { name: /^Take back Card/ })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the cart' }).click()
  await expect(page.getByRole('region', { name: 'Cart' })).toContainText('$5.00 taken')
  await expect(page.getByRole('button', { name: left })).toBeVisible()

  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('button', { name: /^1 item/ })).toContainText('$5.00 taken')
  await page.getByRole('button', { name: left }).click()
  await expect(page.getByRole('button', { name: /^Take back Card/ })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Delete the last digit' })).toBeInViewport({ ratio: 1 })
})

test('what a terminal or a bank has moved is taken back after a question, cash without one', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 1000)
  if (item === undefined) throw new Error('the demo company has too little to sell')
  const takeBack = (name: string) => page.getByRole('button', { name: `Take back ${name} $2.00` })
  await screen.scan(item.barcode)
  await screen.startPaying()
  for (const [i, method] of ['CARD', 'PAYNOW', 'CASH'].entries()) {
    await screen.take(method, 200)
    await expect(page.getByRole('button', { name: /^Take back/ })).toHaveCount(i + 1)
  }
  await takeBack('Cash').click()
  await expect(takeBack('Cash')).toBeHidden()

  await takeBack('Card').click()
  const byCard = page.getByRole('dialog', { name: 'Take back $2.00 by Card?' })
  await expect(byCard).toContainText('Cancel the payment on the terminal as well: the till cannot.')
  await expect(byCard.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(byCard).toBeHidden()
  await expect(takeBack('Card')).toBeVisible()
  await takeBack('Card').click()
  await byCard.getByRole('button', { name: 'Take back $2.00' }).click()
  await expect(takeBack('Card')).toBeHidden()

  await takeBack('PayNow').click()
  const byPayNow = page.getByRole('dialog', { name: 'Take back $2.00 by PayNow?' })
  await expect(byPayNow).toContainText('Give the money back by hand: the till cannot.')
  await byPayNow.getByRole('button', { name: 'Take back $2.00' }).click()
  await expect(page.getByRole('heading', { name: 'To pay' })).toBeVisible()
})
