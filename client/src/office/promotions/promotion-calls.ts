import { zPage } from '@evertill/shared/protocol/office'
import {
  type PromotionDraft,
  type PromotionEdit,
  type PromotionState,
  zPromotionDetail,
  zPromotionOptions,
  zPromotionReview,
  zPromotionSummary,
} from '@evertill/shared/protocol/office/promotions'
import type { OfficeCalls } from '../api/office-api.ts'

export interface PromotionFilter {
  readonly q?: string | undefined
  readonly state?: PromotionState | undefined
}

/** What head office asks about promotions. */
export const promotionCalls = ({ get, parsed, send, path }: OfficeCalls) => ({
  promotions: (filter: PromotionFilter, cursor?: string, signal?: AbortSignal) =>
    get(zPage(zPromotionSummary), path('promotions', { ...filter, cursor }), signal),
  promotionOptions: (signal?: AbortSignal) => get(zPromotionOptions, 'promotions/options', signal),
  promotion: (promotionId: string, signal?: AbortSignal) =>
    get(zPromotionDetail, `promotions/${promotionId}`, signal),
  /** What there is to think about; changes nothing. */
  reviewPromotion: async (draft: PromotionDraft) =>
    parsed(zPromotionReview, await send('POST', '/api/office/promotions/review', draft, 'look'), 'look'),
  createPromotion: async (promotionId: string, promotion: PromotionEdit): Promise<void> => {
    await send('POST', '/api/office/promotions', { promotionId, promotion })
  },
  /** @param version of what the person saw when they changed it */
  updatePromotion: async (promotionId: string, version: string, promotion: PromotionEdit): Promise<void> => {
    await send('PUT', `/api/office/promotions/${promotionId}`, { version, promotion })
  },
  endPromotion: async (promotionId: string, version: string): Promise<void> => {
    await send('POST', `/api/office/promotions/${promotionId}/end`, { version })
  },
})
