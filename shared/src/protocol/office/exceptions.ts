import { z } from 'zod'
import { zExceptionType } from '../push.ts'
import { zInstant, zTypedText, zUuid } from '../scalars.ts'
import { zEntryKind } from './journal.ts'

export const zExceptionRow = z.object({
  exceptionId: zUuid,
  type: zExceptionType,
  state: z.enum(['open', 'resolved']),
  raisedAt: zInstant,
  outletName: z.nullable(z.string()),
  tillId: z.nullable(zUuid),
  tillName: z.nullable(z.string()),
  entryId: z.nullable(zUuid),
  /** What kind of entry `entryId` is, where it is in the ledger. */
  entryKind: z.nullable(zEntryKind),
  receiptNo: z.nullable(z.string()),
  /** Entries that are kept for it as they came, and do not count until they are replayed. */
  held: z.int(),
  /** Of stock below zero: what there is now, in thousandths. Sales that came after it raised nothing of their own. */
  onHandNow: z.nullable(z.int()),
  /** What was found against what was expected, by type; plain values ready to show. */
  detail: z.record(z.string(), z.unknown()),
  resolvedAt: z.nullable(zInstant),
  resolvedBy: z.nullable(z.string()),
  note: z.nullable(z.string()),
})
export type ExceptionRow = z.infer<typeof zExceptionRow>

/** A line that is kept as it came, with whatever of it can be made out. */
export const zHeldEntry = z.object({
  quarantineId: zUuid,
  receivedAt: zInstant,
  reason: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
  /** When it happened, by the till's clock. */
  at: z.nullable(zInstant),
  kind: z.nullable(z.string()),
  /** The entry's own id. Of one whose id was taken, the entry that has it is in the ledger. */
  entryId: z.nullable(zUuid),
  receiptNo: z.nullable(z.string()),
  /** Negative for a refund or a void. */
  total: z.nullable(z.int()),
  /** The line itself, shortened; bytes that are no text are shown as �. */
  text: z.string(),
})
export type HeldEntry = z.infer<typeof zHeldEntry>

/** The first of what is held, and what all of it comes to. Nothing of it was checked. */
export const zHeldEntries = z.object({
  rows: z.array(zHeldEntry),
  all: z.object({
    entries: z.int(),
    sales: z.int(),
    /** Refunds and voids. */
    refunds: z.int(),
    /** Sales less refunds. */
    amount: z.int(),
    /** Lines of no kind that is known here, and sales and refunds without an amount. */
    unclear: z.int(),
  }),
  /** The last of them to come; null where nothing is held. A decision names it: what comes later was not looked at. */
  upTo: z.nullable(zUuid),
})
export type HeldEntries = z.infer<typeof zHeldEntries>

export const zReplayKind = z.object({ type: z.enum(['unreadable', 'id-reused']) })

/** What a second reading of held entries came to. */
export const zReplayReport = z.object({
  /** They count from now on. */
  applied: z.int(),
  /** They had been counted already, under the same id and the same text. */
  duplicate: z.int(),
  /** They are still held. */
  held: z.int(),
  /** Why the first of those is. */
  reason: z.nullable(z.string()),
  /** The last line that was read, also where it counts now: the next part begins after it. */
  readTo: z.nullable(zUuid),
  /** Not looked at yet: asked for in parts, there is another part to ask for. */
  left: z.int(),
  /** Held since the decision was asked for, and not touched by it. */
  since: z.int(),
})
export type ReplayReport = z.infer<typeof zReplayReport>

export const zResolve = z.object({
  note: zTypedText(1000).min(1, 'say what was done'),
  /** Of held entries, that are left out: the last one that was shown. */
  upTo: z.exactOptional(zUuid),
})
