import { type Minor, minor, type Ppm, shareOf } from './money.ts'

export type Discount =
  | { readonly kind: 'percent'; readonly ratePpm: Ppm }
  | { readonly kind: 'amount'; readonly amount: Minor }

/** What a discount takes off `amount`: never more than all of it, never less than nothing. */
export function discountOn(amount: Minor, discount: Discount | undefined): Minor {
  if (discount === undefined) return minor(0)
  const off = discount.kind === 'percent' ? shareOf(amount, discount.ratePpm) : discount.amount
  return minor(Math.max(0, Math.min(amount, off)))
}
