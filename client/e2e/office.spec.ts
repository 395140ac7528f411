import type { Today } from '@evertill/shared/protocol/office/today'
import type { Page } from '@playwright/test'
import { OWNER } from './demo-company.ts'
import { dollars, type ExpectedSale, expectSale, itemAt, type PlannedSale, sum } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readCustomers, readStock } from './ledger.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test('the owner signs in with the right password, and not with a wrong one', async ({ page }) => {
  await page.goto('/office')
  await page.getByLabel('E-mail').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('wrong-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(heading(page, 'Today')).toBeVisible()
})

test('head office sees what a till has sold: in the day, the list, the sale, the stock and the till', async ({
  desk,
  till,
  items,
  office,
  server,
}) => {
  const [customer] = await readCustomers(server.sql)
  if (customer === undefined) throw new Error('the demo company has no customers')
  const sales: (PlannedSale & { customer?: typeof customer })[] = [
    { lines: [{ item: itemAt(items, 100), pieces: 3 }], tenders: [{ method: 'CASH', cents: 500_00 }] },
    {
      lines: [
        { item: itemAt(items, 101), pieces: 1, off: { percent: 10 } },
        { item: itemAt(items, 102), pieces: 2 },
      ],
      billOff: { percent: 5 },
      customer,
      tenders: [{ method: 'CARD', cents: 50 }, { method: 'NETS' }],
    },
  ]
  const expected = sales.map(expectSale)
  const [, second] = expected
  if (second === undefined) throw new Error('the second sale was not reckoned')
  const total = sum(expected.map((sale) => sale.total))
  const outletName = await outletOf(office, till.outletId)
  const before = await takings(office, till.outletId)
  const stockBefore = await readStock(server.sql, till.outletId)

  for (const [i, sale] of sales.entries()) await till.screen.ringUp(sale, expected[i] as ExpectedSale, [])
  await expect(till.screen.chip).toHaveText('Safe, all sent')
  await expect.poll(async () => (await takings(office, till.outletId)).sales).toBe(before.sales + 2)

  await test.step('today', async () => {
    await desk.goto('/office')
    await expect(heading(desk, 'Today')).toBeVisible()
    const outlet = desk.getByRole('region', { name: outletName })
    await expect(outlet.getByRole('heading').locator('..')).toContainText(dollars(before.total + total))
    const tillRow = outlet.getByRole('row').filter({ hasText: till.name })
    await expect(tillRow).toContainText('2 sales')
    await expect(tillRow).toContainText(dollars(total))
  })

  let receiptNo = ''
  await test.step('the list of sales, searched by the customer', async () => {
    await desk.goto('/office/sales')
    await desk.getByRole('searchbox', { name: 'Search sales' }).fill(customer.name)
    const row = rowOf(desk, till.name)
    await expect(row).toHaveCount(1)
    await expect(row).toContainText(dollars(second.total))
    await expect(row).toContainText('Card + NETS')
    await expect(row).toContainText(customer.name)
    receiptNo = (await row.getByRole('link').first().textContent()) ?? ''
    await row.getByRole('link').first().click()
  })

  await test.step('the sale itself', async () => {
    await expect(heading(desk, `Sale ${receiptNo}`)).toBeVisible()
    const page = desk.getByRole('main')
    for (const { item } of sales[1]?.lines ?? []) await expect(page).toContainText(item.name)
    for (const cents of [second.total, second.tax, ...second.tenders.map((tender) => tender.cents)])
      await expect(page).toContainText(dollars(cents))
  })

  await test.step('the stock', async () => {
    for (const [i, left] of [3, 1, 2].entries()) {
      const item = itemAt(items, 100 + i)
      const onHand = (stockBefore.get(item.productId) ?? 0) - left
      await desk.goto(`/office/stock?q=${item.barcode}&outlet=${till.outletId}`)
      const row = rowOf(desk, item.name)
      await expect(row).toHaveCount(1)
      await expect(row.getByRole('cell').last()).toHaveText(String(onHand))
    }
  })

  await test.step('the till', async () => {
    // By itself: the list shows as many of them as fit.
    await desk.goto(`/office/tills?till=${till.tillId}`)
    const drawer = desk.getByRole('dialog')
    // What it said with its last push, which may have been the one that carried the second sale.
    await expect(async () => {
      await desk.reload()
      const [{ said } = { said: -1 }] = await server.sql<{ said: number }[]>`
        select reported_waiting as said from till where till_id = ${till.tillId}`
      await expect(fact(drawer, 'Waiting, as it said')).toHaveText(new RegExp(`^${said}(,|$)`), {
        timeout: 3000,
      })
    }).toPass()
    await expect(fact(drawer, 'Received to entry')).toHaveText('2')
    await expect(fact(drawer, 'Last contact')).not.toHaveText('Never')
  })
})

test('stock sold below zero becomes an exception, which a person resolves with a note', async ({
  desk,
  till,
  items,
  server,
}) => {
  const item = itemAt(items, 110)
  const before = (await readStock(server.sql, till.outletId)).get(item.productId) ?? 0
  await till.screen.scan(item.barcode)
  await till.screen.setQuantity(item, 997)
  await till.screen.startPaying()
  await till.screen.take('CARD')
  const paid = till.screen.page.getByText(/Receipt \S+ is saved on this till/)
  await paid.waitFor()
  const receiptNo = /Receipt (\S+) is saved/.exec((await paid.textContent()) ?? '')?.[1] ?? ''
  await expect(till.screen.chip).toHaveText('Safe, all sent')

  await expect(async () => {
    await desk.goto('/office/exceptions')
    await expect(rowOf(desk, item.name)).toBeVisible({ timeout: 2000 })
  }).toPass()
  const row = rowOf(desk, item.name)
  await expect(row).toContainText('Stock below zero')
  await expect(row).toContainText(receiptNo)
  await expect(row).toContainText(`−${997 - before}`)
  await row.getByRole('link').first().click()

  const drawer = desk.getByRole('dialog', { name: 'Stock below zero' })
  await drawer.getByRole('button', { name: 'Resolve' }).click()
  await expect(drawer.getByText('Fill this in')).toBeVisible()
  const note = 'Counted: the delivery of this morning was not entered'
  await drawer.getByLabel('What was done').fill(note)
  await drawer.getByRole('button', { name: 'Resolve' }).click()
  await expect(drawer).toBeHidden()
  await expect(rowOf(desk, item.name)).toHaveCount(0)

  await desk.getByText('Resolved', { exact: true }).click()
  await rowOf(desk, item.name).getByRole('link').first().click()
  await expect(desk.getByRole('dialog')).toContainText(note)
  await expect(desk.getByRole('dialog')).toContainText('Tan Siew Hoon')
})

test('a price changed in head office reaches the till', async ({ desk, till, items }) => {
  // Nothing else sells it: what others expect of this company's goods is what they cost at first.
  const item = itemAt(items, 121)
  const price = item.price + 111
  await desk.goto(`/office/products?q=${item.barcode}`)
  await desk.getByRole('link', { name: item.name, exact: true }).click()
  const drawer = desk.getByRole('dialog', { name: item.name })
  await drawer.getByLabel('Price, GST included').fill((price / 100).toFixed(2))
  await drawer.getByRole('button', { name: 'Save changes' }).click()
  await expect(drawer).toBeHidden()
  await expect(rowOf(desk, item.name)).toContainText(dollars(price))

  const { screen } = till
  await screen.page.context().setOffline(true)
  await screen.page.context().setOffline(false)
  await screen.search.fill(item.name)
  await expect(screen.page.getByRole('button', { name: item.name }).first()).toContainText(dollars(price), {
    timeout: 30_000,
  })
  await screen.search.fill('')
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toContainText(dollars(price))
})

test('an exception far down the list is opened by itself, not by way of all before it', async ({
  desk,
  server,
}) => {
  const { sql } = server
  await sql`
    insert into exception (company_id, type, subject, raised_at, detail)
    select company_id, 'unknown-product', 'far down ' || n, '2020-01-01T00:00:00Z'::timestamptz + n * interval '1 day',
      jsonb_build_object('name', 'Far down ' || n)
    from company cross join generate_series(1, 120) n`
  const [oldest] = await sql<{ id: string }[]>`
    select exception_id as id from exception where subject = 'far down 1'`
  const asked: string[] = []
  desk.on('request', (request) => asked.push(request.url()))
  await desk.goto(`/office/exceptions?id=${oldest?.id}`)
  await expect(desk.getByRole('dialog', { name: 'Product not in the catalogue' })).toContainText('Far down 1')
  expect(asked.filter((url) => url.includes('cursor='))).toEqual([])
  await sql`delete from exception where subject like 'far down %'`
})

test('an import shows every bad row by its line, and takes the good ones in', async ({ desk, server }) => {
  const csv = [
    'sku,name,category,price,cost,tax code,barcode,unit,opening stock',
    'E2E-001,Pandan waffle,Bread & Bakery,2.40,1.10,SR,,each,',
    'E2E-002,Kaya jar,Bread & Bakery,minus five,,SR,,each,',
    'E2E-003,Gula melaka,Bread & Bakery,3.90,,SR,,each,',
    'E2E-004,,Bread & Bakery,1.00,,SR,,each,',
    'E2E-005,Ondeh-ondeh,Bread & Bakery,1.20,,NOPE,,each,',
  ].join('\n')
  await desk.goto('/office/products/import')
  await expect(heading(desk, 'Import products')).toBeVisible()
  const file = { name: 'from-supplier.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await desk.locator('input[type=file]').setInputFiles(file)

  const problems = desk.getByRole('region', { name: 'Rows left out' }).getByRole('row')
  await expect(problems.filter({ has: desk.getByRole('cell', { name: '3', exact: true }) })).toContainText(
    'minus five',
  )
  await expect(problems.filter({ has: desk.getByRole('cell', { name: '5', exact: true }) })).toContainText(
    'name',
  )
  await expect(problems.filter({ has: desk.getByRole('cell', { name: '6', exact: true }) })).toContainText(
    'NOPE',
  )
  expect(await stored()).toEqual([])

  await desk.getByRole('button', { name: 'Import 2 products' }).click()
  await expect(desk.getByRole('status').filter({ hasText: '2 products added' })).toContainText(
    '3 rows were left out',
  )
  expect(await stored()).toEqual([
    { sku: 'E2E-001', price: 240 },
    { sku: 'E2E-003', price: 390 },
  ])
  await desk.goto('/office/products?q=E2E-001')
  await expect(rowOf(desk, 'Pandan waffle')).toContainText('$2.40')

  async function stored() {
    return [...(await server.sql`select sku, price from product where sku like 'E2E-%' order by sku`)]
  }
})

async function outletOf(office: { get<T>(path: string): Promise<T> }, outletId: string): Promise<string> {
  const { rows } = await office.get<{ rows: { outletId: string; name: string }[] }>('/outlets')
  return rows.find((row) => row.outletId === outletId)?.name ?? ''
}

async function takings(office: { get<T>(path: string): Promise<T> }, outletId: string) {
  const today = await office.get<Today>('/today')
  const outlet = today.outlets.find((row) => row.outletId === outletId)
  return { sales: outlet?.sales ?? 0, total: outlet?.total ?? 0 }
}

/** What stands beside a label in a list of facts. */
function fact(within: ReturnType<Page['locator']>, label: string) {
  return within.locator('dl > div').filter({ hasText: label }).locator('dd')
}
