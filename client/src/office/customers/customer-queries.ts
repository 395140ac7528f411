import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from '../api/office-api.ts'
import { forForm, withRows } from '../api/queries.ts'

export const customersQuery = (api: OfficeApi, q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['customers', q ?? ''],
    queryFn: ({ pageParam, signal }) => api.customers(q, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => withRows(previous),
  })

export const customerQuery = (api: OfficeApi, customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => api.customer(customerId, signal),
    ...forForm,
  })

export const customerOptionsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['customer-options'],
    queryFn: ({ signal }) => api.customerOptions(signal),
  })

/** What a change makes old, or shows to have been old where it was refused. */
export const reloadCustomers = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all(
    [['customers'], ['customer'], ['customer-options']].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  )
