import type { Discount } from './discount.ts'
import { type Minor, ONE_UNIT, type Thousandths, thousandths } from './money.ts'
import type { TaxKind } from './tax.ts'

/** What the cart remembers of a product: price and tax are frozen when the line is rung up. */
export interface CartProduct {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly unitPrice: Minor
  readonly taxCode: string
  readonly taxKind: TaxKind
}

export interface CartLine extends CartProduct {
  /** Stable within the cart, so that the screen can follow a line. */
  readonly lineId: string
  readonly quantity: Thousandths
  readonly discount?: Discount
}

export interface CartCustomer {
  readonly customerId: string
  readonly name: string
  readonly multiplierPpm: number
}

export interface Cart {
  readonly lines: readonly CartLine[]
  readonly billDiscount?: Discount
  readonly customer?: CartCustomer
}

export const EMPTY_CART: Cart = { lines: [] }

/** The most of one product a line can hold: 10,000 units. */
export const MAX_QUANTITY = 10_000_000 as Thousandths
/** The most lines a sale can hold. */
export const MAX_LINES = 500

export type CartEvent =
  | {
      readonly type: 'product-added'
      readonly product: CartProduct
      readonly lineId: string
      readonly quantity?: Thousandths
    }
  | { readonly type: 'quantity-set'; readonly lineId: string; readonly quantity: Thousandths }
  | { readonly type: 'line-removed'; readonly lineId: string }
  | { readonly type: 'line-restored'; readonly line: CartLine; readonly position: number }
  | { readonly type: 'line-discounted'; readonly lineId: string; readonly discount: Discount | undefined }
  | { readonly type: 'bill-discounted'; readonly discount: Discount | undefined }
  | { readonly type: 'customer-set'; readonly customer: CartCustomer | undefined }
  | { readonly type: 'cleared' }

/**
 * The cart after an event. Pure: an event that names no line of the cart changes nothing.
 * A product already in the cart at the same price and tax, without a discount, grows its line.
 */
export function cartAfter(cart: Cart, event: CartEvent): Cart {
  switch (event.type) {
    case 'product-added':
      return withProduct(cart, event.product, event.lineId, event.quantity ?? ONE_UNIT)
    case 'quantity-set':
      if (event.quantity <= 0) return withoutLine(cart, event.lineId)
      return mapLine(cart, event.lineId, (line) => ({ ...line, quantity: capped(event.quantity) }))
    case 'line-removed':
      return withoutLine(cart, event.lineId)
    case 'line-restored':
      if (cart.lines.some((line) => line.lineId === event.line.lineId)) return cart
      return { ...cart, lines: cart.lines.toSpliced(event.position, 0, event.line) }
    case 'line-discounted':
      return mapLine(cart, event.lineId, ({ discount: _, ...line }) =>
        withOptional(line, 'discount', event.discount),
      )
    case 'bill-discounted': {
      const { billDiscount: _, ...rest } = cart
      return withOptional(rest, 'billDiscount', event.discount)
    }
    case 'customer-set': {
      const { customer: _, ...rest } = cart
      return withOptional(rest, 'customer', event.customer)
    }
    case 'cleared':
      return EMPTY_CART
  }
}

const capped = (quantity: number): Thousandths => thousandths(Math.min(quantity, MAX_QUANTITY))

function withOptional<T, K extends string, V>(rest: T, key: K, value: V | undefined): T & { [P in K]?: V } {
  return (value === undefined ? rest : { ...rest, [key]: value }) as T & { [P in K]?: V }
}

function withProduct(cart: Cart, product: CartProduct, lineId: string, quantity: Thousandths): Cart {
  if (quantity <= 0) return cart
  const same = cart.lines.find(
    (line) =>
      line.productId === product.productId &&
      line.unitPrice === product.unitPrice &&
      line.taxCode === product.taxCode &&
      line.taxKind === product.taxKind &&
      line.discount === undefined,
  )
  if (same === undefined)
    return { ...cart, lines: [...cart.lines, { ...product, lineId, quantity: capped(quantity) }] }
  return mapLine(cart, same.lineId, (line) => ({ ...line, quantity: capped(line.quantity + quantity) }))
}

const withoutLine = (cart: Cart, lineId: string): Cart => ({
  ...cart,
  lines: cart.lines.filter((line) => line.lineId !== lineId),
})

const mapLine = (cart: Cart, lineId: string, change: (line: CartLine) => CartLine): Cart => ({
  ...cart,
  lines: cart.lines.map((line) => (line.lineId === lineId ? change(line) : line)),
})
