import { type Buyer, buyerOf } from '@evertill/shared/domain/buyer'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { append, type EntryRefusal, type Recorded, type RecordInput, recording } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

/** Why a receipt is made out to nobody else. */
export type BuyerRefusal =
  | EntryRefusal
  /** It is no paper of this till. */
  | { readonly code: 'unknown-paper' }
  | { readonly code: 'no-buyer' }

/**
 * Makes a recorded paper out to a business, or to another one: the paper stands as it was written, and whoever shows it
 * shows the last that was named. Nobody needs a permission for it, as for printing.
 */
export async function nameBuyer(
  db: TillDatabase,
  input: RecordInput & { readonly paperId: string; readonly buyer: Buyer },
): Promise<Recorded<'buyer-named'> | BuyerRefusal> {
  const { paperId } = input
  const buyer = buyerOf(input.buyer)
  if (buyer === undefined) return { code: 'no-buyer' }
  return recording<Recorded<'buyer-named'> | BuyerRefusal>(db, [], input, async (desk) => {
    const row = await db.journal.where('id').equals(paperId).first()
    if (row === undefined || row.tillId !== desk.till.tillId || !PAPERS.has(row.kind))
      return { code: 'unknown-paper' }
    const { body } = JSON.parse(row.raw) as EntryOf<'sale' | 'refund' | 'void'>
    return append(db, desk, 'buyer-named', { paperId, receiptNo: body.receiptNo, buyer })
  })
}

const PAPERS: ReadonlySet<string> = new Set(['sale', 'refund', 'void'])
