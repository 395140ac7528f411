import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditReport } from '@evertill/shared/protocol/office/audit'
import type { ShiftDetail, ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import { launchTill } from './browser.ts'
import { DayBooks, inCoins, type Paper, type SalePaper } from './day-books.ts'
import { DayHand, type RungUpSale } from './day-hand.ts'
import { amount, label, percent, randomFrom, readPeople, Shelf } from './day-plan.ts'
import { type Goods, makeOffers, readGoods } from './day-shop.ts'
import { CASHIER_PIN, OWNER, SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, sum } from './expectation.ts'
import { readJournal } from './journal.ts'
import { readPoints, readSales, readStock } from './ledger.ts'
import { OfficeClient } from './office-client.ts'
import { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

/** Sales of the day, one of an exchange among them. */
const SALES = 100
const FLOAT = 200_00
/** What is missing from the drawer at the close. */
const MISSING = 2_35

let server: ServerProcess
let profile: string
let context: BrowserContext | undefined

test.beforeEach(async () => {
  server = await ServerProcess.start()
  profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
})

test.afterEach(async () => {
  await context?.close()
  await server.stop()
  await rm(profile, { recursive: true, force: true })
})

test('a whole day without a network, from a cold start to the Z report, comes to the cent at head office', async () => {
  test.setTimeout(900_000)
  const office = await OfficeClient.signIn(server.url, OWNER)
  const { tillId, outletId, enrolPath } = await office.newTill('Day till')
  const goods = await readGoods(server.sql, outletId)
  const offers = await makeOffers(server.sql, goods)
  const people = await readPeople(server.sql)
  const stockBefore = await readStock(server.sql, outletId)
  const pointsBefore = await readPoints(server.sql)
  const books = new DayBooks(offers)
  const shelf = new Shelf(goods, offers)
  const random = randomFrom(20_261_121)

  const open = async (): Promise<TillScreen> => {
    context = await launchTill(profile, server.url)
    return new TillScreen(context.pages()[0] ?? (await context.newPage()))
  }
  await test.step('the till is enrolled and loaded once, and then there is no server any more', async () => {
    const till = await open()
    await till.enrol(`${server.url}${enrolPath}`)
    await till.readyForOffline()
    await expect(till.chip).toHaveText('Safe, all sent')
    await context?.close()
    await server.kill9()
  })

  const till = await open()
  const { page } = till
  const dialog = page.getByRole('dialog')
  const hand = new DayHand(till, books)
  const quick = (sales: number) =>
    test.step(`${sales} sales`, async () => {
      for (let i = 0; i < sales; i++) await hand.sell(shelf.anySale(random))
    })
  const any = () => shelf.any(random)
  /** The code that the newest entry of the journal put money on. */
  const newCode = async (): Promise<string> => {
    const { body } = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '{}')
    const code = body.issued?.[0]?.code ?? body.tenders.find((leg: { code?: string }) => leg.code)?.code
    if (code === undefined) throw new Error('nothing was put on a code')
    return code
  }

  await test.step('started cold, a cashier opens the shift and counts the float', async () => {
    await context?.setOffline(true)
    await page.goto(server.url)
    await till.signIn(CASHIER_PIN)
    await expect(till.chip).toContainText('Offline')
    books.staff = people.cashier
    await hand.goTo('Shift and drawer')
    await hand.count(FLOAT)
    await page.getByRole('button', { name: `Open shift with ${dollars(FLOAT)}` }).click()
    await expect(page.getByRole('heading', { name: 'This shift' })).toBeVisible()
    books.float = FLOAT
    await hand.goTo('Sell')
  })

  await quick(18)

  await test.step('quantities, notes, lines apart, weights, labels and prices', async () => {
    await hand.sell({
      lines: [{ goods: any(), quantity: 12_000, typed: true }],
      tenders: [{ method: 'CARD' }],
    })
    const twice = any()
    await hand.sell({
      lines: [
        { goods: twice, note: 'For the office pantry', apart: true },
        { goods: any(), quantity: 2000 },
      ],
      tenders: [{ method: 'NETS' }],
    })
    const bananas = shelf.bySku('FRT-001')
    await hand.sell({
      lines: [
        { goods: bananas, quantity: 1500, label: label('21', '04011', 1500) },
        { goods: bananas, labelPrice: 10_00, label: label('23', '04011', 1000) },
        { goods: shelf.bySku('VEG-015'), quantity: 725 },
      ],
      tenders: [{ method: 'CASH' }],
    })
    await hand.sell({
      lines: [{ goods: shelf.bySku('SUN-001'), price: 3_35 }, { goods: any() }],
      tenders: [{ method: 'CASH', cents: 100_00 }],
    })
    const damaged = any()
    await hand.sell({
      lines: [
        {
          goods: damaged,
          price: damaged.price - 37,
          override: { reason: 'Damaged', pin: SUPERVISOR_PIN },
        },
      ],
      tenders: [{ method: 'PAYNOW' }],
    })
  })

  await test.step('every kind of promotion, and two held sales among them', async () => {
    await hand.sell({
      lines: ['SNK-003', 'SNK-005', 'SNK-006'].map((sku) => ({ goods: shelf.bySku(sku) })),
      tenders: [{ method: 'CASH' }],
    })
    const waiting: RungUpSale = {
      lines: [{ goods: offers.threeForTwo, quantity: 3000 }],
      tenders: [{ method: 'CASH' }],
    }
    const longer: RungUpSale = {
      lines: [{ goods: shelf.bySku('HOT-001'), quantity: 3000 }, { goods: shelf.bySku('HOT-014') }],
      tenders: [{ method: 'CASH', cents: 50_00 }],
    }
    await hand.fill(waiting)
    await hold(page, 'Red shirt')
    await hand.fill(longer)
    await hold(page, 'Uncle with the dog')
    await hand.sell({
      lines: [{ goods: offers.centsOff, quantity: 2000 }, { goods: any() }],
      tenders: [{ method: 'CARD' }],
    })
    for (const [name, sale] of [
      ['Red shirt', waiting],
      ['Uncle with the dog', longer],
    ] as const) {
      await hand.toSell()
      await page.keyboard.press('F6')
      await dialog.getByRole('button', { name: `Resume ${name}` }).click()
      await expect(dialog).toBeHidden()
      await hand.pay(sale)
    }
    const [silver, gold] = [people.member('Silver'), people.member('Gold')]
    await hand.sell({
      lines: [{ goods: offers.memberPrice, quantity: 2000 }],
      customer: silver,
      tenders: [{ method: 'CASH' }],
    })
    await hand.sell({
      lines: [{ goods: shelf.bySku('PER-001'), quantity: 2000 }, { goods: any() }],
      customer: gold,
      tenders: [{ method: 'NETS' }],
    })
    await hand.toSell()
  })

  await test.step('the drawer is opened, a sale voided and goods taken back without a receipt, by a PIN', async () => {
    await hand.goTo('Shift and drawer')
    await page.getByRole('button', { name: 'Open drawer' }).click()
    await dialog.getByRole('button', { name: 'Give change' }).click()
    await dialog.getByRole('button', { name: 'Open drawer' }).click()
    await hand.approve(SUPERVISOR_PIN)
    await expect(dialog).toHaveCount(0)
    books.noSales++
    await hand.goTo('Sell')

    const mistake = await hand.sell({
      lines: [{ goods: any() }, { goods: any() }],
      tenders: [{ method: 'CARD' }],
    })
    await hand.openReceipt(last(hand.receiptNos))
    await page.getByRole('button', { name: 'Void…' }).click()
    await dialog.getByRole('button', { name: 'Rung up twice' }).click()
    await dialog.getByRole('button', { name: `Void ${dollars(mistake.expected.total)}` }).click()
    await hand.approve(SUPERVISOR_PIN)
    const picks = mistake.sale.lines.map((_, i) => ({ lineNo: i + 1, quantity: 1000 }))
    books.takeBack(mistake, picks, { kind: 'void', method: 'CARD' })
    await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Void of')

    const unknown = any()
    const back = books.takeBackBlind(unknown, 1_23)
    await hand.goTo('Receipts')
    await page.getByRole('button', { name: 'Return without a receipt' }).click()
    await expect(page.getByRole('heading', { name: 'Return without a receipt' })).toBeVisible()
    await till.scan(unknown.barcode)
    await page.getByRole('button', { name: `Price of ${unknown.name}` }).click()
    await hand.typeAmount(dialog, 1_23)
    await dialog.getByRole('button', { name: 'Pay back $1.23 each' }).click()
    await page.getByText('Write off').click()
    await page.getByRole('button', { name: 'Damaged' }).click()
    await page.getByRole('button', { name: `Refund ${dollars(back.total)}` }).click()
    await hand.approve(SUPERVISOR_PIN)
    await expect(page.getByRole('heading', { name: `Refunded ${dollars(back.total)}` })).toBeVisible()
    await page.getByRole('button', { name: 'New sale' }).click()
  })

  await quick(16)

  await test.step('another cashier takes over', async () => {
    await hand.toSell()
    await hand.goTo('Sign out')
    await till.signIn(SUPERVISOR_PIN)
    books.staff = people.supervisor
  })

  await test.step('gift cards and a voucher are sold, and pay', async () => {
    const card = await sellCode('Gift card', 'GIFT', 20_00)
    await hand.sell({
      lines: [{ goods: shelf.about(8_00) }],
      tenders: [{ method: 'GIFT', code: card }],
    })
    const spent = last(books.sales).expected.total
    await hand.sell({
      lines: [{ goods: shelf.about(15_00) }, { goods: any() }],
      tenders: [{ method: 'GIFT', code: card, cents: 20_00 - spent }, { method: 'CASH' }],
    })
    const voucher = await sellCode('Voucher', 'VOUCHER', 10_00)
    await hand.sell({
      lines: [{ goods: shelf.about(7_00) }],
      tenders: [{ method: 'VOUCHER', code: voucher }],
    })
  })

  async function sellCode(name: string, method: 'GIFT' | 'VOUCHER', cents: number): Promise<string> {
    await hand.toSell()
    await hand.goTo('Gift cards and vouchers')
    await page.getByText(name, { exact: true }).click()
    await page.getByRole('button', { name: dollars(cents), exact: true }).click()
    await expect(page.getByRole('button', { name: /^Pay\s/ })).toBeVisible()
    const kind = method === 'GIFT' ? ('gift-card' as const) : ('voucher' as const)
    await hand.pay({ lines: [], issued: { code: '', kind, amount: cents }, tenders: [{ method: 'CASH' }] })
    return newCode()
  }

  await test.step('points, split tenders and every discount', async () => {
    const rich = people.member('Gold', 60)
    await hand.sell({
      lines: [{ goods: shelf.about(15_00) }, { goods: any() }],
      customer: rich,
      tenders: [{ method: 'POINTS', points: 20 }, { method: 'CARD' }],
    })
    await hand.sell({
      lines: [{ goods: shelf.about(15_00) }, { goods: any(), quantity: 2000 }],
      tenders: [
        { method: 'CARD', cents: 3_21 },
        { method: 'NETS', cents: 1_05 },
        { method: 'CASH', cents: 50_00 },
      ],
    })
    await hand.sell({
      lines: [{ goods: any(), quantity: 2000, off: percent(15) }, { goods: any() }],
      tenders: [{ method: 'PAYNOW' }],
    })
    await hand.sell({
      lines: [{ goods: any(), off: amount(20) }, { goods: any() }],
      customer: people.member('Silver'),
      tenders: [{ method: 'CASH' }],
    })
    await hand.sell({
      lines: [{ goods: any() }, { goods: any(), quantity: 3000 }, { goods: shelf.bySku('HOT-002') }],
      billOff: percent(7),
      tenders: [{ method: 'CASH', cents: 100_00 }],
    })
    await hand.sell({
      lines: [{ goods: any(), quantity: 2000 }, { goods: any() }],
      billOff: amount(1_01),
      tenders: [{ method: 'CARD', cents: 1_00 }, { method: 'PAYNOW' }],
    })
  })

  await test.step('goods come back: for cash, for store credit that pays again, and for dearer ones', async () => {
    const eight = shelf.about(8_00)
    const bought = await hand.sell({
      lines: [{ goods: eight, quantity: 3000 }, { goods: any() }],
      customer: people.member('Silver'),
      tenders: [{ method: 'CASH' }],
    })
    const refunded = books.takeBack(bought, [{ lineNo: 1, quantity: 1000, restock: false }], {
      method: 'CASH',
    })
    await refund(last(hand.receiptNos), eight, refunded.total, { writeOff: true })

    const ten = shelf.about(10_00)
    const paid = await hand.sell({ lines: [{ goods: ten }], tenders: [{ method: 'CARD' }] })
    const credit = books.takeBack(paid, [{ lineNo: 1, quantity: 1000 }], { method: 'CREDIT' })
    await refund(last(hand.receiptNos), ten, credit.total, { asCredit: true })
    const code = await newCode()
    await hand.sell({
      lines: [{ goods: shelf.about(15_00) }],
      tenders: [{ method: 'CREDIT', code, cents: credit.total }, { method: 'NETS' }],
    })

    const [cheap, dear] = [shelf.about(6_00), shelf.about(16_00)]
    const first = await hand.sell({ lines: [{ goods: cheap }], tenders: [{ method: 'CASH' }] })
    await hand.openReceipt(last(hand.receiptNos))
    await page.getByRole('button', { name: 'Exchange…' }).click()
    await page.getByRole('button', { name: `One more of ${cheap.name}` }).click()
    await page.getByRole('searchbox', { name: 'Search what goes out' }).fill(dear.name)
    await page.getByRole('button', { name: `Add ${dear.name}` }).click()
    await expect(page.getByRole('region', { name: 'Goes out' })).toContainText(dollars(dear.price))
    await page.getByRole('button', { name: 'Wrong item' }).click()
    const due = inCoins(dear.price - first.expected.net)
    await page.getByRole('button', { name: `Take ${dollars(due)} and exchange` }).click()
    await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
    const worth = books.takeBack(first, [{ lineNo: 1, quantity: 1000 }], { method: 'EXCHANGE' })
    const exchanged = books.reckon({
      lines: [{ goods: dear }],
      tenders: [{ method: 'EXCHANGE', cents: worth.total }, { method: 'CASH' }],
    })
    books.enter(exchanged)
    await page.getByRole('button', { name: 'New sale' }).click()
  })

  async function refund(
    receiptNo: string,
    item: Goods,
    cents: number,
    how: { writeOff?: true; asCredit?: true },
  ): Promise<void> {
    await hand.openReceipt(receiptNo)
    await page.getByRole('button', { name: 'Refund…' }).click()
    await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
    await dialog.getByRole('button', { name: 'Damaged' }).click()
    if (how.writeOff) await dialog.getByText('Write off').click()
    if (how.asCredit) await dialog.getByText('Store credit', { exact: true }).click()
    await dialog.getByRole('button', { name: `Refund ${dollars(cents)}` }).click()
    await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Refund of')
    await hand.goTo('Sell')
  }

  await test.step('cash is put in and taken out', async () => {
    await hand.goTo('Shift and drawer')
    for (const [button, reason, cents, action] of [
      ['Cash in', 'More change', 50_00, 'Put in $50.00'],
      ['Cash out', 'To the safe', -120_00, 'Take out $120.00'],
    ] as const) {
      await page.getByRole('button', { name: button }).click()
      await dialog.getByRole('button', { name: reason }).click()
      await hand.typeAmount(dialog, Math.abs(cents))
      await dialog.getByRole('button', { name: action }).click()
      await expect(dialog).toBeHidden()
      books.moved.push(cents)
    }
    await hand.goTo('Sell')
  })

  await quick(SALES - books.sales.length)

  await test.step('the X report says what has happened, and the drawer is counted short', async () => {
    await hand.goTo('Shift and drawer')
    await page.getByRole('button', { name: 'X report' }).click()
    await expectReport(dialog.getByRole('article', { name: 'X report' }), books)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()

    const { CASH = 0 } = books.expectedByMethod()
    await page.getByRole('button', { name: 'Close shift' }).click()
    await hand.count(CASH - MISSING)
    await page.getByRole('button', { name: `Close with ${dollars(CASH - MISSING)} counted` }).click()
    await expect(page.getByText(`${dollars(MISSING)} missing in the drawer`)).toBeVisible()
    const report = page.getByRole('article', { name: 'Z report No. 1' })
    await expectReport(report, books)
    await expect(report).toContainText('Provisional')
    await expect(report).toContainText(`Difference−${dollars(MISSING)}`)
  })

  const journal = (await readJournal(page)).map(({ fate, raw }) => ({ fate, ...JSON.parse(raw) }))
  await test.step('all of it waits on the till, as the oracles reckon it', async () => {
    expect(new Set(journal.map(({ fate }) => fate))).toEqual(new Set(['waiting']))
    const papers = journal.filter(({ kind }) => ['sale', 'refund', 'void'].includes(kind))
    expect(papers.map(({ kind }) => kind)).toEqual(books.papers.map(({ kind }) => kind))
    for (const [i, paper] of books.papers.entries())
      expect.soft(amountsOfBody(papers[i].body), `paper ${i + 1}`).toMatchObject(amountsOf(paper))
    expect(books.sales).toHaveLength(SALES)
    const { details, ...closed } = last(journal).body
    expect({ ...details, sales: closed.sales, refunds: closed.refunds }).toEqual(books.figures())
  })

  await test.step('the server is there again, and hears everything', async () => {
    await server.restart()
    await context?.setOffline(false)
    await expect(till.chip).toHaveText('Safe, all sent', { timeout: 60_000 })
    expect(new Set((await readJournal(page)).map(({ fate }) => fate))).toEqual(new Set(['applied']))
    expect(await server.sql`select reason from quarantine`).toEqual([])
    // Nobody counts what has no price of its own.
    const { productId } = shelf.bySku('SUN-001')
    expect(await server.sql`select type, detail from exception where till_id = ${tillId}`).toEqual([
      { type: 'stock-negative', detail: { productId, onHand: -1000 } },
    ])
  })

  await test.step('head office has the Z report to the cent: in its API, and on its page', async () => {
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

    await context?.addCookies(office.cookies)
    await page.goto(`${server.url}/office/shifts/${shift.shiftId}`)
    const takings = page.getByRole('region', { name: 'Takings' })
    await expect(takings).toContainText(`Should be in the drawer${dollars(CASH)}`)
    for (const [method, cents] of Object.entries(books.expectedByMethod()))
      await expect(takings.getByRole('row', { name: new RegExp(`^${method} `) })).toContainText(
        dollars(cents),
      )
    await expect(page.getByRole('main')).not.toContainText('Restated')
    await expect(page.getByRole('main')).toContainText(`100 sales, ${dollars(books.figures().sales.total)}`)
  })

  await test.step('the ledgers hold every paper as the oracles reckon it, once', async () => {
    const stored = new Map((await readSales(server.sql, tillId)).map((sale) => [sale.receiptNo, sale]))
    const papers = journal.filter(({ kind }) => ['sale', 'refund', 'void'].includes(kind))
    expect(stored.size).toBe(books.papers.length)
    for (const [i, paper] of books.papers.entries()) {
      const sale = stored.get(papers[i].body.receiptNo)
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
    const [day] = await server.sql`
      select sum(sales)::int as sales, sum(refunds)::int as refunds, sum(total)::int as total
      from day_total where till_id = ${tillId}`
    const { sales, refunds } = books.figures()
    expect(day).toEqual({ sales: sales.count, refunds: refunds.count, total: sales.total - refunds.total })
    const [codes] = await server.sql`select sum(amount)::int as owed from value_entry`
    // The gift card and the store credit were spent to the last cent, and what the voucher had left is lost.
    expect(codes).toEqual({ owed: 0 })
  })

  await test.step('stock and points moved by what was sold, and no law of the ledgers is broken', async () => {
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
})

/** What both reports say of the day. */
async function expectReport(report: Locator, books: DayBooks): Promise<void> {
  const { sales, refunds, voids, noSales } = books.figures()
  const plain = (cents: number) => dollars(cents).slice(1)
  for (const text of [
    `Sales (${sales.count})${plain(sales.total)}`,
    `Refunds and voids (${refunds.count})−${plain(refunds.total)}`,
    `of these, voids (${voids.count})−${plain(voids.total)}`,
    `Net${dollars(sales.total - refunds.total)}`,
    `Should be in the drawer${dollars(books.expectedByMethod().CASH ?? 0)}`,
    `Drawer opened without a sale${noSales}`,
  ])
    await expect(report).toContainText(text)
}

/** By keyboard: hold, name, Enter. */
async function hold(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await page.keyboard.insertText(name)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The cart is empty')).toBeVisible()
}

function amountsOf(paper: Paper) {
  const { net, tax, rounding, total, lines } = paper.kind === 'sale' ? paper.expected : paper
  return {
    ...{ net, tax, rounding, total },
    lines: lines.map((line) => ({ net: line.net, tax: line.tax })),
    tenders: paper.tenders.map((tender) => tender.amount),
  }
}
const amountsOfBody = ({ net, tax, rounding, total, lines, tenders }: SalePaper['expected'] & Body) => ({
  ...{ net, tax, rounding, total, lines },
  tenders: tenders.map((tender) => tender.amount),
})
interface Body {
  readonly tenders: readonly { readonly amount: number }[]
}

function last<T>(values: readonly T[]): T {
  const value = values.at(-1)
  if (value === undefined) throw new Error('there is none')
  return value
}
