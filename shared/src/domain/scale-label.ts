import { gs1CheckDigit, isGtin } from './barcode.ts'
import { MAX_QUANTITY } from './cart.ts'
import { extend, type Minor, minor, mulDivRounded, ONE_UNIT, type Thousandths, thousandths } from './money.ts'

/**
 * How the labels of one kind of scale are laid out: an EAN-13 whose first two digits say so.
 *
 *     23 12345 [7] 01086 9      prefix, item code, verifier if there is one, value, check digit
 *
 * GS1 leaves what follows the prefixes 02 and 20–29 to each country and shop: General Specifications 2.1.14.2,
 * figure "Examples of alternative data structures". A UPC-A that begins with 2 is the same with a 0 before it.
 */
export interface ScaleLabelLayout {
  /** `02`, or `20` to `29`. */
  readonly prefix: string
  readonly carries: 'weight' | 'price' | 'count'
  /** Digits of the item code; the value has what is left. */
  readonly itemDigits: number
  /** Decimals of the value: 3 of a weight are grams, 2 of a price cents; a count has none. */
  readonly decimals: number
  /** A digit before the value guards it. It has to be right. */
  readonly verified: boolean
}

/** What a shop starts with: the layouts most scales and shop systems come with. Odoo's default nomenclature has the same. */
export const USUAL_SCALE_LABELS: readonly ScaleLabelLayout[] = [
  { prefix: '21', carries: 'weight', itemDigits: 5, decimals: 3, verified: false },
  { prefix: '23', carries: 'price', itemDigits: 5, decimals: 2, verified: false },
]

/** The most layouts of a shop: one for each prefix. */
export const MAX_SCALE_LABELS = 11
const DIGITS_BETWEEN = 10

/** How many digits the value has. A verifier exists for four and for five. */
export const valueDigitsOf = ({
  itemDigits,
  verified,
}: Pick<ScaleLabelLayout, 'itemDigits' | 'verified'>): number =>
  DIGITS_BETWEEN - itemDigits - (verified ? 1 : 0)

export type ScaleLabel = {
  /** As it stands on the label, with its zeros. */
  readonly itemCode: string
  /** Codes under which a shop may have the product, the likeliest first: see `itemCodesOf`. */
  readonly codes: readonly string[]
} & (
  | { readonly carries: 'weight' | 'count'; readonly quantity: Thousandths }
  /** What all of it costs. */
  | { readonly carries: 'price'; readonly price: Minor }
)

/**
 * What a label of a scale says; undefined for every other code, and for one whose verifier is wrong.
 * @param code 13 digits, or the 12 of a UPC-A, with a right check digit
 * @param minorDigits decimals of the currency: 2 for dollars, 0 for yen
 */
export function readScaleLabel(
  code: string,
  layouts: readonly ScaleLabelLayout[],
  minorDigits: number,
): ScaleLabel | undefined {
  const ean = /^2\d{11}$/.test(code) ? `0${code}` : code
  if (ean.length !== 13 || !isGtin(ean)) return undefined
  const layout = layouts.find(({ prefix }) => ean.startsWith(prefix))
  if (layout === undefined) return undefined
  const { carries, itemDigits, verified, decimals, prefix } = layout
  const digits = valueDigitsOf(layout)
  const value = ean.slice(-1 - digits, -1)
  const itemCode = ean.slice(prefix.length, prefix.length + itemDigits)
  if (verified && ean.at(-2 - digits) !== String(priceVerifier(value))) return undefined
  const about = { itemCode, codes: itemCodesOf(prefix, itemCode, DIGITS_BETWEEN - itemDigits) }
  if (carries === 'price') return { ...about, carries, price: minor(scaled(value, decimals, minorDigits)) }
  return { ...about, carries, quantity: thousandths(scaled(value, carries === 'count' ? 0 : decimals, 3)) }
}

/** Digits with `from` decimals as a whole number of parts with `to` decimals, rounded. */
const scaled = (digits: string, from: number, to: number): number =>
  mulDivRounded(Number(digits), 10 ** to, 10 ** from)

/**
 * The item code as on the label; without its zeros, as a scale's menu shows it; and as a whole label without a value,
 * which is how other systems keep such a product's barcode.
 */
function itemCodesOf(prefix: string, itemCode: string, left: number): readonly string[] {
  const blank = `${prefix}${itemCode}${'0'.repeat(left)}`
  return [itemCode, itemCode.replace(/^0+(?=\d)/, ''), blank + gs1CheckDigit(blank)]
}

/**
 * The digit that guards a price or weight of four or five digits within a label.
 * Source: GS1 General Specifications 7.9.3 (there "price/weight check digit"); its examples are 2875 → 9, 14685 → 6.
 */
export function priceVerifier(value: string): number {
  const weights = value.length === 4 ? FOUR_DIGITS : value.length === 5 ? FIVE_DIGITS : undefined
  if (weights === undefined || !/^\d+$/.test(value)) throw new RangeError(`no verifier guards ${value}`)
  const sum = weights.reduce((total, weigh, i) => total + weigh(Number(value[i])), 0)
  if (value.length === 4) return (sum * 3) % 10
  const missing = (10 - (sum % 10)) % 10
  return TEN.findIndex((digit) => fiveMinus(digit) === missing)
}

const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const tens = (product: number) => Math.floor(product / 10)
const twoMinus = (digit: number) => (digit * 2 - tens(digit * 2)) % 10
const three = (digit: number) => (digit * 3) % 10
const fivePlus = (digit: number) => (digit * 5 + tens(digit * 5)) % 10
const fiveMinus = (digit: number) => (digit * 5 - tens(digit * 5)) % 10
const FOUR_DIGITS = [twoMinus, twoMinus, three, fiveMinus]
const FIVE_DIGITS = [fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus]

/**
 * How much of something sold by weight costs that price: to the nearest thousandth, and never nothing. Where a
 * thousandth costs more than a cent the product of the two is not quite the price: a line keeps the label's.
 */
export const quantityAtPrice = (price: Minor, unitPrice: Minor): Thousandths =>
  thousandths(Math.max(1, Math.min(MAX_QUANTITY, mulDivRounded(price, ONE_UNIT, unitPrice))))

/**
 * A price per kilogram at which so much of it comes to what its label said: for goods that come back without the sale
 * that knew the label. The shop's own where that comes to it; else right to the cent up to a kilogram.
 */
export const unitPriceOnLabel = (labelPrice: Minor, quantity: Thousandths, unitPrice: Minor): Minor =>
  extend(unitPrice, quantity) === labelPrice
    ? unitPrice
    : minor(mulDivRounded(labelPrice, ONE_UNIT, Math.max(1, quantity)))

export type LabelledGoods =
  | {
      readonly code: 'goods'
      readonly quantity: Thousandths
      readonly unitPrice: Minor
      /** What all of it costs, whatever quantity and unit price come to. */
      readonly labelPrice?: Minor
    }
  /** A weight of what is sold by the piece, or a count of what is sold by weight. */
  | { readonly code: 'wrong-unit' }
  /** It says nought. */
  | { readonly code: 'empty' }

/**
 * What a label makes of a product. A weight or a count is sold at the shop's price of now; a price is what the
 * customer has read, so it holds to the cent: of goods by weight the weight is worked out for stock and receipt.
 */
export function goodsOnLabel(
  label: ScaleLabel,
  { unit, unitPrice }: { readonly unit: 'each' | 'kg'; readonly unitPrice: Minor },
): LabelledGoods {
  if (label.carries !== 'price') {
    if (unit !== (label.carries === 'weight' ? 'kg' : 'each')) return { code: 'wrong-unit' }
    return label.quantity === 0 ? { code: 'empty' } : { code: 'goods', quantity: label.quantity, unitPrice }
  }
  const { price } = label
  if (price === 0) return { code: 'empty' }
  if (unit === 'each' || unitPrice === 0)
    return { code: 'goods', quantity: ONE_UNIT, unitPrice: price, labelPrice: price }
  return { code: 'goods', quantity: quantityAtPrice(price, unitPrice), unitPrice, labelPrice: price }
}
