import { queryOptions } from '@tanstack/react-query'
import type { OfficeApi } from './office-api.ts'
import { forForm } from './queries.ts'
import type { SubjectName } from './settings-api.ts'

export const settingsQuery = <Name extends SubjectName>(api: OfficeApi, name: Name) =>
  queryOptions({
    queryKey: ['settings', name],
    queryFn: ({ signal }) => api.settings(name, signal),
    ...forForm,
  })

/** Whether receipts are tax invoices: null where the company has no GST number. */
export const gstNumberQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['settings', 'receipts', 'GST number'],
    queryFn: async ({ signal }) => (await api.settings('receipts', signal)).settings.gstRegistrationNo,
  })

export const logoQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['logo'], queryFn: ({ signal }) => api.logo(signal) })

export const paymentMethodsQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['payment-methods'], queryFn: ({ signal }) => api.paymentMethods(signal) })

export const paymentMethodsToEditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['payment-methods', 'to edit'],
    queryFn: ({ signal }) => api.paymentMethods(signal),
    ...forForm,
  })

export const paymentMethodNamesQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['payment-method-names'],
    queryFn: ({ signal }) => api.paymentMethodNames(signal),
    staleTime: 300_000,
  })

export const outletDetailsQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['outlet-details'], queryFn: ({ signal }) => api.outletDetails(signal) })

export const outletDetailsToEditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['outlet-details', 'to edit'],
    queryFn: ({ signal }) => api.outletDetails(signal),
    ...forForm,
  })
