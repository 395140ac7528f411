import { ONE_UNIT, thousandths } from '@evertill/shared/domain/money'
import type { PromotionOffer } from '@evertill/shared/domain/promotion'
import { piecesOf } from '@evertill/shared/domain/promotion-review'
import type { PromotionProduct } from '@evertill/shared/protocol/office/promotions'
import type { ExampleItem } from './price-example.ts'

const MOST_ITEMS = 3

/** What a person would try an offer on: one whole set of it, of different goods where they may be mixed. */
export function exampleBasket(offer: PromotionOffer, goods: readonly PromotionProduct[]): ExampleItem[] {
  const pieces = piecesOf(offer)
  const mixed = pieces > 1 && 'mixed' in offer && offer.mixed
  const chosen = goods.slice(0, mixed ? Math.min(MOST_ITEMS, pieces) : 1)
  return chosen.map((product, i) => ({
    product,
    // What does not divide is the first one's.
    quantity: thousandths(
      ONE_UNIT *
        (Math.floor(pieces / chosen.length) +
          (i === 0 ? pieces - Math.floor(pieces / chosen.length) * chosen.length : 0)),
    ),
  }))
}

/** The basket after a step up or down; what there is none of is gone. */
export function steppedBasket(items: readonly ExampleItem[], productId: string, by: 1 | -1): ExampleItem[] {
  return items.flatMap((item) => {
    if (item.product.productId !== productId) return [item]
    const quantity = Math.min(item.quantity + by * ONE_UNIT, 999 * ONE_UNIT)
    return quantity > 0 ? [{ ...item, quantity: thousandths(quantity) }] : []
  })
}

/** The basket with one more of a product. */
export const addedTo = (items: readonly ExampleItem[], product: PromotionProduct): ExampleItem[] =>
  items.some((item) => item.product.productId === product.productId)
    ? steppedBasket(items, product.productId, 1)
    : [...items, { product, quantity: ONE_UNIT }]
