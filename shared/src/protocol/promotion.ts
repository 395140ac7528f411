import { z } from 'zod'
import type { Promotion } from '../domain/promotion.ts'
import { zAmount, zDate, zName, zPrice, zRatePpm, zUuid } from './scalars.ts'

const zPieces = z.int().min(1).max(1000)

const zGoods = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({
    kind: z.literal('some'),
    productIds: z.array(zUuid).max(1000),
    categoryIds: z.array(zUuid).max(100),
  }),
])

const zOffer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('off'),
    discount: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('percent'), ratePpm: zRatePpm }),
      z.object({ kind: z.literal('amount'), amount: zPrice }),
    ]),
  }),
  z.object({ kind: z.literal('price'), price: zPrice }),
  z.object({ kind: z.literal('set'), size: zPieces, price: zAmount, mixed: z.boolean() }),
  z.object({
    kind: z.literal('buy-get'),
    buy: zPieces,
    get: zPieces,
    ratePpm: zRatePpm,
    mixed: z.boolean(),
  }),
])

const zHours = z.object({
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  fromMinute: z.int().min(0).max(1439),
  untilMinute: z.int().min(1).max(1440),
})

const terms = {
  goods: zGoods,
  offer: zOffer,
  stacking: z.enum(['exclusive', 'best']),
  withBillDiscount: z.boolean(),
  tierIds: z.array(zUuid).max(100),
  hours: z.nullable(zHours),
}

/** What head office keeps of a promotion as one document: see Promotion in the domain. */
export const zPromotionTerms = z.object(terms)
export type PromotionTerms = z.infer<typeof zPromotionTerms>

/** A promotion in the feed. */
export const zPromotionRow: z.ZodType<Promotion & { readonly deleted?: true }> = z.object({
  promotionId: zUuid,
  name: zName,
  priority: z.int().min(0).max(1_000_000),
  from: z.nullable(zDate),
  until: z.nullable(zDate),
  ...terms,
  deleted: z.exactOptional(z.literal(true)),
})
export type PromotionRow = z.infer<typeof zPromotionRow>
