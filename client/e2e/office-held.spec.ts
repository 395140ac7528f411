import { card, cartOf, cash, saleOf } from '@evertill/shared/testing/builders'
import type { Page } from '@playwright/test'
import { dollars, expectSale, type PlannedSale, sum } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { readSales } from './ledger.ts'
import { cashierOf, playScene } from './office-scene.ts'
import { PaperTill } from './paper-till.ts'

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

offlineTest(
  'what a till had not sent when it was revoked waits for the owner, and counts once when accepted',
  async ({ page, desk, till, items, office, server }) => {
    test.setTimeout(240_000)
    const [first, second] = items.slice(33)
    if (!first || !second) throw new Error('the demo company has too little to sell')
    const planned: PlannedSale[] = [
      { lines: [{ item: first, pieces: 2 }], tenders: [{ method: 'CASH', cents: 500_00 }] },
      { lines: [{ item: second, pieces: 1 }], tenders: [{ method: 'NETS' }] },
    ]
    const expected = planned.map(expectSale)
    const total = sum(expected.map((sale) => sale.total))

    await test.step('two sales are rung up offline, and the till is revoked meanwhile', async () => {
      await till.screen.readyForOffline()
      await page.context().setOffline(true)
      for (const [i, { customer: _, ...sale }] of planned.entries()) {
        const amounts = expected[i]
        if (amounts === undefined) throw new Error('a sale was not reckoned')
        await till.screen.ringUp(sale, amounts, [])
      }
      await office.post(`/tills/${till.tillId}/revoke`)
    })

    await test.step('back online they arrive, and count for nothing', async () => {
      await page.context().setOffline(false)
      await expect(async () => {
        await desk.goto('/office/exceptions')
        await expect(rowOf(desk, till.name)).toContainText('2 entries not counted', { timeout: 2000 })
      }).toPass({ timeout: 60_000 })
      await expect(rowOf(desk, till.name)).toHaveCount(1)
      expect(await readSales(server.sql, till.tillId)).toHaveLength(0)
    })

    await test.step('the owner looks at what they come to, and accepts them', async () => {
      await rowOf(desk, till.name).getByRole('link', { name: 'Entries from a revoked till' }).click()
      const drawer = desk.getByRole('dialog', { name: 'Entries from a revoked till' })
      await expect(drawer.getByRole('region', { name: 'What is kept' })).toContainText('2 sales')
      await expect(
        drawer.getByRole('list', { name: 'Entries that are kept' }).getByRole('listitem'),
      ).toHaveCount(2)
      await drawer.getByRole('button', { name: 'Accept 2 entries…' }).click()
      const question = desk.getByRole('dialog', { name: 'Accept 2 entries?' })
      await expect(question).toContainText(`2 sales, ${dollars(total)} in all`)
      await question.getByRole('button', { name: `Accept 2 entries, ${dollars(total)}` }).click()
      await expect(desk.getByText('2 entries count now.')).toBeVisible()
      await expect(drawer).toBeHidden()
      await expect(rowOf(desk, till.name)).toHaveCount(0)
    })

    await test.step('they count, once', async () => {
      const counted = () => server.sql`
      select sum(sales)::int as sales, sum(total)::int as total from day_total where till_id = ${till.tillId}`
      expect(await counted()).toEqual([{ sales: 2, total }])
      const [last] = await server.sql<{ exception: string; id: string }[]>`
      select exception_id as exception, quarantine_id as id from quarantine
      where till_id = ${till.tillId} order by received_at desc limit 1`
      expect(await office.post(`/exceptions/${last?.exception}/replay?upTo=${last?.id}`)).toMatchObject({
        applied: 0,
        held: 0,
      })
      expect(await counted()).toEqual([{ sales: 2, total }])
      await desk.goto('/office/sales')
      await expect(rowOf(desk, till.name)).toHaveCount(2)
    })
  },
)

test('what cannot be stored is one row however much of it comes, and is replayed after the fix', async ({
  desk,
  office,
  items,
  server,
}) => {
  const { sql } = server
  const till = await PaperTill.enrol(server.url, office, 'Till with a bug', await cashierOf(server))
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { productId, name, price } = item
  const body = saleOf(cartOf([{ productId, name, price }]), [card(price)])
  await sql.unsafe(`alter table entry add constraint refused check (till_id <> '${till.tillId}') not valid`)
  try {
    await till.push(Array.from({ length: 30 }, () => till.write('sale', body)))
    await desk.goto('/office/exceptions')
    const unreadable = rowOf(desk, till.name).filter({ hasText: 'Entries could not be read' })
    await expect(unreadable).toHaveCount(1)
    await unreadable.getByRole('link').click()
    const replay = async () => {
      await desk.getByRole('button', { name: 'Replay 30 entries…' }).click()
      await desk.getByRole('button', { name: `Replay 30 entries, ${dollars(30 * price)}` }).click()
    }
    await replay()
    await expect(
      desk.getByRole('status').filter({ hasText: '30 entries still cannot be taken' }),
    ).toBeVisible()
    await sql`alter table entry drop constraint refused`
    await replay()
    await expect(desk.getByText('30 entries count now.')).toBeVisible()
    await expect(unreadable).toHaveCount(0)
  } finally {
    await sql`alter table entry drop constraint if exists refused`
  }
})

test('what head office leaves out stays out, with the reason, until it is accepted after all', async ({
  desk,
  office,
  items,
  server,
}) => {
  const till = await PaperTill.enrol(server.url, office, 'Stolen tablet', await cashierOf(server))
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { productId, name, price } = item
  const paid = cash(Math.ceil(price / 1000) * 1000)
  const { hash, raw } = till.write('sale', saleOf(cartOf([{ productId, name, price }]), [paid]))
  await office.post(`/tills/${till.tillId}/revoke`)
  await till.push([{ hash, raw }])

  await desk.goto('/office/exceptions')
  await rowOf(desk, till.name).getByRole('link').first().click()
  await desk.getByRole('button', { name: 'Leave out…' }).click()
  const question = desk.getByRole('dialog', { name: /^Leave out 1 entry/ })
  const confirm = question.getByRole('button', { name: /^Leave out 1 entry/ })
  await confirm.click()
  await expect(question.getByText('Fill this in')).toBeVisible()
  await question.getByLabel('Why').fill('The thief tried it out')
  await confirm.click()
  await expect(rowOf(desk, till.name)).toHaveCount(0)
  expect(await readSales(server.sql, till.tillId)).toHaveLength(0)

  await desk.getByText('Resolved', { exact: true }).click()
  await rowOf(desk, till.name).getByRole('link').first().click()
  await expect(desk.getByRole('dialog')).toContainText('The thief tried it out')
  await desk.getByRole('button', { name: 'Accept after all…' }).click()
  await desk.getByRole('button', { name: /^Accept 1 entry, / }).click()
  await expect(desk.getByText('1 entry counts now.')).toBeVisible()
  expect(await readSales(server.sql, till.tillId)).toHaveLength(1)
})

test('what comes while head office is asked is not decided with the rest, and is shown', async ({
  desk,
  office,
  items,
  server,
}) => {
  const till = await PaperTill.enrol(server.url, office, 'Found tablet', await cashierOf(server))
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { productId, name, price } = item
  const body = saleOf(cartOf([{ productId, name, price }]), [card(price)])
  const sell = () => till.push([till.write('sale', body)])
  await office.post(`/tills/${till.tillId}/revoke`)
  await sell()

  await desk.goto('/office/exceptions')
  await rowOf(desk, till.name).getByRole('link').first().click()
  await desk.getByRole('button', { name: 'Accept 1 entry…' }).click()
  await sell()
  await desk.getByRole('button', { name: `Accept 1 entry, ${dollars(price)}` }).click()
  const said = desk.getByRole('status').filter({ hasText: '1 entry counts now.' })
  await expect(said).toContainText('1 more entry has come meanwhile')
  expect(await readSales(server.sql, till.tillId)).toHaveLength(1)

  await desk.getByRole('button', { name: 'Leave out…' }).click()
  const question = desk.getByRole('dialog', { name: `Leave out 1 entry, ${dollars(price)}?` })
  await question.getByLabel('Why').fill('Tried out')
  await sell()
  await question.getByRole('button', { name: /^Leave out 1 entry/ }).click()
  await expect(question.getByText('One more entry has come meanwhile, and nothing was decided')).toBeVisible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(desk.getByRole('button', { name: 'Accept 2 entries…' })).toBeVisible()
})

test('a refund leads to its sale and back, and a shift shows what its drawer was short of', async ({
  desk,
  office,
  items,
  server,
}) => {
  const scene = await playScene({ server, office, items })
  await desk.goto('/office/sales')
  await desk.getByRole('combobox', { name: 'Kind' }).selectOption('refund')
  const rows = desk.getByRole('table', { name: 'Sales' }).locator('tbody tr[data-row]')
  await expect(rows.first()).toContainText(/Refund.*−\$/)
  // Others took goods back in this company too.
  await expect(rows.filter({ hasNotText: /Refund.*−\$/ })).toHaveCount(0)
  await desk.goto(`/office/sales/${scene.refundId}`)
  await desk.getByRole('region', { name: 'What it takes back' }).getByRole('link').click()
  await expect(desk).toHaveURL(new RegExp(scene.soldId))
  const takenBack = desk.getByRole('region', { name: 'Taken back' })
  await expect(takenBack.getByRole('row')).toHaveCount(2)
  await takenBack.getByRole('link').first().click()
  await expect(desk).toHaveURL(new RegExp(scene.refundId))

  await desk.getByRole('link', { name: 'Open the shift' }).click()
  const takings = desk.getByRole('region', { name: 'Expected and counted' })
  await expect(takings).toContainText('short $0.05')
  const happened = desk.getByRole('table', { name: 'What happened in this shift' })
  await expect(happened).toContainText('Give change')
  await desk.getByRole('combobox', { name: 'Kind' }).selectOption('cash-moved')
  await expect(happened).toContainText('To the safe')
  await expect(happened).not.toContainText('Give change')

  await desk.goto('/office/shifts')
  const provisional = rowOf(desk, scene.late.name)
  await expect(provisional).toContainText('Provisional')
  await provisional.getByRole('link').first().click()
  await expect(desk.getByRole('region', { name: 'Expected and counted' })).toContainText(
    '1 entry from before the close has not arrived',
  )
})
