import type { ReceiptText } from '@evertill/shared/receipt/receipt-text'
import { expect, test } from 'vitest'
import { MOST_QR_BYTES, receiptQrText } from './receipt-qr-text.ts'

const receiptWith = (items: number): ReceiptText => ({
  logo: undefined,
  buyer: { label: 'Bill to', lines: ['Tan Pte. Ltd.', '10 Anson Road'] },
  title: 'Receipt TB-2-000418',
  head: [
    { text: 'Kaya & Kopi', look: 'strong' },
    { text: '78 Guan Chuan Street\nSingapore 160078', look: 'plain' },
  ],
  facts: [
    { label: 'Receipt', value: 'TB-2-000418' },
    { label: 'Date', value: '21 Nov 2026, 14:32' },
  ],
  items: Array.from({ length: items }, (_, i) => ({
    name: `Kopi-O, bag ${i}`,
    rows: [{ label: '2 × 1.80', value: '3.60' }, 'with care'],
  })),
  discounts: [],
  total: { label: 'Total', value: '$3.60' },
  tenders: [{ label: 'Cash', value: '3.60' }],
  taxes: [{ label: 'GST included', value: '0.30' }],
  footer: 'Thank you',
  code: 'TB-2-000418',
  codeLabel: 'QR code',
  values: [{ name: 'Gift card', code: 'G7K2M9QX4RT8', words: 'G7K2 M9QX 4RT8' }],
})

test('a short receipt is in its code as the paper says it, gift cards too', () => {
  expect(receiptQrText(receiptWith(1))).toEqual({
    whole: true,
    text: [
      'Kaya & Kopi',
      '78 Guan Chuan Street',
      'Singapore 160078',
      'Receipt: TB-2-000418',
      'Date: 21 Nov 2026, 14:32',
      'Bill to',
      'Tan Pte. Ltd.',
      '10 Anson Road',
      'Kopi-O, bag 0',
      '2 × 1.80: 3.60',
      'with care',
      'Total: $3.60',
      'Cash: 3.60',
      'GST included: 0.30',
      'Thank you',
      'Gift card',
      'G7K2 M9QX 4RT8',
    ].join('\n'),
  })
})

test('a long one says whose it is, its number, date, total and tax, and that it is not all', () => {
  const { text, whole } = receiptQrText(receiptWith(40))
  expect(whole).toBe(false)
  expect(text).toContain('Receipt: TB-2-000418\nDate: 21 Nov 2026, 14:32\nTotal: $3.60\nGST included: 0.30')
  expect(text).not.toContain('Kopi-O')
  expect(text).not.toContain('Anson Road')
  expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(MOST_QR_BYTES)
})
