import type { BrowserContext, Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readStored } from './journal.ts'
import { readQr } from './qr-reading.ts'
import { TillScreen } from './till-screen.ts'

async function openCustomerScreen(screen: TillScreen, context: BrowserContext): Promise<Page> {
  const opening = context.waitForEvent('page')
  await screen.goTo('Customer screen')
  return opening
}

test('the customer sees what is rung up, the PayNow code, the change and a thank-you, whichever side is loaded again', async ({
  page,
  context,
  till,
  items,
}) => {
  const [first, second] = items.slice(20)
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  const { screen } = till
  const customer = await openCustomerScreen(screen, context)
  const shop = customer.getByRole('heading', { level: 1 })
  await expect(customer.getByText('Welcome')).toBeVisible()
  const shopName = (await shop.textContent()) ?? ''

  await screen.scan(first.barcode)
  await screen.scan(first.barcode)
  await screen.scan(second.barcode)
  await expect(screen.line(second)).toBeVisible()
  const lines = customer.getByRole('region', { name: 'Your items' }).getByRole('listitem')
  await expect(lines).toHaveCount(2)
  await expect(lines.first()).toContainText(first.name)
  await expect(lines.first()).toContainText('2 ×')
  await expect(lines.last()).toContainText(second.name)
  const { net } = expectSale({
    lines: [
      { item: first, pieces: 2 },
      { item: second, pieces: 1 },
    ],
    tenders: [{ method: 'CARD' }],
  })
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toContainText(dollars(net))
  await expect(customer.getByRole('status')).toHaveText(`Total${dollars(net)}`)

  await customer.reload()
  await expect(lines).toHaveCount(2)
  await expect
    .poll(() => readStored(page, 'openSale'))
    .toMatchObject({ cart: { lines: [{ quantity: 2000 }, { quantity: 1000 }] } })
  await page.reload()
  await screen.signIn(SUPERVISOR_PIN)
  await expect(screen.line(second)).toBeVisible()
  await expect(lines).toHaveCount(2)

  await screen.startPaying()
  await page.getByRole('button', { name: 'PayNow', exact: true }).click()
  const onTill = page.getByRole('img', { name: /^PayNow code/ })
  const onScreen = customer.getByRole('img', { name: /^PayNow code/ })
  await expect(onScreen).toBeVisible()
  expect(await readQr(onScreen)).toBe(await readQr(onTill))
  await page.getByRole('button', { name: 'Pay another way' }).click()
  await expect(onScreen).toBeHidden()

  await screen.take('CASH', 200_00)
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await expect(customer.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  const change = dollars(200_00 - Math.round(net / 5) * 5)
  await expect(page.getByRole('main').getByRole('status')).toHaveText(`Change${change}`)
  await expect(customer.getByText('Change')).toBeVisible()
  await expect(customer.getByRole('main')).toContainText(change)

  await screen.newSale()
  await expect(customer.getByText('Welcome')).toBeVisible()
  await expect(shop).toHaveText(shopName)
})

test('the customer’s window knows nothing of the shop but what is shown: no till, no staff, no database', async ({
  page,
  context,
  till,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const customer = await openCustomerScreen(till.screen, context)
  const heard = customer.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const messages: unknown[] = []
        new BroadcastChannel('evertill-customer-screen').onmessage = ({ data }) => {
          messages.push(data)
          if (JSON.stringify(data).includes('"paid"')) resolve(messages)
        }
      }),
  )
  await till.screen.scan(item.barcode)
  await till.screen.startPaying()
  await till.screen.take('CASH')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const told = JSON.stringify(await heard)
  const staff = (await page.getByRole('banner').locator('p').first().textContent())?.split(' · ').at(-1) ?? ''
  expect(staff).not.toBe('')
  expect(told).not.toContain(staff)
  expect(told).not.toMatch(/cost|margin|staff/i)
})

test('the customer sees the code for the difference of an exchange', async ({
  page,
  context,
  till: { screen },
  items,
}) => {
  const byPrice = items.filter((item) => item.price >= 100).sort((a, b) => a.price - b.price)
  const [cheap, dear] = [byPrice[0], byPrice.find(({ price }) => price > (byPrice[0]?.price ?? 0) + 100)]
  if (!cheap || !dear) throw new Error('the demo company has too little to sell')
  const customer = await openCustomerScreen(screen, context)
  const sold = { lines: [{ item: cheap, pieces: 1 }], tenders: [{ method: 'CARD' as const }] }
  await screen.ringUp(sold, expectSale(sold), ['scan'])
  await screen.prepareExchange(cheap, dear)
  await page.getByRole('button', { name: 'Wrong item' }).click()
  await page.getByRole('group', { name: 'Paid by' }).getByRole('button', { name: 'PayNow' }).click()
  await page.getByRole('button', { name: /^Show the PayNow code/ }).click()

  const onTill = page.getByRole('img', { name: /^PayNow code/ })
  const onScreen = customer.getByRole('img', { name: /^PayNow code/ })
  await expect(customer.getByRole('heading')).toHaveText(`Scan to pay ${dollars(dear.price - cheap.price)}`)
  expect(await readQr(onScreen)).toBe(await readQr(onTill))
  await customer.reload()
  await expect(onScreen).toBeVisible()
  await page.getByRole('button', { name: /received$/ }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  await expect(customer.getByText('Welcome')).toBeVisible()
})

test('what is practised in another tab is not on the customer’s screen', async ({
  context,
  till: { screen },
  items,
}) => {
  const [sold, other, practised] = items.slice(20)
  if (!sold || !other || !practised) throw new Error('the demo company has too little to sell')
  const customer = await openCustomerScreen(screen, context)
  await screen.scan(sold.barcode)
  const lines = customer.getByRole('region', { name: 'Your items' }).getByRole('listitem')
  await expect(lines).toContainText([sold.name])
  await customer.evaluate(() => {
    const told: unknown[] = []
    Object.assign(window, { told })
    new BroadcastChannel('evertill-customer-screen').onmessage = ({ data }) => told.push(data)
  })

  const trainee = new TillScreen(await context.newPage())
  await trainee.page.goto('/')
  await trainee.signIn(SUPERVISOR_PIN)
  await trainee.goTo('Training…')
  await trainee.page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click()
  await trainee.signIn(SUPERVISOR_PIN)
  await expect(trainee.page.getByRole('region', { name: 'Training' })).toBeVisible()
  await trainee.scan(practised.barcode)
  await expect(trainee.line(practised)).toBeVisible()
  await trainee.page.getByRole('button', { name: 'Menu' }).click()
  await expect(trainee.page.getByRole('menuitem', { name: 'Receipts' })).toBeVisible()
  await expect(trainee.page.getByRole('menuitem', { name: 'Customer screen' })).toBeHidden()

  await screen.page.bringToFront()
  await screen.scan(other.barcode)
  await expect(lines).toContainText([sold.name, other.name])
  const told = await customer.evaluate(() => JSON.stringify((window as unknown as { told: unknown[] }).told))
  expect(told).toContain(other.name)
  expect(told).not.toContain(practised.name)
  expect(told).not.toContain('TRAINING')
})
