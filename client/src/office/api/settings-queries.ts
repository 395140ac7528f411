import { queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from './office-api.ts'
import type { SubjectName } from './settings-api.ts'

/** Read anew whenever the page is opened, and not under somebody's hands. */
export const settingsQuery = <Name extends SubjectName>(api: OfficeApi, name: Name) =>
  queryOptions({
    queryKey: ['settings', name],
    queryFn: ({ signal }) => api.settings(name, signal),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  })

export const logoQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['logo'], queryFn: ({ signal }) => api.logo(signal) })

export const paymentMethodsQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['payment-methods'], queryFn: ({ signal }) => api.paymentMethods(signal) })

export const paymentMethodNamesQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['payment-method-names'],
    queryFn: ({ signal }) => api.paymentMethodNames(signal),
    staleTime: 300_000,
  })
