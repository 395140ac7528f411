import type { PrintRow } from './print-row.ts'
import type { ReceiptPair, ReceiptText } from './receipt-text.ts'

/** A receipt as rows for a roll of paper, in the order the screen shows them. */
export function receiptRows(text: ReceiptText): PrintRow[] {
  return [
    ...(text.logo === undefined ? [] : [{ kind: 'picture' as const, ...text.logo }]),
    ...text.head.flatMap(({ text, look }) => centred(text, look !== 'plain')),
    { kind: 'rule' },
    ...text.facts.map(pair),
    ...(text.buyer === undefined ? [] : [{ kind: 'rule' as const }, ...billTo(text.buyer)]),
    { kind: 'rule' },
    ...text.items.flatMap(({ name, rows }): PrintRow[] => [
      { kind: 'text', text: name, strong: true },
      ...rows.map((row): PrintRow => (typeof row === 'string' ? { kind: 'text', text: row } : pair(row))),
    ]),
    { kind: 'rule' },
    ...text.discounts.map(pair),
    { ...pair(text.total), strong: true },
    ...text.tenders.map(pair),
    { kind: 'rule' },
    ...text.taxes.map(pair),
    ...(text.footer === undefined ? [] : centred(text.footer, false)),
    { kind: 'code', text: text.code },
    ...text.values.flatMap(({ name, code, words }): PrintRow[] => [
      { kind: 'rule' },
      ...centred(name, true),
      { kind: 'code', text: code },
      ...centred(words, false),
    ]),
  ]
}

const billTo = ({ label, lines }: NonNullable<ReceiptText['buyer']>): PrintRow[] => [
  { kind: 'text', text: label, strong: true },
  ...lines.map((text): PrintRow => ({ kind: 'text', text })),
]

const pair = ({ label, value }: ReceiptPair) => ({ kind: 'pair', label, value }) as const

const centred = (text: string, strong: boolean): PrintRow[] =>
  text.split('\n').map((line) => ({ kind: 'text', text: line, centred: true, strong }))
