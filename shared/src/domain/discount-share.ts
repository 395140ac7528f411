import type { Discount } from './discount.ts'
import { minor, mulDivFloored, ONE_MILLION, sumMinor } from './money.ts'
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
