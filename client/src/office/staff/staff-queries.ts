import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from '../api/office-api.ts'
import { forForm } from '../api/queries.ts'

export const staffQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['staff'], queryFn: ({ signal }) => api.staff(signal) })

export const rolesQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => api.roles(signal) })

export const staffToEditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['staff', 'to edit'],
    queryFn: ({ signal }) => api.staff(signal),
    ...forForm,
  })

export const rolesToEditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['roles', 'to edit'],
    queryFn: ({ signal }) => api.roles(signal),
    ...forForm,
  })

/** Each names the other: people their role, and roles who has them. */
export const reloadStaff = (queryClient: QueryClient): Promise<unknown> =>
  Promise.all([['staff'], ['roles']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
