import { describe, expect, it, test } from 'vitest'
import {
  errorsByField,
  isFarFrom,
  type ProductFormValues,
  productFormValues,
  readProductForm,
} from './product-form.ts'

const taxCodeId = '019a0000-0000-7000-8000-000000000001'
const CATEGORIES = [{ categoryId: '019a0000-0000-7000-8000-000000000003', name: 'Drinks' }]
const filled = (change: Partial<ProductFormValues> = {}): ProductFormValues => ({
  sku: 'KOPI',
  name: 'Kopi-O bag',
  category: '',
  taxCodeId,
  price: '1.80',
  cost: '',
  unit: 'each',
  barcodes: [],
  openPrice: false,
  favourite: false,
  picture: '',
  variantOf: '',
  options: [],
  ...change,
})
const errorsOf = (change: Partial<ProductFormValues>) => {
  const read = readProductForm(filled(change), 'SGD', CATEGORIES)
  return read.ok ? {} : read.errors
}

describe('the product form', () => {
  it('becomes a product with its amounts in cents', () => {
    const read = readProductForm(
      filled({ price: '$1.8', cost: '0.95', name: ' Kopi-O bag ' }),
      'SGD',
      CATEGORIES,
    )
    expect(read).toEqual({
      ok: true,
      edit: {
        sku: 'KOPI',
        name: 'Kopi-O bag',
        categoryId: null,
        taxCodeId,
        price: 180,
        cost: 95,
        unit: 'each',
        barcodes: [],
      },
    })
  })

  it('takes an empty cost as not known, but wants a price', () => {
    expect(errorsOf({ cost: ' ' })).toEqual({})
    expect(errorsOf({ price: '' })).toEqual({ price: 'Fill this in' })
  })

  it('says at each field what is wrong with it', () => {
    expect(errorsOf({ name: '', sku: '', price: '1.805', cost: 'x', taxCodeId: null })).toEqual({
      name: 'Fill this in',
      sku: 'Fill this in',
      price: 'That is smaller than the smallest coin',
      cost: 'Type an amount, such as 3.60',
      taxCodeId: 'Choose a tax code',
    })
  })

  it('does not take an absurd price', () => {
    expect(errorsOf({ price: '1,000,001' })).toEqual({ price: 'That is too much' })
  })

  it('wants options of a variant, and a variant of options', () => {
    expect(errorsOf({ variantOf: 'Tee' })).toEqual({ 'options.0.name': 'Say what tells it from the others' })
    expect(errorsOf({ options: [{ name: 'Size', value: 'M' }] })).toEqual({
      variantOf: 'Say what it is a variant of',
    })
    expect(Object.keys(errorsOf({ picture: 'cap.jpg' }))).toEqual(['picture'])
    expect(errorsOf({ options: [{ name: ' ', value: '' }] })).toEqual({})
  })

  it('finds the category of a typed name whatever its case, and asks for a new one where there is none', () => {
    const placed = (category: string) => {
      const read = readProductForm(filled({ category }), 'SGD', CATEGORIES)
      return read.ok && { categoryId: read.edit.categoryId, newCategory: read.edit.newCategory }
    }
    expect(placed(' ')).toEqual({ categoryId: null, newCategory: undefined })
    expect(placed(' drinks')).toEqual({ categoryId: CATEGORIES[0]?.categoryId, newCategory: undefined })
    expect(placed('Snacks ')).toEqual({ categoryId: null, newCategory: 'Snacks' })
    expect(errorsByField(errorsOf({ category: 'x'.repeat(201) }), [])).toEqual({
      category: 'At most 200 characters',
    })
  })

  it('does not take a barcode that no scanner will ever read', () => {
    const barcodes = ['HOUSE-1', '8881234567890']
    expect(errorsByField(errorsOf({ barcodes }), barcodes)).toEqual({
      barcodes: '8881234567890 has a wrong last digit (5 would be right): it was probably mistyped',
    })
  })

  it('shows a product and saves it back unchanged', () => {
    const product = {
      productId: '019a0000-0000-7000-8000-000000000002',
      sku: 'A',
      name: 'Apple',
      categoryId: CATEGORIES[0]?.categoryId ?? null,
      taxCodeId,
      price: 5 as never,
      cost: 1999 as never,
      version: '1',
      unit: 'kg' as const,
      barcodes: ['20001'],
      openPrice: true as const,
      favourite: true as const,
      picture: 'https://shop.example/apple.jpg',
      variantOf: 'Apples',
      options: [{ name: 'Kind', value: 'Fuji' }],
      categoryName: 'Drinks',
      taxCode: 'SR',
    }
    const { productId: _, categoryName: __, taxCode: ___, version: ____, ...edit } = product
    expect(readProductForm(productFormValues(product, undefined, 'SGD'), 'SGD', CATEGORIES)).toEqual({
      ok: true,
      edit,
    })
  })
})

it('names the barcode an error is about, under the one field for barcodes', () => {
  const errors = {
    sku: 'This is taken',
    'barcodes.1': 'is a barcode of Milo',
    'barcodes.0': 'Is there twice',
  }
  expect(errorsByField(errors, ['111', '222'])).toEqual({
    sku: 'This is taken',
    barcodes: '222 is a barcode of Milo; 111 is there twice',
  })
})

test.each([
  [290, 2900, true],
  [290, 29, true],
  [290, 580, true],
  [290, 579, false],
  [290, 145, true],
  [290, 146, false],
  [290, 290, false],
  [290, 0, true],
  [0, 290, false],
])('from %i to %i is far: %s', (before, price, far) => {
  expect(isFarFrom(before, price)).toBe(far)
})
