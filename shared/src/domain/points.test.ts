import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minor, ppm } from './money.ts'
import { pointsEarned } from './points.ts'

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
