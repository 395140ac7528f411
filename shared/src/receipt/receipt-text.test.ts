import { describe, expect, it } from 'vitest'
import type { Language } from '../domain/language.ts'
import { minor } from '../domain/money.ts'
import { type Receipt, type ReceiptContext, receiptOf, refundReceiptOf } from '../domain/receipt.ts'
import { newValueCode } from '../domain/stored-value.ts'
import { cartOf, giftCard, idOf, refundOf, saleOf, voidOf } from '../testing/builders.ts'
import { htmlReceipt } from './html-receipt.ts'
import { plainReceipt } from './plain-receipt.ts'
import { receiptRows } from './receipt-rows.ts'
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
const textOf = (receipt: Receipt, language: Language = 'en') => {
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

  it('says nothing of a tax where the shop is not registered and none was charged', () => {
    const { gstRegistrationNo: _, ...unregistered } = context
    const untaxed = saleOf(cartOf([{ taxCode: 'ZR', taxKind: 'zero' }]))
    const taxed = saleOf(cartOf([{}]))
    const taxes = (sale: typeof taxed, of: ReceiptContext) => textOf(receiptOf(sale, of)).taxes
    expect(taxes(untaxed, unregistered)).toEqual([])
    expect(taxes(untaxed, context).length).toBeGreaterThan(0)
    // What was charged while it was registered stays on its papers.
    expect(taxes(taxed, unregistered).length).toBeGreaterThan(0)
  })

  it('says where the shop is, and its phone where it has one', () => {
    const at = { ...context, address: '5 Eng Hoon St', phone: '6123 4567' }
    const heads = (of: ReceiptContext, language: Language) =>
      textOf(receiptOf(saleOf(cartOf([{}])), of), language).head.map(({ text }) => text)
    expect(heads(at, 'en')).toEqual(expect.arrayContaining(['5 Eng Hoon St', 'Tel. 6123 4567']))
    expect(heads(at, 'zh')).toContain('电话 6123 4567')
    expect(heads(context, 'en').join()).not.toContain('Tel.')
  })

  it('is made out to its buyer, in every language, on paper as in mail, and so is its credit note', () => {
    const buyer = {
      name: 'Tan Pte. Ltd.',
      address: '10 Anson Road\nSingapore 079903',
      registrationNo: '201912345K',
    }
    const sale = saleOf(cartOf([{ price: 120_000 }], { buyer }))
    const words = {
      en: ['Bill to', 'UEN / GST no. 201912345K'],
      zh: ['购买方', 'UEN／GST 号 201912345K'],
      ms: ['Bil kepada', 'No. UEN / GST 201912345K'],
      ta: ['பில் பெறுபவர்', 'UEN / GST எண் 201912345K'],
    } as const
    for (const paper of [receiptOf(sale, context), refundReceiptOf('refund', refundOf(sale), context)])
      for (const [language, [label, number]] of Object.entries(words)) {
        const text = textOf(paper, language as keyof typeof words)
        const lines = ['Tan Pte. Ltd.', '10 Anson Road', 'Singapore 079903', number]
        expect(text.buyer).toEqual({ label, lines })
        const rows = receiptRows(text)
        const plain = plainReceipt(rows)
        expect(plain).toContain([label, ...lines].join('\n'))
        const html = htmlReceipt(rows, { title: '', language, note: '' })
        for (const line of lines) expect(html).toContain(line)
      }
    expect(textOf(receiptOf(saleOf(cartOf([{}])), context)).buyer).toBeUndefined()
  })

  it('says what is left on a gift card under its leg, where the till knew it', () => {
    const code = newValueCode(idOf(1))
    const left = saleOf(cartOf([{ price: 300 }]), [{ ...giftCard(code, 300), left: minor(1200) }])
    expect(textOf(receiptOf(left, context)).tenders.slice(0, 2)).toEqual([
      { label: `GIFT …${code.slice(-4)}`, value: '3.00' },
      { label: `Left on …${code.slice(-4)}`, value: '12.00' },
    ])
    const unknown = saleOf(cartOf([{ price: 300 }]), [giftCard(code, 300)])
    expect(JSON.stringify(textOf(receiptOf(unknown, context)))).not.toContain('Left on')
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
