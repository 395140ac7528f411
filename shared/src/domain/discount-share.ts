import type { Discount } from './discount.ts'
import { type Minor, minor, mulDivFloored, ONE_MILLION, sumMinor } from './money.ts'
import type { PricedCart, PricedLine } from './pricing.ts'
import { openToBill } from './promotion.ts'

/** By line: how much of its price was taken off by hand, in millionths. */
export type SharesTaken = ReadonlyMap<string, number>

/**
 * How much of each line's price somebody took off, by its own discount and the one on the bill together: what a role's
 * limit is held against. Promotions are nobody's, and what is put on a gift card is no price.
 */
export function sharesTaken(
  { lines }: Pick<PricedCart, 'lines'>,
  billDiscount: Discount | undefined,
): SharesTaken {
  const goods = lines.filter(({ value }) => value === undefined)
  const open = sumMinor(goods.map(openOf))
  const bill = shareBy(billDiscount, open)
  return new Map(
    goods.map((line) => {
      const own = shareBy(line.discount, line.gross)
      const ofBill = openOf(line) > 0 ? bill : 0
      return [line.lineId, own + ofBill - mulDivFloored(own, ofBill, ONE_MILLION)]
    }),
  )
}

/** By line, in minor units: how much somebody took off it, its part of the bill's discount with it. */
export type HandsOff = Readonly<Record<string, number>>

/** @param beyondPpm only of the lines whose share is more than this, in millionths */
export function handsOff(
  priced: Pick<PricedCart, 'lines'>,
  billDiscount: Discount | undefined,
  beyondPpm = 0,
): HandsOff {
  const shares = sharesTaken(priced, billDiscount)
  return Object.fromEntries(
    priced.lines
      .filter(({ lineId }) => (shares.get(lineId) ?? 0) > beyondPpm)
      .map(({ lineId, lineDiscount, billShare }) => [lineId, lineDiscount + billShare]),
  )
}

/**
 * All that is off, where that is more than was allowed of the same lines; nothing where it is not. What was allowed of
 * goods that left the cart is of no use to others; an amount off the bill may spread over more of them.
 */
export function notAllowed(off: HandsOff, allowed: HandsOff): Minor {
  const lines = Object.keys(off)
  const sum = (of: HandsOff) => lines.reduce((total, lineId) => total + (of[lineId] ?? 0), 0)
  return minor(sum(off) > sum(allowed) ? sum(off) : 0)
}

/** The largest share of those that grew. A cart that loses goods or pieces keeps its amounts off: so shares can grow. */
export const grownTo = (before: SharesTaken, after: SharesTaken): number =>
  Math.max(0, ...[...after].flatMap(([lineId, share]) => (share > (before.get(lineId) ?? 0) ? [share] : [])))

const openOf = ({ net, billShare, promotions }: PricedLine) => openToBill(minor(net + billShare), promotions)

/** Rounded up. */
function shareBy(discount: Discount | undefined, of: number): number {
  if (discount === undefined || of === 0) return 0
  if (discount.kind === 'percent') return discount.ratePpm
  return ONE_MILLION - mulDivFloored(Math.max(0, of - discount.amount), ONE_MILLION, of)
}
