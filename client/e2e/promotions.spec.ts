import { join } from 'node:path'
import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { readCustomers } from './ledger.ts'

test('three of a set are given their price as they are rung up: on the line, the receipt and the server', async ({
  page,
  server,
  till: { screen, tillId },
  items,
}) => {
  const nuts = ['Roasted Peanuts', 'Salted Broad Beans', 'Cocktail Snack'].map((name) => {
    const item = items.find((candidate) => candidate.name.includes(name))
    if (item === undefined) throw new Error(`the demo company sells no ${name}`)
    return item
  })
  const offer = page.getByRole('region', { name: 'Cart' }).getByText('Any 3 nuts for $6')
  for (const item of nuts) {
    await expect(offer).toHaveCount(0)
    await screen.searchAndAdd(item)
    await expect(screen.line(item)).toBeVisible()
  }
  await expect(offer).toHaveCount(3)
  await expect(page.getByRole('button', { name: /^Pay/ })).toContainText('6.00')
  await lookAt(page, 'promotion-cart')

  await screen.startPaying()
  await screen.take('CASH')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  await expect(page.getByRole('article').getByText('Any 3 nuts for $6')).toHaveCount(3)
  if (process.env.PICTURES !== undefined)
    await page.screenshot({ path: join(process.env.PICTURES, 'promotion-receipt.png') })

  const [entry] = await readJournal(page)
  // 2.75 + 2.25 + 3.30 = 8.30, so 2.30 off: by worth 0.762, 0.623 and 0.914.
  expect(JSON.parse(entry?.raw ?? '').body).toMatchObject({
    lines: [
      { promotions: [{ name: 'Any 3 nuts for $6', amount: 76 }], net: 199 },
      { promotions: [{ name: 'Any 3 nuts for $6', amount: 62 }], net: 163 },
      { promotions: [{ name: 'Any 3 nuts for $6', amount: 92 }], net: 238 },
    ],
    gross: 830,
    discount: 230,
    net: 600,
  })
  const stored = () => server.sql`select discount, net from sale where till_id = ${tillId}`
  await expect.poll(stored).toEqual([{ discount: 230, net: 600 }])
  expect(await server.sql`select type from exception where till_id = ${tillId}`).toEqual([])
})

test('a price for members is given when a member is added, and to nobody else', async ({
  page,
  server,
  till: { screen },
  items,
}) => {
  const [item] = await server.sql<{ sku: string; name: string }[]>`
    select sku, name from product where sku like 'PER-%' order by sku limit 1`
  const soap = items.find(({ name }) => name === item?.name)
  const gold = (await readCustomers(server.sql)).find(({ multiplier }) => multiplier === 1.5)
  if (soap === undefined || gold === undefined) throw new Error('the demo company has no such member')
  const offer = page.getByRole('region', { name: 'Cart' }).getByText('Gold members: personal care 10% off')
  await screen.searchAndAdd(soap)
  await expect(screen.line(soap)).toBeVisible()
  await expect(offer).toHaveCount(0)
  await screen.addCustomer(gold)
  await expect(offer).toHaveCount(1)
})
