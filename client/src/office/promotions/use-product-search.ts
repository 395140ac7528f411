import type { PromotionProduct } from '@evertill/shared/protocol/office/promotions'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'

const PAUSE_MS = 200
/** More than these are better found by another letter. */
const MOST_SHOWN = 20

const NONE: readonly PromotionProduct[] = []

/** The products that match what is typed, after a short pause. */
export function useProductSearch(typed: string): {
  readonly found: readonly PromotionProduct[]
  readonly searching: boolean
} {
  const { api } = useOffice()
  const [q] = useDebouncedValue(searchOf(typed), PAUSE_MS)
  const { data, isFetching } = useQuery({
    queryKey: ['product-search', q],
    queryFn: ({ signal }) => api.products(q, undefined, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  const found = q === '' || data === undefined ? NONE : data.rows.slice(0, MOST_SHOWN)
  return {
    found: found.map((row) => ({
      productId: row.productId,
      sku: row.sku,
      name: row.name,
      price: row.price,
      unit: row.unit,
      categoryId: row.categoryId,
      taxCode: row.taxCode,
      gone: false,
    })),
    searching: isFetching || q !== searchOf(typed),
  }
}

const searchOf = (typed: string): string => typed.trim().slice(0, 100)
