import type { Buyer } from './buyer.ts'
import type { Discount } from './discount.ts'
import { type Minor, ONE_UNIT, type Thousandths, thousandths } from './money.ts'
import type { IssuedValue } from './stored-value.ts'
import type { TaxKind } from './tax.ts'

/** What the cart remembers of a product: price and tax are frozen when the line is rung up. */
export interface CartProduct {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly unitPrice: Minor
  readonly taxCode: string
  readonly taxKind: TaxKind
  /** For promotions: where it stood in the catalogue when it was rung up. */
  readonly categoryId?: string
  readonly unit?: 'each' | 'kg'
}

export interface CartLine extends CartProduct {
  /** Stable within the cart, so that the screen can follow a line. */
  readonly lineId: string
  readonly quantity: Thousandths
  readonly discount?: Discount
  /** What the customer is to read under it. */
  readonly note?: string
  /** Present when `unitPrice` is not the catalogue's. */
  readonly override?: PriceOverride
  /** It is no goods: it puts its price on this code. */
  readonly value?: CartValue
  /** The next scan of the product starts another line. */
  readonly apart?: true
  /** What a scale's label says all of it costs: then that is the line's gross, whatever the quantity comes to. */
  readonly labelPrice?: Minor
}

/** Stored value that is being sold. */
export type CartValue = Pick<IssuedValue, 'code' | 'kind' | 'methodCode'>

/** A price that somebody who may set one set for this line. */
export interface PriceOverride {
  /** The price it was rung up at. */
  readonly from: Minor
  readonly reason: string
}

export interface CartCustomer {
  readonly customerId: string
  readonly name: string
  readonly multiplierPpm: number
  /** For promotions; the sale does not keep it. */
  readonly tierId?: string
  /** What the till knew them to have before the sale; set when the sale is recorded, so that its receipt can say. */
  readonly points?: number
}

export interface Cart {
  readonly lines: readonly CartLine[]
  readonly billDiscount?: Discount
  readonly customer?: CartCustomer
  /** Whom the receipt is made out to. */
  readonly buyer?: Buyer
}

export const EMPTY_CART: Cart = { lines: [] }

/** The most of one product a line can hold: 10,000 units. */
export const MAX_QUANTITY = 10_000_000 as Thousandths
/** The most letters of a line's note. */
export const MAX_NOTE = 200
/** The most letters of the reason for a price. */
export const MAX_PRICE_REASON = 200
/** The most lines a sale can hold. */
export const MAX_LINES = 500

export type CartEvent =
  | {
      readonly type: 'product-added'
      readonly product: CartProduct
      readonly lineId: string
      readonly quantity?: Thousandths
      /** A line of its own that stays so: what was weighed once is one pack. */
      readonly apart?: boolean
      readonly labelPrice?: Minor
    }
  | { readonly type: 'quantity-set'; readonly lineId: string; readonly quantity: Thousandths }
  | { readonly type: 'line-removed'; readonly lineId: string }
  | { readonly type: 'line-restored'; readonly line: CartLine; readonly position: number }
  | { readonly type: 'line-discounted'; readonly lineId: string; readonly discount: Discount | undefined }
  | { readonly type: 'line-noted'; readonly lineId: string; readonly note: string | undefined }
  | { readonly type: 'line-set-apart'; readonly lineId: string }
  | {
      readonly type: 'price-overridden'
      readonly lineId: string
      readonly unitPrice: Minor
      readonly reason: string
    }
  | { readonly type: 'value-added'; readonly line: CartLine & { readonly value: CartValue } }
  /** Back to the price it was rung up at. */
  | { readonly type: 'price-restored'; readonly lineId: string }
  | { readonly type: 'bill-discounted'; readonly discount: Discount | undefined }
  | { readonly type: 'customer-set'; readonly customer: CartCustomer | undefined }
  | { readonly type: 'buyer-set'; readonly buyer: Buyer | undefined }
  | { readonly type: 'cleared' }

/**
 * The cart after an event. Pure: an event that names no line of the cart changes nothing.
 * A product already in the cart at the same price and tax, on a line that nothing special was done to, grows it.
 */
export function cartAfter(cart: Cart, event: CartEvent): Cart {
  switch (event.type) {
    case 'product-added':
      return withProduct(cart, event)
    case 'value-added':
      return { ...cart, lines: [...cart.lines, event.line] }
    case 'quantity-set':
      if (isValue(cart, event.lineId) && event.quantity > 0) return cart
      if (event.quantity <= 0) return withoutLine(cart, event.lineId)
      return mapLine(cart, event.lineId, ({ labelPrice: _, ...line }) => ({
        ...line,
        quantity: capped(event.quantity),
      }))
    case 'line-removed':
      return withoutLine(cart, event.lineId)
    case 'line-restored':
      if (cart.lines.some((line) => line.lineId === event.line.lineId)) return cart
      return { ...cart, lines: cart.lines.toSpliced(event.position, 0, event.line) }
    case 'line-discounted':
      if (isValue(cart, event.lineId)) return cart
      return mapLine(cart, event.lineId, ({ discount: _, ...line }) =>
        withOptional(line, 'discount', event.discount),
      )
    case 'line-noted':
      return mapLine(cart, event.lineId, ({ note: _, ...line }) =>
        withOptional(line, 'note', event.note?.trim().slice(0, MAX_NOTE).toWellFormed() || undefined),
      )
    case 'line-set-apart':
      return mapLine(cart, event.lineId, (line) => ({ ...line, apart: true }))
    case 'price-overridden':
      return mapLine(cart, event.lineId, (line) =>
        // A price without a reason is one that the server could not read.
        event.reason.trim() === '' || line.value ? line : withPrice(line, event.unitPrice, event.reason),
      )
    case 'price-restored':
      return mapLine(cart, event.lineId, (line) =>
        line.override === undefined ? line : withPrice(line, line.override.from, ''),
      )
    case 'bill-discounted': {
      const { billDiscount: _, ...rest } = cart
      return withOptional(rest, 'billDiscount', event.discount)
    }
    case 'customer-set': {
      const { customer: _, ...rest } = cart
      return withOptional(rest, 'customer', event.customer)
    }
    case 'buyer-set': {
      const { buyer: _, ...rest } = cart
      return withOptional(rest, 'buyer', event.buyer)
    }
    case 'cleared':
      return EMPTY_CART
  }
}

/** What is put on a code is neither many nor cheaper. */
const isValue = (cart: Cart, lineId: string): boolean =>
  cart.lines.some((line) => line.lineId === lineId && line.value !== undefined)

const capped = (quantity: number): Thousandths => thousandths(Math.min(quantity, MAX_QUANTITY))

function withOptional<T, K extends string, V>(rest: T, key: K, value: V | undefined): T & { [P in K]?: V } {
  return (value === undefined ? rest : { ...rest, [key]: value }) as T & { [P in K]?: V }
}

function withProduct(cart: Cart, event: Extract<CartEvent, { type: 'product-added' }>): Cart {
  const { product, lineId, quantity = ONE_UNIT, apart = false, labelPrice } = event
  if (quantity <= 0) return cart
  if (apart || labelPrice !== undefined) {
    const line = withOptional({ ...product, lineId, quantity: capped(quantity) }, 'labelPrice', labelPrice)
    return { ...cart, lines: [...cart.lines, { ...line, apart: true }] }
  }
  const same = cart.lines.find(
    (line) =>
      line.productId === product.productId &&
      line.unitPrice === product.unitPrice &&
      line.taxCode === product.taxCode &&
      line.taxKind === product.taxKind &&
      line.discount === undefined &&
      line.note === undefined &&
      line.override === undefined &&
      line.apart === undefined,
  )
  if (same === undefined)
    return { ...cart, lines: [...cart.lines, { ...product, lineId, quantity: capped(quantity) }] }
  return mapLine(cart, same.lineId, (line) => ({ ...line, quantity: capped(line.quantity + quantity) }))
}

/** The original price stays what it was, however often another one is set. */
function withPrice(
  { override, labelPrice: _, ...line }: CartLine,
  unitPrice: Minor,
  reason: string,
): CartLine {
  const from = override?.from ?? line.unitPrice
  return unitPrice === from
    ? { ...line, unitPrice }
    : { ...line, unitPrice, override: { from, reason: reason.trim().slice(0, MAX_PRICE_REASON) } }
}

/** What came off the bill came off those goods: with the last of them it goes. Whose cart it is stays. */
function withoutLine({ billDiscount, ...cart }: Cart, lineId: string): Cart {
  const lines = cart.lines.filter((line) => line.lineId !== lineId)
  return withOptional({ ...cart, lines }, 'billDiscount', lines.length > 0 ? billDiscount : undefined)
}

const mapLine = (cart: Cart, lineId: string, change: (line: CartLine) => CartLine): Cart => ({
  ...cart,
  lines: cart.lines.map((line) => (line.lineId === lineId ? change(line) : line)),
})
