import fc from 'fast-check'
import type { Cart } from '../domain/cart.ts'
import type { Discount } from '../domain/discount.ts'
import { minor, ppm } from '../domain/money.ts'
import type { PricedCart } from '../domain/pricing.ts'
import type { Promotion, PromotionFacts, PromotionOffer } from '../domain/promotion.ts'
import type { SaleRules } from '../domain/sale.ts'
import type { TaxMethod } from '../domain/tax.ts'
import { leftFor, refuseTender, settle, type Tender, type TenderKind } from '../domain/tender.ts'
import { cartOf, customer, idOf, onSaturday, promotion, SINGAPORE } from './builders.ts'

/*
 * What a shop can really do, at random: prices to $2,000, quantities by piece and by weight, every discount
 * (more than the line and 100 % included), all tax codes, both tax methods, split tenders.
 */

export const anyTaxMethod: fc.Arbitrary<TaxMethod> = fc.record({
  inclusive: fc.boolean(),
  rounding: fc.constantFrom('line' as const, 'total' as const),
})

export const anyRules: fc.Arbitrary<SaleRules> = fc
  .tuple(anyTaxMethod, fc.constantFrom(1, 5, 10, 100), fc.constantFrom(0, 1, 100, 1000))
  .map(([method, cashStep, minorPerPoint]) => ({ ...SINGAPORE, ...method, cashStep, minorPerPoint }))

export const anyDiscount: fc.Arbitrary<Discount> = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }).map((rate) => ({ kind: 'percent' as const, ratePpm: ppm(rate) })),
  fc.constantFrom(50_000, 100_000, 333_333, 1_000_000).map((rate) => ({
    kind: 'percent' as const,
    ratePpm: ppm(rate),
  })),
  fc.integer({ min: 0, max: 5000 }).map((amount) => ({ kind: 'amount' as const, amount: minor(amount) })),
)

const anyLine = fc.record(
  {
    price: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 200_000 })),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
      fc.integer({ min: 1, max: 5000 }),
    ),
    taxCode: fc.constantFrom('SR', 'SR', 'SR8', 'SR7', 'ZR', 'EX'),
    discount: anyDiscount,
  },
  { requiredKeys: ['price', 'quantity', 'taxCode'] },
)

const anyOffer: fc.Arbitrary<PromotionOffer> = fc.oneof(
  anyDiscount.map((discount) => ({ kind: 'off' as const, discount })),
  fc.integer({ min: 0, max: 3000 }).map((price) => ({ kind: 'price' as const, price: minor(price) })),
  fc
    .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 5000 }), fc.boolean())
    .map(([size, price, mixed]) => ({ kind: 'set' as const, size, price: minor(price), mixed })),
  fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(333_333, 500_000, 1_000_000),
      fc.boolean(),
    )
    .map(([buy, get, rate, mixed]) => ({ kind: 'buy-get' as const, buy, get, ratePpm: ppm(rate), mixed })),
)

/** Up to seven that compete: on everything or on some, exclusive or not, with a bill discount or without. */
export const anyPromotions: fc.Arbitrary<readonly Promotion[]> = fc
  .array(
    fc.record({
      offer: anyOffer,
      goods: fc.oneof(
        fc.constant({ kind: 'all' as const }),
        fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 1 }).map((products) => ({
          kind: 'some' as const,
          productIds: products.map(idOf),
          categoryIds: [],
        })),
      ),
      stacking: fc.constantFrom('exclusive' as const, 'best' as const),
      priority: fc.integer({ min: 0, max: 3 }),
      withBillDiscount: fc.boolean(),
    }),
    { maxLength: 7 },
  )
  .map((all) => all.map((parts, i) => promotion({ ...parts, promotionId: idOf(700 + i) })))

export const anyPromotionFacts: fc.Arbitrary<PromotionFacts> = anyPromotions.map(onSaturday)

export const anyCart: fc.Arbitrary<Cart> = fc
  .tuple(
    fc.array(anyLine, { minLength: 1, maxLength: 12 }),
    fc.option(anyDiscount, { nil: undefined }),
    fc.option(fc.constantFrom(0, 1_000_000, 1_250_000, 1_333_333, 2_000_000), { nil: undefined }),
  )
  .map(([lines, billDiscount, multiplier]) =>
    cartOf(lines, {
      ...(billDiscount && { billDiscount }),
      ...(multiplier !== undefined && { customer: customer(multiplier) }),
    }),
  )

/** Each price and tax code is a product of its own. */
const TWINS = [100, 155, 200].flatMap((price) => ['SR', 'SR8', 'ZR', 'EX'].map((code) => `${price} ${code}`))

/** Lines of few products, some on several lines: full of equal shares, where an odd cent could go either way. */
export const anyTwinCart: fc.Arbitrary<Cart> = fc
  .tuple(
    fc.array(
      fc.record({
        price: fc.constantFrom(100, 155, 200),
        quantity: fc.constantFrom(1000, 2000),
        taxCode: fc.constantFrom('SR', 'SR8', 'ZR', 'EX'),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    fc.integer({ min: 0, max: 300 }),
  )
  .map(([lines, off]) =>
    cartOf(
      lines.map((line) => ({ ...line, productId: idOf(TWINS.indexOf(`${line.price} ${line.taxCode}`) + 1) })),
      { billDiscount: { kind: 'amount', amount: minor(off) } },
    ),
  )

const KINDS: readonly TenderKind[] = ['cash', 'card', 'nets', 'paynow']

/** What a cashier asks for next: a kind, how much of what is left, and how much cash on top. */
export interface TenderWish {
  readonly kind: TenderKind
  readonly part: number
  readonly extra: number
}
export const anyTenderWishes: fc.Arbitrary<readonly TenderWish[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    part: fc.integer({ min: 1, max: 100 }),
    extra: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 5 },
)

/** Plays the wishes by the till's rules and pays what is then left in full, so that the sale is complete. */
export function tendersFor(
  cart: Pick<PricedCart, 'total'>,
  wishes: readonly TenderWish[],
  cashStep: number,
): Tender[] {
  const taken: Tender[] = []
  const offer = (kind: TenderKind, amount: number) => {
    const next: Tender = { methodCode: kind.toUpperCase(), kind, amount: minor(amount) }
    if (refuseTender(cart.total, taken, next, cashStep) === undefined) taken.push(next)
  }
  for (const { kind, part, extra } of wishes) {
    const left = leftFor(kind, cart.total, taken, cashStep)
    const share = Math.ceil((left * part) / 100)
    if (kind === 'cash') offer(kind, Math.ceil(share / cashStep) * cashStep + extra * cashStep)
    else offer(kind, share)
  }
  if (!settle(cart.total, taken, cashStep).complete) {
    const last = wishes.at(-1)?.kind ?? 'card'
    offer(last, leftFor(last, cart.total, taken, cashStep))
  }
  return taken
}
