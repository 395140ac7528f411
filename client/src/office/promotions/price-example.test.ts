import { thousandths } from '@evertill/shared/domain/money'
import type { Promotion } from '@evertill/shared/domain/promotion'
import { nextOn } from '@evertill/shared/domain/promotion-calendar'
import { momentAt } from '@evertill/shared/domain/promotion-time'
import type { PromotionOptions } from '@evertill/shared/protocol/office/promotions'
import type { TaxCodeRow } from '@evertill/shared/protocol/pull'
import { anyPromotions, anyTaxMethod } from '@evertill/shared/testing/arbitraries'
import { cartOf, idOf, promotion, SINGAPORE } from '@evertill/shared/testing/builders'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PricingFacts, priceSale } from '../../store/price-sale.ts'
import { type ExampleItem, priceExample } from './price-example.ts'

const SATURDAY = new Date('2026-11-21T07:00:00.000Z')
const TIME_ZONE = 'Asia/Singapore'

const taxCode = (code: string, kind: TaxCodeRow['kind'], ratePpm: number): TaxCodeRow => ({
  taxCodeId: idOf(800 + ratePpm / 10_000),
  code,
  name: code,
  kind,
  rates: [{ from: '2024-01-01', ratePpm: ratePpm as never }],
})
const TAX_CODES = [
  taxCode('SR', 'standard', 90_000),
  taxCode('ZR', 'zero', 0),
  taxCode('EX', 'exempt', 10_000),
]

// Each product once: rung up again it is the same line, and its tax is rounded once.
const anyItems: fc.Arbitrary<ExampleItem[]> = fc.uniqueArray(
  fc
    .record({
      product: fc.integer({ min: 1, max: 6 }),
      price: fc.integer({ min: 0, max: 5000 }),
      pieces: fc.integer({ min: 1, max: 7 }),
      unit: fc.constantFrom('each' as const, 'each' as const, 'kg' as const),
      code: fc.constantFrom('SR', 'ZR', 'EX'),
    })
    .map(({ product, price, pieces, unit, code }) => ({
      product: {
        productId: idOf(product),
        sku: `P-${product}`,
        name: `Product ${product}`,
        price: price as never,
        unit,
        categoryId: null,
        taxCode: code,
        gone: false,
      },
      quantity: thousandths(unit === 'kg' ? pieces * 345 : pieces * 1000),
    })),
  { minLength: 1, maxLength: 6, selector: ({ product }) => product.productId },
)

/** What a till of that shop has, once the promotion is saved. */
const tillOf = (options: PromotionOptions, promotions: readonly Promotion[]): PricingFacts => ({
  taxCodes: options.taxCodes as TaxCodeRow[],
  promotions,
  company: {
    companyId: idOf(1),
    name: 'Bedok Minimart',
    currency: options.rules.currency,
    taxInclusive: options.rules.inclusive,
    taxRounding: options.rules.rounding,
    cashStep: options.rules.cashStep,
    minorPerPoint: options.rules.minorPerPoint,
    gstRegistrationNo: 'M2-1234567-8',
    receiptFooter: null,
  },
  outlet: {
    outletId: idOf(2),
    code: 'BED',
    name: 'Bedok',
    address: null,
    timeZone: TIME_ZONE,
    dayCutHour: 4,
  },
})

const optionsOf = (
  promotions: readonly Promotion[],
  method: { inclusive: boolean; rounding: 'line' | 'total' } = SINGAPORE,
): PromotionOptions => ({
  categories: [],
  tiers: [],
  rules: { ...SINGAPORE, ...method },
  taxCodes: TAX_CODES,
  timeZone: TIME_ZONE,
  promotions: [...promotions],
})

test('an example costs what the till asks for it, whatever else is on', () => {
  fc.assert(
    fc.property(anyItems, anyPromotions, anyTaxMethod, (items, all, method) => {
      const [own = promotion({ offer: { kind: 'price', price: 100 as never } }), ...others] = all
      const { priced } = priceExample(items, own, optionsOf(others, method), SATURDAY)
      const cart = cartOf(
        items.map(({ product, quantity }) => ({
          productId: product.productId,
          price: product.price,
          quantity,
          taxCode: product.taxCode,
          unit: product.unit,
        })),
      )
      const till = priceSale(tillOf(optionsOf(others, method), [own, ...others]), cart, SATURDAY)
      if (till.code !== 'priced') throw new Error(till.code)
      const { gross, discount, tax, total } = till.priced
      expect({ ...priced, lines: [] }).toEqual({ gross, discount, tax, total, lines: [] })
    }),
  )
})

test('one that is on at other hours is shown at the first of them, as a till would have it then', () => {
  const hours = { days: [1], fromMinute: 9 * 60, untilMinute: 10 * 60 }
  const own = promotion({ offer: { kind: 'price', price: 100 as never }, hours, promotionId: idOf(701) })
  const [item] = fc.sample(anyItems, { numRuns: 1, seed: 7 })[0] ?? []
  if (item === undefined) throw new Error('no example')
  const one: ExampleItem = {
    product: { ...item.product, price: 500 as never, unit: 'each', taxCode: 'SR' },
    quantity: thousandths(2000),
  }
  const found = priceExample([one], own, optionsOf([]), SATURDAY)
  expect(found.moment).toEqual({ date: '2026-11-23', minute: 540 })
  expect(found.moment).toEqual(nextOn(own, momentAt(SATURDAY, TIME_ZONE)))
  expect([found.given, found.priced.total]).toEqual([800, 200])
})

test('a promotion stands in for what it was before, and is shown to somebody it is for', () => {
  const before = promotion({ offer: { kind: 'price', price: 100 as never }, tierIds: [idOf(5)] })
  const item = {
    product: {
      productId: idOf(1),
      sku: 'A',
      name: 'A',
      price: 500 as never,
      unit: 'each' as const,
      categoryId: null,
      taxCode: 'SR',
      gone: false,
    },
    quantity: thousandths(1000),
  }
  const now = { ...before, offer: { kind: 'price' as const, price: 300 as never } }
  expect(priceExample([item], now, optionsOf([before]), SATURDAY).priced.total).toBe(300)
})
