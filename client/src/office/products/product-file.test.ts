import { isGtin } from '@evertill/shared/domain/barcode'
import { expect, it } from 'vitest'
import { PRODUCT_FILE_HEADER, PRODUCT_FILE_TEMPLATE, productFileCells } from './product-file.ts'

it('gives an example whose barcode a scanner would read', () => {
  const [header, example] = PRODUCT_FILE_TEMPLATE.split('\r\n')
  expect(header).toBe([...PRODUCT_FILE_HEADER, 'opening stock'].join(','))
  expect(isGtin(/\d{13}/.exec(example ?? '')?.[0] ?? '')).toBe(true)
})

it('puts a product under its columns', () => {
  const product = {
    productId: '019a0000-0000-7000-8000-000000000002',
    version: '1',
    sku: 'A',
    name: 'Apple',
    categoryId: null,
    taxCodeId: '019a0000-0000-7000-8000-000000000001',
    price: 5 as never,
    cost: null,
    unit: 'kg' as const,
    barcodes: ['20001', '20002'],
    favourite: true as const,
    variantOf: 'Apples',
    options: [
      { name: 'Kind', value: 'Fuji' },
      { name: 'Size', value: 'L' },
    ],
    categoryName: null,
    taxCode: 'ZR',
  }
  const cells = productFileCells(product, 'SGD')
  expect(Object.fromEntries(PRODUCT_FILE_HEADER.map((column, i) => [column, cells[i]]))).toEqual({
    sku: 'A',
    name: 'Apple',
    category: null,
    price: '0.05',
    cost: null,
    'tax code': 'ZR',
    barcodes: '20001|20002',
    unit: 'kg',
    'open price': 'no',
    favourite: 'yes',
    picture: null,
    'variant of': 'Apples',
    options: 'Kind: Fuji; Size: L',
  })
})
