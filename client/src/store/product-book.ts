import type { ProductRow } from '@evertill/shared/protocol/pull'
import { liveQuery } from 'dexie'
import { ProductFinder } from './product-finder.ts'
import { FORMAT, IndexBuilder, type ProductQuery, textHashOf } from './product-index.ts'
import type { TillDatabase } from './till-database.ts'

/*
 *   product ──▶ index (in memory) ──▶ productIndex (kept for the next start)
 *      └─ productChange: which products were written since, so that the kept one can be caught up with
 *
 * Reads and sorts all products, which takes long where there are many: it runs in a worker of its own.
 */

export interface ProductPage {
  /** Of all that the query finds. */
  readonly count: number
  /** From the place asked for; one that has just been withdrawn leaves its place empty. */
  readonly rows: readonly (ProductRow | undefined)[]
}

const AT_A_TIME = 2000
/** So many changes are kept for other tabs, which may be behind with reading them. */
const KEPT_CHANGES = 100
/** Changes come in bursts: an import, a shelf of new prices. The index waits for their end, but not for ever. */
const REST_MS = 300
const MOST_RESTS = 30

export class ProductBook {
  readonly #db: TillDatabase
  readonly #sleep: (ms: number) => Promise<void>
  #finder = new ProductFinder(new IndexBuilder().finish())
  /** The last change that the index contains. */
  #no = 0
  #sought: { readonly key: string; readonly finder: ProductFinder; readonly places: Uint32Array } | undefined

  private constructor(db: TillDatabase, sleep: (ms: number) => Promise<void>) {
    this.#db = db
    this.#sleep = sleep
  }

  /** Resolves when questions can be answered. */
  static async open(db: TillDatabase, sleep: (ms: number) => Promise<void>): Promise<ProductBook> {
    const book = new ProductBook(db, sleep)
    const kept = await db.productIndex.get('products')
    if (kept?.index.format === FORMAT) {
      book.#finder = new ProductFinder(kept.index)
      book.#no = kept.no
    } else await book.#rebuild()
    return book
  }

  /**
   * Keeps up with what pulls write, in this tab or another.
   * @param tell what was answered before may be out of date
   */
  follow(tell: () => void): () => void {
    let latest = 0
    let isCatchingUp = false
    const catchUp = async () => {
      if (isCatchingUp) return
      isCatchingUp = true
      try {
        while (latest > this.#no) {
          for (let seen = -1, rests = 0; seen !== latest && rests < MOST_RESTS; rests++) {
            seen = latest
            await this.#sleep(REST_MS)
          }
          if (await this.#catchUp()) tell()
        }
      } finally {
        isCatchingUp = false
      }
    }
    const subscription = liveQuery(() => lastChange(this.#db)).subscribe((no) => {
      if (no <= latest) return
      latest = no
      // At once, for the prices: they are read when they are shown, and most changes leave the index as it is.
      if (no > this.#no) tell()
      // What fails now is tried again with the next change.
      void catchUp().catch(() => undefined)
    })
    return () => subscription.unsubscribe()
  }

  async page(query: ProductQuery, from: number, to: number): Promise<ProductPage> {
    const places = this.#places(query)
    const finder = this.#finder
    const ids = [...places.subarray(from, to)].map((place) => finder.idAt(place) ?? '')
    return { count: places.length, rows: await this.#db.product.bulkGet(ids) }
  }

  #places(query: ProductQuery): Uint32Array {
    const key = JSON.stringify(query)
    if (this.#sought?.key !== key || this.#sought.finder !== this.#finder)
      this.#sought = { key, finder: this.#finder, places: this.#finder.places(query) }
    return this.#sought.places
  }

  /** @returns whether what is found has changed */
  async #catchUp(): Promise<boolean> {
    const changes = await this.#db.productChange.where('no').above(this.#no).toArray()
    const last = changes.at(-1)?.no ?? this.#no
    const isWhole = changes[0]?.no === this.#no + 1
    if (isWhole && (await this.#isAsBefore(changes.map(({ ids }) => ids)))) {
      this.#no = last
      return false
    }
    await this.#rebuild()
    return true
  }

  async #isAsBefore(changes: readonly (readonly string[] | undefined)[]): Promise<boolean> {
    const places = new Map(this.#finder.ids().map((id, place) => [id, place]))
    for (const ids of changes) {
      if (ids === undefined) return false
      const rows = await this.#db.product.bulkGet([...ids])
      const same = rows.every((row, i) => {
        const place = places.get(ids[i] ?? '')
        if (row === undefined || place === undefined) return row === undefined && place === undefined
        return this.#finder.index.textHash[place] === textHashOf(row)
      })
      if (!same) return false
    }
    return true
  }

  async #rebuild(): Promise<void> {
    const { product, productIndex, productChange } = this.#db
    // What is written while this reads is caught up with afterwards.
    const no = await lastChange(this.#db)
    const builder = new IndexBuilder()
    for (let after = '', more = true; more; ) {
      const rows = await product.where('productId').above(after).limit(AT_A_TIME).toArray()
      builder.add(rows)
      after = rows.at(-1)?.productId ?? after
      more = rows.length === AT_A_TIME
    }
    const index = builder.finish()
    this.#finder = new ProductFinder(index)
    this.#no = no
    await this.#db.transaction('rw', productIndex, productChange, async () => {
      const kept = await productIndex.get('products')
      // Another tab may have been here later.
      if (kept !== undefined && kept.index.format === FORMAT && kept.no > no) return
      await productIndex.put({ key: 'products', no, index })
      await productChange
        .where('no')
        .belowOrEqual(no - KEPT_CHANGES)
        .delete()
    })
  }
}

const lastChange = async (db: TillDatabase): Promise<number> =>
  ((await db.productChange.orderBy('no').lastKey()) as number | undefined) ?? 0
