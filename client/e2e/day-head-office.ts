import type { AuditReport } from '@evertill/shared/protocol/office/audit'
import type { ShiftDetail, ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { expect, test } from '@playwright/test'
import { amountsOf, papersIn, type Written } from './day-papers.ts'
import { type Day, FLOAT, MISSING, SALES } from './day-stage.ts'
import { dollars, sum } from './expectation.ts'
import { expectAllSent } from './journal.ts'
import { readPoints, readSales, readStock } from './ledger.ts'

/** What head office makes of the day, step by step. */

export const comeOnline = (day: Day, entries: number): Promise<void> =>
  test.step('the server is there again, and hears everything', async () => {
    const { context, page, server, till, tillId } = day
    await server.restart()
    await context.setOffline(false)
    await expectAllSent(page, entries)
    await expect(till.chip).toHaveText('Safe, all sent')
    expect(await server.sql`select reason from quarantine`).toEqual([])
    expect(await server.sql`select type, detail from exception where till_id = ${tillId}`).toEqual([])
  })

export const expectTheZ = (day: Day): Promise<void> =>
  test.step('head office has the Z report to the cent: in its API, and on its page', async () => {
    const { books, context, office, page, server, tillId } = day
    const { rows } = await office.get<{ rows: ShiftSummary[] }>(`/shifts?tillId=${tillId}`)
    expect(rows).toHaveLength(1)
    const shift = await office.get<ShiftDetail>(`/shifts/${rows[0]?.shiftId}`)
    const { CASH = 0 } = books.expectedByMethod()
    expect(shift).toMatchObject({
      state: 'closed',
      restated: false,
      missing: 0,
      zNo: 1,
      float: FLOAT,
      cashMoved: sum(books.moved),
      expected: CASH,
      counted: CASH - MISSING,
      difference: -MISSING,
    })
    expect(shift.byLedger).toMatchObject(books.figures())
    expect(shift.atClose).toEqual(shift.byLedger)
    const byMethod = (of: (tender: ShiftDetail['tenders'][number]) => number | null) =>
      Object.fromEntries(shift.tenders.map((tender) => [tender.methodCode, of(tender)]))
    expect(byMethod(({ expected }) => expected)).toEqual(books.expectedByMethod())
    expect(byMethod(({ tillExpected }) => tillExpected)).toEqual(books.expectedByMethod())

    await context.addCookies(office.cookies)
    await page.goto(`${server.url}/office/shifts/${shift.shiftId}`)
    const takings = page.getByRole('region', { name: 'Expected and counted' })
    await expect(takings).toContainText(`Should be in the drawer${dollars(CASH)}`)
    const methods = await server.sql<{ code: string; name: string }[]>`select code, name from payment_method`
    const nameOf = new Map(methods.map(({ code, name }) => [code, name]))
    for (const [method, cents] of Object.entries(books.expectedByMethod()))
      await expect(takings.getByRole('row', { name: new RegExp(`^${nameOf.get(method)} `) })).toContainText(
        dollars(cents),
      )
    await expect(page.getByRole('main')).not.toContainText('Restated')
    await expect(page.getByRole('main')).toContainText(
      `${SALES} sales, ${dollars(books.figures().sales.total)}`,
    )
  })

export const expectEveryPaper = (day: Day, journal: readonly Written[]): Promise<void> =>
  test.step('the ledgers hold every paper as the oracles reckon it, once', async () => {
    const { books, server, tillId } = day
    const stored = new Map((await readSales(server.sql, tillId)).map((sale) => [sale.receiptNo, sale]))
    const papers = papersIn(journal)
    expect(stored.size).toBe(books.papers.length)
    for (const [i, paper] of books.papers.entries()) {
      const sale = stored.get(papers[i]?.body.receiptNo ?? '')
      // What goes back is negative in a ledger; nothing is no minus nothing.
      const signed = (cents: number) => (paper.kind === 'sale' ? cents : 0 - cents)
      const expected = amountsOf(paper)
      expect.soft(sale, `paper ${i + 1}`).toMatchObject({
        net: signed(expected.net),
        tax: signed(expected.tax),
        rounding: signed(expected.rounding),
        total: signed(expected.total),
      })
      expect
        .soft(
          sale?.tenders.map(({ cents }) => cents),
          `tenders of paper ${i + 1}`,
        )
        .toEqual(expected.tenders.map(signed))
    }
    const [totals] = await server.sql`
      select sum(sales)::int as sales, sum(refunds)::int as refunds, sum(total)::int as total
      from day_total where till_id = ${tillId}`
    const { sales, refunds } = books.figures()
    expect(totals).toEqual({ sales: sales.count, refunds: refunds.count, total: sales.total - refunds.total })
    const [codes] = await server.sql`select sum(amount)::int as owed from value_entry`
    // The gift card and the store credit were spent to the last cent, and what the voucher had left is lost.
    expect(codes).toEqual({ owed: 0 })
  })

export const expectStockAndPoints = (day: Day): Promise<void> =>
  test.step('stock and points moved by what was sold, and no law of the ledgers is broken', async () => {
    const { books, office, outletId, pointsBefore, server, stockBefore } = day
    const stock = new Map(stockBefore)
    for (const [productId, quantity] of books.gone())
      stock.set(productId, Math.round((stock.get(productId) ?? 0) * 1000 - quantity) / 1000)
    expect(await readStock(server.sql, outletId)).toEqual(stock)
    const points = new Map(pointsBefore)
    for (const [customerId, more] of books.points())
      points.set(customerId, (points.get(customerId) ?? 0) + more)
    expect(await readPoints(server.sql)).toEqual(points)
    const audit = await office.get<AuditReport>('/audit')
    expect(audit.checks.flatMap(({ shown }) => shown)).toEqual([])
    expect(audit.differences).toBe(0)
  })
