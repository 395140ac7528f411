import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyPromotionFacts, anyRules } from '../testing/arbitraries.ts'
import {
  amountOff,
  cartOf,
  customer,
  idOf,
  onSaturday,
  percent,
  priced,
  promotion,
  RATES,
  refundOf,
  SINGAPORE,
  saleOf,
} from '../testing/builders.ts'
import { oracleOff } from '../testing/promotion-oracle.ts'
import { oracleSale } from '../testing/sale-oracle.ts'
import { minor, ppm, sumMinor } from './money.ts'
import type { Promotion, PromotionOffer } from './promotion.ts'
import { promotionOff } from './promotion.ts'
import { isOn, momentAt } from './promotion-time.ts'
import { checkSale } from './sale.ts'

const some = (productIds: readonly string[], categoryIds: readonly string[] = []) => ({
  kind: 'some' as const,
  productIds,
  categoryIds,
})
const off = (discount: ReturnType<typeof percent>): PromotionOffer => ({ kind: 'off', discount })
const at = (price: number): PromotionOffer => ({ kind: 'price', price: minor(price) })
const set = (size: number, price: number, mixed = true): PromotionOffer => ({
  kind: 'set',
  size,
  price: minor(price),
  mixed,
})
const buyGet = (buy: number, get: number, percentage = 100, mixed = true): PromotionOffer => ({
  kind: 'buy-get',
  buy,
  get,
  ratePpm: ppm(percentage * 10_000),
  mixed,
})
const one = (parts: Parameters<typeof promotion>[0]) => promotion({ promotionId: idOf(701), ...parts })
const two = (parts: Parameters<typeof promotion>[0]) => promotion({ promotionId: idOf(702), ...parts })
const [A, B, C] = [idOf(1), idOf(2), idOf(3)]
const DRINKS = idOf(501)
const GOLD = idOf(601)

type Line = Parameters<typeof cartOf>[0][number]
/** Lines: price and pieces, or what else a line is. Off: what promotions give on each of them. */
const cases: [name: string, lines: Line[], promotions: Promotion[], expected: number[]][] = [
  ['10 % off everything', [{ price: 1000 }, { price: 255 }], [one({ offer: off(percent(10)) })], [100, 26]],
  [
    '10 % off a product leaves the others',
    [{ price: 1000 }, { price: 255 }],
    [one({ offer: off(percent(10)), goods: some([B]) })],
    [0, 26],
  ],
  [
    '20 % off a category',
    [{ price: 250, categoryId: DRINKS }, { price: 250 }],
    [one({ offer: off(percent(20)), goods: some([], [DRINKS]) })],
    [50, 0],
  ],
  [
    '50 cents off each of three',
    [{ price: 320, quantity: 3000 }],
    [one({ offer: off(amountOff(50)) })],
    [150],
  ],
  ['an amount beyond the price takes the price', [{ price: 30 }], [one({ offer: off(amountOff(50)) })], [30]],
  [
    '$1 off a kilogram of 350 g',
    [{ price: 1420, quantity: 350, unit: 'kg' }],
    [one({ offer: off(amountOff(100)) })],
    [35],
  ],
  [
    '10 % is taken of what the line discount left',
    [{ price: 1000, discount: percent(50) }],
    [one({ offer: off(percent(10)) })],
    [50],
  ],
  ['100 % off leaves nothing', [{ price: 1234 }], [one({ offer: off(percent(100)) })], [1234]],
  ['a price for each', [{ price: 550, quantity: 2000 }], [one({ offer: at(490) })], [120]],
  ['a price above the shelf price gives nothing', [{ price: 480 }], [one({ offer: at(490) })], [0]],
  ['3 for $5', [{ price: 190, quantity: 3000 }], [one({ offer: set(3, 500) })], [70]],
  [
    '3 for $5 of four: the fourth is at its price',
    [{ price: 190, quantity: 4000 }],
    [one({ offer: set(3, 500) })],
    [70],
  ],
  ['3 for $5 of seven: twice', [{ price: 190, quantity: 7000 }], [one({ offer: set(3, 500) })], [140]],
  ['3 for $5 of two: not yet', [{ price: 190, quantity: 2000 }], [one({ offer: set(3, 500) })], [0]],
  [
    '3 for $5 where they are cheaper: never dearer',
    [{ price: 160, quantity: 3000 }],
    [one({ offer: set(3, 500) })],
    [0],
  ],
  [
    'any 3 of a set for $5, split by worth',
    [{ price: 200 }, { price: 220 }, { price: 180 }],
    [one({ offer: set(3, 500) })],
    [33, 37, 30],
  ],
  [
    'any 2 for $3: the dearest make the sets',
    [{ price: 170 }, { price: 250 }, { price: 200 }],
    [one({ offer: set(2, 300) })],
    [0, 83, 67],
  ],
  [
    '2 for $3 of one product does not mix products',
    [{ price: 200 }, { price: 200 }, { price: 180, quantity: 2000 }],
    [one({ offer: set(2, 300, false) })],
    [0, 0, 60],
  ],
  [
    'the same product on two lines makes one set',
    [
      { price: 200, productId: A },
      { price: 200, productId: A },
    ],
    [one({ offer: set(2, 300, false) })],
    [50, 50],
  ],
  [
    'goods by weight make no set',
    [{ price: 200, quantity: 3000, unit: 'kg' }],
    [one({ offer: set(3, 500) })],
    [0],
  ],
  ['buy 2 get 1 free', [{ price: 300, quantity: 3000 }], [one({ offer: buyGet(2, 1) })], [300]],
  ['buy 2 get 1 free of five: once', [{ price: 300, quantity: 5000 }], [one({ offer: buyGet(2, 1) })], [300]],
  ['buy 1 get 1 at half price', [{ price: 301, quantity: 2000 }], [one({ offer: buyGet(1, 1, 50) })], [151]],
  [
    'buy 1 get 1 free across products: the cheaper is free, and what it gives is spread over both',
    [{ price: 600 }, { price: 400 }],
    [one({ offer: buyGet(1, 1) })],
    [240, 160],
  ],
  [
    'buy 1 get 1 free of two each: the dear pair and the cheap pair',
    [
      { price: 600, quantity: 2000 },
      { price: 400, quantity: 2000 },
    ],
    [one({ offer: buyGet(1, 1) })],
    [600, 400],
  ],
  ['buy 3 get 2 free', [{ price: 100, quantity: 5000 }], [one({ offer: buyGet(3, 2) })], [200]],
  [
    'the better of two for the customer',
    [{ price: 1000 }],
    [one({ offer: off(percent(10)) }), two({ offer: off(amountOff(150)) })],
    [150],
  ],
  [
    'the best order: three make a set, the fourth has the 10 %',
    [{ price: 200, quantity: 4000 }],
    [one({ offer: off(percent(10)) }), two({ offer: set(3, 500) })],
    [120],
  ],
  [
    'no piece is given twice',
    [{ price: 200, quantity: 3000 }],
    [one({ offer: off(percent(10)) }), two({ offer: set(3, 500) })],
    [100],
  ],
  [
    'an exclusive one goes before a better one',
    [{ price: 1000 }],
    [one({ offer: off(percent(10)), stacking: 'exclusive' }), two({ offer: off(percent(50)) })],
    [100],
  ],
  [
    'of exclusive ones the smaller priority',
    [{ price: 1000 }],
    [
      one({ offer: off(percent(10)), stacking: 'exclusive', priority: 2 }),
      two({ offer: off(percent(5)), stacking: 'exclusive', priority: 1 }),
    ],
    [50],
  ],
  [
    'an exclusive one leaves other goods to the others',
    [{ price: 1000 }, { price: 1000 }],
    [
      one({ offer: off(percent(10)), stacking: 'exclusive', goods: some([A]) }),
      two({ offer: off(percent(50)) }),
    ],
    [100, 500],
  ],
  [
    'a price for members is not for everyone',
    [{ price: 550 }],
    [one({ offer: at(490), tierIds: [GOLD] })],
    [0],
  ],
  ['one that has ended', [{ price: 550 }], [one({ offer: at(490), until: '2026-11-20' })], [0]],
  ['one that has not begun', [{ price: 550 }], [one({ offer: at(490), from: '2026-11-22' })], [0]],
  [
    'happy hour, Saturday from two to five',
    [{ price: 550 }],
    [one({ offer: at(490), hours: { days: [6], fromMinute: 840, untilMinute: 1020 } })],
    [60],
  ],
  [
    'happy hour on another day',
    [{ price: 550 }],
    [one({ offer: at(490), hours: { days: [1, 2, 3, 4, 5], fromMinute: 840, untilMinute: 1020 } })],
    [0],
  ],
]

describe('promotions: worked cases', () => {
  it.each(cases)('%s', (_, lines, promotions, expected) => {
    const { lines: pricedLines } = priced(cartOf(lines), SINGAPORE, onSaturday(promotions))
    expect(pricedLines.map((line) => promotionOff(line.promotions))).toEqual(expected)
  })

  it('gives members of a tier their price', () => {
    const facts = onSaturday([one({ offer: at(490), tierIds: [GOLD] })])
    const cart = cartOf([{ price: 550 }], { customer: { ...customer(), tierId: GOLD } })
    expect(priced(cart, SINGAPORE, facts).total).toBe(490)
  })

  it('takes a bill discount of what promotions left: $10.00 less 10 %, less 10 % of that', () => {
    const cart = cartOf([{ price: 1000 }], { billDiscount: percent(10) })
    const facts = onSaturday([one({ offer: off(percent(10)) })])
    expect(priced(cart, SINGAPORE, facts)).toMatchObject({ gross: 1000, discount: 190, total: 810, tax: 67 })
  })

  it('gives no bill discount on a line whose promotion does not go with one', () => {
    const cart = cartOf([{ price: 1000 }, { price: 500 }], { billDiscount: amountOff(600) })
    const facts = onSaturday([one({ offer: off(percent(10)), goods: some([A]), withBillDiscount: false })])
    expect(priced(cart, SINGAPORE, facts).lines).toMatchObject([
      { billShare: 0, net: 900 },
      { billShare: 500, net: 0 },
    ])
  })

  it('adds the tax to what is left, where prices are exclusive of it', () => {
    const facts = onSaturday([one({ offer: set(2, 300) })])
    const cart = cartOf([{ price: 200, quantity: 2000 }])
    expect(priced(cart, { ...SINGAPORE, inclusive: false }, facts)).toMatchObject({ tax: 27, total: 327 })
  })

  it('says on the line which promotion gave how much', () => {
    const facts = onSaturday([
      one({ name: 'Three for $5', offer: set(3, 500) }),
      two({ name: 'Weekend', offer: off(percent(10)), withBillDiscount: false }),
    ])
    expect(
      saleOf(cartOf([{ price: 200, quantity: 4000 }]), undefined, SINGAPORE, facts).lines[0],
    ).toMatchObject({
      promotions: [
        { promotionId: idOf(701), name: 'Three for $5', amount: 100 },
        { promotionId: idOf(702), name: 'Weekend', amount: 20, noBillDiscount: true },
      ],
      net: 680,
    })
  })

  it('forgets what an earlier pricing gave', () => {
    const cart = cartOf([{ price: 1000 }])
    const before = priced(cart, SINGAPORE, onSaturday([one({ offer: off(percent(10)) })]))
    expect(priced({ lines: before.lines })).toEqual(priced(cart))
  })

  it('prices the longest cart of the most pieces without counting them one by one', () => {
    const lines = Array.from({ length: 500 }, (_, i) => ({ price: 100 + i, quantity: 10_000_000 }))
    const promotions = [one({ offer: set(3, 250) }), two({ offer: buyGet(2, 1) })]
    const { lines: pricedLines } = priced(cartOf(lines), SINGAPORE, onSaturday(promotions))
    expect(pricedLines.every((line) => promotionOff(line.promotions) > 0)).toBe(true)
  })
})

describe('promotions: laws', () => {
  const anyCase = fc.tuple(anyCart, anyRules, anyPromotionFacts)

  it('never give more than is left of a line, nor less than a cent', () => {
    fc.assert(
      fc.property(anyCase, ([cart, rules, facts]) => {
        for (const line of priced(cart, rules, facts).lines) {
          expect(promotionOff(line.promotions)).toBeLessThanOrEqual(line.gross - line.lineDiscount)
          expect(line.net).toBeGreaterThanOrEqual(0)
          for (const { amount } of line.promotions) expect(amount).toBeGreaterThan(0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('give the same whatever the order of the lines and of the promotions', () => {
    const anyShuffle = anyCase.chain(([cart, rules, facts]) =>
      fc
        .tuple(
          fc.shuffledSubarray([...cart.lines], { minLength: cart.lines.length }),
          fc.shuffledSubarray([...facts.promotions], { minLength: facts.promotions.length }),
        )
        .map(([lines, promotions]) => ({ cart, rules, facts, lines, promotions })),
    )
    fc.assert(
      fc.property(anyShuffle, ({ cart, rules, facts, lines, promotions }) => {
        const { lines: before, ...totals } = priced(cart, rules, facts)
        const { lines: after, ...shuffled } = priced({ ...cart, lines }, rules, { ...facts, promotions })
        expect(shuffled).toEqual(totals)
        const byId = (all: typeof before) => all.toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1))
        expect(byId(after).map((line) => line.promotions)).toEqual(
          byId(before).map((line) => line.promotions),
        )
      }),
      { numRuns: 1000 },
    )
  })

  it('give the same when a priced cart is priced again', () => {
    fc.assert(
      fc.property(anyCase, ([cart, rules, facts]) => {
        const once = priced(cart, rules, facts)
        expect(priced({ ...cart, lines: once.lines }, rules, facts)).toEqual(once)
      }),
    )
  })

  it('make a sale that adds up by its own words, and by an oracle', () => {
    fc.assert(
      fc.property(anyCase, ([cart, rules, facts]) => {
        const sale = saleOf(cart, undefined, rules, facts)
        expect(checkSale(sale)).toEqual([])
        const given = sale.lines.map(({ promotions = [] }) => ({
          off: promotionOff(promotions),
          noBillDiscount: promotions.some(({ noBillDiscount }) => noBillDiscount),
        }))
        expect(sale).toMatchObject({ ...oracleSale(cart, rules, RATES, sale.tenders, given) })
      }),
      { numRuns: 500 },
    )
  })

  it('are undone by a refund of everything: what was paid goes back', () => {
    fc.assert(
      fc.property(anyCase, ([cart, rules, facts]) => {
        const sale = saleOf(cart, undefined, rules, facts)
        const refund = refundOf(sale)
        expect(refund.net).toBe(sale.net)
        expect(refund.tax).toBe(sale.tax)
        expect(refund.pointsTaken).toBe(sale.pointsEarned)
      }),
    )
  })

  it('never take less off with another promotion that is best for the customer, while all orders are tried', () => {
    fc.assert(
      fc.property(anyCart, anyPromotionFacts, (cart, facts) => {
        const best = facts.promotions
          .slice(0, 4)
          .map((each) => ({ ...each, stacking: 'best' as const, withBillDiscount: true }))
        const offOf = (promotions: readonly Promotion[]) =>
          sumMinor(
            priced(cart, SINGAPORE, onSaturday(promotions)).lines.map((line) =>
              promotionOff(line.promotions),
            ),
          )
        for (const alone of best) expect(offOf(best)).toBeGreaterThanOrEqual(offOf([alone]))
      }),
    )
  })

  it('take off what an oracle that looks at every piece takes off', () => {
    const anyPieces = fc.record({
      productId: fc.constantFrom(A, B, C),
      price: fc.integer({ min: 0, max: 100 }).map((n) => n * 20),
      pieces: fc.integer({ min: 1, max: 9 }),
    })
    const anyOffer = fc.oneof(
      fc.integer({ min: 0, max: 1000 }).map(at),
      fc.constantFrom(percent(10), percent(35), amountOff(75)).map(off),
      fc
        .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 3000 }), fc.boolean())
        .map((a) => set(...a)),
      fc
        .tuple(
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 1, max: 3 }),
          fc.constantFrom(50, 100),
          fc.boolean(),
        )
        .map((a) => buyGet(...a)),
    )
    fc.assert(
      fc.property(fc.array(anyPieces, { minLength: 1, maxLength: 6 }), anyOffer, (lines, offer) => {
        const cart = cartOf(lines.map(({ pieces, ...line }) => ({ ...line, quantity: pieces * 1000 })))
        const { lines: all } = priced(cart, SINGAPORE, onSaturday([one({ offer })]))
        expect(sumMinor(all.map((line) => promotionOff(line.promotions)))).toBe(oracleOff(offer, lines))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the hours of a promotion', () => {
  const friday = { from: null, until: null, hours: { days: [5], fromMinute: 22 * 60, untilMinute: 2 * 60 } }

  it.each([
    ['2026-11-20', 21 * 60 + 59, false],
    ['2026-11-20', 22 * 60, true],
    ['2026-11-20', 60, false],
    ['2026-11-21', 60, true],
    ['2026-11-21', 120, false],
    ['2026-11-21', 22 * 60, false],
  ])('past midnight belong to the day they began on: %s at minute %i is %s', (date, minute, expected) => {
    expect(isOn(friday, { date, minute })).toBe(expected)
  })

  it('that began on the last day go on past its midnight', () => {
    expect(isOn({ ...friday, until: '2026-11-20' }, { date: '2026-11-21', minute: 60 })).toBe(true)
    expect(isOn({ ...friday, from: '2026-11-21' }, { date: '2026-11-21', minute: 60 })).toBe(false)
  })

  it('are by the clock where the outlet is, also on the day the clocks change', () => {
    const instant = new Date('2026-11-20T17:30:00Z')
    expect(momentAt(instant, 'Asia/Singapore')).toEqual({ date: '2026-11-21', minute: 90 })
    expect(momentAt(instant, 'Europe/Berlin')).toEqual({ date: '2026-11-20', minute: 18 * 60 + 30 })
    expect(momentAt(new Date('2026-10-25T00:30:00Z'), 'Europe/Berlin').minute).toBe(150)
    expect(momentAt(new Date('2026-10-25T01:30:00Z'), 'Europe/Berlin').minute).toBe(150)
  })
})

describe('checking a sale with promotions', () => {
  const sale = saleOf(
    cartOf([{ price: 1000 }]),
    undefined,
    SINGAPORE,
    onSaturday([one({ offer: off(percent(10)) })]),
  )
  const withLine = (parts: object) => ({ ...sale, lines: sale.lines.map((line) => ({ ...line, ...parts })) })
  const given = (amount: number) => [{ promotionId: idOf(701), name: 'Weekend', amount: minor(amount) }]

  it('finds what was given and not taken off', () => {
    expect(checkSale(withLine({ promotions: given(200) }))).toContainEqual({
      field: 'lines.0.net',
      expected: 800,
      actual: 900,
    })
  })

  it('finds more given than the line', () => {
    expect(checkSale(withLine({ promotions: given(1001) }))).toContainEqual({
      field: 'lines.0.promotions',
      expected: 1000,
      actual: 1001,
    })
  })
})
