import type { Minor, Thousandths } from '@evertill/shared/domain/money'
import { expect, test } from 'vitest'
import type { ImportRow } from './import-row.ts'
import { type Catalogue, type KnownProduct, planImport } from './plan-import.ts'

const row = (change: Partial<ImportRow> = {}): ImportRow => ({
  line: 2,
  sku: 'A',
  name: 'Tea',
  category: null,
  price: 100 as Minor,
  cost: null,
  taxCodeId: null,
  barcodes: null,
  listsAllBarcodes: true,
  unit: null,
  openingStock: 5000 as Thousandths,
  openPrice: null,
  favourite: null,
  picture: null,
  variantOf: null,
  options: null,
  columns: { sku: 'SKU', barcodes: 'Barcode' },
  ...change,
})

const tea: KnownProduct = {
  productId: 'tea',
  sku: 'A',
  name: 'Tea',
  categoryId: 'drinks',
  taxCodeId: 'zero',
  price: 100,
  cost: 60,
  unit: 'kg',
  openPrice: false,
  favourite: true,
  picture: null,
  variantOf: null,
  options: [],
  barcodes: ['1', '2'],
}

const catalogue = (products: readonly KnownProduct[] = []): Catalogue => ({
  products: new Map(products.map((product) => [product.sku, product])),
  barcodes: new Map(products.flatMap((product) => product.barcodes.map((code) => [code, product] as const))),
  categories: new Map([['drinks', 'drinks']]),
  defaultTaxCodeId: 'standard',
})

function plan(rows: readonly ImportRow[], of: Catalogue) {
  let next = 0
  return planImport(rows, of, () => `new-${++next}`)
}

test('a new product gets the standard tax code, and what the row leaves blank stays blank', async () => {
  const { rows } = await plan([row()], catalogue())
  expect(rows[0]).toMatchObject({
    action: 'create',
    product: { productId: 'new-1', taxCodeId: 'standard', categoryId: null, cost: null, unit: 'each' },
  })
})

test('a known product keeps what the row leaves blank', async () => {
  const { rows } = await plan([row()], catalogue([tea]))
  expect(rows[0]).toMatchObject({ action: 'unchanged', barcodes: ['1', '2'] })
})

test('each changed field makes an update', async () => {
  const changes: Partial<ImportRow>[] = [
    { name: 'Green tea' },
    { price: 120 as Minor },
    { cost: 70 as Minor },
    { category: 'Hot drinks' },
    { taxCodeId: 'standard' },
    { unit: 'each' },
    { openPrice: true },
    { favourite: false },
    { picture: 'https://shop.example/tea.jpg' },
    { variantOf: 'Teas', options: [{ name: 'Size', value: 'L' }] },
    { barcodes: ['1'] },
    { barcodes: ['1', '2', '3'] },
  ]
  for (const change of changes)
    expect([change, (await plan([row(change)], catalogue([tea]))).rows[0]?.action]).toEqual([
      change,
      'update',
    ])
})

test('categories are matched by name whatever the case, and made once', async () => {
  const rows = ['DRINKS', 'Snacks', 'snacks'].map((category, i) => row({ sku: `S${i}`, category }))
  const planned = await plan(rows, catalogue())
  expect(planned.newCategories.map((category) => category.name)).toEqual(['Snacks'])
  const [first, second, third] = planned.rows.map((of) => of.product.categoryId)
  expect([first, second === third, second]).toEqual(['drinks', true, planned.newCategories[0]?.categoryId])
})

test('a list of all barcodes replaces them; a format with one a product only adds', async () => {
  const all = (await plan([row({ barcodes: ['2', '3'] })], catalogue([tea]))).rows[0]
  expect([all?.barcodesToAdd, all?.barcodesToRemove, all?.barcodes]).toEqual([['3'], ['1'], ['2', '3']])
  const one = (await plan([row({ barcodes: ['3'], listsAllBarcodes: false })], catalogue([tea]))).rows[0]
  expect([one?.barcodesToAdd, one?.barcodesToRemove, one?.barcodes]).toEqual([['3'], [], ['1', '2', '3']])
})

test('what an earlier row or another product has is a problem, and only that row is left out', async () => {
  const { rows, problems } = await plan(
    [
      row({ line: 2, sku: 'B', barcodes: ['9'] }),
      row({ line: 3, sku: 'B' }),
      row({ line: 4, sku: 'C', barcodes: ['9'] }),
      row({ line: 5, sku: 'D', barcodes: ['1'] }),
      row({ line: 6, sku: 'E' }),
    ],
    catalogue([tea]),
  )
  expect(rows.map((of) => of.source.line)).toEqual([2, 6])
  expect(problems).toEqual([
    { line: 3, column: 'SKU', value: 'B', reason: 'is already on line 2' },
    { line: 4, column: 'Barcode', value: '9', reason: 'is already on line 2' },
    { line: 5, column: 'Barcode', value: '1', reason: 'belongs to another product, Tea' },
  ])
})
