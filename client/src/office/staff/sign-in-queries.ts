import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from '../api/office-api.ts'
import { forForm } from '../api/queries.ts'

export const signInsQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['sign-ins'], queryFn: ({ signal }) => api.signIns(signal) })

export const signInsToEditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['sign-ins', 'to edit'],
    queryFn: ({ signal }) => api.signIns(signal),
    ...forForm,
  })

/** The list alone: what a form began with stays under the hands of whoever fills it in. */
export const reloadSignInList = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['sign-ins'], exact: true }),
    queryClient.invalidateQueries({ queryKey: ['roles'], exact: true }),
  ])

/** A role says who has it, and what somebody may do themselves may be another now. */
export const reloadSignIns = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all(
    [['sign-ins'], ['roles'], ['session']].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  )
