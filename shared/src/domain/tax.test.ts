import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTaxMethod } from '../testing/arbitraries.ts'
import { minor, ppm, sumMinor } from './money.ts'
import { type DatedRate, rateOn, taxLines, taxOn } from './tax.ts'

const GST_9 = ppm(90_000)

// Source: IRAS, "Overview of GST rate change" and the GST fraction 9/109 (8/108 in 2023, 7/107 before).
describe('tax on one amount', () => {
  it.each([
    [10_900, 90_000, 900],
    [109, 90_000, 9],
    [100, 90_000, 8], // 8.2568…
    [1240, 90_000, 102], // 102.385…
    [545, 90_000, 45], // exactly 45
    [10_800, 80_000, 800],
    [10_700, 70_000, 700],
    [6, 90_000, 0], // 0.495…
    [7, 90_000, 1], // 0.577…
    [0, 90_000, 0],
    [10_900, 0, 0],
  ])('of %i cents inclusive at %i ppm is %i cents', (amount, rate, tax) => {
    expect(taxOn(minor(amount), ppm(rate), true)).toBe(tax)
  })

  it.each([
    [10_000, 90_000, 900],
    [1995, 90_000, 180], // 179.55
    [50, 90_000, 5], // 4.5: half goes up
    [150, 70_000, 11], // 10.5: half goes up
    [-50, 90_000, -5], // a refund mirrors its sale
  ])('of %i cents exclusive at %i ppm is %i cents', (amount, rate, tax) => {
    expect(taxOn(minor(amount), ppm(rate), false)).toBe(tax)
  })

  it('is within half a cent of the exact fraction', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.nat(1_000_000), fc.boolean(), (amount, rate, inclusive) => {
        const divisor = inclusive ? 1_000_000n + BigInt(rate) : 1_000_000n
        const off =
          2n * (BigInt(taxOn(minor(amount), ppm(rate), inclusive)) * divisor - BigInt(amount) * BigInt(rate))
        expect(off > -divisor && off <= divisor).toBe(true)
      }),
    )
  })
})

describe('tax of the lines of a receipt', () => {
  const anyLines = fc.array(
    fc.record({ net: fc.nat(1_000_000).map(minor), ratePpm: fc.constantFrom(0, 70_000, 90_000).map(ppm) }),
    { maxLength: 30 },
  )

  it('sums to the tax of the receipt: of each line, or of the total of each rate', () => {
    fc.assert(
      fc.property(anyLines, anyTaxMethod, (lines, method) => {
        const tax = sumMinor(taxLines(lines, method))
        const perLine = lines.map((line) => taxOn(line.net, line.ratePpm, method.inclusive))
        const perRate = [0, 70_000, 90_000].map((rate) =>
          taxOn(
            sumMinor(lines.filter((line) => line.ratePpm === rate).map((l) => l.net)),
            ppm(rate),
            method.inclusive,
          ),
        )
        expect(tax).toBe(sumMinor(method.rounding === 'line' ? perLine : perRate))
      }),
    )
  })

  it('gives every line within one cent of its exact tax, and never more than an inclusive line holds', () => {
    fc.assert(
      fc.property(anyLines, anyTaxMethod, (lines, method) => {
        taxLines(lines, method).forEach((tax, i) => {
          const { net, ratePpm } = lines[i] ?? { net: 0, ratePpm: 0 }
          const exact = (net * ratePpm) / (method.inclusive ? 1_000_000 + ratePpm : 1_000_000)
          expect(Math.abs(tax - exact)).toBeLessThanOrEqual(1 + 1e-6)
          if (method.inclusive) expect(tax).toBeLessThanOrEqual(net)
          if (ratePpm === 0 || net === 0) expect(tax).toBe(0)
        })
      }),
    )
  })

  // Both methods are allowed if kept to. Source: IRAS, "Invoicing customers"; the three pens at $1.77 are the
  // worked example that IRAS and Malaysian customs shared (6 %: 0.33 per line, 0.32 on the total).
  it('may differ by method: three pens at $1.77 and 6 %', () => {
    const pens = [177, 177, 177].map((net) => ({ net: minor(net), ratePpm: ppm(60_000) }))
    expect(taxLines(pens, { inclusive: false, rounding: 'line' })).toEqual([11, 11, 11])
    expect(taxLines(pens, { inclusive: false, rounding: 'total' })).toEqual([11, 11, 10])
  })

  it('may differ by method: ten sweets at $0.05, inclusive of 9 %', () => {
    const sweets = Array.from({ length: 10 }, () => ({ net: minor(5), ratePpm: GST_9 }))
    expect(sumMinor(taxLines(sweets, { inclusive: true, rounding: 'line' }))).toBe(0) // 0.41 each
    expect(sumMinor(taxLines(sweets, { inclusive: true, rounding: 'total' }))).toBe(4) // 4.128
  })

  it('rounds each rate by itself, so that GST at two rates can be reported apart', () => {
    const lines = [
      { net: minor(1000), ratePpm: GST_9 },
      { net: minor(1000), ratePpm: ppm(80_000) },
      { net: minor(1000), ratePpm: ppm(0) },
      { net: minor(545), ratePpm: GST_9 },
    ]
    // 1545 × 9/109 = 127.57; 1000 × 8/108 = 74.07
    expect(taxLines(lines, { inclusive: true, rounding: 'total' })).toEqual([83, 74, 0, 45])
  })
})

describe('the rate on a day', () => {
  const rates: DatedRate[] = [
    { from: '2024-01-01', ratePpm: GST_9 },
    { from: '2007-07-01', ratePpm: ppm(70_000) },
    { from: '2023-01-01', ratePpm: ppm(80_000) },
  ]

  it.each([
    ['2007-06-30', 0],
    ['2007-07-01', 70_000],
    ['2022-12-31', 70_000],
    ['2023-01-01', 80_000],
    ['2023-12-31', 80_000],
    ['2024-01-01', 90_000],
    ['2026-11-21', 90_000],
  ])('on %s is %i ppm, whatever the order of the rates', (date, rate) => {
    expect(rateOn(rates, date)).toBe(rate)
    expect(rateOn(rates.toReversed(), date)).toBe(rate)
  })
})
