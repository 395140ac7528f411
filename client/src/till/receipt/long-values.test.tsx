import { readFileSync } from 'node:fs'
import { minor } from '@evertill/shared/domain/money'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import classes from './receipt.module.css'
import { ReceiptView } from './receipt-view.tsx'

const REASON = 'The customer says that it was open on one side when they came home with it'

const REFUND: NamedReceipt = {
  context: {
    companyName: 'Kaya & Kopi',
    outletName: 'Tiong Bahru',
    tillName: 'Counter 2',
    cashierName: 'Nur Aisyah binte Abdul Rahman',
    at: '2026-11-21T06:32:00.000Z',
    timeZone: 'Asia/Singapore',
  },
  receiptNo: 'TB-2-000419',
  currency: 'SGD',
  taxInclusive: true,
  lines: [],
  gross: minor(740),
  billDiscount: minor(0),
  tax: minor(61),
  taxRows: [],
  rounding: minor(0),
  total: minor(740),
  tenders: [{ methodCode: 'CASH', methodName: 'Cash', amount: minor(740) }],
  change: minor(0),
  customerName: 'Krishnamoorthy Ramachandran Venkatesan',
  pointsEarned: 0,
  back: { kind: 'refund', reason: REASON },
}

/** The classes of a stylesheet that keep all of a text on one line. */
function unwrapped(file: URL): string[] {
  const rules = readFileSync(file, 'utf8').matchAll(/([^{}]+)\{([^{}]*)\}/g)
  return [...rules].flatMap(([, selector = '', body = '']) =>
    /white-space:\s*nowrap/.test(body) ? [...selector.matchAll(/\.(\w+)/g)].map(([, name = '']) => name) : [],
  )
}

test('on paper amounts stay whole, and a long reason or name wraps', () => {
  const oneLine = unwrapped(new URL('./receipt.module.css', import.meta.url)).map((name) => classes[name])
  const markup = renderToStaticMarkup(<ReceiptView receipt={REFUND} copy={false} />)
  const isOneLine = (text: string) => {
    const [, names = ''] = new RegExp(`class="([^"]*)">${text.replace('$', '\\$')}<`).exec(markup) ?? []
    expect(names, text).not.toBe('')
    return names.split(' ').some((name) => oneLine.includes(name))
  }
  for (const words of [REASON, 'Nur Aisyah binte Abdul Rahman', 'Krishnamoorthy Ramachandran Venkatesan'])
    expect(isOneLine(words), words).toBe(false)
  for (const amount of ['$7.40', '7.40', '0.61']) expect(isOneLine(amount), amount).toBe(true)
})

test('a report keeps no value on one line: some are names', () => {
  expect(unwrapped(new URL('../drawer/report.module.css', import.meta.url))).toEqual([])
})
