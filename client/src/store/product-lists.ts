import type { ProductRow } from '@evertill/shared/protocol/pull'
import type { ProductPage } from './product-book.ts'
import { type ProductQuery, plainText } from './product-index.ts'
import type { TillDatabase } from './till-database.ts'

export type { ProductQuery } from './product-index.ts'

/** What goes to the worker that keeps the index, and what comes from it. */
export interface PageRequest {
  readonly no: number
  readonly query: ProductQuery
  readonly from: number
  readonly to: number
}
export type FromWorker =
  | { readonly type: 'ready' }
  /** What was answered before may be out of date. */
  | { readonly type: 'changed' }
  /** It cannot answer any more. */
  | { readonly type: 'failed' }
  | { readonly type: 'page'; readonly no: number; readonly page: ProductPage }

/** As much of a Worker as is needed. */
export interface ListWorker {
  postMessage(request: PageRequest): void
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

/** The products that a query finds, page by page: no screen holds all of them. */
export interface ProductLists {
  page(query: ProductQuery, from: number, to: number): Promise<ProductPage>
  /** @param changed pages that were answered before may be out of date */
  subscribe(changed: () => void): () => void
  /** Starts the worker, which takes a processor for itself: when the first screen stands. */
  start(): void
}

/** Until the worker has its index, and where there is none, the database answers as well as it can. */
export function createProductLists(db: TillDatabase, open: () => ListWorker): ProductLists {
  const listeners = new Set<() => void>()
  const waiting = new Map<number, { request: PageRequest; resolve: (page: ProductPage) => void }>()
  let worker: ListWorker | undefined
  let isReady = false
  let no = 0

  const tell = () => {
    for (const listener of listeners) listener()
  }
  const fail = () => {
    worker = undefined
    isReady = false
    const left = [...waiting.values()]
    waiting.clear()
    for (const { request, resolve } of left)
      void pageFromDatabase(db, request.query, request.from, request.to).then(resolve)
  }
  const hear = (message: FromWorker) => {
    if (message.type === 'page') {
      waiting.get(message.no)?.resolve(message.page)
      waiting.delete(message.no)
      return
    }
    if (message.type === 'failed') return fail()
    if (message.type === 'ready') isReady = true
    tell()
  }

  return {
    page(query, from, to) {
      if (worker === undefined || !isReady) return pageFromDatabase(db, query, from, to)
      const request = { no: ++no, query, from, to }
      const answer = new Promise<ProductPage>((resolve) => {
        waiting.set(request.no, { request, resolve })
      })
      worker.postMessage(request)
      return answer
    },
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    start() {
      if (worker !== undefined) return
      try {
        worker = open()
      } catch {
        // No workers here: the database goes on answering.
        return
      }
      worker.onmessage = ({ data }) => hear(data)
      worker.onerror = fail
    },
  }
}

/** @param database its name, which the worker is called by: that of the shop, or of a training */
export const openProductWorker = (database: string): ListWorker =>
  new Worker(new URL('./product-worker.ts', import.meta.url), { type: 'module', name: database })

const MOST_WITHOUT_INDEX = 60

/** In the order of the letters; what is typed has to begin the name, the SKU or the barcode. */
export async function pageFromDatabase(
  { product }: TillDatabase,
  query: ProductQuery,
  from: number,
  to: number,
): Promise<ProductPage> {
  if ('text' in query) {
    const rows = query.text.trim() === '' ? [] : await beginningWith(product, query.text.trim())
    return { count: rows.length, rows: rows.slice(from, to) }
  }
  if ('favourites' in query) {
    const ids = [...new Set([...query.shownBefore, ...query.favourites])]
    const rows = (await product.bulkGet(ids)).filter((row) => row !== undefined)
    return { count: rows.length, rows: rows.slice(from, to) }
  }
  const { categoryId } = query
  const found = () =>
    categoryId === undefined
      ? product.orderBy('name')
      : product.where('[categoryId+name]').between([categoryId, ''], [categoryId, '\uffff'])
  return {
    count: await found().count(),
    rows: await found()
      .offset(from)
      .limit(to - from)
      .toArray(),
  }
}

async function beginningWith(product: TillDatabase['product'], text: string): Promise<ProductRow[]> {
  const byId = new Map<string, ProductRow>()
  const asked = [
    product.where('barcodes').startsWith(text),
    product.where('sku').startsWithIgnoreCase(text),
    product.where('name').startsWithIgnoreCase(plainText(text)),
  ]
  for (const found of asked)
    for (const row of await found.limit(MOST_WITHOUT_INDEX).toArray()) byId.set(row.productId, row)
  return [...byId.values()].slice(0, MOST_WITHOUT_INDEX)
}
