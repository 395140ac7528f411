import type { Cart } from '../domain/cart.ts'
import type { Discount } from '../domain/discount.ts'
import type { SaleRules } from '../domain/sale.ts'
import type { Tender } from '../domain/tender.ts'

/*
 * What a sale must come to, worked out a second time: exact fractions of BigInt, no code of the domain, the rules
 * of the shop as a book-keeper would say them. Slow and plain on purpose. Tests hold the domain against it.
 */

export interface OracleSale {
  readonly lines: readonly {
    gross: number
    lineDiscount: number
    billShare: number
    net: number
    tax: number
  }[]
  readonly gross: number
  readonly discount: number
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly change: number
  readonly pointsEarned: number
}

interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}
const fraction = (top: number | bigint, bottom: number | bigint = 1n): Fraction => ({
  top: BigInt(top),
  bottom: BigInt(bottom),
})
const floor = ({ top, bottom }: Fraction): bigint => top / bottom // never negative here
/** To the nearest whole number; a half goes up. */
const nearest = ({ top, bottom }: Fraction): bigint => (2n * top + bottom) / (2n * bottom)
const compare = (a: Fraction, b: Fraction): number => Number(a.top * b.bottom - b.top * a.bottom)

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

function takenOff(amount: bigint, discount: Discount | undefined): bigint {
  if (discount === undefined) return 0n
  const off =
    discount.kind === 'amount'
      ? BigInt(discount.amount)
      : nearest(fraction(amount * BigInt(discount.ratePpm), 1_000_000n))
  return off > amount ? amount : off
}

/** Hands out `total` cent by cent, each to whoever is furthest below its exact share; `first` says who of equals. */
function handOut(
  total: bigint,
  weights: readonly bigint[],
  first: (a: number, b: number) => number,
): bigint[] {
  const whole = sum(weights)
  if (whole === 0n) return weights.map((_, i) => (i === 0 ? total : 0n))
  const parts = weights.map((weight) => floor(fraction(total * weight, whole)))
  const behind = (i: number) => fraction(total * (weights[i] ?? 0n) - (parts[i] ?? 0n) * whole, whole)
  const queue = weights.map((_, i) => i).sort((a, b) => compare(behind(b), behind(a)) || first(a, b))
  for (let left = total - sum(parts); left > 0n; left--) {
    const next = queue.shift() ?? 0
    parts[next] = (parts[next] ?? 0n) + 1n
  }
  return parts
}

const largerFirst = (weights: readonly bigint[]) => (a: number, b: number) =>
  Number((weights[b] ?? 0n) - (weights[a] ?? 0n))

/** @param promoted what promotions gave on each line: a fact here, worked out again by the promotion oracle */
export function oracleSale(
  cart: Cart,
  rules: SaleRules,
  rates: Readonly<Record<string, number>>,
  tenders: readonly Tender[],
  promoted: readonly { readonly off: number; readonly noBillDiscount: boolean }[] = [],
): OracleSale {
  // What is put on a code is owed with the goods, and is nothing else of them.
  const lines = cart.lines.filter(({ value }) => value === undefined)
  const issued = sum(cart.lines.flatMap(({ value, unitPrice }) => (value ? [BigInt(unitPrice)] : [])))
  const rate = lines.map((line) => (line.taxKind === 'standard' ? BigInt(rates[line.taxCode] ?? 0) : 0n))
  const gross = lines.map((line) =>
    line.labelPrice === undefined
      ? nearest(fraction(BigInt(line.unitPrice) * BigInt(line.quantity), 1000n))
      : BigInt(line.labelPrice),
  )
  const lineDiscount = lines.map((line, i) => takenOff(gross[i] ?? 0n, line.discount))
  const left = gross.map((amount, i) => amount - (lineDiscount[i] ?? 0n) - BigInt(promoted[i]?.off ?? 0))
  const open = left.map((amount, i) => (promoted[i]?.noBillDiscount ? 0n : amount))
  const larger = largerFirst(open)
  const code = (i: number) => lines[i]?.taxCode ?? ''
  const billShare = handOut(
    takenOff(sum(open), cart.billDiscount),
    open,
    (a, b) =>
      larger(a, b) ||
      Number((rate[b] ?? 0n) - (rate[a] ?? 0n)) ||
      (code(a) < code(b) ? -1 : code(a) > code(b) ? 1 : a - b),
  )
  const net = left.map((amount, i) => amount - (billShare[i] ?? 0n))

  const taxOf = (amount: bigint, ppm: bigint) =>
    nearest(fraction(amount * ppm, rules.inclusive ? 1_000_000n + ppm : 1_000_000n))
  const tax = net.map((amount, i) => taxOf(amount, rate[i] ?? 0n))
  if (rules.rounding === 'total') {
    for (const ppm of new Set(rate)) {
      const members = lines.map((_, i) => i).filter((i) => rate[i] === ppm)
      const nets = members.map((i) => net[i] ?? 0n)
      const bigger = largerFirst(nets)
      const parts = handOut(taxOf(sum(nets), ppm), nets, (a, b) => bigger(a, b) || a - b)
      members.forEach((member, i) => {
        tax[member] = parts[i] ?? 0n
      })
    }
  }

  const owed = sum(net) + (rules.inclusive ? 0n : sum(tax))
  const given = (cash: boolean) =>
    sum(tenders.filter((tender) => (tender.kind === 'cash') === cash).map((tender) => BigInt(tender.amount)))
  const due = owed + issued
  const inCash = due > given(false) ? due - given(false) : 0n
  const step = BigInt(rules.cashStep)
  const asked = nearest(fraction(inCash, step)) * step
  const rounding = tenders.some((tender) => tender.kind === 'cash') ? asked - inCash : 0n
  const total = due + rounding

  const base = rules.minorPerPoint === 0 ? 0n : owed / BigInt(rules.minorPerPoint)
  const points = cart.customer ? (base * BigInt(cart.customer.multiplierPpm)) / 1_000_000n : 0n
  return {
    lines: lines.map((_, i) => ({
      gross: Number(gross[i]),
      lineDiscount: Number(lineDiscount[i]),
      billShare: Number(billShare[i]),
      net: Number(net[i]),
      tax: Number(tax[i]),
    })),
    gross: Number(sum(gross)),
    discount: Number(sum(gross) - sum(net)),
    tax: Number(sum(tax)),
    net: Number(owed),
    rounding: Number(rounding),
    total: Number(total),
    change: Number(given(true) + given(false) - total),
    pointsEarned: Number(points),
  }
}
