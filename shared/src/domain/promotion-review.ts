import { extend, type Minor, minor, ONE_UNIT, ppm, thousandths } from './money.ts'
import { MAX_PROMOTIONS, type Promotion, type PromotionOffer } from './promotion.ts'
import { hoursMeet, nextOn } from './promotion-calendar.ts'
import { offerOn } from './promotion-offer.ts'
import type { Moment } from './promotion-time.ts'

/*
 * What a person should know of a promotion before it is saved. Nothing here forbids anything: a shop may sell below
 * cost. What an offer comes to is asked of the code that gives it.
 */

/** Goods a promotion is about, those of one price and cost together. */
export interface GoodsAtPrice {
  readonly price: Minor
  /** Null where nobody has said what they cost. */
  readonly cost: Minor | null
  readonly unit: 'each' | 'kg'
  /** How many products. */
  readonly products: number
  /** The name of one of them. */
  readonly name: string
}

/** So many products, one of them by name, and what so many pieces of it come to. */
export interface ExampleOf {
  readonly products: number
  readonly name: string
  readonly pieces: number
  /** By the price tag. */
  readonly ordinary: Minor
  /** With the promotion. */
  readonly offered: Minor
}

/** Which of two promotions a piece is given that could have either. */
export type Precedence = 'this' | 'other' | 'better' | 'undecided'

export type PromotionWarning =
  /** No product that is sold is among its goods. */
  | { readonly code: 'nothing-matches' }
  /** Products that are named, and no longer sold. */
  | { readonly code: 'gone'; readonly products: number }
  /** Its days and hours leave no minute at which it is on. */
  | { readonly code: 'never-on' }
  /** Nothing is taken off; `all`: of none of its goods. */
  | ({ readonly code: 'not-cheaper'; readonly all: boolean } & ExampleOf)
  | ({ readonly code: 'free' } & ExampleOf)
  /** `cost` of those pieces. */
  | ({ readonly code: 'below-cost'; readonly cost: Minor } & ExampleOf)
  /** Goods by weight make no sets. */
  | { readonly code: 'weighed'; readonly products: number; readonly name: string }
  /** Another one is about some of the same goods, at the same time, for the same people. */
  | {
      readonly code: 'overlaps'
      readonly promotionId: string
      readonly name: string
      readonly first: Precedence
    }
  /** A till looks at no more than so many at once. */
  | { readonly code: 'too-many'; readonly most: number }

export interface ReviewFacts {
  /** All products it is about that are sold and have a price of their own, by price. */
  readonly goods: readonly GoodsAtPrice[]
  /** How many products it is about, those whose price is asked for at the till with them. */
  readonly products: number
  /** How many of the products it names are no longer sold. */
  readonly gone: number
  /** The others that are on, or are still to come. */
  readonly others: readonly Promotion[]
  /** Of the products that any of them names. */
  categoryOf(productId: string): string | undefined
  readonly now: Moment
}

/** What to think about before a promotion is saved, the gravest first. */
export function reviewPromotion(
  promotion: Omit<Promotion, 'promotionId'>,
  { goods, products, gone, others, categoryOf, now }: ReviewFacts,
): PromotionWarning[] {
  const warnings: PromotionWarning[] = []
  if (nextOn(promotion, now) === undefined) warnings.push({ code: 'never-on' })
  if (products === 0) warnings.push({ code: 'nothing-matches' })
  if (gone > 0) warnings.push({ code: 'gone', products: gone })
  warnings.push(...aboutPrices(promotion.offer, goods))
  for (const other of others)
    if (meet(promotion, other, categoryOf))
      warnings.push({
        code: 'overlaps',
        promotionId: other.promotionId,
        name: other.name,
        first: firstOf(promotion, other),
      })
  if (others.length >= MAX_PROMOTIONS) warnings.push({ code: 'too-many', most: MAX_PROMOTIONS })
  return warnings
}

/** Those that a person must say yes to: it would give nothing, or give away more than was meant. */
export const isGrave = (warning: PromotionWarning): boolean =>
  warning.code === 'not-cheaper'
    ? warning.all
    : ['never-on', 'nothing-matches', 'free', 'below-cost'].includes(warning.code)

/** How many pieces an offer is about at once. */
export const piecesOf = (offer: PromotionOffer): number =>
  offer.kind === 'set' ? offer.size : offer.kind === 'buy-get' ? offer.buy + offer.get : 1

function aboutPrices(offer: PromotionOffer, goods: readonly GoodsAtPrice[]): PromotionWarning[] {
  const pieces = piecesOf(offer)
  const inSets = offer.kind === 'set' || offer.kind === 'buy-get'
  const isWeighed = ({ unit }: GoodsAtPrice) => inSets && unit === 'kg'
  const weighed = goods.filter(isWeighed)
  const asked = goods
    .filter((some) => !isWeighed(some) && some.price > 0)
    .map((some) => {
      const ordinary = extend(some.price, thousandths(pieces * ONE_UNIT))
      const offered = minor(ordinary - offOn(offer, some, pieces))
      return { ...some, pieces, ordinary, offered }
    })
  const found: PromotionWarning[] = []
  const notCheaper = exampleOf(asked.filter(({ ordinary, offered }) => offered === ordinary))
  const free = exampleOf(asked.filter(({ offered }) => offered === 0))
  const belowCost = asked.filter(
    ({ cost, offered }) => offered > 0 && cost !== null && offered < cost * pieces,
  )
  const lossOf = ({ cost, offered }: { cost: Minor | null; offered: Minor }) => (cost ?? 0) * pieces - offered
  const [dearest] = belowCost.toSorted((a, b) => lossOf(b) - lossOf(a))
  const below = exampleOf(belowCost, dearest)
  if (free !== undefined) found.push({ code: 'free', ...free })
  if (below !== undefined)
    found.push({ code: 'below-cost', cost: minor((dearest?.cost ?? 0) * pieces), ...below })
  if (notCheaper !== undefined)
    found.push({ code: 'not-cheaper', all: notCheaper.products === countOf(asked), ...notCheaper })
  const [firstWeighed] = weighed
  if (firstWeighed !== undefined)
    found.push({ code: 'weighed', products: countOf(weighed), name: firstWeighed.name })
  return found
}

/** What the offer takes off so many pieces of one product by themselves. */
function offOn(offer: PromotionOffer, { price, unit }: GoodsAtPrice, pieces: number): number {
  const quantity = thousandths(pieces * ONE_UNIT)
  const line = { productId: '', unit, quantity, afterLine: extend(price, quantity), ratePpm: ppm(0) }
  return offerOn(offer, [{ ...line, position: 0, taken: 0 }]).reduce((sum, { off }) => sum + off, 0)
}

type Asked = ExampleOf

function exampleOf(some: readonly Asked[], first = some[0]): ExampleOf | undefined {
  if (first === undefined) return undefined
  const { name, pieces, ordinary, offered } = first
  return { products: countOf(some), name, pieces, ordinary, offered }
}

const countOf = (goods: readonly { readonly products: number }[]): number =>
  goods.reduce((sum, { products }) => sum + products, 0)

type Scope = Omit<Promotion, 'promotionId' | 'name'>

function meet(a: Scope, b: Scope, categoryOf: ReviewFacts['categoryOf']): boolean {
  const people =
    a.tierIds.length === 0 || b.tierIds.length === 0 || a.tierIds.some((id) => b.tierIds.includes(id))
  const days =
    (a.from === null || b.until === null || a.from <= b.until) &&
    (b.from === null || a.until === null || b.from <= a.until)
  return people && days && hoursMeet(a.hours, b.hours) && goodsMeet(a.goods, b.goods, categoryOf)
}

function goodsMeet(
  a: Promotion['goods'],
  b: Promotion['goods'],
  categoryOf: ReviewFacts['categoryOf'],
): boolean {
  if (a.kind === 'all' || b.kind === 'all') return true
  const within = (productIds: readonly string[], categoryIds: readonly string[]) =>
    productIds.some((id) => categoryIds.includes(categoryOf(id) ?? ''))
  return (
    a.productIds.some((id) => b.productIds.includes(id)) ||
    a.categoryIds.some((id) => b.categoryIds.includes(id)) ||
    within(a.productIds, b.categoryIds) ||
    within(b.productIds, a.categoryIds)
  )
}

function firstOf(a: Scope, b: Scope): Precedence {
  if (a.stacking === 'best' && b.stacking === 'best') return 'better'
  if (a.stacking !== b.stacking) return a.stacking === 'exclusive' ? 'this' : 'other'
  return a.priority === b.priority ? 'undecided' : a.priority < b.priority ? 'this' : 'other'
}
