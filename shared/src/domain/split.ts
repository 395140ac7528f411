import { type Minor, minor } from './money.ts'

/**
 * Splits `total` over `weights` by largest remainder, so that the parts sum to `total` exactly.
 * Each part is within one minor unit of its exact share, and none exceeds its weight while `total` does not
 * exceed their sum. Equal remainders go to the larger weight, then to the earlier position.
 * All weights zero: everything goes to the first position.
 * @returns one part per weight, in order
 * @throws RangeError on a negative weight, or on something to split over nothing
 */
export function splitByLargestRemainder(total: Minor, weights: readonly number[]): Minor[] {
  if (weights.some((weight) => !(weight >= 0))) throw new RangeError('a weight must not be negative')
  if (weights.length === 0 && total !== 0) throw new RangeError('nothing to split over')
  if (total === 0) return weights.map(() => minor(0))
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (weightSum === 0n) return weights.map((_, i) => minor(i === 0 ? total : 0))

  const sign = total < 0 ? -1 : 1
  const magnitude = BigInt(Math.abs(total))
  const shares = weights.map((weight, position) => {
    const exact = magnitude * BigInt(weight)
    return { position, weight, floor: exact / weightSum, remainder: exact % weightSum }
  })
  const given = shares.reduce((sum, share) => sum + share.floor, 0n)
  const byRemainder = shares.toSorted(
    (a, b) => Number(b.remainder - a.remainder) || b.weight - a.weight || a.position - b.position,
  )
  const extra = new Set(byRemainder.slice(0, Number(magnitude - given)).map((share) => share.position))
  return shares.map((share) => minor(sign * (Number(share.floor) + (extra.has(share.position) ? 1 : 0))))
}
