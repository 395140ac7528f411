import {
  type Minor,
  minor,
  mulDivFloored,
  mulDivRounded,
  sumMinor,
  type Thousandths,
  thousandths,
} from './money.ts'
import type { OriginalSale, RefundBody, RefundedLine, RefundedSale } from './refund.ts'
import type { SaleLine } from './sale.ts'
import type { TaxMethod } from './tax.ts'
import { pointsSpent } from './tender.ts'

/*
 * The cumulative method: what has come back of a line is worth a share of it, rounded once; a refund is worth that share
 * after it less that share before it. So the parts of any sequence add up to the whole.
 */

export type Amounts = Pick<SaleLine, 'net' | 'tax'>

/** What `quantity` of a line is worth: half up, and all of it for the whole. */
export const sharesOf = (line: Amounts & { readonly quantity: Thousandths }, quantity: number): Amounts => {
  const part = Math.min(quantity, line.quantity)
  return {
    net: minor(mulDivRounded(line.net, part, line.quantity)),
    tax: minor(mulDivRounded(line.tax, part, line.quantity)),
  }
}

/** The share after this refund less the share before it. */
export function shareOfNow(of: RefundedLine, quantity: Thousandths): Amounts {
  const after = sharesOf(of, of.returned + quantity)
  const before = sharesOf(of, of.returned)
  return { net: minor(after.net - before.net), tax: minor(after.tax - before.tax) }
}

/** Of what the sale earned, the part that all refunds up to now have undone, rounded down; all of it with the last. */
export function pointsTaken({ net, pointsEarned, returned }: RefundedSale, now: number): number {
  const undone = (amount: number) => (amount >= net ? pointsEarned : mulDivFloored(pointsEarned, amount, net))
  return undone(returned + now) - undone(returned)
}

/** What a refund does to its customer's points: those that had paid come back, those that were earned are taken. */
export const pointsChange = ({ tenders, pointsTaken }: Pick<RefundBody, 'tenders' | 'pointsTaken'>): number =>
  pointsSpent(tenders) - pointsTaken

/** What goes back for such lines, before cash rounding. */
export const owed = (lines: readonly Amounts[], { inclusive }: TaxMethod): Minor =>
  sumMinor(lines.map(({ net, tax }) => (inclusive ? net : net + tax)))

/** How much of each line of a sale came back before, by line number. */
export function returnedBefore({ before }: Pick<OriginalSale, 'before'>): ReadonlyMap<number, Thousandths> {
  const returned = new Map<number, Thousandths>()
  for (const { lineNo, quantity } of before.flatMap((refund) => refund.lines))
    if (lineNo !== undefined) returned.set(lineNo, thousandths((returned.get(lineNo) ?? 0) + quantity))
  return returned
}

/** What can still come back of a line. */
export const leftOf = (line: Pick<SaleLine, 'quantity'>, returned: number): Thousandths =>
  thousandths(Math.max(0, line.quantity - returned))
