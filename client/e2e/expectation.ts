/*
 * What a list of sales must come to, computed here from nothing but the products' prices and the rules of
 * the shop as written down in the design, with arithmetic of its own: the tests compare it with what the
 * till and the server made of the same sales.
 */

export interface Item {
  readonly productId: string
  readonly name: string
  readonly barcode: string
  /** Cents, tax included. */
  readonly price: number
  /** Percent of tax contained in the price: 9, or 0 for zero-rated and exempt goods. */
  readonly taxPercent: number
}

export interface PlannedLine {
  readonly item: Item
  readonly pieces: number
  readonly off?: Off
}

/** A discount as it is typed at the till. */
export type Off = { readonly percent: number } | { readonly cents: number }

export interface PlannedSale {
  readonly lines: readonly PlannedLine[]
  readonly billOff?: Off
  readonly customer?: { readonly customerId: string; readonly name: string; readonly multiplier: number }
  /** In the order taken. `cents` is what is handed over; left out, exactly what is left. */
  readonly tenders: readonly {
    readonly method: 'CASH' | 'CARD' | 'NETS' | 'PAYNOW'
    readonly cents?: number
  }[]
}

export interface ExpectedSale {
  readonly gross: number
  readonly discount: number
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
  readonly change: number
  readonly points: number
  /** Handed over, in order. */
  readonly tenders: readonly { readonly method: string; readonly cents: number }[]
  readonly pieces: ReadonlyMap<string, number>
}

export function expectSale(sale: PlannedSale): ExpectedSale {
  const lines = sale.lines.map(({ item, pieces, off }) => {
    const gross = item.price * pieces
    return { item, gross, afterLine: gross - takenOff(gross, off) }
  })
  const afterLines = sum(lines.map((line) => line.afterLine))
  const billOff = takenOff(afterLines, sale.billOff)
  const shares = prorate(
    billOff,
    lines.map((line) => line.afterLine),
  )
  const net = afterLines - billOff

  // Prices contain the tax; per rate it is taken out of the receipt's total: 9/109 of it for 9 %.
  let tax = 0
  for (const percent of new Set(lines.map((line) => line.item.taxPercent))) {
    const taxed = sum(
      lines.map((line, i) => (line.item.taxPercent === percent ? line.afterLine - at(shares, i) : 0)),
    )
    tax += halfUp(taxed * percent, 100 + percent)
  }

  let left = net
  let rounding = 0
  const tenders: { method: string; cents: number }[] = []
  for (const { method, cents } of sale.tenders) {
    if (method === 'CASH') {
      // The smallest coin in use is five cents.
      rounding = halfUp(left, 5) * 5 - left
      left += rounding
    }
    const given = cents ?? left
    tenders.push({ method, cents: given })
    left -= given
  }
  if (left > 0) throw new Error(`a planned sale is ${left} cents short of being paid`)

  const gross = sum(lines.map((line) => line.gross))
  const points = sale.customer ? Math.floor(Math.floor(net / 1000) * sale.customer.multiplier) : 0
  const pieces = new Map<string, number>()
  for (const { item, pieces: more } of sale.lines)
    pieces.set(item.productId, (pieces.get(item.productId) ?? 0) + more)
  return {
    gross,
    discount: gross - net,
    net,
    tax,
    rounding,
    total: net + rounding,
    change: 0 - left,
    points,
    tenders,
    pieces,
  }
}

/** `12.4` dollars as the screens write it: `$12.40`. */
export const dollars = (cents: number): string =>
  `$${(cents / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`

/** One of the company's goods, by its place in the list. */
export function itemAt(items: readonly Item[], i: number): Item {
  const item = items[i]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  return item
}

export function last<T>(values: readonly T[]): T {
  const value = values.at(-1)
  if (value === undefined) throw new Error('there is none')
  return value
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function takenOff(cents: number, off: Off | undefined): number {
  if (off === undefined) return 0
  return Math.min(cents, 'percent' in off ? halfUp(cents * off.percent, 100) : off.cents)
}

const halfUp = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator))

/** By largest remainder: everyone gets the whole cents of the exact share, the cents left go to the largest fractions. */
function prorate(cents: number, weights: readonly number[]): number[] {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Math.floor((cents * weight) / whole))
  const byFraction = weights
    .map((weight, i) => ({ i, fraction: (cents * weight) % whole }))
    .sort((a, b) => b.fraction - a.fraction || a.i - b.i)
  for (const { i } of byFraction.slice(0, cents - sum(shares))) shares[i] = at(shares, i) + 1
  return shares
}

function at(values: readonly number[], i: number): number {
  const value = values[i]
  if (value === undefined) throw new RangeError(`nothing at ${i}`)
  return value
}
