import type { Cart, CartLine } from './cart.ts'
import { type Discount, discountOn } from './discount.ts'
import { extend, type Minor, minor, type Ppm, ppm, sumMinor } from './money.ts'
import {
  type GivenPromotion,
  openToBill,
  type PromotionFacts,
  promotionOff,
  promotionsOn,
} from './promotion.ts'
import { splitByLargestRemainder } from './split.ts'
import { type TaxMethod, taxLines } from './tax.ts'

export interface PricedLine extends CartLine {
  readonly gross: Minor
  readonly lineDiscount: Minor
  /** What promotions gave on it. */
  readonly promotions: readonly GivenPromotion[]
  /** This line's share of the bill discount. */
  readonly billShare: Minor
  /** gross − lineDiscount − promotions − billShare; contains the tax when prices are inclusive. */
  readonly net: Minor
  readonly ratePpm: Ppm
  readonly tax: Minor
}

export interface PricedCart {
  readonly lines: readonly PricedLine[]
  readonly gross: Minor
  /** Line discounts, promotions and bill discount together. */
  readonly discount: Minor
  readonly tax: Minor
  /** What the customer owes before cash rounding. */
  readonly total: Minor
}

const NO_PROMOTIONS: PromotionFacts = { promotions: [], moment: { date: '', minute: 0 } }

/**
 * Prices a cart: line discount → promotions → bill discount (prorated over lines by largest remainder) → tax. A line
 * whose price was set by hand has no promotions, and does not count for those of others.
 * Totals do not depend on the order of the lines.
 * @param rateOf the rate in force for a tax code on the day of the sale; asked for standard-rated lines only
 * @param facts the promotions of the shop, and what its clock shows; none unless given
 */
export function priceCart(
  cart: Cart,
  method: TaxMethod,
  rateOf: (taxCode: string) => Ppm,
  facts: PromotionFacts = NO_PROMOTIONS,
): PricedCart {
  const goods = priceGoods(
    { ...cart, lines: cart.lines.filter(({ value }) => value === undefined) },
    method,
    rateOf,
    facts,
  )
  const rest = goods[Symbol.iterator]()
  const lines = cart.lines.map((line) => (line.value ? asItIs(line) : (rest.next().value ?? asItIs(line))))
  return { lines, ...totalsOf(lines, method) }
}

/** Stored value costs what is put on it: nothing is off it, and there is no tax on it. */
const asItIs = (line: CartLine): PricedLine => ({
  ...line,
  gross: line.unitPrice,
  lineDiscount: minor(0),
  promotions: [],
  billShare: minor(0),
  net: line.unitPrice,
  ratePpm: ppm(0),
  tax: minor(0),
})

function priceGoods(
  cart: Cart,
  method: TaxMethod,
  rateOf: (taxCode: string) => Ppm,
  facts: PromotionFacts,
): PricedLine[] {
  const discounted = cart.lines.map((line) => {
    const gross = line.labelPrice ?? extend(line.unitPrice, line.quantity)
    const lineDiscount = discountOn(gross, line.discount)
    return { line, gross, lineDiscount, afterLine: minor(gross - lineDiscount) }
  })
  const withRates = discounted.map((d) => ({
    ...d,
    ratePpm: d.line.taxKind === 'standard' ? rateOf(d.line.taxCode) : ppm(0),
  }))
  // A price that somebody set is what it costs: nothing comes off it that was not said.
  const offered = withRates.filter(({ line }) => line.override === undefined)
  const given = promotionsOn(
    offered.map(({ line, afterLine, ratePpm }) => ({ ...line, afterLine, ratePpm })),
    facts,
    cart.customer?.tierId,
  )
  const promoted = withRates.map((d) => {
    const promotions = given[offered.indexOf(d)] ?? []
    return { ...d, promotions, left: minor(d.afterLine - promotionOff(promotions)) }
  })
  const billShares = billSharesOf(
    promoted.map((d) => ({ ...d, taxCode: d.line.taxCode })),
    cart.billDiscount,
  )
  const netLines = promoted.map((d, i) => {
    const billShare = billShares[i] ?? minor(0)
    return { ...d, billShare, net: minor(d.left - billShare) }
  })
  const taxes = taxLines(netLines, method)
  return netLines.map(({ line, gross, lineDiscount, promotions, billShare, net, ratePpm }, i) => ({
    ...line,
    gross,
    lineDiscount,
    promotions,
    billShare,
    net,
    ratePpm,
    tax: taxes[i] ?? minor(0),
  }))
}

/**
 * Each line's share of the bill discount. Of two lines that tie for the odd cent the one with the higher tax rate
 * gets it, then the one whose tax code comes first: neither the tax nor what zero-rated and exempt goods come to
 * depends on which was scanned first.
 * @param lines what line discount and promotions left of each line, which promotions, its tax rate and code
 */
export function billSharesOf(
  lines: readonly {
    readonly left: Minor
    readonly promotions?: readonly GivenPromotion[]
    readonly ratePpm: Ppm
    readonly taxCode: string
  }[],
  billDiscount: Discount | undefined,
): Minor[] {
  const open = lines.map(({ left, promotions }) => openToBill(left, promotions))
  const off = discountOn(sumMinor(open), billDiscount)
  const shares = lines.map(() => minor(0))
  if (off === 0) return shares
  const byRate = lines
    .map(({ ratePpm, taxCode }, position) => ({
      open: open[position] ?? minor(0),
      ratePpm,
      taxCode,
      position,
    }))
    .sort((a, b) => b.ratePpm - a.ratePpm || byCode(a.taxCode, b.taxCode) || a.position - b.position)
  splitByLargestRemainder(
    off,
    byRate.map((line) => line.open),
  ).forEach((share, i) => {
    shares[byRate[i]?.position ?? 0] = share
  })
  return shares
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The totals of priced lines: `total = Σ net`, plus the tax when prices are exclusive of it. */
export function totalsOf(
  lines: readonly (Pick<PricedLine, 'gross' | 'lineDiscount' | 'billShare' | 'net' | 'tax'> &
    Partial<Pick<PricedLine, 'promotions'>>)[],
  method: TaxMethod,
): Omit<PricedCart, 'lines'> {
  const tax = sumMinor(lines.map((line) => line.tax))
  const net = sumMinor(lines.map((line) => line.net))
  return {
    gross: sumMinor(lines.map((line) => line.gross)),
    discount: sumMinor(
      lines.map((line) => line.lineDiscount + promotionOff(line.promotions) + line.billShare),
    ),
    tax,
    total: minor(method.inclusive ? net : net + tax),
  }
}
