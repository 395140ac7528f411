import type { ProductRow } from '@evertill/shared/protocol/pull'
import { deepEqual } from '@tanstack/react-router'
import type { ProductLists, ProductQuery } from '../../store/product-lists.ts'

/** Products as far as they have been fetched. */
export interface ProductList {
  readonly query: ProductQuery
  readonly count: number
  /** By place; undefined where nothing was fetched yet, and of what has just been withdrawn. */
  at(place: number): ProductRow | undefined
}

/** What the selling screen lists: it outlives the screen, so that the products are there again after a payment. */
export interface ShownProducts {
  /** The list of the query before, until the one that is asked for has come. */
  get(): ProductList | undefined
  subscribe(listener: () => void): () => void
  /** Fetches another list, or the same anew. */
  show(query: ProductQuery): void
  /** The first that another query finds, whatever is shown. */
  first(query: ProductQuery): Promise<ProductRow | undefined>
  /** So many of them, whatever is shown. */
  some(query: ProductQuery, most: number): Promise<readonly ProductRow[]>
  /** Fetches what stands from one place to before another, of the list that is asked for. */
  need(from: number, to: number): void
}

const PAGE = 60
/** Who scrolls far leaves behind what was above: it is fetched again on the way back. */
const MOST_PAGES = 8

type Rows = readonly (ProductRow | undefined)[]

export function createShownProducts(lists: ProductLists): ShownProducts {
  let list: ProductList | undefined
  let query: ProductQuery = {}
  /** In the order of when they were last needed. */
  let pages = new Map<number, Rows>()
  /** How the last list began that was not searched for: whoever ends a search has it back at once. */
  let shelf: { readonly query: ProductQuery; readonly count: number; readonly rows: Rows } | undefined
  // Late answers to what is no longer asked are dropped.
  let round = 0
  const listeners = new Set<() => void>()

  const take = (no: number, count: number, rows: Rows) => {
    pages.set(no, rows)
    if (no === 0 && !('text' in query)) shelf = { query, count, rows }
    const shown = new Map(pages)
    list = { query, count, at: (place) => shown.get(Math.floor(place / PAGE))?.[place % PAGE] }
    for (const listener of listeners) listener()
  }
  const fetchPage = async (no: number) => {
    const mine = round
    const { count, rows } = await lists.page(query, no * PAGE, (no + 1) * PAGE)
    const before = pages.get(no)
    if (mine !== round || before === undefined) return
    const isShown = list !== undefined && isSame(list.query, query)
    // What has not changed stays what it was: its tile is not rendered again.
    const kept = rows.map((row, i) => {
      const shown = isShown ? before[i] : list?.at(no * PAGE + i)
      return shown?.productId === row?.productId && deepEqual(shown, row) ? shown : row
    })
    const isNew = !isShown || list?.count !== count || before.length !== kept.length
    if (isNew || kept.some((row, i) => row !== before[i])) take(no, count, kept)
  }
  const want = (no: number) => {
    const known = pages.get(no)
    pages.delete(no)
    pages.set(no, known ?? [])
    for (const oldest of [...pages.keys()].slice(0, -MOST_PAGES)) pages.delete(oldest)
    return known !== undefined
  }
  const fetchAgain = () => {
    for (const no of pages.keys()) void fetchPage(no)
  }
  lists.subscribe(fetchAgain)

  return {
    get: () => list,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(next) {
      if (!isSame(next, query)) {
        query = next
        round += 1
        pages = new Map()
        if (shelf !== undefined && isSame(shelf.query, next)) take(0, shelf.count, shelf.rows)
      }
      want(0)
      fetchAgain()
    },
    first: async (other) => (await lists.page(other, 0, 1)).rows[0],
    some: async (other, most) => (await lists.page(other, 0, most)).rows.filter((row) => row !== undefined),
    need(from, to) {
      for (let no = Math.floor(from / PAGE); no * PAGE < to; no++) if (!want(no)) void fetchPage(no)
    },
  }
}

export const isSame = (a: ProductQuery, b: ProductQuery): boolean => JSON.stringify(a) === JSON.stringify(b)
