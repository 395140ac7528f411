import { expect, it } from 'vitest'
import type { EntryOf } from '../protocol/entry.ts'
import { cartOf, entryOf, entryOfKind, refundOf, saleOf } from '../testing/builders.ts'
import { namedReceipt, type ReceiptNames } from './named-receipt.ts'
import { receiptText } from './receipt-text.ts'
import { sayIn } from './say.ts'

const t = sayIn('en')
const today: ReceiptNames = {
  companyName: 'Kampong Group',
  gstRegistrationNo: 'M2-1234567-8',
  outletName: 'Hougang',
  address: '12 Hougang Ave',
  tillName: 'Counter 1',
  cashierName: 'Siti',
  timeZone: 'Asia/Singapore',
  paymentMethods: [],
}
const sale = saleOf(cartOf([{}]))
const headOf = (body: typeof sale) =>
  receiptText(namedReceipt(entryOf(body), today, t), true, { language: 'en', t }).head.map(({ text }) => text)

it('says of a copy what stood on the paper: who had no GST number then has written no tax invoice', () => {
  const seller = { company: 'Kampong Mart', outlet: 'Bedok', phone: '6123 4567' }
  expect(headOf({ ...sale, seller })).toEqual(['Kampong Mart', 'Bedok', 'Tel. 6123 4567', 'Receipt', 'COPY'])
})

it('names the shop of today on a paper that does not say whose it is', () => {
  expect(headOf(sale)).toEqual([
    'Kampong Group',
    'Hougang',
    '12 Hougang Ave',
    'GST Reg. No. M2-1234567-8',
    'Tax invoice',
    'COPY',
  ])
})

// A device whose battery died begins anew; the till has heard of the server's time since.
const flat = {
  at: '2020-01-01T00:10:00.000Z',
  clockOffsetMs: Date.parse('2026-11-21T04:00:00.000Z') - Date.parse('2020-01-01T00:10:00.000Z'),
}
const datesOf = (entry: EntryOf<'sale' | 'refund' | 'void'>) =>
  [false, true].map(
    (copy) =>
      receiptText(namedReceipt(entry, today, t), copy, { language: 'en', t }).facts.find(
        ({ label }) => label === 'Date',
      )?.value,
  )

it('dates a paper by the clock that its tax and its business date go by, and its copies alike', () => {
  const right = datesOf(entryOf(sale))
  expect(right[0]).toContain('2026')
  expect(right[1]).toBe(right[0])
  expect(datesOf(entryOf(sale, flat))).toEqual(right)
  expect(datesOf(entryOfKind('refund', refundOf(sale), flat))).toEqual(right)
  expect(datesOf(entryOfKind('void', refundOf(sale), flat))).toEqual(right)
})
