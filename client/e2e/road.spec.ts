import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, test } from '@playwright/test'
import { killBrowser, launchTill } from './browser.ts'
import { OWNER, SUPERVISOR_PIN } from './demo-company.ts'
import { expectSale, sum } from './expectation.ts'
import { pushAgain, readJournal } from './journal.ts'
import { fingerprint, readCustomers, readItems, readPoints, readSales, readStock } from './ledger.ts'
import { Link } from './link.ts'
import { OfficeClient } from './office-client.ts'
import { twentySales } from './planned-sales.ts'
import { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

// Its server's start too.
test.describe.configure({ timeout: 600_000 })

let server: ServerProcess
let link: Link
let profile: string
let context: BrowserContext | undefined

test.beforeEach(async () => {
  server = await ServerProcess.start()
  link = await Link.to(() => new URL(server.url))
  profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
})

test.afterEach(async () => {
  await context?.close()
  await link.down()
  await server.stop()
  await rm(profile, { recursive: true, force: true })
})

test('twenty sales rung up offline arrive once each, though browser and server are killed on the way', async () => {
  const office = await OfficeClient.signIn(server.url, OWNER)
  const { tillId, outletId, enrolPath } = await office.newTill('Counter')
  const items = await readItems(server.sql)
  const planned = twentySales(items, await readCustomers(server.sql))
  const expected = planned.map(({ sale }) => expectSale(sale))
  const stockBefore = await readStock(server.sql, outletId)
  const pointsBefore = await readPoints(server.sql)

  const open = async (): Promise<TillScreen> => {
    context = await launchTill(profile, link.url)
    return new TillScreen(context.pages()[0] ?? (await context.newPage()))
  }

  let till = await open()
  await test.step('a link makes the browser a till', async () => {
    await till.enrol(`${link.url}${enrolPath}`)
    await till.readyForOffline()
    await expect(till.chip).toHaveText('Safe, all sent')
  })

  await test.step('with the network gone, the browser is killed and opened cold', async () => {
    await link.down()
    if (context) await killBrowser(context)
    till = await open()
    await context?.setOffline(true)
    await till.page.goto(link.url)
    await till.signIn(SUPERVISOR_PIN)
    await expect(till.chip).toContainText('Offline')
  })

  await test.step('twenty sales are rung up', async () => {
    for (const [i, { sale, ways }] of planned.entries()) {
      const amounts = expected[i]
      if (amounts === undefined) throw new Error(`sale ${i + 1} was not reckoned`)
      await test.step(`sale ${i + 1}`, () => till.ringUp(sale, amounts, ways))
    }
    await expect(till.chip).toHaveText('Offline · 20 waiting, safe on this till')
    expect(await readSales(server.sql, tillId)).toHaveLength(0)
  })
  const journal = await readJournal(till.page)
  expect(journal.map(({ seq, fate }) => ({ seq, fate }))).toEqual(
    Array.from({ length: 20 }, (_, i) => ({ seq: i + 1, fate: 'waiting' })),
  )

  await test.step('the server is killed while the till drains: before, during and after its commit', async () => {
    for (const at of ['half-sent', 'sent', 'answered'] as const) {
      const cut = link.cutNextPush(at, () => server.kill9())
      await link.up()
      await comeOnline()
      await cut
      await link.down()
      await server.restart()
      // Whatever the server did with them, the till was told nothing and lets go of nothing.
      expect((await readJournal(till.page)).filter(({ fate }) => fate === 'waiting')).toHaveLength(20)
    }
    // The last answer was lost after its commit: all is there, and the till does not know.
    expect(await readSales(server.sql, tillId)).toHaveLength(20)
    await link.up()
    await comeOnline()
    await expect(till.chip).toHaveText('Safe, all sent', { timeout: 30_000 })
  })

  await test.step('Postgres holds exactly those twenty sales', async () => {
    const sales = await readSales(server.sql, tillId)
    expect(sales.map((sale) => sale.receiptNo)).toEqual(
      journal.map(({ raw }) => JSON.parse(raw).body.receiptNo as string),
    )
    expect(sales.map((sale) => sale.saleId).sort()).toEqual(
      journal.map(({ raw }) => JSON.parse(raw).id as string).sort(),
    )
    for (const [i, sale] of sales.entries()) {
      const { pieces, ...amounts } = expected[i] ?? {}
      expect.soft(sale, `sale ${i + 1}`).toMatchObject({
        ...amounts,
        customerId: planned[i]?.sale.customer?.customerId ?? null,
      })
      expect.soft(piecesOf(sale.lines), `pieces of sale ${i + 1}`).toEqual(pieces)
      expect.soft(sum(sale.lines.map((line) => line.tax)), `tax on the lines of sale ${i + 1}`).toBe(sale.tax)
    }
    const [{ count } = { count: -1 }] = await server.sql<{ count: number }[]>`
      select count(*) from entry where till_id = ${tillId}`
    expect(count).toBe(20)
    expect(await server.sql`select high_water, last_seq from journal where till_id = ${tillId}`).toEqual([
      { high_water: 20, last_seq: 20 },
    ])
    expect(await server.sql`select * from quarantine`).toHaveLength(0)
    expect(await server.sql`select type, detail from exception where till_id = ${tillId}`).toHaveLength(0)
  })

  await test.step('stock, points and the totals of the day are what they must be', async () => {
    const stock = new Map(stockBefore)
    for (const { pieces } of expected)
      for (const [productId, count] of pieces) stock.set(productId, (stock.get(productId) ?? 0) - count)
    expect(await readStock(server.sql, outletId)).toEqual(stock)

    const points = new Map(pointsBefore)
    planned.forEach(({ sale: { customer } }, i) => {
      if (customer === undefined) return
      const earned = expected[i]?.points ?? 0
      points.set(customer.customerId, (points.get(customer.customerId) ?? 0) + earned)
    })
    expect(await readPoints(server.sql)).toEqual(points)

    const [day] = await server.sql`
      select sum(sales)::int as sales, sum(gross)::int as gross, sum(discount)::int as discount,
        sum(tax)::int as tax, sum(net)::int as net, sum(rounding)::int as rounding, sum(total)::int as total
      from day_total where till_id = ${tillId}`
    expect(day).toEqual({
      sales: 20,
      gross: sum(expected.map((sale) => sale.gross)),
      discount: sum(expected.map((sale) => sale.discount)),
      tax: sum(expected.map((sale) => sale.tax)),
      net: sum(expected.map((sale) => sale.net)),
      rounding: sum(expected.map((sale) => sale.rounding)),
      total: sum(expected.map((sale) => sale.total)),
    })
    const taken = await server.sql<{ method_code: string; amount: number }[]>`
      select method_code, sum(amount)::int as amount from day_tender where till_id = ${tillId} group by method_code`
    expect(Object.fromEntries(taken.map((row) => [row.method_code, row.amount]))).toEqual(takingsOf(expected))
  })

  await test.step('pushing every entry again changes nothing', async () => {
    const before = await fingerprint(server.sql)
    const { status, body } = await pushAgain(till.page, journal)
    expect(status).toBe(200)
    expect(body.outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => 'duplicate'))
    expect(body.highWater).toBe(20)
    expect(await fingerprint(server.sql)).toEqual(before)
  })

  async function comeOnline(): Promise<void> {
    await context?.setOffline(true)
    await context?.setOffline(false)
  }
})

function piecesOf(lines: readonly { product_id: string; quantity: number }[]): Map<string, number> {
  const pieces = new Map<string, number>()
  for (const { product_id, quantity } of lines)
    pieces.set(product_id, (pieces.get(product_id) ?? 0) + quantity / 1000)
  return pieces
}

/** What each method brought in; change comes out of the cash. */
function takingsOf(
  sales: readonly { tenders: readonly { method: string; cents: number }[]; change: number }[],
) {
  const taken: Record<string, number> = {}
  for (const { tenders, change } of sales) {
    for (const { method, cents } of tenders) taken[method] = (taken[method] ?? 0) + cents
    if (change > 0) taken.CASH = (taken.CASH ?? 0) - change
  }
  return taken
}
