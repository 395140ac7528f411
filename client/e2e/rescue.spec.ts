import { readFile } from 'node:fs/promises'
import {
  RESCUE_FORMAT,
  RESCUE_UNSIGNED,
  RESCUE_VERSION,
  type RescueHeader,
} from '@evertill/shared/protocol/rescue'
import { card, cartOf, saleOf } from '@evertill/shared/testing/builders'
import type { Download, Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expectSale, type PlannedSale, sum } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { fingerprint, readSales } from './ledger.ts'
import { cashierOf } from './office-scene.ts'
import { PaperTill } from './paper-till.ts'
import { TillScreen } from './till-screen.ts'

offlineTest(
  'a till’s offline sales go to head office as a file when the device is wiped, and count once',
  async ({ browser, desk, office, items, server }) => {
    test.setTimeout(240_000)
    const [first, second] = items.slice(30)
    if (!first || !second) throw new Error('the demo company has too little to sell')
    const planned: PlannedSale[] = [
      { lines: [{ item: first, pieces: 2 }], tenders: [{ method: 'CASH', cents: 500_00 }] },
      { lines: [{ item: second, pieces: 1 }], tenders: [{ method: 'NETS' }] },
      {
        lines: [
          { item: first, pieces: 1 },
          { item: second, pieces: 3 },
        ],
        tenders: [{ method: 'CARD' }],
      },
    ]
    const expected = planned.map(expectSale)
    const { tillId, enrolPath } = await office.newTill('Lost tablet')
    const device = await browser.newContext({ baseURL: server.url, acceptDownloads: true })
    const page = await device.newPage()
    const till = new TillScreen(page)
    await till.enrol(enrolPath)
    await till.signIn(SUPERVISOR_PIN)
    await till.readyForOffline()

    let file = { name: '', text: '' }
    await test.step('three sales are rung up offline', async () => {
      await device.setOffline(true)
      for (const [i, { customer: _, ...sale }] of planned.entries()) {
        const amounts = expected[i]
        if (amounts === undefined) throw new Error('a sale was not reckoned')
        await till.ringUp(sale, amounts, [])
      }
      await expect.poll(async () => (await readJournal(page)).length).toBe(3)
    })

    await test.step('the till cannot be left while only it has them', async () => {
      await page.goto('/health')
      await expect(page.getByRole('button', { name: 'Sign in to stop using this till' })).toBeDisabled()
      await page.getByRole('button', { name: 'Back to selling' }).click()
      await till.signIn(SUPERVISOR_PIN)
      await till.chip.click()
      await page.getByRole('button', { name: /^Stop using/ }).click()
      await expect(page.getByText('3 entries are only on this device')).toBeVisible()
    })

    await test.step('they are saved to a file; nothing counts as sent by it', async () => {
      file = await downloaded(page, () =>
        page.getByRole('button', { name: 'Save 3 unsent to a file' }).last().click(),
      )
      expect(file.name).toMatch(/^evertill-rescue-.+\.jsonl$/)
      const journal = await readJournal(page)
      expect(journal.every(({ fate }) => fate === 'waiting')).toBe(true)
      expect(file.text.split('\n').slice(1, 4)).toEqual(journal.map(({ hash, raw }) => `${hash} ${raw}`))
      expect(await readSales(server.sql, tillId)).toHaveLength(0)
    })

    await test.step('the page for emergencies saves the same entries, still offline', async () => {
      await page.goto('/rescue')
      await page.getByRole('button', { name: '中文' }).click()
      await expect(page.getByRole('button', { name: '保存 3 条未发送的记录' })).toBeVisible()
      await page.getByRole('button', { name: 'English' }).click()
      const again = await downloaded(page, () =>
        page.getByRole('button', { name: 'Save the 3 unsent' }).click(),
      )
      await page.getByRole('button', { name: '中文' }).click()
      await expect(page.getByRole('status')).toContainText('已将 3 条记录保存')
      expect(again.text.split('\n').slice(1, 4)).toEqual(file.text.split('\n').slice(1, 4))
    })

    await test.step('with the file in hand the till is left by typing its code, and its journal stays', async () => {
      await page.goto('/')
      await till.signIn(SUPERVISOR_PIN)
      await till.chip.click()
      await page.getByRole('button', { name: /^Stop using/ }).click()
      const box = page.getByRole('textbox', { name: /^Type .* to confirm$/ })
      const code = /Type (.*) to confirm/.exec(
        (await page.getByText(/^Type .* to confirm$/).textContent()) ?? '',
      )?.[1]
      await box.fill(code ?? '')
      await page.getByRole('button', { name: `Stop using ${code}`, exact: true }).click()
      await expect(page.getByRole('heading', { name: 'This browser is not a till yet' })).toBeVisible()
      await expect(page.getByText('still holds 3 entries')).toBeVisible()
      expect(await readJournal(page)).toHaveLength(3)
    })

    await test.step('the device is gone', () => device.close())

    const upload = { name: file.name, mimeType: 'text/plain', buffer: Buffer.from(file.text) }
    await test.step('head office sees what is in the file, and imports it', async () => {
      await desk.goto('/office/tills')
      await desk.getByRole('link', { name: 'Import rescue file' }).click()
      await desk.locator('input[type=file]').setInputFiles(upload)
      await expect(desk.getByText('Signed by Lost tablet')).toBeVisible()
      expect(await readSales(server.sql, tillId)).toHaveLength(0)
      await desk.getByRole('button', { name: 'Import 3 entries' }).click()
      await expect(desk.getByText('3 entries were imported.')).toBeVisible()
    })

    const [day] = await server.sql`
    select sum(sales)::int as sales, sum(total)::int as total, sum(tax)::int as tax
    from day_total where till_id = ${tillId}`
    expect(day).toEqual({
      sales: 3,
      total: sum(expected.map((sale) => sale.total)),
      tax: sum(expected.map((sale) => sale.tax)),
    })

    await test.step('importing it again changes nothing', async () => {
      const before = ledgerOf(await fingerprint(server.sql))
      await desk.getByRole('button', { name: 'Import another file' }).click()
      await desk.locator('input[type=file]').setInputFiles(upload)
      await desk.getByRole('button', { name: 'Import 3 entries' }).click()
      await expect(desk.getByText('3 were here already.')).toBeVisible()
      expect(ledgerOf(await fingerprint(server.sql))).toEqual(before)
    })
  },
)

test('what a till sold that was made after the server’s backup counts, once the till is added from its file', async ({
  desk,
  office,
  items,
  server,
}) => {
  const till = await PaperTill.enrol(server.url, office, 'Forgotten counter', await cashierOf(server))
  const { tillId, outletId } = till
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { productId, name, price } = item
  const { hash, raw } = till.write('sale', saleOf(cartOf([{ productId, name, price }]), [card(price)]))
  const [company] = await server.sql<{ id: string; name: string; code: string }[]>`
    select company_id as id, company.name, outlet.code from company join outlet using (company_id)
    where outlet_id = ${outletId}`
  if (company === undefined) throw new Error('the demo company has no such outlet')
  for (const table of ['enrolment_code', 'journal', 'till'])
    await server.sql`delete from ${server.sql(table)} where till_id = ${tillId}`
  const header = {
    format: RESCUE_FORMAT,
    version: RESCUE_VERSION,
    companyId: company.id,
    companyName: company.name,
    outletId,
    outletCode: company.code,
    tillId,
    tillCode: 'F1',
    tillName: till.name,
    epochs: [1],
    exportedAt: new Date().toISOString(),
    count: 1,
    scope: 'unsent',
    appVersion: 'paper',
  } satisfies RescueHeader
  const text = `${JSON.stringify(header)}\n${hash} ${raw}\n${RESCUE_UNSIGNED}\n`

  await desk.goto('/office/tills/rescue')
  const upload = { name: 'forgotten.jsonl', mimeType: 'text/plain', buffer: Buffer.from(text) }
  await desk.locator('input[type=file]').setInputFiles(upload)
  await expect(desk.getByText('This server does not know that till')).toBeVisible()
  await desk.getByRole('checkbox', { name: /^Add Forgotten counter/ }).check()
  await desk.getByRole('button', { name: 'Keep 1 entry for review' }).click()
  await expect(desk.getByText('1 is kept for review.')).toBeVisible()
  await desk.getByRole('link', { name: 'See exceptions' }).click()
  await desk.getByRole('row').filter({ hasText: till.name }).getByRole('link').first().click()
  await desk.getByRole('button', { name: 'Replay 1 entry…' }).click()
  await desk.getByRole('button', { name: /^Replay 1 entry, / }).click()
  await expect(desk.getByText('1 entry counts now.')).toBeVisible()
  expect(await readSales(server.sql, tillId)).toHaveLength(1)
  await desk.goto(`/office/tills?till=${tillId}`)
  await expect(desk.getByRole('dialog', { name: till.name })).toContainText('Not enrolled')
})

/** The audit log notes that it was tried again: that is its task. */
const ledgerOf = ({ audit_log: _, ...rest }: Awaited<ReturnType<typeof fingerprint>>) => rest

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()] as [
    Promise<Download>,
    Promise<void>,
  ])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}
