import { expect, it } from 'vitest'
import { cartOf, entryOf, saleOf } from '../testing/builders.ts'
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
