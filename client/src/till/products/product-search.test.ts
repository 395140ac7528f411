import { minor } from '@evertill/shared/domain/money'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildProductSearch, type ProductSearch } from './product-search.ts'

const product = (n: number, name: string, sku: string, barcodes: string[]): ProductRow => ({
  productId: `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  name,
  sku,
  barcodes,
  categoryId: null,
  taxCodeId: '0190a000-0000-7000-8000-00000000ffff',
  price: minor(180),
  unit: 'each',
})

const kopi = product(1, 'Kopi-O bag 20s', 'BEV-001', ['8888000000017'])
const kopiC = product(2, 'Kopi-C sticks', 'BEV-002', ['8888000000024'])
const bread = product(3, 'Bread, wholemeal 400 g', 'BAK-001', ['8888000001014'])
const tofu = product(4, '豆腐 Tofu, silken', 'FRE-001', [])

let search: ProductSearch
beforeAll(async () => {
  search = await buildProductSearch([kopi, kopiC, bread, tofu])
})

describe('product search', () => {
  test('the beginning of any word of the name finds it', () => {
    expect(search.find('kop', 10)).toEqual(expect.arrayContaining([kopi, kopiC]))
    expect(search.find('whole', 10)).toEqual([bread])
    expect(search.find('豆', 10)).toEqual([tofu])
  })

  test('every word typed has to match', () => {
    expect(search.find('kopi sticks', 10)).toEqual([kopiC])
    expect(search.find('kopi bread', 10)).toEqual([])
  })

  test('one slip in a word is forgiven', () => {
    expect(search.find('wholmeal', 10)).toEqual([bread])
  })

  test('a SKU and a barcode come first, whatever the case, and are never approximate', () => {
    expect(search.find('bev-001', 10)[0]).toBe(kopi)
    expect(search.find('8888000000024', 10)).toEqual([kopiC])
    expect(search.find('8888000000099', 10)).toEqual([])
    expect(search.exact('8888000001014')).toBe(bread)
    expect(search.exact('888800000101')).toBeUndefined()
  })

  test('no more than asked for come back, and nothing for nothing', () => {
    expect(search.find('kopi', 1)).toHaveLength(1)
    expect(search.find('   ', 10)).toEqual([])
  })
})
