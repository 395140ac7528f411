import { describe, expect, it } from 'vitest'
import { type Receipt, type ReceiptContext, receiptOf, refundReceiptOf } from '../domain/receipt.ts'
import { newValueCode } from '../domain/stored-value.ts'
import { cartOf, giftCard, idOf, refundOf, saleOf, voidOf } from '../testing/builders.ts'
import { receiptText } from './receipt-text.ts'
import { sayIn } from './say.ts'

const context: ReceiptContext = {
  companyName: 'Kampong Mart',
  outletName: 'Bedok',
  gstRegistrationNo: '200012345A',
  tillName: 'Counter 1',
  cashierName: 'Siti',
  at: '2026-11-21T04:00:00.000Z',
  timeZone: 'Asia/Singapore',
}
const textOf = (receipt: Receipt, language: 'en' | 'zh' = 'en') => {
  const tenders = receipt.tenders.map((tender) => ({ ...tender, methodName: tender.methodCode }))
  return receiptText({ ...receipt, tenders }, false, { language, t: sayIn(language) })
}
const rowsOf = (text: ReturnType<typeof textOf>) => text.items.flatMap(({ rows }) => rows)

describe('a receipt in words', () => {
  it('names the unit of what is sold by weight, and of what comes back of it', () => {
    const sale = saleOf(
      cartOf([
        { price: 1890, quantity: 345, unit: 'kg' },
        { price: 1890, quantity: 2000, unit: 'kg' },
        { price: 100, quantity: 2000 },
      ]),
    )
    const weights = ['0.345 kg × 18.90', '2 kg × 18.90', '2 × 1.00']
    expect(rowsOf(textOf(receiptOf(sale, context)))).toMatchObject(weights.map((label) => ({ label })))
    const refund = refundOf(sale)
    expect(rowsOf(textOf(refundReceiptOf('refund', refund, context)))).toMatchObject(
      weights.map((label) => ({ label })),
    )
  })

  it('has the English words that the law asks for, in whatever language', () => {
    const sale = saleOf(cartOf([{}]))
    expect(textOf(receiptOf(sale, context), 'zh').head.at(-1)?.text).toBe('税务发票 · Tax invoice')
    const refund = refundReceiptOf('refund', refundOf(sale), context)
    expect(textOf(refund, 'zh').head.at(-1)?.text).toBe('贷记单 · Credit note')
  })

  it('says that a void puts the rest of a voucher back on it', () => {
    const voucher = { ...giftCard(newValueCode(idOf(1)), 300), kind: 'voucher' as const }
    const sale = saleOf(cartOf([{ price: 300 }]), [{ ...voucher, forfeited: giftCard('', 200).amount }])
    const lost = textOf(receiptOf(sale, context)).tenders
    expect(lost).toContainEqual({ label: 'Rest of it, lost', value: '2.00' })
    const voided = textOf(refundReceiptOf('void', voidOf(sale), context)).tenders
    expect(voided).toContainEqual({ label: 'Rest of it, not lost any more', value: '2.00' })
  })
})
