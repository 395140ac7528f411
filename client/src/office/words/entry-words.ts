import type { EntryKind } from '@evertill/shared/protocol/entry'
import type { JournalEntry } from '@evertill/shared/protocol/office/journal'
import { countOf } from './count-words.ts'

/** Kinds of entries as a person calls them. */
export const ENTRY_KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  sale: 'Sale',
  refund: 'Refund',
  void: 'Void',
  'shift-opened': 'Shift opened',
  'shift-closed': 'Shift closed',
  'cash-moved': 'Cash moved',
  'customer-registered': 'Customer registered',
  'drawer-opened': 'Drawer opened',
  'receipt-emailed': 'Receipt e-mailed',
  'buyer-named': 'Receipt made out',
  'override-given': 'Approval given',
  'stock-counted': 'Stock counted',
}

/** The same for a kind that may be none of them, as in what could not be read. */
export const kindText = (kind: string | null): string =>
  kind === null
    ? 'Not readable'
    : kind in ENTRY_KIND_WORDS
      ? ENTRY_KIND_WORDS[kind as EntryKind]
      : `Unknown kind “${kind.slice(0, 40)}”`

/** What an entry is about, in half a line. */
export function aboutText({ kind, about, approvedBy, counted, amount, receiptNo }: JournalEntry): string {
  switch (kind) {
    case 'sale':
    case 'refund':
    case 'void':
      return receiptNo ?? ''
    case 'shift-opened':
      return 'with its float'
    case 'shift-closed':
      return amount === null ? 'without counting the cash' : 'with its cash counted'
    case 'override-given':
      return `${about ?? ''}${approvedBy === null ? '' : `, allowed by ${approvedBy}`}`
    case 'stock-counted':
      return countOf(counted ?? 0, 'product')
    case 'cash-moved':
    case 'drawer-opened':
    case 'receipt-emailed':
    case 'buyer-named':
    case 'customer-registered':
      return about ?? ''
  }
}
