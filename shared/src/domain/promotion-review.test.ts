import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyPromotions } from '../testing/arbitraries.ts'
import { idOf, promotion } from '../testing/builders.ts'
import { minor, ppm } from './money.ts'
import type { Promotion, PromotionOffer } from './promotion.ts'
import { hoursMeet, nextOn } from './promotion-calendar.ts'
import { type GoodsAtPrice, isGrave, reviewPromotion } from './promotion-review.ts'
import { isOn } from './promotion-time.ts'

const SATURDAY = { date: '2026-11-21', minute: 15 * 60 }

const goods = (price: number, rest: Partial<GoodsAtPrice> = {}): GoodsAtPrice => ({
  price: minor(price),
  cost: null,
  unit: 'each',
  products: 1,
  name: `A thing at ${price}`,
  ...rest,
})

const reviewed = (
  parts: Partial<Promotion> & Pick<Promotion, 'offer'>,
  some: readonly GoodsAtPrice[] = [goods(1000)],
  others: readonly Promotion[] = [],
) =>
  reviewPromotion(promotion(parts), {
    goods: some,
    products: some.reduce((sum, { products }) => sum + products, 0),
    gone: 0,
    others,
    categoryOf: (productId) => (productId === idOf(1) ? idOf(900) : undefined),
    now: SATURDAY,
  })

const PRICE: PromotionOffer = { kind: 'price', price: minor(500) }
const ANY_3: PromotionOffer = { kind: 'set', size: 3, price: minor(600), mixed: true }
const ONE_FREE: PromotionOffer = { kind: 'buy-get', buy: 2, get: 1, ratePpm: ppm(1_000_000), mixed: false }
const TENTH: PromotionOffer = { kind: 'off', discount: { kind: 'percent', ratePpm: ppm(100_000) } }

test('a promotion that is what it seems raises nothing', () => {
  expect(reviewed({ offer: PRICE })).toEqual([])
  expect(reviewed({ offer: ANY_3 })).toEqual([])
})

test('a price that is not below the price tag is said, by how many products and for which', () => {
  const found = reviewed({ offer: PRICE }, [goods(500, { products: 4, name: 'Kaya' }), goods(800)])
  expect(found).toEqual([
    { code: 'not-cheaper', all: false, products: 4, name: 'Kaya', pieces: 1, ordinary: 500, offered: 500 },
  ])
  expect(found.some(isGrave)).toBe(false)
  const useless = reviewed({ offer: ANY_3 }, [goods(200)])
  expect(useless).toMatchObject([{ code: 'not-cheaper', all: true, pieces: 3, ordinary: 600 }])
  expect(useless.some(isGrave)).toBe(true)
})

test('what is sold below cost or for nothing is said, the greatest loss by name', () => {
  const some = [
    goods(1000, { cost: minor(700), name: 'A' }),
    goods(900, { cost: minor(850), name: 'B', products: 2 }),
    goods(900, { cost: minor(500), name: 'C' }),
  ]
  // Of three pieces one is free: B brings 18.00 and costs 25.50, A 20.00 and 21.00.
  expect(reviewed({ offer: ONE_FREE }, some)).toEqual([
    { code: 'below-cost', cost: 2550, products: 3, name: 'B', pieces: 3, ordinary: 2700, offered: 1800 },
  ])
  const fiveOff: PromotionOffer = { kind: 'off', discount: { kind: 'amount', amount: minor(500) } }
  expect(reviewed({ offer: fiveOff }, [goods(400, { name: 'Gum', cost: minor(100) })])).toEqual([
    { code: 'free', products: 1, name: 'Gum', pieces: 1, ordinary: 400, offered: 0 },
  ])
})

test('goods by weight are told apart where they make no sets, and count where they can', () => {
  const fish = goods(2990, { unit: 'kg', name: 'Fish' })
  expect(reviewed({ offer: ANY_3 }, [goods(1000), fish])).toEqual([
    { code: 'weighed', products: 1, name: 'Fish' },
  ])
  expect(reviewed({ offer: TENTH }, [fish])).toEqual([])
})

test('one that is about nothing, or never on, is grave', () => {
  const mondays = { days: [1], fromMinute: 600, untilMinute: 660 }
  expect(reviewed({ offer: TENTH }, [])).toEqual([{ code: 'nothing-matches' }])
  const never = reviewed({ offer: TENTH, hours: mondays, from: '2026-11-24', until: '2026-11-28' })
  expect(never).toEqual([{ code: 'never-on' }])
  expect(reviewed({ offer: TENTH, until: '2026-11-20' })).toEqual([{ code: 'never-on' }])
  expect(never.every(isGrave)).toBe(true)
})

test('another about the same goods, people and time is named, with which of the two is given', () => {
  const of = (parts: Partial<Promotion>) => promotion({ offer: TENTH, ...parts, promotionId: idOf(701) })
  const first = (mine: Partial<Promotion>, other: Partial<Promotion>) =>
    reviewed({ offer: TENTH, ...mine }, undefined, [of(other)]).map((found) =>
      found.code === 'overlaps' ? found.first : found.code,
    )
  expect(first({}, {})).toEqual(['better'])
  expect(first({ stacking: 'exclusive' }, {})).toEqual(['this'])
  expect(first({}, { stacking: 'exclusive' })).toEqual(['other'])
  expect(first({ stacking: 'exclusive', priority: 5 }, { stacking: 'exclusive', priority: 6 })).toEqual([
    'this',
  ])
  expect(first({ stacking: 'exclusive' }, { stacking: 'exclusive' })).toEqual(['undecided'])

  const product = { kind: 'some', productIds: [idOf(1)], categoryIds: [] } as const
  const itsCategory = { kind: 'some', productIds: [], categoryIds: [idOf(900)] } as const
  const elsewhere = { kind: 'some', productIds: [idOf(2)], categoryIds: [] } as const
  expect(first({ goods: product }, { goods: itsCategory })).toEqual(['better'])
  expect(first({ goods: itsCategory }, { goods: product })).toEqual(['better'])
  expect(first({ goods: product }, { goods: elsewhere })).toEqual([])
  expect(first({ tierIds: [idOf(1)] }, { tierIds: [idOf(2)] })).toEqual([])
  expect(first({ until: '2026-11-30' }, { from: '2026-12-01' })).toEqual([])
  const evening = { days: [6], fromMinute: 1200, untilMinute: 60 }
  expect(first({ hours: evening }, { hours: { days: [7], fromMinute: 30, untilMinute: 90 } })).toEqual([
    'better',
  ])
  expect(first({ hours: evening }, { hours: { days: [7], fromMinute: 60, untilMinute: 90 } })).toEqual([])
})

const anyHours = fc.record({
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  fromMinute: fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60),
  untilMinute: fc.integer({ min: 1, max: 24 }).map((hour) => hour * 60),
})

/** Every half hour of three weeks from a Saturday on. */
const halfHours = Array.from({ length: 21 * 48 }, (_, i) => ({
  date: new Date(Date.UTC(2026, 10, 21 + Math.floor(i / 48))).toISOString().slice(0, 10),
  minute: (i % 48) * 30,
}))

test('hours meet exactly where there is a minute at which both are on', () => {
  fc.assert(
    fc.property(anyHours, anyHours, (a, b) => {
      const both = halfHours.some(
        (moment) =>
          isOn({ from: null, until: null, hours: a }, moment) &&
          isOn({ from: null, until: null, hours: b }, moment),
      )
      expect(hoursMeet(a, b)).toBe(both)
    }),
    { numRuns: 60 },
  )
})

test('the next moment at which a promotion is on is the first of all that follow', () => {
  const day = fc.integer({ min: 15, max: 28 }).map((date) => `2026-11-${date}`)
  const anyTime = fc.record({
    from: fc.option(day),
    until: fc.option(day),
    hours: fc.option(anyHours),
  })
  fc.assert(
    fc.property(anyTime, fc.integer({ min: 0, max: 47 }), (when, start) => {
      const rest = halfHours.slice(start)
      const [now = SATURDAY] = rest
      expect(nextOn(when, now)).toEqual(rest.find((moment) => isOn(when, moment)))
    }),
    { numRuns: 200 },
  )
})

test('whatever the promotion, what is said of prices is what it takes off', () => {
  fc.assert(
    fc.property(anyPromotions, fc.integer({ min: 1, max: 5000 }), (all, price) => {
      for (const each of all) {
        const found = reviewed(each, [goods(price)])
        const cheaper = !found.some(({ code }) => code === 'not-cheaper')
        for (const warning of found)
          if ('offered' in warning) expect(warning.offered).toBeLessThanOrEqual(warning.ordinary)
        if (each.offer.kind === 'price') expect(cheaper).toBe(each.offer.price < price)
        if (each.offer.kind === 'set') expect(cheaper).toBe(each.offer.price < price * each.offer.size)
      }
    }),
  )
})
