import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyPromotionFacts, anyRules, anyTwinCart } from '../testing/arbitraries.ts'
import {
  amountOff,
  cartOf,
  onSaturday,
  percent,
  priced,
  promotion,
  rateOf,
  SINGAPORE,
} from '../testing/builders.ts'
import { cartAfter } from './cart.ts'
import { minor, sumMinor } from './money.ts'
import { type PricedCart, priceCart } from './pricing.ts'
import { promotionOff } from './promotion.ts'

const EXCLUSIVE = { ...SINGAPORE, inclusive: false }

/** A cart in two orders of its lines. */
const anyTwoOrders = fc
  .oneof(anyCart, anyTwinCart)
  .chain((cart) =>
    fc
      .shuffledSubarray([...cart.lines], { minLength: cart.lines.length })
      .map((lines) => [cart, { ...cart, lines }] as const),
  )

/** What the lines of each tax code come to. */
function byTaxCode({ lines }: PricedCart): Record<string, { net: number; tax: number }> {
  const sums: Record<string, { net: number; tax: number }> = {}
  for (const { taxCode, net, tax } of lines) {
    const sum = sums[taxCode] ?? { net: 0, tax: 0 }
    sums[taxCode] = { net: sum.net + net, tax: sum.tax + tax }
  }
  return sums
}

const sorted = (all: readonly (readonly number[])[]) => all.map((each) => each.join(' ')).sort()

describe('pricing a cart: laws', () => {
  it('sums: Σ gross − discounts = net of the lines, plus the tax where prices are exclusive', () => {
    fc.assert(
      fc.property(anyCart, anyRules, (cart, rules) => {
        const { lines, gross, discount, tax, total } = priced(cart, rules)
        expect(gross).toBe(sumMinor(lines.map((line) => line.gross)))
        expect(discount).toBe(sumMinor(lines.map((line) => line.lineDiscount + line.billShare)))
        expect(tax).toBe(sumMinor(lines.map((line) => line.tax)))
        expect(total).toBe(gross - discount + (rules.inclusive ? 0 : tax))
      }),
    )
  })

  it('never takes more off a line than the line, nor makes any amount negative', () => {
    fc.assert(
      fc.property(anyCart, anyRules, (cart, rules) => {
        for (const line of priced(cart, rules).lines) {
          expect(line.lineDiscount + line.billShare).toBeLessThanOrEqual(line.gross)
          for (const amount of [line.gross, line.lineDiscount, line.billShare, line.net, line.tax]) {
            expect(amount).toBeGreaterThanOrEqual(0)
          }
          expect(line.net).toBe(line.gross - line.lineDiscount - line.billShare)
        }
      }),
    )
  })

  it('does not depend on the order of the lines, in either tax method', () => {
    fc.assert(
      fc.property(anyTwoOrders, anyRules, anyPromotionFacts, ([cart, shuffled], rules, facts) => {
        const { lines: _, ...totals } = priced(cart, rules, facts)
        const { lines: __, ...shuffledTotals } = priced(shuffled, rules, facts)
        expect(shuffledTotals).toEqual(totals)
      }),
      { numRuns: 200 },
    )
  })

  it('comes to the same for each tax code, whatever the order of the lines', () => {
    fc.assert(
      fc.property(anyTwoOrders, anyRules, anyPromotionFacts, ([cart, shuffled], rules, facts) => {
        expect(byTaxCode(priced(shuffled, rules, facts))).toEqual(byTaxCode(priced(cart, rules, facts)))
      }),
      { numRuns: 200 },
    )
  })

  it('shares discount and tax out alike in any order, up to which of two equal lines comes first', () => {
    fc.assert(
      fc.property(anyTwoOrders, anyRules, anyPromotionFacts, ([cart, shuffled], rules, facts) => {
        const lines = priced(cart, rules, facts).lines
        const others = priced(shuffled, rules, facts).lines
        const shares = (all: typeof lines) =>
          sorted(
            all.map(({ gross, lineDiscount, promotions, billShare, ratePpm }) => [
              gross - lineDiscount - promotionOff(promotions),
              ratePpm,
              billShare,
            ]),
          )
        const taxes = (all: typeof lines) => sorted(all.map(({ net, ratePpm, tax }) => [net, ratePpm, tax]))
        expect(shares(others)).toEqual(shares(lines))
        expect(taxes(others)).toEqual(taxes(lines))
      }),
      { numRuns: 200 },
    )
  })

  it('charges no tax on zero-rated and exempt lines, whatever rate their code has', () => {
    const cart = cartOf([
      { price: 10_900, taxCode: 'SR', taxKind: 'exempt' },
      { price: 10_900, taxCode: 'SR', taxKind: 'zero' },
      { price: 10_900, taxCode: 'SR' },
    ])
    const { lines, tax } = priced(cart)
    expect(lines.map((line) => line.tax)).toEqual([0, 0, 900])
    expect(lines.map((line) => line.ratePpm)).toEqual([0, 0, 90_000])
    expect(tax).toBe(900)
  })
})

describe('pricing a cart: worked cases', () => {
  it('gives the odd cent of a bill discount to the dearer rate of two equal lines, whichever was scanned first', () => {
    // $1.01 off two lines of $1.55: 51 cents to the standard-rated line, 50 to the zero-rated one.
    const lines = [
      { price: 155, taxCode: 'ZR' },
      { price: 155, taxCode: 'SR' },
    ]
    for (const order of [lines, lines.toReversed()]) {
      const cart = priced(cartOf(order, { billDiscount: amountOff(101) }))
      expect(cart.lines.find((line) => line.taxCode === 'SR')).toMatchObject({
        billShare: 51,
        net: 104,
        tax: 9,
      })
      expect(cart.lines.find((line) => line.taxCode === 'ZR')).toMatchObject({
        billShare: 50,
        net: 105,
        tax: 0,
      })
    }
  })

  it('takes the bill discount off what the line discounts left', () => {
    // 2 × $5.45 less 10 % = $9.81; $3.20; bill less 5 % of $13.01 = 65.05 → 65, split 49 : 16
    const cart = cartOf(
      [
        { price: 545, quantity: 2000, discount: percent(10) },
        { price: 320, taxCode: 'ZR' },
      ],
      { billDiscount: percent(5) },
    )
    const result = priced(cart)
    expect(result).toMatchObject({ gross: 1410, discount: 174, tax: 77, total: 1236 })
    expect(result.lines).toMatchObject([
      { gross: 1090, lineDiscount: 109, billShare: 49, net: 932, tax: 77 }, // 932 × 9/109 = 76.95
      { gross: 320, lineDiscount: 0, billShare: 16, net: 304, tax: 0 },
    ])
  })

  it('adds the tax where prices are exclusive of it', () => {
    const cart = cartOf([{ price: 1000 }, { price: 333 }, { price: 250, taxCode: 'EX' }])
    // per line: 90 + 29.97 → 30; on the total: 1333 × 9 % = 119.97 → 120
    expect(priced(cart, EXCLUSIVE)).toMatchObject({ gross: 1583, tax: 120, total: 1703 })
    expect(priced(cart, { ...EXCLUSIVE, rounding: 'total' })).toMatchObject({ tax: 120, total: 1703 })
  })

  it('makes a bill discount larger than the bill a bill of nothing', () => {
    const cart = cartOf([{ price: 300 }, { price: 200 }], { billDiscount: amountOff(100_000) })
    expect(priced(cart)).toMatchObject({ gross: 500, discount: 500, tax: 0, total: 0 })
  })

  it('makes everything free at 100 %, on the line and on the bill', () => {
    for (const cart of [
      cartOf([{ price: 333, quantity: 3000, discount: percent(100) }]),
      cartOf([{ price: 333, quantity: 3000 }], { billDiscount: percent(100) }),
    ]) {
      expect(priced(cart)).toMatchObject({ gross: 999, discount: 999, tax: 0, total: 0 })
    }
  })

  it('gives no promotion on a price that somebody set', () => {
    const offer = onSaturday([promotion({ offer: { kind: 'off', discount: percent(20) } })])
    const set = cartAfter(cartOf([{ price: 200 }, { price: 200 }]), {
      type: 'price-overridden',
      lineId: 'line-1',
      unitPrice: minor(150),
      reason: 'Damaged',
    })
    expect(priced(set, SINGAPORE, offer).lines).toMatchObject([
      { net: 150, promotions: [] },
      { net: 160, promotions: [{ amount: 40 }] },
    ])
  })

  it('prices an empty cart at nothing', () => {
    expect(priceCart({ lines: [], billDiscount: percent(10) }, SINGAPORE, rateOf)).toEqual({
      lines: [],
      gross: 0,
      discount: 0,
      tax: 0,
      total: 0,
    })
  })
})
