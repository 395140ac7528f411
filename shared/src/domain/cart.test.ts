import { describe, expect, it } from 'vitest'
import { amountOff, cartLine, cartOf, customer, percent } from '../testing/builders.ts'
import {
  type Cart,
  type CartEvent,
  type CartProduct,
  cartAfter,
  EMPTY_CART,
  MAX_NOTE,
  MAX_QUANTITY,
} from './cart.ts'
import { minor, type Thousandths, thousandths } from './money.ts'

const milo: CartProduct = {
  productId: '018f3c5e-0000-7000-8000-000000000001',
  sku: 'MILO-400',
  name: 'Milo 400 g',
  unitPrice: minor(545),
  taxCode: 'SR',
  taxKind: 'standard',
}
const added = (product: CartProduct, lineId: string, quantity?: number): CartEvent => ({
  type: 'product-added',
  product,
  lineId,
  ...(quantity !== undefined && { quantity: quantity as Thousandths }),
})
const after = (cart: Cart, ...events: readonly CartEvent[]): Cart => events.reduce(cartAfter, cart)
const quantities = (cart: Cart) => cart.lines.map((line) => line.quantity)

describe('a cart', () => {
  it('holds one piece of a product that is scanned once, and grows its line with every further scan', () => {
    const cart = after(EMPTY_CART, added(milo, 'a'), added(milo, 'b'), added(milo, 'c', 500))
    expect(cart.lines).toEqual([{ ...milo, lineId: 'a', quantity: 2500 }])
  })

  it.each([
    ['the price', { ...milo, unitPrice: minor(499) }],
    ['the tax code', { ...milo, taxCode: 'SR8' }],
    ['the kind of tax', { ...milo, taxKind: 'zero' as const }],
  ])('starts a new line when %s has changed since', (_, changed) => {
    expect(after(EMPTY_CART, added(milo, 'a'), added(changed, 'b')).lines).toHaveLength(2)
  })

  it('starts a new line beside a discounted one, so that a discount never grows by itself', () => {
    const discounted = after(EMPTY_CART, added(milo, 'a'), {
      type: 'line-discounted',
      lineId: 'a',
      discount: percent(50),
    })
    expect(quantities(cartAfter(discounted, added(milo, 'b')))).toEqual([1000, 1000])
  })

  it.each<[string, CartEvent]>([
    ['noted', { type: 'line-noted', lineId: 'a', note: 'gift wrapped' }],
    ['priced by hand', { type: 'price-overridden', lineId: 'a', unitPrice: minor(500), reason: 'Damaged' }],
    ['set apart', { type: 'line-set-apart', lineId: 'a' }],
  ])('starts a new line beside one that was %s', (_, event) => {
    const cart = after(EMPTY_CART, added(milo, 'a'), event, added(milo, 'b'), added(milo, 'c'))
    expect(quantities(cart)).toEqual([1000, 2000])
  })

  it('remembers the first price of a line however often another one is set, and goes back to it', () => {
    const cart = after(EMPTY_CART, added(milo, 'a'))
    const priced = (price: number, reason: string): CartEvent => ({
      type: 'price-overridden',
      lineId: 'a',
      unitPrice: minor(price),
      reason,
    })
    const twice = after(cart, priced(500, 'Damaged'), priced(400, ' Badly damaged '))
    expect(twice.lines).toMatchObject([{ unitPrice: 400, override: { from: 545, reason: 'Badly damaged' } }])
    expect(cartAfter(twice, { type: 'price-restored', lineId: 'a' })).toStrictEqual(cart)
    expect(cartAfter(twice, priced(545, 'Right after all'))).toStrictEqual(cart)
    expect(cartAfter(cart, priced(500, '  '))).toEqual(cart)
    expect(cartAfter(cart, { type: 'price-restored', lineId: 'a' })).toEqual(cart)
  })

  it('keeps a note trimmed and short, and loses it again', () => {
    const cart = after(EMPTY_CART, added(milo, 'a'))
    const noted = cartAfter(cart, { type: 'line-noted', lineId: 'a', note: ` ${'x'.repeat(MAX_NOTE + 5)} ` })
    expect(noted.lines[0]?.note).toBe('x'.repeat(MAX_NOTE))
    expect(cartAfter(noted, { type: 'line-noted', lineId: 'a', note: ' ' })).toStrictEqual(cart)
  })

  it.each([0, -1000])('is left alone when a quantity of %i is added', (quantity) => {
    const cart = cartOf([{}])
    expect(cartAfter(cart, added(milo, 'x', quantity))).toBe(cart)
  })

  it('sets a quantity, removes the line at zero or below, and caps it at the most a line can hold', () => {
    const cart = cartOf([{}, {}])
    const set = (quantity: number): CartEvent => ({
      type: 'quantity-set',
      lineId: 'line-2',
      quantity: thousandths(quantity),
    })
    expect(quantities(cartAfter(cart, set(3250)))).toEqual([1000, 3250])
    expect(quantities(cartAfter(cart, set(0)))).toEqual([1000])
    expect(quantities(cartAfter(cart, set(-1)))).toEqual([1000])
    expect(quantities(cartAfter(cart, set(MAX_QUANTITY + 1)))).toEqual([1000, MAX_QUANTITY])
  })

  it('restores a removed line at its place, once', () => {
    const cart = cartOf([{ price: 1 }, { price: 2 }, { price: 3 }])
    const [, line = cartLine()] = cart.lines
    const removed = cartAfter(cart, { type: 'line-removed', lineId: 'line-2' })
    const restored: CartEvent = { type: 'line-restored', line, position: 1 }
    expect(removed.lines).toHaveLength(2)
    expect(after(removed, restored)).toEqual(cart)
    expect(after(removed, restored, restored)).toEqual(cart)
  })

  it('takes and loses discounts and its customer', () => {
    const cart = cartOf([{}])
    const given = after(
      cart,
      { type: 'line-discounted', lineId: 'line-1', discount: percent(10) },
      { type: 'bill-discounted', discount: amountOff(50) },
      { type: 'customer-set', customer: customer() },
    )
    expect(given).toEqual({
      lines: [{ ...cart.lines[0], discount: percent(10) }],
      billDiscount: amountOff(50),
      customer: customer(),
    })
    const taken = after(
      given,
      { type: 'line-discounted', lineId: 'line-1', discount: undefined },
      { type: 'bill-discounted', discount: undefined },
      { type: 'customer-set', customer: undefined },
    )
    expect(taken).toStrictEqual(cart)
  })

  it('is unchanged by an event about a line that is not in it', () => {
    const cart = cartOf([{}])
    const lineId = 'gone'
    expect(
      after(
        cart,
        { type: 'quantity-set', lineId, quantity: thousandths(5) },
        { type: 'quantity-set', lineId, quantity: thousandths(0) },
        { type: 'line-removed', lineId },
        { type: 'line-discounted', lineId, discount: percent(5) },
      ),
    ).toEqual(cart)
  })

  it('keeps no discount on the bill when its last line goes: the next goods are another sale', () => {
    const given = { customer: customer(), billDiscount: percent(20) }
    const cart = cartOf([{}, {}], given)
    const one = cartAfter(cart, { type: 'line-removed', lineId: 'line-1' })
    expect(one.billDiscount).toEqual(percent(20))
    const none = { lines: [], customer: customer() }
    expect(cartAfter(one, { type: 'line-removed', lineId: 'line-2' })).toStrictEqual(none)
    expect(
      cartAfter(one, { type: 'quantity-set', lineId: 'line-2', quantity: thousandths(0) }),
    ).toStrictEqual(none)
  })

  it('is empty after it is cleared, customer and discount included', () => {
    const cart = cartOf([{}], { customer: customer(), billDiscount: percent(5) })
    expect(cartAfter(cart, { type: 'cleared' })).toEqual(EMPTY_CART)
  })
})
