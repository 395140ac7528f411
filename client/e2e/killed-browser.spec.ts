import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { killBrowser, launchTill } from './browser.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale, type PlannedSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readJournal, readStored } from './journal.ts'
import { readCustomers, readSales } from './ledger.ts'
import type { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

const ROUNDS = 5

let profile: string
let context: BrowserContext

test.beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
})

test.afterEach(async () => {
  await context.close()
  await rm(profile, { recursive: true, force: true })
})

async function open(server: ServerProcess): Promise<TillScreen> {
  context = await launchTill(profile, server.url)
  return new TillScreen(context.pages()[0] ?? (await context.newPage()))
}

test('a cart with discounts, a customer and a payment survives a killed browser', async ({
  server,
  office,
  items,
}) => {
  const [first, second] = [items[40], items[80]]
  const [customer] = await readCustomers(server.sql)
  if (!first || !second || !customer) throw new Error('the demo company has too little to sell')
  const sale: PlannedSale = {
    lines: [
      { item: first, pieces: 2 },
      { item: second, pieces: 1, off: { percent: 20 } },
    ],
    billOff: { cents: 30 },
    customer,
    tenders: [
      { method: 'NETS', cents: 100 },
      { method: 'CASH', cents: 300_00 },
    ],
  }
  const expected = expectSale(sale)
  const { tillId, enrolPath } = await office.newTill('Killed till')
  let till = await open(server)
  await till.enrol(`${server.url}${enrolPath}`)
  await till.signIn(SUPERVISOR_PIN)

  await till.scan(first.barcode)
  await till.scan(second.barcode)
  await till.scan(first.barcode)
  await expect(till.line(first).getByText('2', { exact: true })).toBeVisible()
  await expect
    .poll(() => readStored(till.page, 'openSale'))
    .toMatchObject({ cart: { lines: [{ quantity: 2000 }, { quantity: 1000 }] } })
  await killBrowser(context)
  till = await open(server)
  await till.page.goto(server.url)
  await till.signIn(SUPERVISOR_PIN)
  await expect(till.line(first).getByText('2', { exact: true })).toBeVisible()
  await expect(till.line(second).getByText('1', { exact: true })).toBeVisible()

  await till.discountLine(second, { percent: 20 })
  await till.discountBill({ cents: 30 })
  await till.addCustomer(customer)
  await till.startPaying()
  await till.take('NETS', 100)
  await expect(till.page.getByRole('button', { name: /^Take back NETS/ })).toBeVisible()
  await expect
    .poll(() => readStored(till.page, 'openSale'))
    .toMatchObject({ tenders: [{ methodCode: 'NETS' }] })
  await killBrowser(context)

  // With money taken, the till goes on where it stopped.
  till = await open(server)
  await till.page.goto(server.url)
  await till.signIn(SUPERVISOR_PIN, { landing: till.page.getByRole('main', { name: 'Payment' }) })
  await expect(till.page.getByRole('button', { name: 'Take back NETS $1.00' })).toBeVisible()
  await expect(till.page.getByRole('main', { name: 'Payment' })).toContainText(dollars(expected.net - 100))
  await till.take('CASH', 300_00)
  await till.expectPaid(expected)
  await expect.poll(() => readSales(server.sql, tillId)).toHaveLength(1)
  const { pieces: _, ...amounts } = expected
  expect(await readSales(server.sql, tillId)).toMatchObject([{ ...amounts, customerId: customer.customerId }])
})

test('a sale whose receipt was shown survives a browser killed at that very moment', async ({
  server,
  office,
  items,
}) => {
  test.setTimeout(240_000)
  const { tillId, enrolPath } = await office.newTill('Killed at the receipt')
  let till = await open(server)
  await till.enrol(`${server.url}${enrolPath}`)
  await till.readyForOffline()
  const shown: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const item = items[round * 3]
    if (item === undefined) throw new Error('the demo company has too little to sell')
    await till.signIn(SUPERVISOR_PIN)
    // Nothing may have reached the server when the power goes: only the disk can have kept the sale.
    await context.setOffline(true)
    await till.scan(item.barcode)
    await expect(till.line(item)).toBeVisible()
    await till.startPaying()
    await till.take('CASH')
    const receipt = till.page.getByText(/Receipt \S+ is saved on this till/)
    await receipt.waitFor()
    const text = await receipt.textContent()
    await killBrowser(context)
    shown.push(/Receipt (\S+) is saved/.exec(text ?? '')?.[1] ?? '')

    till = await open(server)
    await till.page.goto(server.url)
    await till.expectSignIn()
    const journal = await readJournal(till.page)
    expect(journal.map(({ raw }) => JSON.parse(raw).body.receiptNo)).toEqual(shown)
  }
  await expect(till.chip).toHaveText('Safe, all sent', { timeout: 60_000 })
  await expect
    .poll(async () => (await readSales(server.sql, tillId)).map((sale) => sale.receiptNo))
    .toEqual(shown)
})
