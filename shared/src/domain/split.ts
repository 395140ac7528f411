import { type Minor, minor } from './money.ts'

/**
 * Splits `total` over `weights` by largest remainder, so that the parts sum to `total` exactly.
 * Each part is within one minor unit of its exact share; ties go to the earlier position.
 * All weights zero: everything goes to the first position. Weights must not be negative.
 * @returns one part per weight, in order
 */
export function splitByLargestRemainder(total: Minor, weights: readonly number[]): Minor[] {
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError('nothing to split over')
    return []
  }
  const bigWeights = weights.map((weight) => {
    if (weight < 0) throw new RangeError('a weight must not be negative')
    return BigInt(weight)
  })
  const weightSum = bigWeights.reduce((sum, weight) => sum + weight, 0n)
  if (weightSum === 0n) return weights.map((_, i) => minor(i === 0 ? total : 0))

  const sign = total < 0 ? -1 : 1
  const magnitude = BigInt(Math.abs(total))
  const shares = bigWeights.map((weight, position) => {
    const exact = magnitude * weight
    return { position, floor: exact / weightSum, remainder: exact % weightSum }
  })
  const given = shares.reduce((sum, share) => sum + share.floor, 0n)
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1,
  )
  const extra = new Set(byRemainder.slice(0, Number(magnitude - given)).map((share) => share.position))
  return shares.map((share) => minor(sign * (Number(share.floor) + (extra.has(share.position) ? 1 : 0))))
}
