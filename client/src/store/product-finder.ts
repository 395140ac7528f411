import {
  FAVOURITE,
  HIDDEN,
  type ProductIndex,
  type ProductQuery,
  plainText,
  wordsIn,
} from './product-index.ts'

/** Finds products by an index of them. Pure: an answer is a list of places, and `idAt` says whose they are. */
export class ProductFinder {
  readonly index: ProductIndex
  readonly #ids: readonly string[]
  readonly #words: readonly string[]
  readonly #ofCategory = new Map<string, Uint32Array>()

  constructor(index: ProductIndex) {
    this.index = index
    this.#ids = index.ids === '' ? [] : index.ids.split('\n')
    this.#words = index.words === '' ? [] : index.words.split('\n')
  }

  get count(): number {
    return this.#ids.length
  }

  idAt(place: number): string | undefined {
    return this.#ids[place]
  }

  ids(): readonly string[] {
    return this.#ids
  }

  /** The places of what a query finds, in the order to show them; of all products, in the order of their names. */
  places(query: ProductQuery): Uint32Array {
    if ('text' in query) return this.#found(query.text)
    if ('favourites' in query) return this.#favourites(query.favourites)
    return this.#inCategory(query.categoryId)
  }

  #inCategory(categoryId: string | undefined): Uint32Array {
    const known = this.#ofCategory.get(categoryId ?? '')
    if (known !== undefined) return known
    const { category, categories, shelf } = this.index
    const wanted = categoryId === undefined ? -1 : categories.indexOf(categoryId)
    const all = Uint32Array.from(this.#ids, (_, place) => place).filter(
      (place) => ((shelf[place] ?? 0) & HIDDEN) === 0,
    )
    const places =
      categoryId === undefined
        ? all
        : wanted < 0
          ? all.subarray(0, 0)
          : all.filter((at) => category[at] === wanted)
    this.#ofCategory.set(categoryId ?? '', places)
    return places
  }

  /** What the shop wants at hand everywhere, by name; then what this till asked for, in its order. */
  #favourites(own: readonly string[]): Uint32Array {
    const shops = [...this.index.shelf.keys()].filter((place) => (this.index.shelf[place] ?? 0) & FAVOURITE)
    const wanted = new Map(own.map((id) => [id, -1]))
    this.#ids.forEach((id, place) => {
      if (wanted.has(id)) wanted.set(id, place)
    })
    return Uint32Array.from(new Set([...shops, ...[...wanted.values()].filter((place) => place >= 0)]))
  }

  /**
   * Products of which every word typed begins some word: first those that have the whole text as a word (a SKU, a
   * barcode), then those whose name begins with it, then the others. Only when there is none is one slip a word
   * forgiven, and never in a word with a digit: a near barcode is another product.
   */
  #found(text: string): Uint32Array {
    const terms = wordsIn(text)
    const [first] = terms
    const whole = plainText(text.trim())
    const exact = this.#wordNo(whole)
    if (first === undefined) return this.#ranked(new Uint8Array(this.count), 1, exact, [0, 0])
    const ranges = terms.map((term) => this.#beginningWith(term))
    const marks = new Uint8Array(this.count)
    ranges.forEach(([from, to], i) => {
      this.#mark(marks, i, from, to)
    })
    const found = this.#ranked(marks, terms.length, exact, ranges[0] ?? [0, 0])
    return found.length > 0 ? found : this.#nearly(terms)
  }

  #nearly(terms: readonly string[]): Uint32Array {
    const marks = new Uint8Array(this.count)
    terms.forEach((term, i) => {
      const [from, to] = this.#beginningWith(term)
      this.#mark(marks, i, from, to)
      if (term.length < SHORTEST_FORGIVEN || DIGIT.test(term)) return
      for (const [no, word] of this.#words.entries())
        if (isOneSlipAway(term, word) && !DIGIT.test(word)) this.#mark(marks, i, no, no + 1)
    })
    return this.#ranked(marks, terms.length, undefined, [0, 0])
  }

  /** Lifts what has one of the words `from` to `to`, and had all words typed before, to the next mark. */
  #mark(marks: Uint8Array, mark: number, from: number, to: number): void {
    const { postings, postingsAt } = this.index
    const end = postingsAt[to] ?? 0
    for (let at = postingsAt[from] ?? 0; at < end; at++) {
      const place = postings[at] ?? 0
      if (marks[place] === mark) marks[place] = mark + 1
    }
  }

  #ranked(
    marks: Uint8Array,
    full: number,
    exact: number | undefined,
    [from, to]: readonly [number, number],
  ): Uint32Array {
    const { firstWord, postings, postingsAt } = this.index
    const best = exact === undefined ? [] : [...postings.subarray(postingsAt[exact], postingsAt[exact + 1])]
    for (const place of best) marks[place] = 0
    const named: number[] = []
    const others: number[] = []
    for (let place = 0; place < marks.length; place++) {
      if (marks[place] !== full) continue
      const word = firstWord[place] ?? 0
      if (word >= from && word < to) named.push(place)
      else others.push(place)
    }
    return Uint32Array.from([...best, ...named, ...others])
  }

  #wordNo(word: string): number | undefined {
    const at = this.#firstFrom(word)
    return word !== '' && this.#words[at] === word ? at : undefined
  }

  /** The numbers of the words that begin with a term, from the first to past the last. */
  #beginningWith(term: string): readonly [number, number] {
    return [this.#firstFrom(term), this.#firstFrom(`${term}\uffff`)]
  }

  #firstFrom(text: string): number {
    let [low, high] = [0, this.#words.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#words[middle] ?? '') < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

const SHORTEST_FORGIVEN = 4
const DIGIT = /\p{N}/u

/** Whether a word begins with the term, but for one letter that is wrong, missing, too much or swapped with its neighbour. */
export function isOneSlipAway(term: string, word: string): boolean {
  let at = 0
  while (at < term.length && term[at] === word[at]) at++
  const rest = term.slice(at + 1)
  return (
    at === term.length ||
    word.startsWith(rest, at + 1) ||
    word.startsWith(rest, at) ||
    word.startsWith(term.slice(at), at + 1) ||
    (term[at] === word[at + 1] && term[at + 1] === word[at] && word.startsWith(rest.slice(1), at + 2))
  )
}
