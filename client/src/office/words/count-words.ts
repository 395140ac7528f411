import { countText } from '../../app/format.ts'

/** `1 product`, `312 products`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

interface Kinds {
  readonly sales: number
  /** Refunds, and voids with them where they are not told apart. */
  readonly refunds: number
  readonly voids?: number
}

/** `12 sales, 1 refund`: what was taken back is never hidden in the number of sales. */
export const salesWords = ({ sales, refunds, voids = 0 }: Kinds): string =>
  [
    countOf(sales, 'sale'),
    ...(refunds > 0 ? [countOf(refunds, 'refund')] : []),
    ...(voids > 0 ? [countOf(voids, 'void')] : []),
  ].join(', ')
