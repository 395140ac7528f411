import { minor } from '@evertill/shared/domain/money'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { describe, expect, test } from 'vitest'
import { isOneSlipAway, ProductFinder } from './product-finder.ts'
import { IndexBuilder, nameKey, type ProductQuery } from './product-index.ts'

const DRINKS = '0190a000-0000-7000-8000-00000000d000'

const product = (
  n: number,
  name: string,
  sku: string,
  barcodes: string[],
  categoryId?: string,
): ProductRow => ({
  productId: `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  name,
  sku,
  barcodes,
  categoryId: categoryId ?? null,
  taxCodeId: '0190a000-0000-7000-8000-00000000ffff',
  price: minor(180),
  unit: 'each',
})

const PRODUCTS = [
  product(1, 'Kopi-O bag 20s', 'BEV-001', ['8888000000017'], DRINKS),
  product(2, 'Kopi-C sticks', 'BEV-002', ['8888000000024'], DRINKS),
  product(3, 'Bread, wholemeal 400 g', 'BAK-001', ['8888000001014']),
  product(4, '豆腐 Tofu, silken', 'FRE-001', []),
  product(5, 'Iced kopi 500', 'ICE', []),
  product(6, 'Cream bun', 'BUN', []),
]
const TOTES = [
  ['Tote – Black / L', 1950, 'Black'],
  ['Tote – Natural', 1800, 'Natural'],
  ['Tote – Red', 1900, 'Red'],
] as const
TOTES.forEach(([name, price, value], i) => {
  PRODUCTS.push({
    ...product(10 + i, name, `TOTE-${value}`, []),
    price: minor(price),
    variantOf: 'Shopping tote',
    options: [{ name: 'Colour', value }],
  })
})
const nameOf = new Map(PRODUCTS.map(({ productId, name }) => [productId, name]))

const builder = new IndexBuilder()
builder.add(PRODUCTS.slice(0, 2))
builder.add(PRODUCTS.slice(2))
const finder = new ProductFinder(structuredClone(builder.finish()))

const found = (query: ProductQuery) =>
  [...finder.places(query)].map((at) => nameOf.get(finder.idAt(at) ?? ''))
const find = (text: string) => found({ text })

describe('what is typed', () => {
  test('finds products by the beginning of any word of their name, those first whose name begins with it', () => {
    expect(find('kop')).toEqual(['Kopi-C sticks', 'Kopi-O bag 20s', 'Iced kopi 500'])
    expect(find('whole')).toEqual(['Bread, wholemeal 400 g'])
    expect(find('豆')).toEqual(['豆腐 Tofu, silken'])
    expect(find('KÖPI o')).toEqual(['Kopi-O bag 20s'])
  })

  test('has to match by every word', () => {
    expect(find('kopi sticks')).toEqual(['Kopi-C sticks'])
    expect(find('sti kop')).toEqual(['Kopi-C sticks'])
    expect(find('kopi bread')).toEqual([])
  })

  test('may have one slip a word, where nothing else is found', () => {
    expect(find('wholmeal')).toEqual(['Bread, wholemeal 400 g'])
    expect(find('kpoi')).toEqual(['Iced kopi 500', 'Kopi-C sticks', 'Kopi-O bag 20s'])
    expect(find('kopi stiks')).toEqual(['Kopi-C sticks'])
    expect(find('kapu')).toEqual([])
    expect(find('bun')).toEqual(['Cream bun'])
  })

  test('finds a SKU and a barcode whatever the case, the whole one first, and never approximately', () => {
    expect(find('bev-001')[0]).toBe('Kopi-O bag 20s')
    expect(find('bev')).toEqual(['Kopi-C sticks', 'Kopi-O bag 20s'])
    expect(find('ice')).toEqual(['Iced kopi 500'])
    expect(find('8888000000024')).toEqual(['Kopi-C sticks'])
    expect(find('88880000000')).toEqual(['Kopi-C sticks', 'Kopi-O bag 20s'])
    expect(find('8888000000099')).toEqual([])
  })

  test('finds nothing when it is nothing', () => {
    expect(find('   ')).toEqual([])
    expect(find('—')).toEqual([])
  })
})

test('without words all products stand in the order of their names, or those of a category', () => {
  expect(found({})).toEqual([
    'Bread, wholemeal 400 g',
    'Cream bun',
    'Iced kopi 500',
    'Kopi-C sticks',
    'Kopi-O bag 20s',
    'Tote – Natural',
    '豆腐 Tofu, silken',
  ])
  expect(found({ categoryId: DRINKS })).toEqual(['Kopi-C sticks', 'Kopi-O bag 20s'])
  expect(found({ categoryId: 'another' })).toEqual([])
})

test('a shop without products finds none', () => {
  const empty = new ProductFinder(new IndexBuilder().finish())
  expect([empty.count, empty.places({}).length, empty.places({ text: 'kopi' }).length]).toEqual([0, 0, 0])
})

test('names are in order with numbers as numbers, whatever the case and the accents', () => {
  const names = ['Tea 10 bags', 'tea 9 bags', 'Éclair', 'eclair, mini', 'Apple', '豆腐 Tofu', '2 for 1 box']
  const keyed = names.map((name) => ({ name, key: nameKey(name) }))
  expect(keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ name }) => name)).toEqual([
    '2 for 1 box',
    'Apple',
    'Éclair',
    'eclair, mini',
    'tea 9 bags',
    'Tea 10 bags',
    '豆腐 Tofu',
  ])
})

test('a slip is one letter wrong, missing, too much, or two that changed places', () => {
  for (const typed of ['bread', 'broad', 'bead', 'breead', 'braed', 'bre', 'brexd'])
    expect(isOneSlipAway(typed, 'bread'), typed).toBe(true)
  for (const typed of ['brood', 'bad', 'daerb', 'breadxy'])
    expect(isOneSlipAway(typed, 'bread'), typed).toBe(false)
})

describe('the shelf', () => {
  test('shows the cheapest of the variants of one name for all of them, and finds each by what is typed', () => {
    expect(found({}).filter((name) => name?.startsWith('Tote'))).toEqual(['Tote – Natural'])
    expect(find('shopping')).toHaveLength(3)
    expect(find('tote red')).toEqual(['Tote – Red'])
  })

  test('has the shop’s favourites by name, then the till’s own in its order, each once', () => {
    const builder = new IndexBuilder()
    const [first, second, third, fourth] = PRODUCTS
    if (!first || !second || !third || !fourth) throw new Error('too few products')
    builder.add([{ ...first, favourite: true }, { ...second, favourite: true }, third, fourth])
    const shelf = new ProductFinder(builder.finish())
    const favourites = [fourth.productId, 'withdrawn', first.productId, third.productId]
    expect(
      [...shelf.places({ favourites, shownBefore: [] })].map((at) => nameOf.get(shelf.idAt(at) ?? '')),
    ).toEqual(['Kopi-C sticks', 'Kopi-O bag 20s', '豆腐 Tofu, silken', 'Bread, wholemeal 400 g'])
  })
})
