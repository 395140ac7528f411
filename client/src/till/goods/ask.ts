import type { Minor, Thousandths } from '@evertill/shared/domain/money'
import type { LabelledGoods, ScaleLabel } from '@evertill/shared/domain/scale-label'
import type { ProductRow } from '@evertill/shared/protocol/pull'

/** What has been said of a product that is taken, where it is not one at its price. */
export interface Known {
  readonly quantity?: Thousandths
  readonly unitPrice?: Minor
  /** See CartLine. */
  readonly labelPrice?: Minor
  /** Of goods by weight: they have been weighed. */
  readonly apart?: true
}

export interface RungUp extends Known {
  /** Another one than was asked about: the variant that was chosen. */
  readonly product?: ProductRow
}

/** What a cashier has to say before a product can be taken: the first of those that wait. */
export interface Ask {
  readonly askId: string
  readonly about: 'weight' | 'price' | 'variant'
  readonly product: ProductRow
  /** What needs no asking: how many were typed ahead, what a scale's label says, what was answered before. */
  readonly known: Known
}

/** What has to be said of it next; nothing where all of it is known. */
export function askAbout(
  { openPrice, unit }: Pick<ProductRow, 'openPrice' | 'unit'>,
  { unitPrice, apart }: Known,
): Ask['about'] | undefined {
  if (openPrice && unitPrice === undefined) return 'price'
  // How many were typed ahead is not what they weigh.
  return unit === 'kg' && apart === undefined ? 'weight' : undefined
}

/** What a scale's label says: never what goods without a price of their own cost, unless it is a price. */
export function knownFromLabel(
  { carries }: Pick<ScaleLabel, 'carries'>,
  { code: _, unitPrice, ...howMuch }: Extract<LabelledGoods, { code: 'goods' }>,
): Known {
  return { ...howMuch, ...(carries === 'price' && { unitPrice }), apart: true }
}
