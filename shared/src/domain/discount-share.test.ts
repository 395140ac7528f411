import { describe, expect, it } from 'vitest'
import { amountOff, cartOf, issue, onSaturday, percent, priced, promotion } from '../testing/builders.ts'
import { type Cart, cartAfter } from './cart.ts'
import { grownTo, handsOff, notAllowed, sharesTaken } from './discount-share.ts'
import { thousandths } from './money.ts'
import { newValueCode } from './stored-value.ts'

const sharesOf = (cart: Cart) => sharesTaken(priced(cart), cart.billDiscount)
const largest = (cart: Cart) => Math.max(...sharesOf(cart).values())

describe('what was taken off by hand', () => {
  it.each<[string, Cart, number]>([
    ['nothing', cartOf([{ price: 2000 }]), 0],
    ['a percentage of a line', cartOf([{ price: 333, discount: percent(10) }]), 100_000],
    ['an amount of a line', cartOf([{ price: 300, discount: amountOff(100) }]), 333_334],
    ['more than there is', cartOf([{ price: 300, discount: amountOff(500) }]), 1_000_000],
    ['a percentage of the bill', cartOf([{ price: 5 }], { billDiscount: percent(10) }), 100_000],
    [
      'an amount of the bill',
      cartOf([{ price: 1500 }, { price: 500 }], { billDiscount: amountOff(200) }),
      100_000,
    ],
    ['both', cartOf([{ price: 2000, discount: percent(10) }], { billDiscount: percent(10) }), 190_000],
    [
      'all of it twice',
      cartOf([{ price: 2000, discount: percent(100) }], { billDiscount: percent(10) }),
      1_000_000,
    ],
    ['something of nothing', cartOf([{ price: 0, discount: amountOff(5) }]), 0],
  ])('is %s', (_, cart, share) => {
    expect(largest(cart)).toBe(share)
  })

  it('is held against goods alone, not against the gift card beside them', () => {
    const goods = cartOf([{ price: 10_000 }], { billDiscount: amountOff(10_000) })
    const withCard = issue(goods, {
      code: newValueCode('01932a5e-8c00-7000-8000-000000000001'),
      amount: 90_000,
    })
    expect(largest(withCard)).toBe(1_000_000)
    expect(sharesOf(withCard).size).toBe(1)
  })

  it('comes to an amount, of all lines or of those beyond a limit', () => {
    const cart = cartOf([
      { price: 2000, discount: percent(20) },
      { price: 1000, discount: percent(5) },
      { price: 700 },
    ])
    const offBeyond = (ppm?: number) => Object.values(handsOff(priced(cart), cart.billDiscount, ppm))
    expect([offBeyond(), offBeyond(50_000), offBeyond(200_000)]).toEqual([[400, 50], [400], []])
    const bill = cartOf([{ price: 200 }, { price: 50_000 }], { billDiscount: percent(20) })
    expect(Object.values(handsOff(priced(bill), bill.billDiscount, 50_000))).toEqual([40, 10_000])
  })

  it.each([
    ['as it was', { a: 100 }, { a: 100 }, 0],
    ['of nothing that is off', {}, { a: 100 }, 0],
    ['and grew with its pieces', { a: 200 }, { a: 100 }, 200],
    ['of goods that are gone', { b: 100 }, { a: 1000, b: 1 }, 100],
    ['and spread over more goods', { a: 60, b: 40 }, { a: 100 }, 0],
    ['and more came to it', { a: 100, b: 1 }, { a: 100 }, 101],
  ])('is allowed or not: what was allowed stands %s', (_, off, allowed, expected) => {
    expect(notAllowed(off, allowed)).toBe(expected)
  })

  it('leaves out what promotions gave', () => {
    const cart = cartOf([{ price: 2000 }])
    const facts = onSaturday([promotion({ offer: { kind: 'off', discount: percent(50) } })])
    expect(priced(cart, undefined, facts).total).toBe(1000)
    expect([...sharesTaken(priced(cart, undefined, facts), undefined).values()]).toEqual([0])
  })

  it('grows when an amount is left over fewer goods, and not when a percentage is', () => {
    const grown = (cart: Cart, event: Parameters<typeof cartAfter>[1]) =>
      grownTo(sharesOf(cart), sharesOf(cartAfter(cart, event)))
    const fewer = { type: 'quantity-set', lineId: 'line-1', quantity: thousandths(1000) } as const
    expect(grown(cartOf([{ price: 2000, quantity: 10_000, discount: amountOff(2000) }]), fewer)).toBe(
      1_000_000,
    )
    expect(grown(cartOf([{ price: 2000, quantity: 10_000, discount: percent(20) }]), fewer)).toBe(0)
    const two = cartOf([{ price: 2000 }, { price: 2000 }], { billDiscount: amountOff(400) })
    expect(grown(two, { type: 'line-removed', lineId: 'line-1' })).toBe(200_000)
    expect(grown(two, { ...fewer, quantity: thousandths(2000) })).toBe(0)
  })
})
