import { expect, test } from 'vitest'
import { htmlReceipt } from './html-receipt.ts'
import { plainReceipt } from './plain-receipt.ts'
import type { PrintRow } from './print-row.ts'

const ROWS: readonly PrintRow[] = [
  { kind: 'text', text: 'Kaya & Kopi <Tiong Bahru>', centred: true, strong: true },
  { kind: 'rule' },
  { kind: 'pair', label: '2 × 1.80', value: '3.60' },
  { kind: 'text', text: '<img src=x onerror="alert(1)">' },
  { kind: 'code', text: 'TB-1-000001' },
]

test('what stands on a receipt is text in HTML, whatever it is', () => {
  const html = htmlReceipt(ROWS, { title: 'A “receipt” & more', language: 'en-SG', note: "It's <yours>" })
  expect(html).toContain('Kaya &amp; Kopi &lt;Tiong Bahru&gt;')
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
  expect(html).toContain('It&#39;s &lt;yours&gt;')
  expect(html).not.toContain('<img')
  expect(html).not.toMatch(/https?:|url\(/)
})

test('the plain text says the same, line by line', () => {
  expect(plainReceipt(ROWS)).toBe('Kaya & Kopi <Tiong Bahru>\n2 × 1.80: 3.60\n<img src=x onerror="alert(1)">')
})
