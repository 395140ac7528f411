import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minor, ppm } from './money.ts'
import { mostPoints, pointsEarned, pointsFor } from './points.ts'

const rule = { minorPerPoint: 1000 }
const anyNet = fc.integer({ min: -1_000_000, max: 100_000_000_000 }).map(minor)
const anyRule = fc.nat(5000).map((minorPerPoint) => ({ minorPerPoint }))
const anyMultiplier = fc.nat(100_000_000).map(ppm)

describe('points earned', () => {
  it.each([
    [999, 1_000_000, 0],
    [1000, 1_000_000, 1],
    [12_340, 1_000_000, 12],
    [12_340, 1_250_000, 15],
    [12_340, 1_500_000, 18],
    [13_999, 1_250_000, 16], // 13 × 1.25 = 16.25
    [11_000, 1_500_000, 16], // 11 × 1.5 = 16.5: down, not half up
    [12_340, 0, 0],
    [-5000, 1_000_000, 0],
  ])('on %i cents with a multiplier of %i ppm are %i', (net, multiplier, points) => {
    expect(pointsEarned(minor(net), rule, ppm(multiplier))).toBe(points)
  })

  it('are none where the company gives none', () => {
    expect(pointsEarned(minor(100_000), { minorPerPoint: 0 }, ppm(1_000_000))).toBe(0)
  })

  it('are floor(floor(net ÷ per point) × multiplier) exactly, and never negative', () => {
    fc.assert(
      fc.property(anyNet, anyRule, anyMultiplier, (net, points, multiplier) => {
        const base = net <= 0 || points.minorPerPoint === 0 ? 0n : BigInt(net) / BigInt(points.minorPerPoint)
        const expected = (base * BigInt(multiplier)) / 1_000_000n
        expect(pointsEarned(net, points, multiplier)).toBe(Number(expected))
      }),
    )
  })

  it('never shrink when more is bought or the tier is higher', () => {
    fc.assert(
      fc.property(
        anyNet,
        fc.nat(1_000_000),
        anyMultiplier,
        fc.nat(1_000_000),
        (net, more, multiplier, higher) => {
          const points = pointsEarned(net, rule, multiplier)
          expect(pointsEarned(minor(net + more), rule, multiplier)).toBeGreaterThanOrEqual(points)
          expect(pointsEarned(net, rule, ppm(multiplier + higher))).toBeGreaterThanOrEqual(points)
        },
      ),
    )
  })
})

describe('points that can pay', () => {
  const terms = { value: 10, offlineLimit: 200 }
  it.each([
    ['all of them', { balance: 50, unconfirmed: 0 }, 9000, 0, 50],
    ['no more than is due', { balance: 500, unconfirmed: 0 }, 1234, 0, 123],
    ['no more than may be spent unheard of', { balance: 500, unconfirmed: 0 }, 9000, 0, 200],
    ['less of that limit after some were spent', { balance: 500, unconfirmed: 150 }, 9000, 0, 50],
    ['none beyond the limit', { balance: 500, unconfirmed: 201 }, 9000, 0, 0],
    ['what this sale has not taken yet', { balance: 50, unconfirmed: 0 }, 9000, 20, 30],
    ['none of a debt', { balance: -3, unconfirmed: 0 }, 9000, 0, 0],
    ['none of less than a point', { balance: 50, unconfirmed: 0 }, 9, 0, 0],
  ])('are %s', (_, known, due, taken, most) => {
    expect(mostPoints({ ...known, isFresh: false }, terms, minor(due), taken)).toBe(most)
  })

  it('are all there are while the server’s count is of just now', () => {
    const known = { balance: 500, unconfirmed: 201, isFresh: true }
    expect(mostPoints(known, terms, minor(9000), 20)).toBe(480)
  })

  it('are whole: an amount between two of them is the lower one', () => {
    expect(pointsFor(minor(1239), 10)).toEqual({ points: 123, amount: 1230 })
    expect(pointsFor(minor(9), 10)).toEqual({ points: 0, amount: 0 })
  })
})
