import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zBuyer } from '../protocol/buyer.ts'
import { cartOf, refundOf, SINGAPORE, saleOf, voidOf } from '../testing/builders.ts'
import { type Buyer, buyerOf, SIMPLIFIED_INVOICE_LIMIT, wantsBuyer } from './buyer.ts'
import { cartAfter, EMPTY_CART } from './cart.ts'
import { completeExchange } from './exchange.ts'
import { minor } from './money.ts'
import { priceCart } from './pricing.ts'
import { completeRefund } from './refund.ts'
import { checkSale } from './sale.ts'

const TAN: Buyer = { name: 'Tan Pte. Ltd.', address: '10 Anson Road\nSingapore 079903' }

describe('a buyer', () => {
  it('is read as typed, without what a journal or a printer cannot take', () => {
    expect(
      buyerOf({ name: ' Tan\u001b  Pte.\tLtd. ', address: ' 10 Anson Road \r\n\n Singapore\u0000 079903' }),
    ).toEqual(TAN)
    expect(buyerOf({ ...TAN, registrationNo: ' 201912345K ' })).toEqual({
      ...TAN,
      registrationNo: '201912345K',
    })
    expect(buyerOf({ ...TAN, registrationNo: ' ' })).toEqual(TAN)
  })

  it('has a name and an address, or is none', () => {
    expect(buyerOf({ name: ' ', address: '10 Anson Road' })).toBeUndefined()
    expect(buyerOf({ name: 'Tan', address: '\n \u0007' })).toBeUndefined()
  })

  it('has one space between words, whatever was between them', () => {
    expect(buyerOf({ name: 'Tan\t\u0000\tBros', address: '1 High St' })?.name).toBe('Tan Bros')
  })

  it('is always one that the server can read, and reading it again changes nothing', () => {
    const typed = fc.string({ unit: 'binary', maxLength: 500 })
    fc.assert(
      fc.property(typed, typed, fc.option(typed, { nil: undefined }), (name, address, registrationNo) => {
        const buyer = buyerOf({ name, address, registrationNo })
        if (buyer === undefined) return
        expect(zBuyer.safeParse(buyer).success).toBe(true)
        expect(buyerOf(buyer)).toEqual(buyer)
        expect(`${buyer.name}${buyer.registrationNo ?? ''}`).not.toMatch(/\p{Cc}/u)
        expect(buyer.address.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
        expect(buyer.address.split('\n').length).toBeLessThanOrEqual(6)
      }),
    )
  })
})

describe('a tax invoice in somebody’s name', () => {
  const shop = { currency: 'SGD', gstRegistrationNo: 'M9-0012345-6' }

  it('is wanted above $1,000 with the GST, by a shop that is registered for it', () => {
    expect(wantsBuyer(SIMPLIFIED_INVOICE_LIMIT, shop)).toBe(false)
    expect(wantsBuyer(minor(100_001), shop)).toBe(true)
    expect(wantsBuyer(minor(100_001), { ...shop, gstRegistrationNo: null })).toBe(false)
    expect(wantsBuyer(minor(100_001), { ...shop, currency: 'MYR' })).toBe(false)
  })

  it('names the buyer of the cart, whatever else happens to it, and changes no amount', () => {
    const named = cartAfter(EMPTY_CART, { type: 'buyer-set', buyer: TAN })
    const both = cartAfter(named, { type: 'customer-set', customer: undefined })
    expect(both.buyer).toEqual(TAN)
    expect(cartAfter(both, { type: 'buyer-set', buyer: undefined })).toEqual(EMPTY_CART)
    expect(cartAfter(both, { type: 'cleared' }).buyer).toBeUndefined()
    const { buyer, ...sale } = saleOf(cartOf([{ price: 120_000 }], { buyer: TAN }))
    expect(buyer).toEqual(TAN)
    expect(sale).toEqual(saleOf(cartOf([{ price: 120_000 }])))
    expect(checkSale({ ...sale, buyer: TAN })).toEqual([])
  })

  it('hands its buyer on to what takes it back, and to what it is exchanged for', () => {
    const sale = saleOf(cartOf([{ price: 120_000 }], { buyer: TAN }))
    expect(refundOf(sale).buyer).toEqual(TAN)
    expect(voidOf(sale).buyer).toEqual(TAN)
    const original = { saleId: 'sale', sale, before: [] }
    const picks = sale.lines.map(({ quantity }, i) => ({ lineNo: i + 1, quantity, restock: true }))
    const halves = completeExchange(
      { by: (ways, paper) => completeRefund(original, picks, ways, paper), open: [] },
      priceCart(cartOf([{ price: 120_000 }]), SINGAPORE, () => 90_000 as never),
      {},
      SINGAPORE,
      [],
      [],
      {
        refund: { entryId: 'a', receiptNo: 'BED-T1-000002', reason: 'Colour' },
        sale: { entryId: 'b', receiptNo: 'BED-T1-000003' },
      },
    )
    expect(halves).toMatchObject({ refund: { buyer: TAN }, sale: { buyer: TAN } })
  })
})
