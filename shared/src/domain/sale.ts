import { type Buyer, buyerOf } from './buyer.ts'
import { type CartCustomer, MAX_LINES, type PriceOverride } from './cart.ts'
import { type Discount, discountOn } from './discount.ts'
import type { Exchanged } from './exchange.ts'
import { extend, type Minor, MOST_MONEY, minor, type Ppm, sumMinor, type Thousandths } from './money.ts'
import { pointsEarned } from './points.ts'
import { billSharesOf, type PricedCart, type PricedLine, totalsOf } from './pricing.ts'
import { type GivenPromotion, promotionOff } from './promotion.ts'
import { quantityAtPrice } from './scale-label.ts'
import type { Seller } from './seller.ts'
import { type IssuedValue, issuedTotal, isValueKind, MAX_ISSUED } from './stored-value.ts'
import { type TaxKind, type TaxMethod, taxLines } from './tax.ts'
import { cleanReference, MAX_TENDERS, settle, type Tender } from './tender.ts'

/** A line as it stands on the receipt; nothing about it is looked up again later. */
export interface SaleLine {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly quantity: Thousandths
  readonly unitPrice: Minor
  readonly gross: Minor
  readonly lineDiscount: Minor
  readonly billShare: Minor
  readonly net: Minor
  readonly taxCode: string
  readonly taxKind: TaxKind
  readonly ratePpm: Ppm
  readonly tax: Minor
  /** The discount as it was given, so that it can be recomputed and read. */
  readonly discount?: Discount
  /** The price it would have had, and why it has another. */
  readonly override?: PriceOverride
  readonly note?: string
  /** The gross as a scale's label had it; the quantity is the weight that it comes to. */
  readonly labelPrice?: Minor
  /** The quantity is a weight, and the price that of a kilogram. */
  readonly unit?: 'kg'
  /** Which promotions gave how much on it. The till's promotions of then are a fact, like its prices. */
  readonly promotions?: readonly GivenPromotion[]
}

export interface SaleRules extends TaxMethod {
  readonly currency: string
  readonly cashStep: number
  readonly minorPerPoint: number
  /** Minor units that one point pays. None where points pay nothing. */
  readonly pointValue?: number
}

/** A completed sale: the body of a `sale` entry. Everything needed to check it stands in it. */
export interface SaleBody {
  readonly receiptNo: string
  readonly rules: SaleRules
  readonly lines: readonly SaleLine[]
  readonly tenders: readonly Tender[]
  readonly gross: Minor
  readonly discount: Minor
  readonly tax: Minor
  /** Owed for the goods before cash rounding. */
  readonly net: Minor
  readonly rounding: Minor
  /** net + what was issued + rounding = Σ tenders − change. */
  readonly total: Minor
  readonly change: Minor
  readonly billDiscount?: Discount
  readonly customer?: CartCustomer
  /** Whom it was made out to when it was paid. */
  readonly buyer?: Buyer
  readonly pointsEarned: number
  /** Codes that were sold with it: they are in the total, and neither in the net nor in the tax. */
  readonly issued?: readonly IssuedValue[]
  /** What goods that came back were worth, and the refund of them. */
  readonly exchange?: Exchanged
  /** Who sold it: the till adds it as it writes the sale down. */
  readonly seller?: Seller
}

export type SaleRefusal =
  | { readonly code: 'empty-cart' }
  | { readonly code: 'not-paid'; readonly remaining: Minor }
  /** More was taken than is due and it is not cash, so it cannot go back as change. */
  | { readonly code: 'over-paid'; readonly excess: Minor }
  /** More than an entry can hold: the server would have to hold it as unreadable. */
  | { readonly code: 'too-large'; readonly what: 'lines' | 'tenders' | 'amount' }

/** What of a cart is no line. */
export interface SaleExtras {
  readonly billDiscount?: Discount
  readonly customer?: CartCustomer
  readonly buyer?: Buyer
}

/** Turns a priced cart and its tenders into a sale, or says why it is not one yet. */
export function completeSale(
  cart: PricedCart,
  extras: SaleExtras,
  tenders: readonly Tender[],
  rules: SaleRules,
  receiptNo: string,
): SaleBody | SaleRefusal {
  if (cart.lines.length === 0) return { code: 'empty-cart' }
  if (cart.lines.length > MAX_LINES) return { code: 'too-large', what: 'lines' }
  if (tenders.length > MAX_TENDERS) return { code: 'too-large', what: 'tenders' }
  const settlement = settle(cart.total, tenders, rules.cashStep)
  if (!settlement.complete) return { code: 'not-paid', remaining: settlement.remaining }
  const excess = settlement.change - cashIn(tenders)
  if (excess > 0) return { code: 'over-paid', excess: minor(excess) }
  if (Math.max(cart.gross, settlement.due, settlement.paid) > MOST_MONEY) {
    return { code: 'too-large', what: 'amount' }
  }
  const { customer, billDiscount } = extras
  const buyer = extras.buyer && buyerOf(extras.buyer)
  const goods = cart.lines.filter(({ value }) => value === undefined)
  const issued = cart.lines.flatMap(issuedBy)
  if (issued.length > MAX_ISSUED) return { code: 'too-large', what: 'lines' }
  const { gross, discount, tax, total: net } = totalsOf(goods, rules)
  return {
    receiptNo,
    rules: onlyRules(rules),
    lines: goods.map(onlyLine),
    tenders: tenders.map(onlyTender),
    gross,
    discount,
    tax,
    net,
    rounding: settlement.rounding,
    total: settlement.due,
    change: settlement.change,
    ...(billDiscount && { billDiscount: onlyDiscount(billDiscount) }),
    ...(customer && { customer: onlyCustomer(customer) }),
    ...(buyer && { buyer }),
    pointsEarned: pointsOf(net, rules, customer),
    ...(issued.length > 0 && { issued }),
  }
}

// A sale names its fields: whatever else a screen hangs on its objects must not reach the journal.
const onlyRules = (rules: SaleRules): SaleRules => ({
  inclusive: rules.inclusive,
  rounding: rules.rounding,
  currency: rules.currency,
  cashStep: rules.cashStep,
  minorPerPoint: rules.minorPerPoint,
  ...(rules.pointValue !== undefined && { pointValue: rules.pointValue }),
})
const onlyLine = (line: PricedLine): SaleLine => ({
  productId: line.productId,
  sku: line.sku,
  name: line.name,
  quantity: line.quantity,
  unitPrice: line.unitPrice,
  gross: line.gross,
  lineDiscount: line.lineDiscount,
  billShare: line.billShare,
  net: line.net,
  taxCode: line.taxCode,
  taxKind: line.taxKind,
  ratePpm: line.ratePpm,
  tax: line.tax,
  ...(line.discount && { discount: onlyDiscount(line.discount) }),
  ...(line.override && { override: onlyOverride(line.override) }),
  ...(line.note !== undefined && { note: line.note }),
  ...(line.labelPrice !== undefined && { labelPrice: line.labelPrice }),
  ...(line.unit === 'kg' && { unit: line.unit }),
  ...(line.promotions.length > 0 && { promotions: line.promotions.map(onlyPromotion) }),
})
const issuedBy = ({ value, net }: PricedLine): IssuedValue[] =>
  value === undefined
    ? []
    : [{ code: value.code, kind: value.kind, methodCode: value.methodCode, amount: net }]
const onlyPromotion = ({ promotionId, name, amount, noBillDiscount }: GivenPromotion): GivenPromotion => ({
  promotionId,
  name,
  amount,
  ...(noBillDiscount && { noBillDiscount }),
})
const onlyOverride = ({ from, reason }: PriceOverride): PriceOverride => ({ from, reason })
const onlyDiscount = (discount: Discount): Discount =>
  discount.kind === 'percent'
    ? { kind: 'percent', ratePpm: discount.ratePpm }
    : { kind: 'amount', amount: discount.amount }
const onlyTender = ({ reference, points, code, forfeited, left, ...leg }: Tender): Tender => {
  const { methodCode, kind, amount } = leg
  const clean = cleanReference(reference ?? '')
  return {
    methodCode,
    kind,
    amount,
    ...(clean !== undefined && { reference: clean }),
    ...(points !== undefined && { points }),
    ...(code !== undefined && { code }),
    ...(forfeited !== undefined && { forfeited }),
    ...(left !== undefined && { left }),
  }
}
const onlyCustomer = ({ customerId, name, multiplierPpm, points }: CartCustomer): CartCustomer => ({
  customerId,
  name,
  multiplierPpm,
  ...(points !== undefined && { points }),
})

const cashIn = (tenders: readonly Tender[]): Minor =>
  sumMinor(tenders.filter((tender) => tender.kind === 'cash').map((tender) => tender.amount))

/** What points and codes are said to have paid of an exchange beyond what it came to: nothing. */
export const overHanded = (exchange: Exchanged | undefined): number =>
  Math.max(0, sumMinor((exchange?.from ?? []).map(({ amount }) => amount)) - (exchange?.amount ?? 0))

/** What the legs of an exchange come to. */
export const exchangedBy = (tenders: readonly Tender[]): Minor =>
  sumMinor(tenders.filter((tender) => tender.kind === 'exchange').map((tender) => tender.amount))

const pointsOf = (net: Minor, rules: SaleRules, customer: CartCustomer | undefined): number =>
  customer ? pointsEarned(net, { minorPerPoint: rules.minorPerPoint }, customer.multiplierPpm as Ppm) : 0

export interface SaleDifference {
  /** Where in the body, such as `lines.2.tax`. */
  readonly field: string
  readonly expected: number
  readonly actual: number
}

/**
 * Recomputes a committed sale from its own lines, discounts and tenders.
 * A difference is something for head office to look at; it never refuses the sale.
 * Does not throw on any body the wire schema accepts.
 */
export function checkSale(sale: SaleBody): SaleDifference[] {
  const differences: SaleDifference[] = []
  const expect = (field: string, expected: number, actual: number) => {
    if (expected !== actual) differences.push({ field, expected, actual })
  }
  const { lines, tenders, rules } = sale
  const billShares = billSharesOf(
    lines.map(({ gross, lineDiscount, promotions, ratePpm, taxCode }) => ({
      left: atLeastZero(gross - lineDiscount - promotionOff(promotions)),
      ...(promotions && { promotions }),
      ratePpm,
      taxCode,
    })),
    sale.billDiscount,
  )
  const taxes = taxLines(
    lines.map((line) => ({ net: atLeastZero(line.net), ratePpm: line.ratePpm })),
    rules,
  )
  lines.forEach((line, i) => {
    expect(`lines.${i}.gross`, line.labelPrice ?? extend(line.unitPrice, line.quantity), line.gross)
    if (line.labelPrice !== undefined && line.unitPrice > 0)
      expect(`lines.${i}.quantity`, quantityAtPrice(line.labelPrice, line.unitPrice), line.quantity)
    expect(`lines.${i}.lineDiscount`, discountOn(line.gross, line.discount), line.lineDiscount)
    const promotions = promotionOff(line.promotions)
    const most = atLeastZero(line.gross - line.lineDiscount)
    expect(`lines.${i}.promotions`, Math.min(most, promotions), promotions)
    expect(`lines.${i}.billShare`, billShares[i] ?? 0, line.billShare)
    expect(`lines.${i}.net`, line.gross - line.lineDiscount - promotions - line.billShare, line.net)
    if (line.taxKind !== 'standard') expect(`lines.${i}.ratePpm`, 0, line.ratePpm)
    expect(`lines.${i}.tax`, taxes[i] ?? 0, line.tax)
  })
  const totals = totalsOf(lines, rules)
  expect('gross', totals.gross, sale.gross)
  expect('discount', totals.discount, sale.discount)
  expect('tax', totals.tax, sale.tax)
  expect('net', totals.total, sale.net)
  const settlement = settle(minor(sale.net + issuedTotal(sale.issued)), tenders, rules.cashStep)
  expect('rounding', settlement.rounding, sale.rounding)
  expect('total', settlement.due, sale.total)
  expect('change', Math.min(settlement.change, cashIn(tenders)), sale.change)
  expect('tenders', sale.total, sumMinor(tenders.map((tender) => tender.amount)) - sale.change)
  expect('exchange', exchangedBy(tenders), sale.exchange?.amount ?? 0)
  expect('exchange.from', 0, overHanded(sale.exchange))
  expect('pointsEarned', pointsOf(sale.net, rules, sale.customer), sale.pointsEarned)
  tenders.forEach(({ kind, amount, points = 0, code, forfeited = 0 }, i) => {
    // Nobody's points pay for nothing.
    const worth = sale.customer === undefined ? 0 : points * (rules.pointValue ?? 0)
    if (kind === 'points') expect(`tenders.${i}.amount`, worth, amount)
    else expect(`tenders.${i}.points`, 0, points)
    // Money is not kept on a code, and nothing else is forfeited.
    if (!isValueKind(kind)) expect(`tenders.${i}.forfeited`, 0, forfeited)
    if (kind === 'gift-card' || kind === 'store-credit')
      expect(`tenders.${i}.code`, 1, code === undefined ? 0 : 1)
    else if (kind !== 'voucher') expect(`tenders.${i}.code`, 0, code === undefined ? 0 : 1)
  })
  return differences
}

const atLeastZero = (amount: number): Minor => minor(Math.max(0, amount))
