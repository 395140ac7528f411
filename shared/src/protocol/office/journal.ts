import { z } from 'zod'
import type { EntryKind } from '../entry.ts'
import { zInstant, zUuid } from '../scalars.ts'

export const ENTRY_KINDS = [
  'sale',
  'refund',
  'void',
  'shift-opened',
  'shift-closed',
  'cash-moved',
  'customer-registered',
  'drawer-opened',
  'receipt-emailed',
  'buyer-named',
  'override-given',
  'stock-counted',
] as const satisfies readonly EntryKind[]
export const zEntryKind = z.enum(ENTRY_KINDS)

/** One thing that happened at a till, as its journal has it. */
export const zJournalEntry = z.object({
  entryId: zUuid,
  epoch: z.int(),
  seq: z.int(),
  kind: zEntryKind,
  at: zInstant,
  receivedAt: zInstant,
  staffName: z.nullable(z.string()),
  shiftId: z.nullable(zUuid),
  receiptNo: z.nullable(z.string()),
  /** What a sale took or a refund gave back, cash put in or taken out, a float, or cash counted at the close. */
  amount: z.nullable(z.int()),
  /** The reason given, what was let pass, or who was registered. */
  about: z.nullable(z.string()),
  /** Who let it pass. */
  approvedBy: z.nullable(z.string()),
  /** How many products were counted. */
  counted: z.nullable(z.int()),
})
export type JournalEntry = z.infer<typeof zJournalEntry>
