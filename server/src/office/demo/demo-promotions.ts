import { minor, ppm } from '@evertill/shared/domain/money'
import type { PromotionTerms } from '@evertill/shared/protocol/promotion'
import type { DemoPromotion } from '../../db/queries/office-demo.ts'
import { demoId } from './demo-shop.ts'

const EVERYONE_ALWAYS: Omit<PromotionTerms, 'goods' | 'offer'> = {
  stacking: 'best',
  withBillDiscount: true,
  tierIds: [],
  hours: null,
}

const promotion = (name: string, terms: PromotionTerms): DemoPromotion => ({
  promotionId: demoId('promotion', name),
  name,
  terms,
})
const products = (...skus: readonly string[]) => ({
  kind: 'some' as const,
  productIds: skus.map((sku) => demoId('product', sku)),
  categoryIds: [],
})
const category = (name: string) => ({
  kind: 'some' as const,
  productIds: [],
  categoryIds: [demoId('category', name)],
})
const percentOff = (percentage: number) => ({
  kind: 'off' as const,
  discount: { kind: 'percent' as const, ratePpm: ppm(percentage * 10_000) },
})

/** A set, a happy hour and a price for members. */
export const DEMO_PROMOTIONS: readonly DemoPromotion[] = [
  promotion('Any 3 nuts for $6', {
    ...EVERYONE_ALWAYS,
    goods: products('SNK-003', 'SNK-005', 'SNK-006'),
    offer: { kind: 'set', size: 3, price: minor(600), mixed: true },
    withBillDiscount: false,
  }),
  promotion('Tea time: hot counter 20% off', {
    ...EVERYONE_ALWAYS,
    goods: category('Hot Counter'),
    offer: percentOff(20),
    hours: { days: [1, 2, 3, 4, 5], fromMinute: 15 * 60, untilMinute: 17 * 60 },
  }),
  promotion('Gold members: personal care 10% off', {
    ...EVERYONE_ALWAYS,
    goods: category('Personal Care'),
    offer: percentOff(10),
    tierIds: [demoId('tier', 'Gold')],
  }),
]
