import type { Discount } from './discount.ts'
import { type Minor, minor, type Ppm, type Thousandths } from './money.ts'
import { type FreeLine, offerOn, type Take } from './promotion-offer.ts'
import { isOn, type Moment, type PromotionHours } from './promotion-time.ts'

/*
 * promotions in force ─▶ exclusive ones, by priority ─▶ the others, in the order that takes most off
 *
 * A piece takes part in one promotion at most. What a promotion gives is worked out on what the line discount left,
 * and spread over all the goods it was given for, so that giving some of them back undoes their share of it.
 */

/** What of the shop a promotion is about. Some: any product named, and any of a category named. */
export type PromotionGoods =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly productIds: readonly string[]; readonly categoryIds: readonly string[] }

/** What is given. `mixed`: different products make up one set; otherwise a set is of one product. */
export type PromotionOffer =
  /** Off each unit: a share of its price, or an amount. */
  | { readonly kind: 'off'; readonly discount: Discount }
  /** Each unit at a price, if that is less. */
  | { readonly kind: 'price'; readonly price: Minor }
  /** Any `size` pieces for `price`: the dearest first, as often as it is less. */
  | { readonly kind: 'set'; readonly size: number; readonly price: Minor; readonly mixed: boolean }
  /** Of every `buy + get` pieces, dearest first, the `get` cheapest at `ratePpm` off; 1,000,000 is free. */
  | {
      readonly kind: 'buy-get'
      readonly buy: number
      readonly get: number
      readonly ratePpm: Ppm
      readonly mixed: boolean
    }

export interface Promotion {
  readonly promotionId: string
  /** As the receipt says it. */
  readonly name: string
  readonly goods: PromotionGoods
  readonly offer: PromotionOffer
  /** `exclusive`: before all others, by priority. `best`: whichever is best for the customer. */
  readonly stacking: 'exclusive' | 'best'
  /** The smaller goes first; of equals the smaller id. */
  readonly priority: number
  /** Whether a bill discount is also given on lines that have it. */
  readonly withBillDiscount: boolean
  /** Members of these tiers only; empty for everyone. */
  readonly tierIds: readonly string[]
  /** First and last day, `YYYY-MM-DD` where the outlet is. */
  readonly from: string | null
  readonly until: string | null
  readonly hours: PromotionHours | null
}

/** What a promotion gave on one line, as it stands in the sale: nothing about it is looked up again later. */
export interface GivenPromotion {
  readonly promotionId: string
  readonly name: string
  readonly amount: Minor
  /** No bill discount is given on this line. */
  readonly noBillDiscount?: true
}

/** A line as promotions see it. */
export interface PromotionLine {
  readonly productId: string
  readonly categoryId?: string
  readonly unit?: 'each' | 'kg'
  readonly quantity: Thousandths
  /** What the line discount left of it. */
  readonly afterLine: Minor
  readonly ratePpm: Ppm
}

/** What decides which promotions are on. */
export interface PromotionFacts {
  readonly promotions: readonly Promotion[]
  readonly moment: Moment
}

/** The most promotions one sale looks at. */
export const MAX_PROMOTIONS = 100
/** Up to so many that compete, every order of giving them is tried: 24 orders. */
const MOST_TRIED = 4

/**
 * What the promotions in force give on each line: never more than is left of it, the same whatever the order of the
 * lines or of the promotions. Of several that compete for the same goods: exclusive ones by priority; then, up to
 * four, in the order that takes most off; beyond that, those that would give most by themselves first.
 * @param tierId of the customer of the sale
 * @returns one list per line, in order; empty where nothing is given
 */
export function promotionsOn(
  lines: readonly PromotionLine[],
  { promotions, moment }: PromotionFacts,
  tierId: string | undefined,
): GivenPromotion[][] {
  const given = lines.map((): GivenPromotion[] => [])
  const inForce = promotions
    .filter((promotion) => isOn(promotion, moment) && isFor(promotion, tierId))
    .toSorted((a, b) => a.priority - b.priority || (a.promotionId < b.promotionId ? -1 : 1))
    .slice(0, MAX_PROMOTIONS)
  if (inForce.length === 0) return given

  const dearestFirst = lines.map((_, i) => i).sort((a, b) => compare(lines[a], lines[b]))
  const pool = dearestFirst.flatMap((position): FreeLine[] => {
    const line = lines[position]
    return line === undefined || line.quantity <= 0 ? [] : [{ ...line, position, taken: 0 }]
  })
  const exclusive = giveInTurn(
    pool,
    inForce.filter(({ stacking }) => stacking === 'exclusive'),
  )
  const competing = inForce.filter((promotion) => promotion.stacking === 'best')
  const best = bestOf(exclusive.pool, competing)
  for (const { promotion, takes } of [...exclusive.gifts, ...best.gifts]) {
    for (const [position, amount] of amountsOf(takes)) given[position]?.push(gift(promotion, amount))
  }
  return given
}

/** All that promotions gave on a line. */
export const promotionOff = (given: readonly GivenPromotion[] | undefined): Minor =>
  minor((given ?? []).reduce((sum, { amount }) => sum + amount, 0))

/** What a bill discount may be taken of: nothing of a line with a promotion that does not go with one. */
export const openToBill = (left: Minor, given: readonly GivenPromotion[] | undefined): Minor =>
  given?.some(({ noBillDiscount }) => noBillDiscount) ? minor(0) : left

interface Outcome {
  readonly pool: readonly FreeLine[]
  readonly gifts: readonly { readonly promotion: Promotion; readonly takes: readonly Take[] }[]
  readonly off: number
}

/** Gives each promotion of what those before it left. */
function giveInTurn(pool: readonly FreeLine[], promotions: readonly Promotion[]): Outcome {
  let outcome: Outcome = { pool, gifts: [], off: 0 }
  for (const promotion of promotions) {
    const takes = offerOn(
      promotion.offer,
      outcome.pool.filter((line) => isAbout(promotion.goods, line)),
    )
    if (takes.length === 0) continue
    const used = new Map<number, number>()
    for (const { position, quantity } of takes) used.set(position, (used.get(position) ?? 0) + quantity)
    outcome = {
      pool: outcome.pool.map((line) => ({ ...line, taken: line.taken + (used.get(line.position) ?? 0) })),
      gifts: [...outcome.gifts, { promotion, takes }],
      off: outcome.off + takes.reduce((sum, { off }) => sum + off, 0),
    }
  }
  return outcome
}

function bestOf(pool: readonly FreeLine[], promotions: readonly Promotion[]): Outcome {
  const alone = promotions
    .map((promotion) => ({ promotion, off: giveInTurn(pool, [promotion]).off }))
    .filter(({ off }) => off > 0)
  if (alone.length > MOST_TRIED) {
    const greedy = alone.toSorted((a, b) => b.off - a.off)
    return giveInTurn(
      pool,
      greedy.map(({ promotion }) => promotion),
    )
  }
  return ordersOf(alone.map(({ promotion }) => promotion))
    .map((order) => giveInTurn(pool, order))
    .reduce((best, next) => (next.off > best.off ? next : best))
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((first, i) => ordersOf(items.toSpliced(i, 1)).map((rest) => [first, ...rest]))
}

const isFor = ({ tierIds }: Promotion, tierId: string | undefined): boolean =>
  tierIds.length === 0 || (tierId !== undefined && tierIds.includes(tierId))

const isAbout = (goods: PromotionGoods, { productId, categoryId }: PromotionLine): boolean =>
  goods.kind === 'all' ||
  goods.productIds.includes(productId) ||
  (categoryId !== undefined && goods.categoryIds.includes(categoryId))

function amountsOf(takes: readonly Take[]): Map<number, number> {
  const amounts = new Map<number, number>()
  for (const { position, off } of takes)
    if (off > 0) amounts.set(position, (amounts.get(position) ?? 0) + off)
  return amounts
}

const gift = ({ promotionId, name, withBillDiscount }: Promotion, amount: number): GivenPromotion => ({
  promotionId,
  name,
  amount: minor(amount),
  ...(!withBillDiscount && { noBillDiscount: true }),
})

/** By all that makes a difference to money: lines that compare as equal may change places. */
function compare(a: PromotionLine | undefined, b: PromotionLine | undefined): number {
  if (a === undefined || b === undefined) return 0
  const dearer = BigInt(b.afterLine) * BigInt(a.quantity) - BigInt(a.afterLine) * BigInt(b.quantity)
  if (dearer !== 0n) return dearer > 0n ? 1 : -1
  const words = (line: PromotionLine) => `${line.productId} ${line.categoryId ?? ''} ${line.unit ?? ''}`
  return (
    b.ratePpm - a.ratePpm ||
    b.quantity - a.quantity ||
    (words(a) < words(b) ? -1 : words(a) > words(b) ? 1 : 0)
  )
}
