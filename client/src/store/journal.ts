import type { SaleEntry } from '@evertill/shared/protocol/entry'
import { type Contact, NO_CONTACT } from './contact.ts'
import type { Fate, JournalRow } from './journal-row.ts'
import type { RecordedSale } from './record-entry.ts'
import { readState } from './state.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export interface JournalSale extends RecordedSale {
  readonly fate: Fate
  /** Why it is held. */
  readonly reason?: string
}

const START = Number.NEGATIVE_INFINITY
const END = Number.POSITIVE_INFINITY

/** The till's sales, newest first. */
export async function recentSales(db: TillDatabase, limit: number): Promise<JournalSale[]> {
  const till = await readTill(db)
  if (till === undefined) return []
  const rows = await db.journal
    .where('[tillId+epoch+seq]')
    .between([till.tillId, START, START], [till.tillId, END, END])
    .reverse()
    .and((row) => row.kind === 'sale')
    .limit(limit)
    .toArray()
  return rows.map(saleOf)
}

export async function findSale(db: TillDatabase, id: string): Promise<JournalSale | undefined> {
  const row = await db.journal.where('id').equals(id).first()
  return row?.kind === 'sale' ? saleOf(row) : undefined
}

// The text was parsed by zEntry before it was stored.
const saleOf = (row: JournalRow): JournalSale => ({
  entry: JSON.parse(row.raw) as SaleEntry,
  hash: row.hash,
  fate: row.fate,
  ...(row.reason !== undefined && { reason: row.reason }),
})

/** Entries of this till with one fate, in the order they were written. Good for one reading. */
export const rowsByFate = (db: TillDatabase, tillId: string, fate: Fate) =>
  db.journal.where('[tillId+fate+epoch+seq]').between([tillId, fate, START, START], [tillId, fate, END, END])

export const countWaiting = (db: TillDatabase, tillId: string): Promise<number> =>
  rowsByFate(db, tillId, 'waiting').count()

export const findByHash = (db: TillDatabase, hash: string): Promise<JournalRow | undefined> =>
  db.journal.where('hash').equals(hash).first()

/** How the till is: what waits, and how its talks with the server go. */
export interface Health extends Contact {
  readonly waiting: number
  readonly oldestWaitingAt: string | null
  readonly held: number
  /** Entries in the journal of this browser. */
  readonly total: number
  readonly sentToday: number
  readonly clockOffsetMs: number
  readonly persisted: boolean
  readonly tillState: 'active' | 'revoked'
}

export async function readHealth(db: TillDatabase): Promise<Health> {
  return db.transaction('r', [db.journal, db.state], async () => {
    const till = await readTill(db)
    const contact = (await readState(db, 'contact')) ?? NO_CONTACT
    const tillId = till?.tillId ?? ''
    return {
      ...contact,
      waiting: await countWaiting(db, tillId),
      oldestWaitingAt: (await rowsByFate(db, tillId, 'waiting').first())?.at ?? null,
      held: await rowsByFate(db, tillId, 'held').count(),
      total: await db.journal.count(),
      sentToday: contact.sent.count,
      clockOffsetMs: (await readState(db, 'clockOffsetMs')) ?? 0,
      persisted: till?.persisted ?? false,
      tillState: (await readState(db, 'tillState')) ?? 'active',
    }
  })
}
