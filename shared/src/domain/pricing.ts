import type { Cart, CartLine } from './cart.ts'
import { type Discount, discountOn } from './discount.ts'
import { extend, type Minor, minor, type Ppm, ppm, sumMinor } from './money.ts'
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
 * Totals do not depend on the order of the lines.
 * @param rateOf the rate in force for a tax code on the day of the sale; asked for standard-rated lines only
 */
export function priceCart(cart: Cart, method: TaxMethod, rateOf: (taxCode: string) => Ppm): PricedCart {
  const discounted = cart.lines.map((line) => {
    const gross = extend(line.unitPrice, line.quantity)
    const lineDiscount = discountOn(gross, line.discount)
    return { line, gross, lineDiscount, afterLine: minor(gross - lineDiscount) }
  })
  const withRates = discounted.map((d) => ({
    ...d,
    ratePpm: d.line.taxKind === 'standard' ? rateOf(d.line.taxCode) : ppm(0),
  }))
  const billShares = billSharesOf(withRates, cart.billDiscount)
  const netLines = withRates.map((d, i) => {
    const billShare = billShares[i] ?? minor(0)
    return { ...d, billShare, net: minor(d.afterLine - billShare) }
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

/**
 * Each line's share of the bill discount. Of two lines that tie for the odd cent the one with the higher tax
 * rate gets it, so that neither the tax nor the total depends on which was scanned first.
 * @param lines what the line discounts left of each line, and its tax rate
 */
export function billSharesOf(
  lines: readonly { readonly afterLine: Minor; readonly ratePpm: Ppm }[],
  billDiscount: Discount | undefined,
): Minor[] {
  const off = discountOn(sumMinor(lines.map((line) => line.afterLine)), billDiscount)
  const shares = lines.map(() => minor(0))
  if (off === 0) return shares
  const byRate = lines
    .map(({ afterLine, ratePpm }, position) => ({ afterLine, ratePpm, position }))
    .sort((a, b) => b.ratePpm - a.ratePpm || a.position - b.position)
  splitByLargestRemainder(
    off,
    byRate.map((line) => line.afterLine),
  ).forEach((share, i) => {
    shares[byRate[i]?.position ?? 0] = share
  })
  return shares
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
