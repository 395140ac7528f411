import { minor, ppm } from '../../domain/money.ts'
import type { Promotion, PromotionOffer } from '../../domain/promotion.ts'
import { amountOff, idOf, percent, promotion } from '../builders.ts'

/* The promotions of the worked cases, written short. Products are numbered as the lines of a cart are: 1, 2, 3. */

type Rest = Partial<Omit<Promotion, 'offer'>>

/** By its number, the smaller id first. */
export const nth = (n: number, offer: PromotionOffer, rest: Rest = {}): Promotion =>
  promotion({ promotionId: idOf(700 + n), offer, ...rest })
export const one = (offer: PromotionOffer, rest?: Rest): Promotion => nth(1, offer, rest)
export const two = (offer: PromotionOffer, rest?: Rest): Promotion => nth(2, offer, rest)

export const onProducts = (...numbers: readonly number[]): Rest => ({
  goods: { kind: 'some', productIds: numbers.map(idOf), categoryIds: [] },
})
export const onCategory = (categoryId: string): Rest => ({
  goods: { kind: 'some', productIds: [], categoryIds: [categoryId] },
})

export const percentOff = (percentage: number): PromotionOffer => ({
  kind: 'off',
  discount: percent(percentage),
})
export const amountOffEach = (amount: number): PromotionOffer => ({
  kind: 'off',
  discount: amountOff(amount),
})
export const eachAt = (price: number): PromotionOffer => ({ kind: 'price', price: minor(price) })
/** Any so many pieces for a price, of different products or of one. */
export const setFor = (size: number, price: number, mixed = true): PromotionOffer => ({
  kind: 'set',
  size,
  price: minor(price),
  mixed,
})
/** Of every `buy + get` pieces the cheapest `get` at so much off; free unless said otherwise. */
export const buyGet = (buy: number, get: number, percentage = 100): PromotionOffer => ({
  kind: 'buy-get',
  buy,
  get,
  ratePpm: ppm(percentage * 10_000),
  mixed: true,
})
