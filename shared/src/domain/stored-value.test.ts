import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  card,
  cartOf,
  cash,
  giftCard,
  issue,
  percent,
  priced,
  refundOf,
  SINGAPORE,
  saleOf,
  voidOf,
} from '../testing/builders.ts'
import { cartAfter } from './cart.ts'
import { checkRefund } from './check-refund.ts'
import { minor, thousandths } from './money.ts'
import { checkSale } from './sale.ts'
import { mostValue, newValueCode, readValueCode, valueCodeText } from './stored-value.ts'
import { isMoney, waysBack } from './way-back.ts'

const CODE = newValueCode('018f3c5e-0000-7000-8abc-def012345678')

describe('a code', () => {
  it('is read however it is typed, and as it is printed', () => {
    expect(CODE).toMatch(/^V[0-9A-Z]{13}$/)
    for (const typed of [
      CODE,
      ` ${CODE.toLowerCase()} `,
      valueCodeText(CODE),
      CODE.replaceAll('0', 'o').replaceAll('1', 'I'),
    ])
      expect(readValueCode(typed)).toBe(CODE)
  })

  it('is of its id’s random part alone, and another for another', () => {
    expect(newValueCode('01932a5e-8c00-7fff-8abc-def012345678')).toBe(CODE)
    expect(newValueCode('018f3c5e-0000-7000-8abc-def012345679')).not.toBe(CODE)
  })

  it('with one wrong character is none', () => {
    fc.assert(
      fc.property(
        fc.uuid({ version: 7 }),
        fc.integer({ min: 1, max: 13 }),
        fc.integer({ min: 1, max: 31 }),
        (id, at, by) => {
          const code = newValueCode(id)
          const all = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
          const wrong = all[(all.indexOf(code[at] ?? '') + by) % 32] ?? ''
          expect(readValueCode(code)).toBe(code)
          expect(readValueCode(code.slice(0, at) + wrong + code.slice(at + 1))).toBeUndefined()
        },
      ),
    )
  })

  it.each(['', '8888888888888', 'V', 'MILO-400', 'BED-T1-000012'])('is not %j', (typed) => {
    expect(readValueCode(typed)).toBeUndefined()
  })

  it('pays no more than is on it, than may be spent unheard of, and than is due', () => {
    const known = { kind: 'gift-card', balance: 5000, unconfirmed: 1000, isFresh: false } as const
    expect(mostValue(known, 9000, minor(3000))).toBe(3000)
    expect(mostValue(known, 9000, minor(9000), { paid: 300, forfeited: 200 })).toBe(4500)
    expect(mostValue(known, 4000, minor(9000))).toBe(3000)
    expect(mostValue(known, 4000, minor(9000), { paid: 300, forfeited: 200 })).toBe(2700)
    expect(mostValue({ ...known, isFresh: true }, 4000, minor(9000), { paid: 300, forfeited: 0 })).toBe(4700)
    expect(mostValue({ ...known, balance: -1 }, 4000, minor(9000))).toBe(0)
  })
})

describe('stored value that is sold', () => {
  const cart = issue(cartOf([{ price: 1090 }], { billDiscount: percent(10) }), { code: CODE, amount: 5000 })
  const sale = saleOf(cart, [card(5981)])

  it('is in the total and neither in the net, nor in the tax, nor in any discount', () => {
    expect(sale).toMatchObject({ gross: 1090, discount: 109, net: 981, tax: 81, total: 5981 })
    expect(sale.lines).toHaveLength(1)
    expect(sale.issued).toEqual([{ code: CODE, kind: 'gift-card', methodCode: 'GIFT', amount: 5000 }])
    expect(checkSale(sale)).toEqual([])
  })

  it('can be all of a sale, earns no points, and costs the same where prices are without tax', () => {
    const alone = saleOf(issue(cartOf([]), { code: CODE, amount: 5000 }), [cash(5000)], {
      ...SINGAPORE,
      inclusive: false,
    })
    expect(alone).toMatchObject({ net: 0, tax: 0, total: 5000, lines: [], pointsEarned: 0 })
    expect(checkSale(alone)).toEqual([])
  })

  it('is rounded with the rest when it is paid in cash', () => {
    expect(saleOf(cart, [cash(6000)])).toMatchObject({ rounding: -1, total: 5980, change: 20 })
  })

  it('is neither many nor cheaper, whatever is done to its line', () => {
    const lineId = cart.lines.at(-1)?.lineId ?? ''
    for (const event of [
      { type: 'quantity-set', lineId, quantity: thousandths(2000) },
      { type: 'line-discounted', lineId, discount: percent(50) },
      { type: 'price-overridden', lineId, unitPrice: minor(1), reason: 'why not' },
    ] as const)
      expect(priced(cartAfter(cart, event)).total).toBe(5981)
    expect(cartAfter(cart, { type: 'line-removed', lineId }).lines).toHaveLength(1)
  })

  it('is taken back with a void, once, and not by refunding the goods', () => {
    const voided = voidOf(sale)
    expect(voided).toMatchObject({ net: 981, total: 5981, issued: sale.issued })
    expect(checkRefund(voided)).toEqual([])
    expect(() => voidOf(sale, { before: [voided] })).toThrow('already-refunded')
    const refund = refundOf(sale)
    expect(refund).toMatchObject({ total: 981 })
    expect(refund).not.toHaveProperty('issued')
  })
})

describe('stored value that pays', () => {
  const other = newValueCode('018f3c5e-0000-7000-8abc-def012345679')
  const sale = saleOf(cartOf([{ price: 1000, quantity: 2000 }]), [
    giftCard(CODE, 500),
    giftCard(other, 700),
    cash(800),
  ])

  it('gets back what it paid, code by code, before money leaves the drawer', () => {
    expect(checkSale(sale)).toEqual([])
    const refund = refundOf(sale, { picks: [{ lineNo: 1, quantity: 1000 }] })
    expect(refund.tenders).toEqual([giftCard(CODE, 500), giftCard(other, 500)])
    const rest = refundOf(sale, { picks: [{ lineNo: 1, quantity: 1000 }], before: [refund] })
    expect(rest.tenders).toEqual([giftCard(other, 200), cash(800)])
    expect(checkRefund(rest)).toEqual([])
  })

  it('does not go back as money', () => {
    const ways = waysBack({ sale, before: [] })
    expect(ways.filter(isMoney).map(({ kind }) => kind)).toEqual(['cash'])
  })

  it('is something for head office to look at where no code stands behind it', () => {
    const { code: _, ...leg } = giftCard(CODE, 2000)
    expect(checkSale({ ...sale, tenders: [leg] })).not.toEqual([])
    expect(checkSale({ ...sale, tenders: [{ ...cash(2000), code: CODE }] })).toHaveLength(1)
    expect(checkSale({ ...sale, tenders: [{ ...cash(2000), forfeited: minor(5) }] })).toHaveLength(1)
  })
})
