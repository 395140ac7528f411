import { expect, it } from 'vitest'
import { exceptionFacts } from './exception-facts.ts'

const product = '019a0000-0000-7000-8000-000000000001'

it('shows a product as a product and stock as a quantity', () => {
  expect(exceptionFacts({ productId: product, onHand: -2000 })).toEqual([
    { label: 'Product', kind: 'product', productId: product },
    { label: 'On hand', kind: 'quantity', quantity: -2000 },
  ])
})

it('says whether an unknown product was deleted or never there', () => {
  const facts = exceptionFacts({ sku: 'KOPI', name: 'Kopi-O', deleted: true })
  expect(facts.map((fact) => fact.label)).toEqual(['SKU', 'Sold as', 'Deleted'])
  expect(facts.at(-1)).toMatchObject({ text: 'Yes, before this sale' })
})

it('names each amount that differs by its place on the receipt', () => {
  const differences = [
    { field: 'lines.2.tax', expected: 15, actual: 16 },
    { field: 'lineDiscount', expected: 0, actual: 5 },
    { field: 'pointsEarned', expected: 1, actual: 2 },
  ]
  expect(exceptionFacts({ differences })).toEqual([
    {
      label: 'Differences',
      kind: 'differences',
      rows: [
        { label: 'Line 3, tax', money: true, expected: 15, actual: 16 },
        { label: 'Line discount', money: true, expected: 0, actual: 5 },
        { label: 'Points earned', money: false, expected: 1, actual: 2 },
      ],
    },
  ])
})

it('tells amounts, times and identifiers apart', () => {
  expect(exceptionFacts({ unitPrice: 180, offsetMs: -90_000, staffId: product, nothing: null })).toEqual([
    { label: 'Unit price', kind: 'money', amount: 180 },
    { label: 'Clock off by', kind: 'duration', ms: 90_000 },
    { label: 'Staff id', kind: 'code', text: product },
  ])
})

it('says what could not be read, and nothing where nothing is known', () => {
  expect(exceptionFacts({ reason: 'The text is not JSON.', fields: [], entry: null })).toEqual([
    { label: 'Reason', kind: 'text', text: 'The text is not JSON.' },
  ])
  const fields = [{ path: 'body.lines.0.quantity', message: 'must be at least 1' }]
  expect(exceptionFacts({ fields })).toEqual([
    { label: 'Wrong in it', kind: 'text', text: 'body.lines.0.quantity: must be at least 1' },
  ])
})

it('still shows what it has never heard of', () => {
  expect(exceptionFacts({ newThing: { a: 1 } })).toEqual([
    { label: 'New thing', kind: 'code', text: '{"a":1}' },
  ])
})
