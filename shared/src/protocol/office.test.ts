import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { zResolve } from './office/exceptions.ts'
import { zProductEdit } from './office/products.ts'
import { zFirstRun } from './office.ts'

const faults = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => issue.path.join('.')) ?? []

const product = {
  sku: ' MILO-400 ',
  name: ' Milo 400 g ',
  categoryId: null,
  taxCodeId: '018f3c5e-0000-7000-8000-000000000001',
  price: 545,
  cost: null,
  unit: 'each',
  barcodes: [' 4006381333931 '],
}

describe('a product as typed in the office', () => {
  it('is stored without the spaces around it', () => {
    expect(zProductEdit.parse(product)).toEqual({
      ...product,
      sku: 'MILO-400',
      name: 'Milo 400 g',
      barcodes: ['4006381333931'],
    })
  })

  it.each([
    ['sku', '   '],
    ['sku', 'x'.repeat(65)],
    ['name', ''],
    ['name', 'a\u0000b'],
    ['price', -1],
    ['price', 5.45],
    ['price', 100_000_001],
    ['unit', 'dozen'],
    ['taxCodeId', 'SR'],
    ['barcodes.0', ['has space']],
    ['barcodes.0', ['']],
  ])('is at fault in %s, named, when that is %j', (path, value) => {
    expect(faults(zProductEdit, { ...product, [path.split('.')[0] ?? '']: value })).toEqual([path])
  })
})

describe('the first run', () => {
  const firstRun = {
    setupCode: 'ABCD-EFGH',
    companyName: 'Kampong Mart',
    outletName: 'Bedok',
    ownerName: 'Siti',
    email: 'siti@example.sg',
    password: 'correct horse',
    pin: '4711',
  }

  it('is read', () => {
    expect(faults(zFirstRun, firstRun)).toEqual([])
  })

  it.each([
    ['setupCode', undefined],
    ['companyName', ' '],
    ['email', 'siti'],
    ['password', 'short'],
    ['pin', '123'],
    ['pin', '123456789'],
    ['pin', '12a4'],
  ])('is at fault in %s, named, when that is %j', (field, value) => {
    expect(faults(zFirstRun, { ...firstRun, [field]: value })).toEqual([field])
  })
})

describe('resolving an exception', () => {
  it('takes a word on what was done', () => {
    expect(faults(zResolve, { note: '  ' })).toEqual(['note'])
    expect(zResolve.parse({ note: ' counted again ' })).toEqual({ note: 'counted again' })
  })
})
