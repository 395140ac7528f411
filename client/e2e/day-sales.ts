import { expect, type Page, test } from '@playwright/test'
import type { RungUpSale } from './day-hand.ts'
import { amount, label, percent } from './day-plan.ts'
import { type Day, FLOAT, newCode } from './day-stage.ts'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, last } from './expectation.ts'

/** The day's sales, step by step. */

export const openShift = (day: Day): Promise<void> =>
  test.step('started cold, a cashier opens the shift and counts the float', async () => {
    const { books, context, hand, page, people, server, till } = day
    await context.setOffline(true)
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

export const quickSales = (day: Day, sales: number): Promise<void> =>
  test.step(`${sales} sales`, async () => {
    for (let i = 0; i < sales; i++) await day.hand.sell(day.shelf.anySale(day.random))
  })

export const sellEveryKindOfLine = (day: Day): Promise<void> =>
  test.step('quantities, notes, lines apart, weights, labels and prices', async () => {
    const { any, hand, shelf } = day
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

export const sellOnPromotion = (day: Day): Promise<void> =>
  test.step('every kind of promotion, and two held sales among them', async () => {
    const { any, dialog, hand, offers, page, people, shelf } = day
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

export const changeCashier = (day: Day): Promise<void> =>
  test.step('another cashier takes over', async () => {
    const { books, hand, people, till } = day
    await hand.toSell()
    await hand.goTo('Sign out')
    await till.signIn(SUPERVISOR_PIN)
    books.staff = people.supervisor
  })

export const sellAndSpendCodes = (day: Day): Promise<void> =>
  test.step('gift cards and a voucher are sold, and pay', async () => {
    const { any, books, hand, shelf } = day
    const card = await sellCode(day, 'Gift card', 'GIFT', 20_00)
    await hand.sell({
      lines: [{ goods: shelf.about(8_00) }],
      tenders: [{ method: 'GIFT', code: card }],
    })
    const spent = last(books.sales).expected.total
    await hand.sell({
      lines: [{ goods: shelf.about(15_00) }, { goods: any() }],
      tenders: [{ method: 'GIFT', code: card, cents: 20_00 - spent }, { method: 'CASH' }],
    })
    const voucher = await sellCode(day, 'Voucher', 'VOUCHER', 10_00)
    await hand.sell({
      lines: [{ goods: shelf.about(7_00) }],
      tenders: [{ method: 'VOUCHER', code: voucher }],
    })
  })

async function sellCode(
  { hand, page }: Day,
  name: string,
  method: 'GIFT' | 'VOUCHER',
  cents: number,
): Promise<string> {
  await hand.toSell()
  await hand.goTo('Gift cards and vouchers')
  await page.getByText(name, { exact: true }).click()
  await page.getByRole('button', { name: dollars(cents), exact: true }).click()
  await expect(page.getByRole('button', { name: /^Pay\s/ })).toBeVisible()
  const kind = method === 'GIFT' ? ('gift-card' as const) : ('voucher' as const)
  await hand.pay({ lines: [], issued: { code: '', kind, amount: cents }, tenders: [{ method: 'CASH' }] })
  return newCode(page)
}

export const splitTendersAndDiscounts = (day: Day): Promise<void> =>
  test.step('points, split tenders and every discount', async () => {
    const { any, hand, people, shelf } = day
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
