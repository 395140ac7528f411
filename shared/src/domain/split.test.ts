import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minor } from './money.ts'
import { splitByLargestRemainder } from './split.ts'

const anyTotal = fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.maxSafeInteger()).map(minor)
const anyWeights = fc.array(fc.oneof(fc.nat(20), fc.nat(1_000_000_000), fc.maxSafeNat()), {
  minLength: 1,
  maxLength: 20,
})
const sum = (values: readonly number[]) => values.reduce((total, value) => total + BigInt(value), 0n)

describe('splitByLargestRemainder', () => {
  it('gives parts that sum to the total exactly', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        expect(sum(splitByLargestRemainder(total, weights))).toBe(BigInt(total))
      }),
    )
  })

  it('gives every part within one unit of its exact share, and nothing to a weight of zero', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const weightSum = sum(weights)
        fc.pre(weightSum > 0n)
        splitByLargestRemainder(total, weights).forEach((part, i) => {
          const weight = weights[i] ?? 0
          const off = BigInt(part) * weightSum - BigInt(total) * BigInt(weight) // × weightSum, exact
          expect(off < weightSum && off > -weightSum).toBe(true)
          if (weight === 0) expect(part).toBe(0)
        })
      }),
    )
  })

  it('never gives a part larger than its weight when the total is no larger than the weights', () => {
    const anyCase = anyWeights.chain((weights) => {
      const most = sum(weights)
      const cap = most > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(most)
      return fc.tuple(fc.integer({ min: 0, max: cap }), fc.constant(weights))
    })
    fc.assert(
      fc.property(anyCase, ([total, weights]) => {
        splitByLargestRemainder(minor(total), weights).forEach((part, i) => {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(weights[i] ?? 0)
        })
      }),
    )
  })

  it('splits a negative total as the mirror of the positive one', () => {
    fc.assert(
      fc.property(anyTotal, anyWeights, (total, weights) => {
        const mirrored = splitByLargestRemainder(minor(-total), weights).map((part) => minor(-part))
        expect(mirrored).toEqual(splitByLargestRemainder(total, weights))
      }),
    )
  })

  it('gives each weight the same part whatever the order, up to which of two equal weights comes first', () => {
    const byWeight = (weights: readonly number[], parts: readonly number[]) =>
      weights
        .map((weight, i) => [weight, parts[i] ?? 0])
        .sort(([a = 0, x = 0], [b = 0, y = 0]) => a - b || x - y)
    const anyShuffle = anyWeights.chain((weights) =>
      fc.tuple(fc.constant(weights), fc.shuffledSubarray(weights, { minLength: weights.length })),
    )
    fc.assert(
      fc.property(anyTotal, anyShuffle, (total, [weights, shuffled]) => {
        expect(byWeight(shuffled, splitByLargestRemainder(total, shuffled))).toEqual(
          byWeight(weights, splitByLargestRemainder(total, weights)),
        )
      }),
      {
        examples: [
          [
            minor(2),
            [
              [1, 3],
              [3, 1],
            ],
          ],
        ],
      }, // remainders 2/4 and 2/4: a tie of unequal weights
    )
  })

  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [-10, [1, 1, 1], [-4, -3, -3]],
    [100, [500, 300, 200], [50, 30, 20]],
    [1, [0, 0, 5, 5], [0, 0, 1, 0]],
    [5, [0, 0], [5, 0]],
    [2, [1, 3], [0, 2]],
  ])('splits %i over %j as %j', (total, weights, parts) => {
    expect(splitByLargestRemainder(minor(total), weights)).toEqual(parts)
  })

  it('refuses a negative weight, and something to split over nothing', () => {
    expect(() => splitByLargestRemainder(minor(1), [2, -1])).toThrow(RangeError)
    expect(() => splitByLargestRemainder(minor(0), [2, -1])).toThrow(RangeError)
    expect(() => splitByLargestRemainder(minor(1), [])).toThrow(RangeError)
    expect(splitByLargestRemainder(minor(0), [])).toEqual([])
  })
})
