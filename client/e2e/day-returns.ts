import { expect, test } from '@playwright/test'
import { inCoins } from './day-reckoning.ts'
import type { Goods } from './day-shop.ts'
import { type Day, newCode } from './day-stage.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, last } from './expectation.ts'

/** What is taken back in the day, step by step. */

export const takeBackByPin = (day: Day): Promise<void> =>
  test.step('the drawer is opened, a sale voided and goods taken back without a receipt, by a PIN', async () => {
    const { any, books, dialog, hand, page, till } = day
    await hand.goTo('Shift and drawer')
    await page.getByRole('button', { name: 'Open drawer' }).click()
    await dialog.getByRole('button', { name: 'Give change' }).click()
    await dialog.getByRole('button', { name: 'Open drawer' }).click()
    await till.approve(SUPERVISOR_PIN)
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
    await till.approve(SUPERVISOR_PIN)
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
    await till.approve(SUPERVISOR_PIN)
    await expect(page.getByRole('heading', { name: `Refunded ${dollars(back.total)}` })).toBeVisible()
    await page.getByRole('button', { name: 'New sale' }).click()
  })

export const takeBackGoods = (day: Day): Promise<void> =>
  test.step('goods come back: for cash, for store credit that pays again, and for dearer ones', async () => {
    const { any, books, hand, page, people, shelf } = day
    const eight = shelf.about(8_00)
    const bought = await hand.sell({
      lines: [{ goods: eight, quantity: 3000 }, { goods: any() }],
      customer: people.member('Silver'),
      tenders: [{ method: 'CASH' }],
    })
    const refunded = books.takeBack(bought, [{ lineNo: 1, quantity: 1000, restock: false }], {
      method: 'CASH',
    })
    await refund(day, last(hand.receiptNos), eight, refunded.total, { writeOff: true })

    const ten = shelf.about(10_00)
    const paid = await hand.sell({ lines: [{ goods: ten }], tenders: [{ method: 'CARD' }] })
    const credit = books.takeBack(paid, [{ lineNo: 1, quantity: 1000 }], { method: 'CREDIT' })
    await refund(day, last(hand.receiptNos), ten, credit.total, { asCredit: true })
    const code = await newCode(page)
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
  { dialog, hand, page }: Day,
  receiptNo: string,
  item: Goods,
  cents: number,
  how: { writeOff?: true; asCredit?: true },
): Promise<void> {
  await hand.openReceipt(receiptNo)
  await page.getByRole('button', { name: 'Refund…' }).click()
  await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
  await dialog.getByRole('button', { name: 'Wrong item' }).click()
  if (how.writeOff) await dialog.getByText('Write off').click()
  if (how.asCredit) await dialog.getByText('Store credit', { exact: true }).click()
  await dialog.getByRole('button', { name: `Refund ${dollars(cents)}` }).click()
  await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Refund of')
  await hand.goTo('Sell')
}
