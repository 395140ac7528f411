import type { Cart, CartLine } from './cart.ts'
import { discountOn } from './discount.ts'
import { extend, type Minor, minor, type Ppm, sumMinor } from './money.ts'
import { splitByLargestRemainder } from './split.ts'
import { type TaxMethod, taxLines } from './tax.ts'

export interface PricedLine extends CartLine {
  readonly gross: Minor
  readonly lineDiscount: Minor
  /** This line's share of the bill discount. */
  readonly billShare: Minor
  /** gross − lineDiscount − billShare; contains the tax when prices are inclusive. */
  readonly net: Minor
  readonly ratePpm: Ppm
  readonly tax: Minor
}

export interface PricedCart {
  readonly lines: readonly PricedLine[]
  readonly gross: Minor
  /** Line discounts and bill discount together. */
  readonly discount: Minor
  readonly tax: Minor
  /** What the customer owes before cash rounding. */
  readonly total: Minor
}

/**
 * Prices a cart: line discount → bill discount (prorated over lines by largest remainder) → tax.
 * The same function runs on the till and, over the committed lines, on the server.
 * @param rateOf the rate in force for a tax code on the business date
 */
export function priceCart(cart: Cart, method: TaxMethod, rateOf: (taxCode: string) => Ppm): PricedCart {
  const discounted = cart.lines.map((line) => {
    const gross = extend(line.unitPrice, line.quantity)
    const lineDiscount = discountOn(gross, line.discount)
    return { line, gross, lineDiscount, afterLine: minor(gross - lineDiscount) }
  })
  const afterLines = sumMinor(discounted.map((d) => d.afterLine))
  const billShares = splitByLargestRemainder(
    discountOn(afterLines, cart.billDiscount),
    discounted.map((d) => d.afterLine),
  )
  const netLines = discounted.map((d, i) => {
    const billShare = billShares[i] ?? minor(0)
    return { ...d, billShare, net: minor(d.afterLine - billShare), ratePpm: rateOf(d.line.taxCode) }
  })
  const taxes = taxLines(netLines, method)
  const lines = netLines.map(({ line, gross, lineDiscount, billShare, net, ratePpm }, i) => ({
    ...line,
    gross,
    lineDiscount,
    billShare,
    net,
    ratePpm,
    tax: taxes[i] ?? minor(0),
  }))
  return { lines, ...totalsOf(lines, method) }
}

/** The totals of priced lines: `total = Σ net`, plus the tax when prices are exclusive of it. */
export function totalsOf(
  lines: readonly Pick<PricedLine, 'gross' | 'lineDiscount' | 'billShare' | 'net' | 'tax'>[],
  method: TaxMethod,
): Omit<PricedCart, 'lines'> {
  const tax = sumMinor(lines.map((line) => line.tax))
  const net = sumMinor(lines.map((line) => line.net))
  return {
    gross: sumMinor(lines.map((line) => line.gross)),
    discount: sumMinor(lines.map((line) => line.lineDiscount + line.billShare)),
    tax,
    total: minor(method.inclusive ? net : net + tax),
  }
}
