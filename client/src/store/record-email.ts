import { MAX_EMAILS_PER_RECEIPT } from '@evertill/shared/domain/email'
import type { Language } from '@evertill/shared/domain/language'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { Fate, JournalRow } from './journal-row.ts'
import { append, type EntryRefusal, type Recorded, type RecordInput, recording } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

/** Why no receipt was put on its way. */
export type EmailRefusal =
  | EntryRefusal
  /** It is no paper of this till. */
  | { readonly code: 'unknown-paper' }
  | { readonly code: 'too-many-emails'; readonly most: number }

/** A receipt that was put on its way by e-mail. */
export interface EmailedReceipt {
  readonly id: string
  readonly to: string
  /** By the till's clock, ISO 8601. */
  readonly at: string
  readonly fate: Fate
}

/** Where a paper of this till has been sent to, oldest first. */
export const emailsOf = (db: TillDatabase, paperId: string): PromiseLike<EmailedReceipt[]> =>
  db.journal
    .where('paperId')
    .equals(paperId)
    .toArray()
    // By Dexie's own promise: within a live query an async function would lose its transaction.
    .then((rows) =>
      rows
        .filter(isEmailed)
        .sort((a, b) => a.epoch - b.epoch || a.seq - b.seq)
        .map(({ raw, id, at, fate }) => {
          // The text was parsed by zEntry before it was stored.
          const { body } = JSON.parse(raw) as EntryOf<'receipt-emailed'>
          return { id, to: body.to, at, fate }
        }),
    )

const isEmailed = ({ kind }: JournalRow) => kind === 'receipt-emailed'

/**
 * Puts a receipt on its way to an address: the server sends it, once this till has sent the entry. Nobody needs a
 * permission for it, as for printing.
 */
export async function emailReceipt(
  db: TillDatabase,
  input: RecordInput & {
    readonly paperId: string
    readonly to: string
    readonly language: Language
    readonly copy: boolean
    /** The customer who wants the address kept. */
    readonly keepFor?: string
  },
): Promise<Recorded<'receipt-emailed'> | EmailRefusal> {
  const { paperId, to, language, copy, keepFor } = input
  return recording<Recorded<'receipt-emailed'> | EmailRefusal>(db, [db.customer], input, async (desk) => {
    const row = await db.journal.where('id').equals(paperId).first()
    if (row === undefined || row.tillId !== desk.till.tillId || !PAPERS.has(row.kind))
      return { code: 'unknown-paper' }
    const before = await db.journal.where('paperId').equals(paperId).filter(isEmailed).count()
    if (before >= MAX_EMAILS_PER_RECEIPT) return { code: 'too-many-emails', most: MAX_EMAILS_PER_RECEIPT }
    const { body } = JSON.parse(row.raw) as EntryOf<'sale' | 'refund' | 'void'>
    const keep = keepFor !== undefined && { keepFor }
    const { receiptNo } = body
    const recorded = await append(db, desk, 'receipt-emailed', {
      paperId,
      receiptNo,
      to,
      language,
      copy,
      ...keep,
    })
    // Offered the next time, also while the server has not heard of it.
    if (keepFor !== undefined) await db.customer.update(keepFor, { email: to })
    return recorded
  })
}

const PAPERS: ReadonlySet<string> = new Set(['sale', 'refund', 'void'])

/** The address that a customer has had kept; undefined for none. */
export const keptEmail = (db: TillDatabase, customerId: string): PromiseLike<string | undefined> =>
  db.customer.get(customerId).then((customer) => customer?.email)
