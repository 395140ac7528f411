import type { PromotionDraft } from '@evertill/shared/protocol/office/promotions'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from '../api/office-api.ts'
import type { PromotionFilter } from './promotion-calls.ts'

export const promotionsQuery = (api: OfficeApi, filter: PromotionFilter) =>
  infiniteQueryOptions({
    queryKey: ['promotions', filter],
    queryFn: ({ pageParam, signal }) => api.promotions(filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  })

export const promotionQuery = (api: OfficeApi, promotionId: string) =>
  queryOptions({
    queryKey: ['promotion', promotionId],
    queryFn: ({ signal }) => api.promotion(promotionId, signal),
    // The form is filled once; a refetch must not look like a change of it.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 0,
  })

export const promotionOptionsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['promotion-options'],
    queryFn: ({ signal }) => api.promotionOptions(signal),
    refetchOnWindowFocus: false,
  })

/** The last answer stays in view while one types on. */
export const reviewQuery = (api: OfficeApi, draft: PromotionDraft) =>
  queryOptions({
    queryKey: ['promotion-review', draft],
    queryFn: () => api.reviewPromotion(draft),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

/** What a change of a promotion makes old. */
export const PROMOTION_KEYS = [
  ['promotions'],
  ['promotion'],
  ['promotion-options'],
  ['promotion-review'],
] as const
