import { zFirstRun } from '@evertill/shared/protocol/office'
import { zProductEdit } from '@evertill/shared/protocol/office/products'
import { expect, it } from 'vitest'
import { asSentences, formErrors } from './form-errors.ts'

it('says in plain words what each field lacks', () => {
  const typed = {
    setupCode: 'ABCD-2345',
    companyName: ' ',
    outletName: 'x'.repeat(201),
    ownerName: 'Mei',
    email: 'mei',
    password: 'short',
    pin: '12a4',
  }
  expect(formErrors(zFirstRun, typed)).toEqual({
    companyName: 'Fill this in',
    outletName: 'At most 200 characters',
    email: 'Type an email address, like mei@shop.sg',
    password: 'Must have at least 10 characters',
    pin: 'Must be 4 to 8 digits',
  })
})

it('names the one barcode that is wrong', () => {
  const product = {
    sku: 'KOPI',
    name: 'Kopi',
    categoryId: null,
    taxCodeId: '019a0000-0000-7000-8000-000000000001',
    price: 180,
    cost: null,
    unit: 'each',
    barcodes: ['8888001', 'with space'],
  }
  expect(formErrors(zProductEdit, product)).toEqual({ 'barcodes.1': 'Must be 1 to 48 printable characters' })
  expect(formErrors(zProductEdit, { ...product, barcodes: [] })).toEqual({})
})

it('makes a sentence of what the server says about a field', () => {
  expect(asSentences({ sku: 'is the SKU of Kopi-O', email: 'Invalid email' })).toEqual({
    sku: 'This is the SKU of Kopi-O',
    email: 'Invalid email',
  })
})
