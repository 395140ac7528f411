import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extend, minor, mulDivFloored, mulDivRounded, ppm, shareOf, sumMinor, thousandths } from './money.ts'

/** The same rule in whole numbers without limits. */
function oracle(a: number, b: number, divisor: number): bigint {
  const product = BigInt(a) * BigInt(b)
  const by = BigInt(divisor)
  const abs = (x: bigint) => (x < 0n ? -x : x)
  const floor = abs(product) / abs(by)
  const rest = abs(product) % abs(by)
  const rounded = rest * 2n >= abs(by) ? floor + 1n : floor
  return product < 0n !== by < 0n ? -rounded : rounded
}

const anyInteger = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -2000, max: 2000 }))
const nonZero = anyInteger.filter((n) => n !== 0)

describe('mulDivRounded', () => {
  it('agrees with exact arithmetic wherever the result is a safe integer, and throws where it is not', () => {
    fc.assert(
      fc.property(anyInteger, anyInteger, nonZero, (a, b, divisor) => {
        const expected = oracle(a, b, divisor)
        if (expected > BigInt(Number.MAX_SAFE_INTEGER) || expected < BigInt(Number.MIN_SAFE_INTEGER)) {
          expect(() => mulDivRounded(a, b, divisor)).toThrow(RangeError)
        } else {
          expect(mulDivRounded(a, b, divisor)).toBe(Number(expected))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    [1, 1, 2, 1],
    [3, 1, 2, 2],
    [-1, 1, 2, -1],
    [-3, 1, 2, -2],
    [1, -1, 2, -1],
    [1, 1, -2, -1],
    [-1, -1, -2, -1],
    [1, 1, 3, 0],
    [2, 1, 3, 1],
    [49, 1, 100, 0],
    [50, 1, 100, 1],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('rounds %i × %i ÷ %i half away from zero to %i', (a, b, divisor, expected) => {
    expect(mulDivRounded(a, b, divisor)).toBe(expected)
  })

  it('is a mirror: a refund rounds to exactly what its sale rounded to', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (amount, by) => {
        expect(mulDivRounded(-amount, 9, by) + mulDivRounded(amount, 9, by)).toBe(0)
      }),
    )
  })

  it('never answers minus zero, which would compare and hash differently', () => {
    expect(Object.is(mulDivRounded(-1, 1, 1000), 0)).toBe(true)
    expect(Object.is(mulDivRounded(0, -5, 3), 0)).toBe(true)
    expect(Object.is(mulDivRounded(-1, 1, Number.MAX_SAFE_INTEGER), 0)).toBe(true)
  })

  it('throws on a division by zero and on fractions instead of answering NaN', () => {
    expect(() => mulDivRounded(1, 1, 0)).toThrow(RangeError)
    expect(() => mulDivRounded(0.5, 2, 1)).toThrow(RangeError)
    expect(() => mulDivRounded(1, Number.NaN, 1)).toThrow(RangeError)
    expect(() => mulDivRounded(1, 1, 1.5)).toThrow(RangeError)
  })
})

describe('mulDivFloored', () => {
  it('agrees with exact arithmetic', () => {
    const positive = fc.maxSafeNat()
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1 }), (a, b, divisor) => {
        const expected = (BigInt(a) * BigInt(b)) / BigInt(divisor)
        fc.pre(expected <= BigInt(Number.MAX_SAFE_INTEGER))
        expect(mulDivFloored(a, b, divisor)).toBe(Number(expected))
      }),
    )
  })

  it('refuses negative numbers, for which rounding down is no mirror', () => {
    expect(() => mulDivFloored(-1, 1, 2)).toThrow(RangeError)
  })
})

describe('money', () => {
  it('is a whole number of minor units, never minus zero', () => {
    expect(() => minor(0.5)).toThrow(RangeError)
    expect(() => minor(Number.NaN)).toThrow(RangeError)
    expect(() => thousandths(2 ** 53)).toThrow(RangeError)
    expect(() => ppm(Number.POSITIVE_INFINITY)).toThrow(RangeError)
    expect(Object.is(minor(-0), 0)).toBe(true)
  })

  it('throws rather than lose a cent in a sum beyond the safe integers', () => {
    expect(() => sumMinor([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
  })

  it('prices a weighed quantity to the nearest cent', () => {
    // 0.385 kg at $12.90 is $4.9665
    expect(extend(minor(1290), thousandths(385))).toBe(497)
    expect(extend(minor(1), thousandths(500))).toBe(1)
    expect(extend(minor(1), thousandths(499))).toBe(0)
  })

  it('takes a share of an amount to the nearest cent', () => {
    expect(shareOf(minor(1995), ppm(100_000))).toBe(200) // 10 % of $19.95 is $1.995
    expect(shareOf(minor(999), ppm(333_333))).toBe(333)
  })
})
