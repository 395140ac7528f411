import { GENESIS, sealEntry } from '../domain/journal-hash.ts'
import { minor } from '../domain/money.ts'
import type { Seller } from '../domain/seller.ts'
import { closeOf, shiftTotals } from '../domain/shift.ts'
import type { Entry, EntryKind, EntryOf } from '../protocol/entry.ts'
import {
  card,
  cartOf,
  cash,
  customer,
  entryOfKind,
  percent,
  refundOf,
  STAFF_ID,
  saleOf,
  voidOf,
} from './builders.ts'

const SELLER: Seller = {
  company: 'Kopi & Kaya Pte Ltd',
  gstRegistrationNo: 'M9-0012345-6',
  outlet: 'Bedok',
  address: '1 Bedok Road\nSingapore 460001',
}
const BEGINNING = { seq: 0, prev: GENESIS }

/**
 * A short day at one till with an entry of every kind: a shift with two sales, of which one is refunded in part and one
 * voided, cash taken out, the drawer opened, a receipt e-mailed and made out to a business, a customer registered, an override, a shelf counted,
 * the shift closed.
 */
export function everyKind(after: { readonly seq: number; readonly prev: string } = BEGINNING): Entry[] {
  const entries: Entry[] = []
  const numbered = <T extends { readonly receiptNo: string }>(paper: T): T => ({
    ...paper,
    seller: SELLER,
    receiptNo: `BED-T1-${String(100 + after.seq + entries.length).padStart(6, '0')}`,
  })
  let shiftId: string | undefined
  const write = <K extends EntryKind>(kind: K, body: EntryOf<K>['body']): EntryOf<K> => {
    const last = entries.at(-1)
    const prev = last === undefined ? after.prev : sealEntry(last).hash
    const entry = entryOfKind(kind, body, {
      seq: after.seq + entries.length + 1,
      prev,
      ...(shiftId !== undefined && { shiftId }),
    } as Partial<EntryOf<K>>)
    entries.push(entry)
    return entry
  }
  const opened = write('shift-opened', {
    float: minor(20_000),
    counts: [
      { denomination: minor(1000), count: 15 },
      { denomination: minor(100), count: 50 },
    ],
  })
  shiftId = opened.id
  const registered = write('customer-registered', {
    customerId: '01932a5e-8c00-7000-8000-00000000c901',
    code: 'T1-0001',
    name: 'Tan Mei Ling',
    phone: '+6591234567',
  })
  const basket = cartOf(
    [
      { price: 545, quantity: 3000, discount: percent(10) },
      { price: 1290, quantity: 385 },
    ],
    { customer: { ...customer(), customerId: registered.body.customerId } },
  )
  const sale = write('sale', numbered(saleOf(basket, [card(1000), cash(1000)])))
  const mistake = write('sale', numbered(saleOf(cartOf([{ price: 1003 }]), [cash(2000)])))
  write('override-given', {
    permission: 'sale.refund',
    approvedBy: STAFF_ID,
    about: `Refund of ${sale.body.receiptNo}`,
  })
  const picks = [
    { lineNo: 1, quantity: 1000 },
    { lineNo: 1, quantity: 1000, restock: false },
  ]
  const refund = write('refund', numbered(refundOf(sale.body, { saleId: sale.id, picks })))
  const taken = write('void', numbered(voidOf(mistake.body, { saleId: mistake.id })))
  const moved = write('cash-moved', { direction: 'out', amount: minor(5000), reason: 'Safe' })
  write('drawer-opened', { reason: 'Change for a customer' })
  write('receipt-emailed', {
    paperId: sale.id,
    receiptNo: sale.body.receiptNo,
    to: 'mei.ling@example.com',
    language: 'en',
    copy: false,
    keepFor: registered.body.customerId,
  })
  write('buyer-named', {
    paperId: sale.id,
    receiptNo: sale.body.receiptNo,
    buyer: {
      name: 'Tan & Daughters Pte. Ltd.',
      address: '10 Anson Road #05-17\nSingapore 079903',
      registrationNo: '201912345K',
    },
  })
  write('stock-counted', {
    lines: [{ productId: '018f3c5e-0000-7000-8000-000000000001', expected: -1000, counted: 3000 }],
    note: 'Two behind the shelf',
  })
  const totals = shiftTotals(opened.body.float, [sale, mistake, refund, taken, moved])
  write(
    'shift-closed',
    closeOf(totals, 'CASH', [{ methodCode: 'CASH', amount: minor(15_900) }], { note: 'Short' }),
  )
  return entries
}
