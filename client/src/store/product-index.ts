import type { ProductRow } from '@evertill/shared/protocol/pull'

/*
 * Where the products stand and how they are found, without the products themselves: fifty thousand rows are read from
 * the disk when they are shown. Numbers in typed arrays, texts joined, so that reading it back is one short step.
 *
 *   words, sorted ─▶ postings: the places of the products that have the word        place = order of the names
 */

/**
 * What was typed; or what was chosen from the categories, where neither is all products and the variants of one name
 * are one; or the shop's favourites and then those of this till, named by it. Until there is an index, those that
 * were shown the last time.
 */
export type ProductQuery =
  | { readonly text: string }
  | { readonly favourites: readonly string[]; readonly shownBefore: readonly string[] }
  | { readonly categoryId?: string | undefined }

/** As it is stored. A change in what is in it, or in how words are made, needs another FORMAT. */
export interface ProductIndex {
  readonly format: number
  /** By place, joined by line feeds. */
  readonly ids: string
  /** By place: which of `categories`; the one past the last is none. */
  readonly category: Uint16Array
  readonly categories: readonly string[]
  /** By place: flags, see HIDDEN and FAVOURITE. */
  readonly shelf: Uint8Array
  /** By place: the number of the first word of its name. */
  readonly firstWord: Uint32Array
  /** By place: what its words and its category were made of, to know when they have to be made anew. */
  readonly textHash: Uint32Array
  /** Sorted, joined by line feeds. */
  readonly words: string
  /** By word: where its postings begin; one more than there are words. */
  readonly postingsAt: Uint32Array
  readonly postings: Uint32Array
}

export const FORMAT = 2

/** Stands behind another variant of its name, the cheapest, which a category shows for all of them. */
export const HIDDEN = 1
export const FAVOURITE = 2

/** Lower case, without accents: how names, words and what is typed are compared. */
export const plainText = (text: string): string =>
  (ASCII.test(text) ? text : text.normalize('NFD').replace(ACCENTS, '').normalize('NFC')).toLowerCase()

const ASCII = /^[ -~]*$/
const ACCENTS = /[\u0300-\u036f]/g
const DIGITS = /\d+/g

/**
 * What names are sorted by: comparing fifty thousand by a collator takes a tablet seconds. Case and accents do not
 * matter, numbers count as numbers.
 */
export const nameKey = (name: string): string =>
  plainText(name).replace(DIGITS, (digits) => digits.padStart(12, '0'))

/** The words in a text. */
export const wordsIn = (text: string): string[] => plainText(text).match(WORD) ?? []

const WORD = /[\p{L}\p{M}\p{N}]+/gu

/** Changes when a product's place, words or category would. */
export function textHashOf(row: ProductRow): number {
  const { name, sku, barcodes, categoryId, variantOf, favourite } = row
  // The cheapest variant stands for the others.
  const shelf = [variantOf === undefined ? '' : `${variantOf} ${row.price}`, favourite ? 'f' : '']
  let hash = 2166136261
  for (const text of [name, sku, categoryId ?? '', ...shelf, ...barcodes]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619)
    hash = Math.imul(hash ^ 0xffff, 16777619)
  }
  return hash >>> 0
}

/** Takes products in any order, some at a time, so that whoever builds can do other things in between. */
export class IndexBuilder {
  readonly #numbers = new Map<string, number>()
  readonly #entries: {
    id: string
    key: string
    words: Uint32Array
    category: number
    hash: number
    favourite: boolean
    group: string | undefined
    price: number
  }[] = []
  readonly #categories = new Map<string, number>()

  add(rows: readonly ProductRow[]): void {
    for (const row of rows) {
      const words = [...wordsIn(row.name), row.sku.toLowerCase(), ...wordsIn(row.sku)]
      for (const barcode of row.barcodes) words.push(barcode.toLowerCase())
      if (row.variantOf !== undefined) words.push(...wordsIn(row.variantOf))
      this.#entries.push({
        id: row.productId,
        key: nameKey(row.name),
        words: Uint32Array.from(words, (word) => numberOf(this.#numbers, word)),
        category: row.categoryId === null ? NONE : numberOf(this.#categories, row.categoryId),
        hash: textHashOf(row),
        favourite: row.favourite === true,
        group: row.variantOf === undefined ? undefined : `${row.categoryId} ${row.variantOf}`,
        price: row.price,
      })
    }
  }

  finish(): ProductIndex {
    const entries = this.#entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    const cheapest = new Map<string, (typeof entries)[number]>()
    for (const entry of entries) {
      const known = entry.group === undefined ? undefined : cheapest.get(entry.group)
      if (entry.group !== undefined && (known === undefined || entry.price < known.price))
        cheapest.set(entry.group, entry)
    }
    const isHidden = (entry: (typeof entries)[number]) =>
      entry.group !== undefined && cheapest.get(entry.group) !== entry
    const words = [...this.#numbers.keys()].sort()
    const rankOf = new Uint32Array(words.length)
    words.forEach((word, rank) => {
      rankOf[this.#numbers.get(word) ?? 0] = rank
    })
    // A word of a product counts once, however often it stands there.
    const lists = entries.map((entry) => new Set(entry.words.map((number) => rankOf[number] ?? 0)))
    const postingsAt = new Uint32Array(words.length + 1)
    for (const list of lists) for (const rank of list) postingsAt[rank + 1] = (postingsAt[rank + 1] ?? 0) + 1
    for (let i = 0; i < words.length; i++) postingsAt[i + 1] = (postingsAt[i + 1] ?? 0) + (postingsAt[i] ?? 0)
    const next = postingsAt.slice()
    const postings = new Uint32Array(postingsAt[words.length] ?? 0)
    lists.forEach((list, place) => {
      for (const rank of list) {
        const at = next[rank] ?? 0
        postings[at] = place
        next[rank] = at + 1
      }
    })
    return {
      format: FORMAT,
      ids: entries.map(({ id }) => id).join('\n'),
      category: Uint16Array.from(entries, ({ category }) =>
        category === NONE ? this.#categories.size : category,
      ),
      categories: [...this.#categories.keys()],
      shelf: Uint8Array.from(
        entries,
        (entry) => (isHidden(entry) ? HIDDEN : 0) | (entry.favourite ? FAVOURITE : 0),
      ),
      firstWord: Uint32Array.from(entries, ({ words: own }) => rankOf[own[0] ?? 0] ?? 0),
      textHash: Uint32Array.from(entries, ({ hash }) => hash),
      words: words.join('\n'),
      postingsAt,
      postings,
    }
  }
}

const NONE = -1

function numberOf(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text)
  if (known !== undefined) return known
  numbers.set(text, numbers.size)
  return numbers.size - 1
}
