import { type Minor, minor } from './money.ts'

/** A note or coin that circulates. */
export interface Denomination {
  readonly kind: 'note' | 'coin'
  /** Minor units. */
  readonly value: Minor
}

const of = (kind: Denomination['kind'], ...values: readonly number[]): Denomination[] =>
  values.map((value) => ({ kind, value: minor(value) }))

/** Source: Monetary Authority of Singapore, circulation notes and coins. */
const SINGAPORE = [...of('note', 10_000, 5000, 1000, 500, 200), ...of('coin', 100, 50, 20, 10, 5)]

/**
 * What a drawer of that currency is counted by, the largest first; nothing for a currency that is not in the table:
 * its cash is counted as one total.
 * @param currency ISO 4217
 */
export const denominationsOf = (currency: string): readonly Denomination[] =>
  currency === 'SGD' ? SINGAPORE : []
