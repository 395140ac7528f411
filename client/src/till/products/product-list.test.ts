import type { ProductRow } from '@evertill/shared/protocol/pull'
import { expect, test } from 'vitest'
import type { ProductPage } from '../../store/product-book.ts'
import type { ProductLists, ProductQuery } from '../../store/product-lists.ts'
import { createShownProducts } from './product-list.ts'

interface Asked {
  readonly query: ProductQuery
  readonly from: number
  answer(count: number, name: string): Promise<void>
}

/** Lists that are answered by hand, page by page. */
function lists() {
  const asked: Asked[] = []
  let tell: () => void = () => undefined
  const source: ProductLists = {
    page: (query, from, to) =>
      new Promise((resolve) => {
        asked.push({
          query,
          from,
          answer: async (count, name) => {
            const length = Math.max(0, Math.min(to, count) - from)
            const rows = Array.from({ length }, (_, i) => ({ name: `${name} ${from + i}` }) as ProductRow)
            resolve({ count, rows } satisfies ProductPage)
            await new Promise((done) => setTimeout(done, 0))
          },
        })
      }),
    subscribe: (changed) => {
      tell = changed
      return () => undefined
    },
    start: () => undefined,
  }
  return { asked, source, change: () => tell() }
}

test('the list of before stays until the one asked for has come', async () => {
  const { asked, source } = lists()
  const shown = createShownProducts(source)
  shown.show({})
  await asked[0]?.answer(100, 'any')
  shown.show({ text: 'te' })
  expect(shown.get()?.query).toEqual({})
  await asked[1]?.answer(1, 'tea')
  expect(shown.get()).toMatchObject({ query: { text: 'te' }, count: 1 })
  expect(shown.get()?.at(0)?.name).toBe('tea 0')
})

test('a late answer to what is no longer asked is dropped', async () => {
  const { asked, source } = lists()
  const shown = createShownProducts(source)
  shown.show({ text: 't' })
  shown.show({ text: 'te' })
  await asked[1]?.answer(1, 'tea')
  await asked[0]?.answer(9, 'tofu')
  expect(shown.get()).toMatchObject({ query: { text: 'te' }, count: 1 })
})

test('what comes into view is fetched once', async () => {
  const { asked, source } = lists()
  const shown = createShownProducts(source)
  shown.show({})
  await asked[0]?.answer(1000, 'any')
  shown.need(50, 130)
  shown.need(50, 130)
  expect(asked.map(({ from }) => from)).toEqual([0, 60, 120])
  await asked[2]?.answer(1000, 'any')
  expect([shown.get()?.at(0)?.name, shown.get()?.at(60)?.name, shown.get()?.at(120)?.name]).toEqual([
    'any 0',
    undefined,
    'any 120',
  ])
})

test('a change fetches anew what is in view, and what was scrolled past long ago when it is needed again', async () => {
  const { asked, source, change } = lists()
  const shown = createShownProducts(source)
  shown.show({})
  for (let from = 0; from < 1200; from += 60) shown.need(from, from + 60)
  for (const question of asked) await question.answer(1200, 'old')
  asked.length = 0
  change()
  expect(asked.map(({ from }) => from)).toContain(1140)
  expect(asked.length).toBeLessThan(10)
  expect(shown.get()?.at(1140)?.name).toBe('old 1140')
  for (const question of asked) await question.answer(1200, 'new')
  expect(shown.get()?.at(1140)?.name).toBe('new 1140')
  expect(shown.get()?.at(0)).toBeUndefined()
  shown.need(0, 60)
  expect(asked.at(-1)?.from).toBe(0)
})

test('whoever ends a search has the list of before at once, and what has changed meanwhile a moment later', async () => {
  const { asked, source } = lists()
  const shown = createShownProducts(source)
  shown.show({ categoryId: 'tea' })
  await asked[0]?.answer(2, 'tea')
  shown.show({ text: 'ko' })
  await asked[1]?.answer(1, 'kopi')
  shown.show({ categoryId: 'tea' })
  expect(shown.get()).toMatchObject({ query: { categoryId: 'tea' }, count: 2 })
  expect(shown.get()?.at(1)?.name).toBe('tea 1')
  await asked[2]?.answer(3, 'green tea')
  expect(shown.get()?.count).toBe(3)
  expect(shown.get()?.at(0)?.name).toBe('green tea 0')
})

test('what comes again as it was stays the same object, and nobody is told of it', async () => {
  const { asked, source, change } = lists()
  const shown = createShownProducts(source)
  let told = 0
  shown.subscribe(() => {
    told += 1
  })
  shown.show({})
  await asked[0]?.answer(2, 'tea')
  const first = shown.get()?.at(0)
  change()
  await asked[1]?.answer(2, 'tea')
  expect(told).toBe(1)
  shown.show({ text: 'tea' })
  await asked[2]?.answer(1, 'tea')
  expect(told).toBe(2)
  expect(shown.get()?.at(0)).toBe(first)
  expect(shown.get()?.at(1)).toBeUndefined()
})

test('what a first letter finds is there when it is typed, and never older than the last change', async () => {
  const { asked, source, change } = lists()
  const shown = createShownProducts(source, (work) => work())
  shown.show({})
  await asked[0]?.answer(100, 'any')
  change()
  expect(asked.map(({ query }) => query)).toEqual([{}, {}, { text: 'a' }])
  await asked[1]?.answer(100, 'any')
  await asked[2]?.answer(1, 'almond')
  await asked[3]?.answer(1, 'bean')
  shown.show({ text: 'b' })
  expect(shown.get()).toMatchObject({ query: { text: 'b' }, count: 1 })
  expect(shown.get()?.at(0)?.name).toBe('bean 0')
  expect(asked.at(-1)?.query).toEqual({ text: 'b' })

  shown.show({})
  change()
  shown.show({ text: 'b' })
  expect(shown.get()?.query).toEqual({})
})
