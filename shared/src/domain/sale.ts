import type { CartCustomer } from './cart.ts'
import { type Discount, discountOn } from './discount.ts'
import { extend, type Minor, minor, type Ppm, sumMinor, type Thousandths } from './money.ts'
import { type PointsRule, pointsEarned } from './points.ts'
import { type PricedCart, totalsOf } from './pricing.ts'
import { type TaxKind, type TaxMethod, taxLines } from './tax.ts'
import { settle, type Tender } from './tender.ts'

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
}

export interface SaleRules extends TaxMethod {
  readonly currency: string
  readonly cashStep: number
  readonly minorPerPoint: number
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
  /** Owed before cash rounding. */
  readonly net: Minor
  readonly rounding: Minor
  /** net + rounding = Σ tenders − change. */
  readonly total: Minor
  readonly change: Minor
  readonly billDiscount?: Discount
  readonly customer?: { readonly customerId: string; readonly name: string; readonly multiplierPpm: number }
  readonly pointsEarned: number
}

export type SaleRefusal =
  | { readonly code: 'empty-cart' }
  | { readonly code: 'not-paid'; readonly remaining: Minor }

/** Turns a priced cart and its tenders into a sale, or says why it is not one yet. */
export function completeSale(
  cart: PricedCart,
  extras: { readonly billDiscount?: Discount; readonly customer?: CartCustomer },
  tenders: readonly Tender[],
  rules: SaleRules,
  receiptNo: string,
): SaleBody | SaleRefusal {
  if (cart.lines.length === 0) return { code: 'empty-cart' }
  const settlement = settle(cart.total, tenders, rules.cashStep)
  if (!settlement.complete) return { code: 'not-paid', remaining: settlement.remaining }
  const { customer, billDiscount } = extras
  return {
    receiptNo,
    rules,
    lines: cart.lines.map(({ lineId: _, ...line }) => line),
    tenders,
    gross: cart.gross,
    discount: cart.discount,
    tax: cart.tax,
    net: cart.total,
    rounding: settlement.rounding,
    total: settlement.due,
    change: settlement.change,
    ...(billDiscount && { billDiscount }),
    ...(customer && { customer }),
    pointsEarned: customer ? pointsEarned(cart.total, pointsRule(rules), customer.multiplierPpm as Ppm) : 0,
  }
}

const pointsRule = (rules: SaleRules): PointsRule => ({ minorPerPoint: rules.minorPerPoint })

export interface SaleDifference {
  /** Where in the body, such as `lines.2.tax`. */
  readonly field: string
  readonly expected: number
  readonly actual: number
}

/**
 * Recomputes a committed sale from its own lines, discounts and tenders.
 * A difference is something for head office to look at; it never refuses the sale.
 */
export function checkSale(sale: SaleBody): SaleDifference[] {
  const differences: SaleDifference[] = []
  const expect = (field: string, expected: number, actual: number) => {
    if (expected !== actual) differences.push({ field, expected, actual })
  }
  sale.lines.forEach((line, i) => {
    expect(`lines.${i}.gross`, extend(line.unitPrice, line.quantity), line.gross)
    expect(`lines.${i}.lineDiscount`, discountOn(line.gross, line.discount), line.lineDiscount)
    expect(`lines.${i}.net`, line.gross - line.lineDiscount - line.billShare, line.net)
  })
  taxLines(sale.lines, sale.rules).forEach((tax, i) => {
    expect(`lines.${i}.tax`, tax, sale.lines[i]?.tax ?? 0)
  })
  const afterLines = minor(sumMinor(sale.lines.map((line) => line.gross - line.lineDiscount)))
  expect(
    'billDiscount',
    discountOn(afterLines, sale.billDiscount),
    sumMinor(sale.lines.map((line) => line.billShare)),
  )
  const totals = totalsOf(sale.lines, sale.rules)
  expect('gross', totals.gross, sale.gross)
  expect('discount', totals.discount, sale.discount)
  expect('tax', totals.tax, sale.tax)
  expect('net', totals.total, sale.net)
  const settlement = settle(sale.net, sale.tenders, sale.rules.cashStep)
  expect('rounding', settlement.rounding, sale.rounding)
  expect('total', settlement.due, sale.total)
  expect('change', settlement.change, sale.change)
  expect('tenders', sale.total, sumMinor(sale.tenders.map((tender) => tender.amount)) - sale.change)
  const points = sale.customer
    ? pointsEarned(sale.net, pointsRule(sale.rules), sale.customer.multiplierPpm as Ppm)
    : 0
  expect('pointsEarned', points, sale.pointsEarned)
  return differences
}
