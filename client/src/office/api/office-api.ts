import type { EntryKind } from '@evertill/shared/protocol/entry'
import { type FirstRun, zOfficeSession, zOutletOption, zPage } from '@evertill/shared/protocol/office'
import { zAuditReport } from '@evertill/shared/protocol/office/audit'
import { zEmailState } from '@evertill/shared/protocol/office/emails'
import { zExceptionRow, zHeldEntries, zReplayReport } from '@evertill/shared/protocol/office/exceptions'
import { zJournalEntry } from '@evertill/shared/protocol/office/journal'
import { zImportReport } from '@evertill/shared/protocol/office/product-import'
import {
  type ProductChange,
  type ProductSettings,
  type TypedProduct,
  zProductDetail,
  zProductOptions,
  zProductSettings,
} from '@evertill/shared/protocol/office/products'
import { type SaleKind, zSaleDetail, zSaleSummary } from '@evertill/shared/protocol/office/sales'
import { type Versioned, zVersioned } from '@evertill/shared/protocol/office/settings'
import { zShiftDetail, zShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { zStockLine } from '@evertill/shared/protocol/office/stock'
import { type NewTill, zEnrolmentCode, zTillSummary } from '@evertill/shared/protocol/office/tills'
import { zToday } from '@evertill/shared/protocol/office/today'
import { zRescueReport } from '@evertill/shared/protocol/rescue'
import { z } from 'zod'
import { customerCalls } from '../customers/customer-calls.ts'
import { promotionCalls } from '../promotions/promotion-calls.ts'
import { outletCalls } from '../settings/outlet-calls.ts'
import { signInCalls } from '../staff/sign-in-calls.ts'
import { staffCalls } from '../staff/staff-calls.ts'
import { type Asked, refusal, unexpectedAnswer, unreachable } from './office-error.ts'
import { settingsApi } from './settings-api.ts'

type Query = Readonly<Record<string, string | undefined>>

const path = (base: string, query: Query): string => {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return given.length === 0 ? base : `${base}?${new URLSearchParams(given)}`
}

export interface SaleFilter {
  readonly q?: string | undefined
  readonly kind?: SaleKind | undefined
  readonly outletId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
export interface ShiftFilter {
  readonly outletId?: string | undefined
  readonly tillId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
/** Whose entries: of one shift, or of a till's whole journal. */
export type JournalOf = { readonly shiftId: string } | { readonly tillId: string }
export interface StockFilter {
  readonly q?: string | undefined
  readonly outletId?: string | undefined
}

const json = (method: string, body?: unknown): RequestInit => ({
  method,
  ...(body !== undefined && {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }),
})

/** What the calls of a subject are made of that has a file of its own. */
export interface OfficeCalls {
  get<T extends z.ZodType>(schema: T, url: string, signal?: AbortSignal): Promise<z.infer<T>>
  /** @param asked a change, unless told otherwise */
  send(method: string, url: string, body?: unknown, asked?: Asked): Promise<Response>
  parsed<T extends z.ZodType>(schema: T, response: Response, asked?: Asked): Promise<z.infer<T>>
  path(base: string, query: Query): string
}

/** The head office's API as typed calls: every answer is parsed, every failure is an OfficeError. */
export function createOfficeApi(fetch: typeof globalThis.fetch) {
  async function call(url: string, init: RequestInit, asked: Asked): Promise<Response> {
    const response = await fetch(url, init).catch((error: unknown) => {
      if (init.signal?.aborted) throw error
      throw unreachable(asked)
    })
    if (!response.ok) throw await refusal(response, asked)
    return response
  }

  async function parsed<T extends z.ZodType>(
    schema: T,
    response: Response,
    asked: Asked = 'change',
  ): Promise<z.infer<T>> {
    const answer = schema.safeParse(await response.json().catch(() => undefined))
    if (!answer.success) throw unexpectedAnswer(asked)
    return answer.data
  }

  const get = async <T extends z.ZodType>(
    schema: T,
    url: string,
    signal?: AbortSignal,
  ): Promise<z.infer<T>> =>
    parsed(schema, await call(`/api/office/${url}`, signal === undefined ? {} : { signal }, 'look'), 'look')

  const send = (method: string, url: string, body?: unknown, asked: Asked = 'change'): Promise<Response> =>
    call(url, json(method, body), asked)

  /** A file, that is only looked at unless it is to be committed. */
  async function sendFile<T extends z.ZodType>(
    schema: T,
    url: string,
    { type, body, commit }: { readonly type: string; readonly body: Blob | string; readonly commit: boolean },
  ): Promise<z.infer<T>> {
    const asked = commit ? 'change' : 'look'
    const answer = await call(url, { method: 'POST', headers: { 'content-type': type }, body }, asked)
    return parsed(schema, answer, asked)
  }

  return {
    signIn: async (email: string, password: string): Promise<void> => {
      await send('POST', '/api/auth/sign-in/email', { email, password }, 'look')
    },
    signOut: async (): Promise<void> => {
      await send('POST', '/api/auth/sign-out', {}, 'look')
    },
    /** Ends every other session of the person. */
    changePassword: async (currentPassword: string, newPassword: string): Promise<void> => {
      const change = { currentPassword, newPassword, revokeOtherSessions: true }
      await send('POST', '/api/auth/change-password', change)
    },
    firstRunNeeded: async () => (await get(z.object({ needed: z.boolean() }), 'first-run')).needed,
    createCompany: async (company: FirstRun): Promise<void> => {
      await send('POST', '/api/office/first-run', company)
    },
    session: (signal?: AbortSignal) => get(zOfficeSession, 'session', signal),
    outlets: async (signal?: AbortSignal) =>
      (await get(z.object({ rows: z.array(zOutletOption) }), 'outlets', signal)).rows,
    today: (date: string | undefined, signal?: AbortSignal) => get(zToday, path('today', { date }), signal),

    sales: (filter: SaleFilter, cursor?: string, signal?: AbortSignal) =>
      get(zPage(zSaleSummary), path('sales', { ...filter, cursor }), signal),
    sale: (saleId: string, signal?: AbortSignal) => get(zSaleDetail, `sales/${saleId}`, signal),
    shifts: (filter: ShiftFilter, cursor?: string, signal?: AbortSignal) =>
      get(zPage(zShiftSummary), path('shifts', { ...filter, cursor }), signal),
    shift: (shiftId: string, signal?: AbortSignal) => get(zShiftDetail, `shifts/${shiftId}`, signal),
    entries: (of: JournalOf, kind: EntryKind | undefined, cursor?: string, signal?: AbortSignal) => {
      const base = 'shiftId' in of ? `shifts/${of.shiftId}` : `tills/${of.tillId}`
      return get(zPage(zJournalEntry), path(`${base}/entries`, { kind, cursor }), signal)
    },
    stock: (filter: StockFilter, cursor?: string, signal?: AbortSignal) =>
      get(zPage(zStockLine), path('stock', { ...filter, cursor }), signal),

    ...settingsApi({ get, send }),

    tills: async (signal?: AbortSignal) =>
      (await get(z.object({ rows: z.array(zTillSummary) }), 'tills', signal)).rows,
    createTill: async (till: NewTill): Promise<void> => {
      await send('POST', '/api/office/tills', till)
    },
    enrolmentCode: async (tillId: string) =>
      parsed(zEnrolmentCode, await send('POST', `/api/office/tills/${tillId}/enrolment-code`)),
    revokeTill: async (tillId: string): Promise<void> => {
      await send('POST', `/api/office/tills/${tillId}/revoke`)
    },

    /**
     * What a rescue file of a till holds, or, with `commit`, what became of it; importing it again changes nothing.
     * `addTill` adds the till where it is not known.
     */
    rescue: async (
      file: Blob,
      { commit, addTill = false }: { readonly commit: boolean; readonly addTill?: boolean },
    ) =>
      sendFile(zRescueReport, `/api/office/tills/rescue?commit=${commit}&addTill=${addTill}`, {
        type: 'application/x-ndjson',
        body: file,
        commit,
      }),

    exception: (exceptionId: string, signal?: AbortSignal) =>
      get(zExceptionRow, `exceptions/${exceptionId}`, signal),
    exceptions: (state: 'open' | 'resolved', cursor?: string, signal?: AbortSignal) =>
      get(zPage(zExceptionRow), path('exceptions', { state, cursor }), signal),
    /** @param resolution what is held for it is left out, up to the line that `upTo` names */
    resolveException: async (
      exceptionId: string,
      resolution: { readonly note: string; readonly upTo?: string },
    ): Promise<void> => {
      await send('POST', `/api/office/exceptions/${exceptionId}/resolve`, resolution)
    },

    emails: (signal?: AbortSignal) => get(zEmailState, 'emails', signal),
    sendEmailAgain: async (exceptionId: string): Promise<void> => {
      await send('POST', `/api/office/emails/${exceptionId}/send-again`)
    },

    /** What is kept for an exception and does not count. */
    held: (exceptionId: string, signal?: AbortSignal) =>
      get(zHeldEntries, `exceptions/${exceptionId}/held`, signal),
    /** Reads the next few hundred of them again: from the start or after a line, up to the line that `upTo` names. */
    replayHeld: async (
      exceptionId: string,
      { upTo, after }: { readonly upTo: string; readonly after: string },
    ) =>
      parsed(
        zReplayReport,
        await send('POST', `/api/office/exceptions/${exceptionId}/replay?upTo=${upTo}&after=${after}`, {}),
      ),

    /** Runs the audit: it answers when it is through the whole ledger. */
    audit: (signal?: AbortSignal) => get(zAuditReport, 'audit', signal),

    products: (q: string | undefined, cursor?: string, signal?: AbortSignal) =>
      get(zPage(zProductDetail), path('products', { q, cursor }), signal),
    product: (productId: string, signal?: AbortSignal) =>
      get(zProductDetail, `products/${productId}`, signal),
    productSettings: (signal?: AbortSignal) => get(zVersioned(zProductSettings), 'products/settings', signal),
    updateProductSettings: async (edit: Versioned<ProductSettings>): Promise<void> => {
      await send('PUT', '/api/office/products/settings', edit)
    },
    productOptions: (signal?: AbortSignal) => get(zProductOptions, 'products/options', signal),
    createProduct: async (product: TypedProduct) =>
      parsed(z.object({ productId: z.uuid() }), await send('POST', '/api/office/products', product)),
    updateProduct: async (productId: string, change: ProductChange): Promise<void> => {
      await send('PUT', `/api/office/products/${productId}`, change)
    },
    ...customerCalls({ get, send, parsed, path }),
    ...promotionCalls({ get, send, parsed, path }),
    ...outletCalls({ get, send, parsed, path }),
    ...staffCalls({ get, send, parsed, path }),
    ...signInCalls({ get, send, parsed, path }),
    deleteProduct: async (productId: string): Promise<void> => {
      await send('DELETE', `/api/office/products/${productId}`)
    },
    /**
     * @param options.outletId where opening stock in the file goes; needed only where there are several outlets
     * @param commit false only looks, true imports the good rows
     */
    importProducts: async (
      csv: string,
      { format, outletId }: { readonly format: string; readonly outletId: string | undefined },
      commit: boolean,
    ) =>
      sendFile(
        zImportReport,
        `/api/office/${path('products/import', { format, outletId, commit: String(commit) })}`,
        { type: 'text/csv; charset=utf-8', body: csv, commit },
      ),
  }
}
export type OfficeApi = ReturnType<typeof createOfficeApi>
