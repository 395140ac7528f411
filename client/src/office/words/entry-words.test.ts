import type { JournalEntry } from '@evertill/shared/protocol/office/journal'
import { expect, it } from 'vitest'
import { aboutText, kindText } from './entry-words.ts'

const entry = (parts: Partial<JournalEntry>): JournalEntry => ({
  entryId: '019a0000-0000-7000-8000-000000000001',
  epoch: 1,
  seq: 1,
  kind: 'sale',
  at: '2026-03-10T04:00:00.000Z',
  receivedAt: '2026-03-10T04:00:00.000Z',
  staffName: 'Aisyah',
  shiftId: null,
  receiptNo: null,
  amount: null,
  about: null,
  approvedBy: null,
  counted: null,
  ...parts,
})

it('says of an approval what was let pass, and by whom', () => {
  const given = { kind: 'override-given', about: 'Milo at $1.00' } as const
  expect(aboutText(entry({ ...given, approvedBy: 'Priya Nair' }))).toBe(
    'Milo at $1.00, allowed by Priya Nair',
  )
  expect(aboutText(entry(given))).toBe('Milo at $1.00')
})

it('says whether the drawer was counted at the close', () => {
  expect(aboutText(entry({ kind: 'shift-closed', amount: 0 }))).toBe('with its cash counted')
  expect(aboutText(entry({ kind: 'shift-closed' }))).toBe('without counting the cash')
})

it('counts the products of a stock count', () => {
  expect(aboutText(entry({ kind: 'stock-counted', counted: 1 }))).toBe('1 product')
})

it('names kinds that it knows, and quotes those it does not', () => {
  expect(kindText('drawer-opened')).toBe('Drawer opened')
  expect(kindText('raffle')).toBe('Unknown kind “raffle”')
  expect(kindText(null)).toBe('Not readable')
})
