import { z } from 'zod'
import type { PromotionWarning } from '../../domain/promotion-review.ts'
import { zPromotionRow, zPromotionTerms } from '../promotion.ts'
import { zTaxCodeRow } from '../pull.ts'
import {
  zAmount,
  zCode,
  zCurrency,
  zDate,
  zInstant,
  zMinorPerPoint,
  zName,
  zPrice,
  zTypedName,
  zUuid,
} from '../scalars.ts'

const { offer: zOffer, hours: zHours, stacking: zStacking } = zPromotionTerms.shape

/** Of one that is stored: it may be older than a rule about edits. */
export const zPromotionFields = z.object({
  name: zTypedName,
  priority: z.int().min(0).max(1_000_000),
  from: z.nullable(zDate),
  until: z.nullable(zDate),
  ...zPromotionTerms.shape,
})

/** A promotion as a person made it: what promotion.ts lets through and no shop means is refused by its field. */
export const zPromotionEdit = zPromotionFields.superRefine(
  ({ from, until, goods, offer, hours }, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: path.split('.'), message })
    if (from !== null && until !== null && until < from) refuse('until', 'must not be before the first day')
    if (goods.kind === 'some' && goods.productIds.length + goods.categoryIds.length === 0)
      refuse('goods', 'choose a category or a product')
    if (offer.kind === 'off' && offer.discount.kind === 'percent' && offer.discount.ratePpm === 0)
      refuse('offer.discount.ratePpm', 'must be more than nothing')
    if (offer.kind === 'off' && offer.discount.kind === 'amount' && offer.discount.amount === 0)
      refuse('offer.discount.amount', 'must be more than nothing')
    if (offer.kind === 'set' && offer.size < 2) refuse('offer.size', 'must be 2 or more')
    if (offer.kind === 'buy-get' && offer.ratePpm === 0) refuse('offer.ratePpm', 'must be more than nothing')
    if (hours !== null && new Set(hours.days).size < hours.days.length)
      refuse('hours.days', 'must name each day once')
    if (hours !== null && hours.fromMinute === hours.untilMinute)
      refuse('hours.untilMinute', 'must be another time than the first')
  },
)
export type PromotionEdit = z.infer<typeof zPromotionEdit>

/** The form that makes it makes its id: sent again, it is the same promotion. */
export const zNewPromotion = z.object({ promotionId: zUuid, promotion: zPromotionEdit })

/** What a person saw when they changed it, and the change: if it is another by now, nothing is changed. */
export const zPromotionChange = z.object({ version: z.string().max(20), promotion: zPromotionEdit })
export const zPromotionEnd = zPromotionChange.pick({ version: true })

/** By the clock of the company's first outlet. `ended` also where a person ended it. */
export const zPromotionState = z.enum(['running', 'coming', 'ended'])
export type PromotionState = z.infer<typeof zPromotionState>

const standing = {
  promotionId: zUuid,
  state: zPromotionState,
  /** When a person ended it; null where nobody did, whatever its last day is. */
  endedAt: z.nullable(zInstant),
}

export const zPromotionSummary = z.object({
  ...standing,
  name: zName,
  from: z.nullable(zDate),
  until: z.nullable(zDate),
  offer: zOffer,
  hours: zHours,
  stacking: zStacking,
  goods: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({
      kind: z.literal('some'),
      /** How many products are named, and the name of one of them. */
      products: z.int(),
      product: z.nullable(z.string()),
      categories: z.array(z.string()),
    }),
  ]),
  /** Names of the tiers it is for; none for everyone. */
  tiers: z.array(z.string()),
})
export type PromotionSummary = z.infer<typeof zPromotionSummary>

/** A product as a form names it, and as an example basket prices it. */
export const zPromotionProduct = z.object({
  productId: zUuid,
  sku: z.string(),
  name: zName,
  price: zPrice,
  unit: z.enum(['each', 'kg']),
  categoryId: z.nullable(zUuid),
  taxCode: zCode,
  /** It is no longer sold. */
  gone: z.boolean(),
})
export type PromotionProduct = z.infer<typeof zPromotionProduct>

export const zPromotionDetail = z.object({
  ...standing,
  version: z.string(),
  promotion: zPromotionFields,
  /** Those it names. */
  products: z.array(zPromotionProduct),
})
export type PromotionDetail = z.infer<typeof zPromotionDetail>

/** What a form offers to choose from, and what the price of an example basket depends on. */
export const zPromotionOptions = z.object({
  categories: z.array(z.object({ categoryId: zUuid, name: zName })),
  tiers: z.array(z.object({ tierId: zUuid, name: zName })),
  rules: z.object({
    inclusive: z.boolean(),
    rounding: z.enum(['line', 'total']),
    currency: zCurrency,
    cashStep: z.int(),
    minorPerPoint: zMinorPerPoint,
  }),
  taxCodes: z.array(zTaxCodeRow.pick({ code: true, kind: true, rates: true })),
  /** Of the first outlet; what the wall there shows decides what is on. */
  timeZone: z.string(),
  /** Those that are on or still to come. */
  promotions: z.array(zPromotionRow),
})
export type PromotionOptions = z.infer<typeof zPromotionOptions>

/** A promotion to be looked at before it is saved; with an id where it is there already. */
export const zPromotionDraft = z.object({ promotionId: z.nullable(zUuid), promotion: zPromotionEdit })
export type PromotionDraft = z.infer<typeof zPromotionDraft>

const example = {
  products: z.int(),
  name: z.string(),
  pieces: z.int(),
  ordinary: zAmount,
  offered: zAmount,
}

const zWarning: z.ZodType<PromotionWarning> = z.discriminatedUnion('code', [
  z.object({ code: z.literal('nothing-matches') }),
  z.object({ code: z.literal('gone'), products: z.int() }),
  z.object({ code: z.literal('never-on') }),
  z.object({ code: z.literal('not-cheaper'), all: z.boolean(), ...example }),
  z.object({ code: z.literal('free'), ...example }),
  z.object({ code: z.literal('below-cost'), cost: zAmount, ...example }),
  z.object({ code: z.literal('weighed'), products: z.int(), name: z.string() }),
  z.object({
    code: z.literal('overlaps'),
    promotionId: zUuid,
    name: z.string(),
    first: z.enum(['this', 'other', 'better', 'undecided']),
  }),
  z.object({ code: z.literal('too-many'), most: z.int() }),
])

/** What there is to think about before it is saved, and goods to try it on. */
export const zPromotionReview = z.object({
  /** How many products that are sold it is about. */
  products: z.int(),
  warnings: z.array(zWarning),
  /** A few of them, the dearest first. */
  examples: z.array(zPromotionProduct),
})
export type PromotionReview = z.infer<typeof zPromotionReview>
