import { type Cart, type CartCustomer, cartAfter, EMPTY_CART } from '@evertill/shared/domain/cart'
import type { Thousandths } from '@evertill/shared/domain/money'
import { type PricedCart, priceCart } from '@evertill/shared/domain/pricing'
import type { Promotion } from '@evertill/shared/domain/promotion'
import { nextOn } from '@evertill/shared/domain/promotion-calendar'
import { type Moment, momentAt } from '@evertill/shared/domain/promotion-time'
import { rateOn } from '@evertill/shared/domain/tax'
import type { PromotionOptions, PromotionProduct } from '@evertill/shared/protocol/office/promotions'

/** So much of a product in an example basket. */
export interface ExampleItem {
  readonly product: PromotionProduct
  readonly quantity: Thousandths
}

export interface PricedExample {
  readonly priced: PricedCart
  /** The first moment from now on at which the promotion is on; undefined when it never is. */
  readonly moment: Moment | undefined
  /** What this promotion gave. */
  readonly given: number
}

/**
 * What a till of the first outlet would ask for a basket once the promotion is saved and is on, with all others that
 * are on then. It is the till's own arithmetic.
 * @param promotion as it would be; in place of the one of its id
 */
export function priceExample(
  items: readonly ExampleItem[],
  promotion: Promotion,
  {
    rules,
    taxCodes,
    promotions,
    timeZone,
  }: Pick<PromotionOptions, 'rules' | 'taxCodes' | 'promotions' | 'timeZone'>,
  now: Date,
): PricedExample {
  const present = momentAt(now, timeZone)
  const moment = nextOn(promotion, present)
  const others = promotions.filter(({ promotionId }) => promotionId !== promotion.promotionId)
  const at = moment ?? present
  const priced = priceCart(
    cartOf(items, taxCodes, buyerOf(promotion)),
    rules,
    (code) => rateOn(taxCodes.find((taxCode) => taxCode.code === code)?.rates ?? [], at.date),
    { promotions: [...others, promotion], moment: at },
  )
  const given = priced.lines
    .flatMap((line) => line.promotions)
    .reduce((sum, { promotionId, amount }) => (promotionId === promotion.promotionId ? sum + amount : sum), 0)
  return { priced, moment, given }
}

/** As a cashier rings it up: one product after the other. */
function cartOf(
  items: readonly ExampleItem[],
  taxCodes: PromotionOptions['taxCodes'],
  customer: CartCustomer | undefined,
): Cart {
  const filled = items.reduce<Cart>((cart, { product, quantity }, i) => {
    const { productId, sku, name, price, unit, categoryId, taxCode } = product
    return cartAfter(cart, {
      type: 'product-added',
      lineId: String(i),
      quantity,
      product: {
        productId,
        sku,
        name,
        unitPrice: price,
        taxCode,
        taxKind: taxCodes.find(({ code }) => code === taxCode)?.kind ?? 'standard',
        unit,
        ...(categoryId !== null && { categoryId }),
      },
    })
  }, EMPTY_CART)
  return cartAfter(filled, { type: 'customer-set', customer })
}

/** Somebody it is for. */
const buyerOf = ({ tierIds: [tierId] }: Promotion): CartCustomer | undefined =>
  tierId === undefined ? undefined : { customerId: tierId, name: '', multiplierPpm: 0, tierId }
