import type { EntryKind } from '@evertill/shared/protocol/entry'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { JournalOf, OfficeApi, SaleFilter, ShiftFilter, StockFilter } from './office-api.ts'

/** What is watched while it happens: today, tills, exceptions. */
export const WATCH_MS = 15_000

const firstPage: string | undefined = undefined
const nextPage = (page: { nextCursor: string | null }) => page.nextCursor
/** One page is asked for again by itself; a list that was scrolled down is not, or all of it would be, again and again. */
const whileOnePage = (query: { state: { data: { pages: readonly unknown[] } | undefined } }) =>
  (query.state.data?.pages.length ?? 0) > 1 ? false : WATCH_MS

/** What a form begins with: read anew whenever it is opened, and not under somebody's hands. */
export const forForm = { refetchOnWindowFocus: false, refetchOnReconnect: false, gcTime: 0 } as const

/** The rows of the last search stay in view until those of the next are here; “nothing found” does not. */
export const withRows = <Data extends { pages: readonly { rows: readonly unknown[] }[] }>(
  previous: Data | undefined,
) => (previous?.pages.some((page) => page.rows.length > 0) ? previous : undefined)

export const sessionQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['session'], queryFn: ({ signal }) => api.session(signal), staleTime: 60_000 })

export const outletsQuery = (api: OfficeApi) =>
  queryOptions({ queryKey: ['outlets'], queryFn: ({ signal }) => api.outlets(signal), staleTime: 300_000 })

/** One business day; without a date the one that is running. */
export const dayQuery = (api: OfficeApi, date?: string) =>
  queryOptions({
    queryKey: ['today', date ?? null],
    queryFn: ({ signal }) => api.today(date, signal),
  })

export const todayQuery = (api: OfficeApi, date?: string) =>
  queryOptions({ ...dayQuery(api, date), refetchInterval: WATCH_MS, placeholderData: keepPreviousData })

/** Receipts that wait to be e-mailed. */
export const emailsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['emails'],
    queryFn: ({ signal }) => api.emails(signal),
    refetchInterval: WATCH_MS,
  })

export const salesQuery = (api: OfficeApi, filter: SaleFilter) =>
  infiniteQueryOptions({
    queryKey: ['sales', filter],
    queryFn: ({ pageParam, signal }) => api.sales(filter, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    placeholderData: (previous) => withRows(previous),
  })

export const saleQuery = (api: OfficeApi, saleId: string) =>
  queryOptions({ queryKey: ['sale', saleId], queryFn: ({ signal }) => api.sale(saleId, signal) })

export const shiftsQuery = (api: OfficeApi, filter: ShiftFilter) =>
  infiniteQueryOptions({
    queryKey: ['shifts', filter],
    queryFn: ({ pageParam, signal }) => api.shifts(filter, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    refetchInterval: whileOnePage,
    placeholderData: (previous) => withRows(previous),
  })

export const shiftQuery = (api: OfficeApi, shiftId: string) =>
  queryOptions({
    queryKey: ['shift', shiftId],
    queryFn: ({ signal }) => api.shift(shiftId, signal),
    refetchInterval: WATCH_MS,
  })

export const entriesQuery = (api: OfficeApi, of: JournalOf, kind?: EntryKind) =>
  infiniteQueryOptions({
    queryKey: ['entries', of, kind ?? null],
    queryFn: ({ pageParam, signal }) => api.entries(of, kind, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    placeholderData: (previous) => withRows(previous),
  })

export const stockQuery = (api: OfficeApi, filter: StockFilter) =>
  infiniteQueryOptions({
    queryKey: ['stock', filter],
    queryFn: ({ pageParam, signal }) => api.stock(filter, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    placeholderData: (previous) => withRows(previous),
  })

export const tillsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['tills'],
    queryFn: ({ signal }) => api.tills(signal),
    refetchInterval: WATCH_MS,
  })

export const exceptionsQuery = (api: OfficeApi, state: 'open' | 'resolved') =>
  infiniteQueryOptions({
    queryKey: ['exceptions', state],
    queryFn: ({ pageParam, signal }) => api.exceptions(state, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    refetchInterval: whileOnePage,
  })

/** The newest open ones: the first page alone, however far the list was scrolled. */
export const newestExceptionsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['exceptions', 'newest'],
    queryFn: async ({ signal }) => (await api.exceptions('open', undefined, signal)).rows,
    refetchInterval: WATCH_MS,
  })

export const exceptionQuery = (api: OfficeApi, exceptionId: string) =>
  queryOptions({
    queryKey: ['exceptions', 'one', exceptionId],
    queryFn: ({ signal }) => api.exception(exceptionId, signal),
    refetchInterval: WATCH_MS,
  })

export const heldQuery = (api: OfficeApi, exceptionId: string) =>
  queryOptions({
    queryKey: ['held', exceptionId],
    queryFn: ({ signal }) => api.held(exceptionId, signal),
  })

/** Run when the page is first opened, and again only when a person asks. */
export const auditQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['audit'],
    queryFn: ({ signal }) => api.audit(signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const productsQuery = (api: OfficeApi, q: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['products', q ?? ''],
    queryFn: ({ pageParam, signal }) => api.products(q, pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    placeholderData: (previous) => withRows(previous),
  })

export const productQuery = (api: OfficeApi, productId: string) =>
  queryOptions({
    queryKey: ['product', productId],
    queryFn: ({ signal }) => api.product(productId, signal),
  })

/** Not from what a list or an exception has read of it before. */
export const productToEditQuery = (api: OfficeApi, productId: string) =>
  queryOptions({
    queryKey: ['product', productId, 'to edit'],
    queryFn: ({ signal }) => api.product(productId, signal),
    ...forForm,
  })

export const productSettingsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['product-settings'],
    queryFn: ({ signal }) => api.productSettings(signal),
    ...forForm,
  })

export const productOptionsQuery = (api: OfficeApi) =>
  queryOptions({
    queryKey: ['product-options'],
    queryFn: ({ signal }) => api.productOptions(signal),
    staleTime: 60_000,
  })
