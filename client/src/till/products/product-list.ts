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

/** How many lists are remembered by their beginning: all first letters, the shelves, and what was typed lately. */
const MOST_BEGUN = 100
/** What a search begins with. Of each the results are fetched before anybody types it. */
const FIRST_LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789']

type Rows = readonly (ProductRow | undefined)[]

/**
 * @param whenIdle runs what can wait until nothing else is to be done; without it nothing is fetched before it is asked
 *   for
 */
export function createShownProducts(
  lists: ProductLists,
  whenIdle: (work: () => void) => void = () => undefined,
): ShownProducts {
  let list: ProductList | undefined
  let query: ProductQuery = {}
  /** In the order of when they were last needed. */
  let pages = new Map<number, Rows>()
  /** How lists begin, by their query, the latest last: what is in it stands there in the frame that asks for it. */
  const begun = new Map<string, { readonly count: number; readonly rows: Rows }>()
  /** Counts the changes: what was asked for before one may be out of date. */
  let edition = 0
  // Late answers to what is no longer asked are dropped.
  let round = 0
  const listeners = new Set<() => void>()

  const remember = (of: ProductQuery, beginning: { readonly count: number; readonly rows: Rows }) => {
    const key = JSON.stringify(of)
    begun.delete(key)
    begun.set(key, beginning)
    for (const oldest of [...begun.keys()].slice(0, -MOST_BEGUN)) begun.delete(oldest)
  }
  /** One at a time: whoever types meanwhile waits for no more than one. */
  const foresee = (letters: readonly string[], mine: number) =>
    whenIdle(async () => {
      const [letter, ...rest] = letters
      if (letter === undefined || mine !== edition) return
      const page = await lists.page({ text: letter }, 0, PAGE).catch(() => undefined)
      if (page === undefined || mine !== edition) return
      if (!begun.has(JSON.stringify({ text: letter }))) remember({ text: letter }, page)
      foresee(rest, mine)
    })

  const take = (no: number, count: number, rows: Rows) => {
    pages.set(no, rows)
    const shown = new Map(pages)
    list = { query, count, at: (place) => shown.get(Math.floor(place / PAGE))?.[place % PAGE] }
    for (const listener of listeners) listener()
  }
  const fetchPage = async (no: number) => {
    const [mine, of] = [round, edition]
    const { count, rows } = await lists.page(query, no * PAGE, (no + 1) * PAGE)
    const before = pages.get(no)
    if (mine !== round || before === undefined) return
    const isShown = list !== undefined && isSame(list.query, query)
    // What has not changed stays what it was: its tile is not rendered again.
    const kept = rows.map((row, i) => {
      const shown = isShown ? before[i] : list?.at(no * PAGE + i)
      return shown?.productId === row?.productId && deepEqual(shown, row) ? shown : row
    })
    if (no === 0 && of === edition) remember(query, { count, rows: kept })
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
  lists.subscribe(() => {
    edition += 1
    begun.clear()
    fetchAgain()
    foresee(FIRST_LETTERS, edition)
  })

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
        const known = begun.get(JSON.stringify(next))
        if (known !== undefined) take(0, known.count, known.rows)
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
