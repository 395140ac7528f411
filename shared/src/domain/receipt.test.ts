import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules } from '../testing/arbitraries.ts'
import {
  amountOff,
  cartOf,
  cash,
  customer,
  percent,
  priced,
  refundOf,
  SINGAPORE,
  saleOf,
} from '../testing/builders.ts'
import { cartAfter } from './cart.ts'
import { minor, sumMinor } from './money.ts'
import { type ReceiptContext, receiptOf, refundReceiptOf } from './receipt.ts'
import { checkSale } from './sale.ts'

const context: ReceiptContext = {
  companyName: 'Kampong Mart',
  outletName: 'Bedok',
  tillName: 'Counter 1',
  cashierName: 'Siti',
  at: '2026-11-21T04:00:00.000Z',
  timeZone: 'Asia/Singapore',
}

describe('a receipt', () => {
  it('says what a line would have cost where its price was set by hand, and what was noted on it', () => {
    const cart = cartAfter(
      cartAfter(cartOf([{ price: 545 }, { price: 320 }]), {
        type: 'price-overridden',
        lineId: 'line-1',
        unitPrice: minor(500),
        reason: 'Damaged',
      }),
      { type: 'line-noted', lineId: 'line-1', note: 'Dented tin' },
    )
    const sale = saleOf(cart, [cash(2000)])
    expect(checkSale(sale)).toEqual([])
    expect(receiptOf(sale, context)).toMatchObject({
      lines: [{ unitPrice: 500, listPrice: 545, note: 'Dented tin' }, { unitPrice: 320 }],
      gross: 820,
    })
    expect(receiptOf(sale, context).lines[1]).not.toHaveProperty('listPrice')
  })

  it('shows a sale as it was', () => {
    const cart = cartOf(
      [
        { price: 545, quantity: 2000, discount: percent(10) },
        { price: 320, taxCode: 'ZR', name: 'Rice 1 kg' },
      ],
      { billDiscount: amountOff(65), customer: customer() },
    )
    expect(receiptOf(saleOf(cart, [cash(2000)]), context)).toEqual({
      context,
      receiptNo: 'BED-T1-000001',
      currency: 'SGD',
      taxInclusive: true,
      lines: [
        { name: 'Milo 400 g', quantity: 2000, unitPrice: 545, gross: 1090, discount: 109, taxCode: 'SR' },
        { name: 'Rice 1 kg', quantity: 1000, unitPrice: 320, gross: 320, discount: 0, taxCode: 'ZR' },
      ],
      gross: 1410,
      billDiscount: 65,
      tax: 77,
      taxRows: [
        { taxCode: 'SR', ratePpm: 90_000, taxable: 855, tax: 77 },
        { taxCode: 'ZR', ratePpm: 0, taxable: 304, tax: 0 },
      ],
      rounding: -1,
      total: 1235,
      tenders: [{ methodCode: 'CASH', kind: 'cash', amount: 2000 }],
      change: 765,
      customerName: 'Tan Mei Ling',
      pointsEarned: 1,
    })
  })

  it('accounts for the whole sale: taxable amounts and tax by code, plus rounding, are the total', () => {
    fc.assert(
      fc.property(anyCart, anyRules, (cart, rules) => {
        const receipt = receiptOf(saleOf(cart, undefined, rules), context)
        const rows = sumMinor(receipt.taxRows.map((row) => row.taxable + row.tax))
        expect(rows + receipt.rounding).toBe(receipt.total)
        const lines = sumMinor(receipt.lines.map((line) => line.gross - line.discount))
        const added = receipt.taxInclusive ? 0 : receipt.tax
        expect(lines - receipt.billDiscount + added + receipt.rounding).toBe(receipt.total)
      }),
    )
  })

  it('keeps two rates of one code apart', () => {
    const sale = saleOf(cartOf([{ price: 1090 }, { price: 1080, taxCode: 'SR8' }]))
    const renamed = { ...sale, lines: sale.lines.map((line) => ({ ...line, taxCode: 'SR' })) }
    expect(receiptOf(renamed, context).taxRows).toEqual([
      { taxCode: 'SR', ratePpm: 90_000, taxable: 1000, tax: 90 },
      { taxCode: 'SR', ratePpm: 80_000, taxable: 1000, tax: 80 },
    ])
  })

  it('carries a reference only where there is one', () => {
    const [tender] = receiptOf(saleOf(cartOf([{}])), context).tenders
    expect(tender).toStrictEqual({ methodCode: 'CARD', kind: 'card', amount: 100 })
    expect(priced(cartOf([{}]), SINGAPORE).total).toBe(100)
  })
})

describe('the receipt of a refund', () => {
  it('says what went back, how, of which sale and why', () => {
    const sale = saleOf(
      cartOf([{ price: 1000, quantity: 3000, discount: percent(10) }], { customer: customer() }),
      [cash(5000)],
    )
    const refund = refundOf(sale, { picks: [{ lineNo: 1, quantity: 2000 }] })
    expect(refundReceiptOf('refund', refund, context)).toMatchObject({
      receiptNo: 'BED-T1-000002',
      lines: [{ quantity: 2000, gross: 2000, discount: 200 }],
      tax: 149,
      total: 1800,
      tenders: [{ methodCode: 'CASH', amount: 1800 }],
      pointsEarned: -1,
      back: { kind: 'refund', originalReceiptNo: 'BED-T1-000001', reason: 'Damaged' },
    })
  })

  it('knows no discount on goods that cost what their label said, whole or in part', () => {
    // 48 g at $259.00 / kg come to $12.43, and the label says $12.34.
    const { lines } = cartOf([{ price: 25_900, quantity: 48, unit: 'kg' }])
    const sale = saleOf({ lines: lines.map((line) => ({ ...line, labelPrice: minor(1234) })) })
    expect(receiptOf(sale, context).lines).toMatchObject([{ gross: 1234, discount: 0 }])
    const paper = refundReceiptOf('refund', refundOf(sale), context)
    expect(paper).toMatchObject({ lines: [{ gross: 1234, discount: 0 }], gross: 1234, total: 1234 })
    const half = refundOf(sale, { picks: [{ lineNo: 1, quantity: 24 }] })
    expect(refundReceiptOf('refund', half, context).lines).toMatchObject([{ gross: 617, discount: 0 }])
  })

  it('says the discount that goods by weight had been given', () => {
    const cart = cartOf([{ price: 25_900, quantity: 48, unit: 'kg', discount: percent(10) }])
    expect(refundReceiptOf('refund', refundOf(saleOf(cart)), context).lines).toMatchObject([
      { gross: 1243, discount: 124 },
    ])
  })

  it('accounts for all that goes back', () => {
    fc.assert(
      fc.property(anyCart, anyRules, (cart, rules) => {
        const refund = refundOf(saleOf(cart, undefined, rules))
        const receipt = refundReceiptOf('refund', refund, context)
        const rows = sumMinor(receipt.taxRows.map((row) => row.taxable + row.tax))
        expect(rows + receipt.rounding).toBe(receipt.total)
        const lines = sumMinor(receipt.lines.map((line) => line.gross - line.discount))
        expect(lines + (receipt.taxInclusive ? 0 : receipt.tax) + receipt.rounding).toBe(receipt.total)
      }),
    )
  })
})
