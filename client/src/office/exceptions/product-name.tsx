import { useQuery } from '@tanstack/react-query'
import { productQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'

/** The name of a product of which only the id is known; a deleted one has none any more. */
export function ProductName({ productId }: { productId: string }) {
  const { api } = useOffice()
  const { data, isPending } = useQuery({ ...productQuery(api, productId), staleTime: 300_000, retry: false })
  if (data !== undefined) return data.name
  return isPending ? '…' : 'a product that is no longer there'
}
