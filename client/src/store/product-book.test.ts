import { expect, onTestFinished, test, vi } from 'vitest'
import { applyPull, startPull } from './apply-pull.ts'
import { ProductBook } from './product-book.ts'
import { FORMAT, type ProductQuery } from './product-index.ts'
import type { TillDatabase } from './till-database.ts'
import {
  browserProfile,
  enrolledTill,
  MILK,
  NO_ROWS,
  productRow,
  pullAnswer,
  RICE,
} from './till-for-tests.ts'

const TEA = '01900000-0000-7000-8000-000000000099'

const open = (db: TillDatabase) => ProductBook.open(db, async () => undefined)

async function namesIn(book: ProductBook, query: ProductQuery = {}, from = 0, to = 100) {
  return (await book.page(query, from, to)).rows.map((row) => row?.name)
}

async function pull(db: TillDatabase, cursor: string, product: object[], snapshot = false): Promise<void> {
  const start = await startPull(db, 'test')
  if (start === undefined) throw new Error('not enrolled')
  const rows = { ...NO_ROWS, product } as never
  expect(await applyPull(db, start, pullAnswer({ cursor, snapshot, rows }), cursor)).toBe('applied')
}

/** Follows changes, and says how often it was told of one. */
function follow(book: ProductBook): () => number {
  let told = 0
  onTestFinished(
    book.follow(() => {
      told += 1
    }),
  )
  return () => told
}

test('products are found from the first pull on, page by page', async () => {
  const book = await open(await enrolledTill())
  expect(await namesIn(book)).toEqual(['Milk 1 l', 'Rice 5 kg'])
  expect(await book.page({}, 1, 2)).toMatchObject({ count: 2, rows: [{ productId: RICE }] })
  expect(await namesIn(book, { text: 'ric' })).toEqual(['Rice 5 kg'])
})

test('a new price is told of at once and is in the next page, with the index as it was', async () => {
  const db = await enrolledTill()
  const book = await open(db)
  const kept = await db.productIndex.get('products')
  const told = follow(book)
  await pull(db, 'c2', [productRow(MILK, 'Milk 1 l', 399, ['8888888888888'])])
  await vi.waitFor(() => expect(told()).toBeGreaterThan(0))
  expect(await book.page({ text: 'milk' }, 0, 1)).toMatchObject({ rows: [{ price: 399 }] })
  expect(await db.productIndex.get('products')).toEqual(kept)
})

test('new, renamed and withdrawn products are followed, one change after the other', async () => {
  const db = await enrolledTill()
  const book = await open(db)
  follow(book)
  await pull(db, 'c2', [productRow(TEA, 'Tea 50 bags', 480, [])])
  await vi.waitFor(async () => expect(await namesIn(book)).toEqual(['Milk 1 l', 'Rice 5 kg', 'Tea 50 bags']))
  await pull(db, 'c3', [productRow(MILK, 'Oat milk 1 l', 399, [])])
  await vi.waitFor(async () => expect(await namesIn(book, { text: 'oat' })).toEqual(['Oat milk 1 l']))
  await pull(db, 'c4', [{ ...productRow(RICE, 'Rice 5 kg', 1290, []), deleted: true }])
  await vi.waitFor(async () => expect(await namesIn(book)).toEqual(['Oat milk 1 l', 'Tea 50 bags']))
  await pull(db, 'c5', [productRow(TEA, 'Tea 50 bags', 480, [])], true)
  await vi.waitFor(async () => expect(await namesIn(book)).toEqual(['Tea 50 bags']))
})

test('the next start takes up the kept index and catches up with what came since', async () => {
  const profile = browserProfile()
  const db = await enrolledTill(profile)
  await open(db)
  await pull(db, 'c2', [productRow(TEA, 'Tea 50 bags', 480, [])])
  const read = vi.spyOn(db.product, 'where')
  const book = await open(db)
  expect(read).not.toHaveBeenCalled()
  expect(await namesIn(book)).toEqual(['Milk 1 l', 'Rice 5 kg'])
  follow(book)
  await vi.waitFor(async () => expect(await namesIn(book)).toEqual(['Milk 1 l', 'Rice 5 kg', 'Tea 50 bags']))
})

test('an index of another format is made anew', async () => {
  const db = await enrolledTill()
  await open(db)
  const kept = await db.productIndex.get('products')
  if (kept === undefined) throw new Error('nothing was kept')
  await db.productIndex.put({ ...kept, index: { ...kept.index, format: FORMAT - 1, ids: '' } })
  expect(await namesIn(await open(db))).toEqual(['Milk 1 l', 'Rice 5 kg'])
})

test('changes that are no longer kept make it read everything again', async () => {
  const db = await enrolledTill()
  await open(db)
  await pull(db, 'c2', [{ ...productRow(MILK, 'Milk 1 l', 345, []), deleted: true }])
  await pull(db, 'c3', [productRow(RICE, 'Rice 5 kg', 1290, [])])
  const [first] = await db.productChange.orderBy('no').reverse().offset(1).limit(1).primaryKeys()
  if (first === undefined) throw new Error('no change was written')
  await db.productChange.delete(first)
  const book = await open(db)
  follow(book)
  await vi.waitFor(async () => expect(await namesIn(book)).toEqual(['Rice 5 kg']))
})
