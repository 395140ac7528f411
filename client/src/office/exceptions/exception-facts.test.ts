import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { expect, it } from 'vitest'
import { exceptionFacts, factsOf } from './exception-facts.ts'

const product = '019a0000-0000-7000-8000-000000000001'

const exceptionRow = (given: Partial<ExceptionRow>): ExceptionRow => ({
  exceptionId: product,
  type: 'stock-negative',
  state: 'open',
  raisedAt: '2026-03-10T04:00:00.000Z',
  outletName: null,
  tillId: null,
  tillName: null,
  entryId: null,
  entryKind: null,
  receiptNo: null,
  held: 0,
  onHandNow: null,
  detail: {},
  resolvedAt: null,
  resolvedBy: null,
  note: null,
  ...given,
})

it('shows a product as a product and stock as a quantity', () => {
  expect(exceptionFacts({ productId: product, onHand: -2000 })).toEqual([
    { label: 'Product', kind: 'product', productId: product },
    { label: 'On hand', kind: 'quantity', quantity: -2000 },
  ])
})

it('says how much stock there is by now, before what there was when it sank below zero', () => {
  const row = exceptionRow({ detail: { productId: product, onHand: -1000 }, onHandNow: -9000 })
  expect(factsOf(row).slice(1)).toEqual([
    { label: 'On hand now', kind: 'quantity', quantity: -9000 },
    { label: 'On hand when raised', kind: 'quantity', quantity: -1000 },
  ])
  const asRaised = [{ label: 'On hand', kind: 'quantity', quantity: -1000 }]
  expect(factsOf({ ...row, onHandNow: -1000 }).slice(1)).toEqual(asRaised)
  expect(factsOf({ ...row, state: 'resolved' }).slice(1)).toEqual(asRaised)
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
      ofShift: false,
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

it('tells which entries are missing, by their numbers', () => {
  const ranges = [
    { from: 4, to: 6 },
    { from: 1009, to: 1009 },
  ]
  expect(exceptionFacts({ epoch: 1, missing: 4, ranges })).toEqual([
    { label: 'Journal epoch', kind: 'text', text: '1' },
    { label: 'Missing', kind: 'text', text: '4' },
    { label: 'Numbers', kind: 'text', text: '4 to 6, 1,009' },
  ])
})

it('leads from an over-refund to its sale, or says that the sale is not here', () => {
  const detail = { originalSaleId: product, originalReceiptNo: 'TB-1-7', lines: [] }
  expect(exceptionFacts({ ...detail, known: true })).toEqual([
    { label: 'Refund of', kind: 'sale', saleId: product, receiptNo: 'TB-1-7' },
  ])
  expect(exceptionFacts({ ...detail, known: false })).toEqual([
    { label: 'Refund of', kind: 'text', text: 'TB-1-7, which has not arrived here' },
  ])
})

it('shows what was sold beside what came back', () => {
  const line = {
    lineNo: 1,
    productId: product,
    name: 'Milo',
    sold: 1000,
    refunded: 2000,
    paid: 590,
    paidBack: 1180,
  }
  expect(exceptionFacts({ lines: [line] })).toMatchObject([
    { kind: 'refunded', rows: [{ name: 'Milo', sold: 1000, refunded: 2000, paid: 590, paidBack: 1180 }] },
  ])
})

it('holds a shift’s own figures against the ledger, by method', () => {
  const differences = [{ field: 'PAYNOW', expected: 100, actual: 0 }]
  expect(exceptionFacts({ shiftId: product, differences })).toEqual([
    { label: 'Shift', kind: 'shift', shiftId: product },
    {
      label: 'Differences',
      kind: 'differences',
      ofShift: true,
      rows: [{ label: 'PAYNOW', money: true, expected: 100, actual: 0 }],
    },
  ])
})

it('says which way a clock was off, and when things were', () => {
  expect(exceptionFacts({ clockOffsetMs: 3 * 3_600_000, serverTime: '2026-03-10T04:00:00+00:00' })).toEqual([
    { label: 'Clock off by', kind: 'text', text: '3 h behind' },
    { label: 'Arrived', kind: 'instant', at: '2026-03-10T04:00:00+00:00' },
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
