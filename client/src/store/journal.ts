import type { OriginalSale } from '@evertill/shared/domain/refund'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { type Contact, NO_CONTACT } from './contact.ts'
import type { Fate, JournalRow } from './journal-row.ts'
import { lastNamed } from './named-buyer.ts'
import type { OtherPaper } from './other-papers.ts'
import { readState, withState } from './state.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export type PaperKind = 'sale' | 'refund' | 'void'

/** A sale, refund or void as it stands in the journal: what was handed over with a number on it. */
export interface Paper<K extends PaperKind = PaperKind> {
  readonly entry: EntryOf<K>
  readonly hash: string
  readonly fate: Fate
  /** Why it is held. */
  readonly reason?: string
  /** Where it was made, when not at this till. */
  readonly elsewhere?: Elsewhere
}
export type Elsewhere = Pick<OtherPaper, 'tillName' | 'outletName'>
export type JournalSale = Paper<'sale'>

const START = Number.NEGATIVE_INFINITY
const END = Number.POSITIVE_INFINITY

/** The till's sales, newest first. */
export const recentSales = (db: TillDatabase, limit: number): Promise<JournalSale[]> =>
  recent(db, limit, ['sale'])

/** The till's sales, refunds and voids, newest first. */
export const recentPapers = (db: TillDatabase, limit: number): Promise<Paper[]> =>
  recent(db, limit, ['sale', 'refund', 'void'])

async function recent<K extends PaperKind>(
  db: TillDatabase,
  limit: number,
  kinds: readonly K[],
): Promise<Paper<K>[]> {
  const till = await readTill(db)
  if (till === undefined) return []
  const rows = await rowsOfKind(db, till.tillId, kinds).limit(limit).toArray()
  return rows.map((row) => paperOf<K>(row))
}

/** How far back a search looks: a month of a busy till. */
const MOST_SEARCHED = 20_000

/** Papers that answer a search, newest first. @param matches is asked of one after the other */
export async function searchPapers(
  db: TillDatabase,
  matches: (paper: Paper) => boolean,
  limit: number,
): Promise<Paper[]> {
  const till = await readTill(db)
  if (till === undefined) return []
  let looked = 0
  const found: Paper[] = []
  await rowsOfKind(db, till.tillId, ['sale', 'refund', 'void'])
    .until(() => found.length >= limit || ++looked > MOST_SEARCHED)
    .each((row) => {
      const paper = paperOf(row)
      if (matches(paper)) found.push(paper)
    })
  return found
}

/** A till's rows of some kinds, newest first. */
export const rowsOfKind = (db: TillDatabase, tillId: string, kinds: readonly string[]) =>
  db.journal
    .where('[tillId+epoch+seq]')
    .between([tillId, START, START], [tillId, END, END])
    .reverse()
    .and((row) => kinds.includes(row.kind))

export async function findSale(db: TillDatabase, id: string): Promise<JournalSale | undefined> {
  const row = await db.journal.where('id').equals(id).first()
  return row?.kind === 'sale' ? paperOf<'sale'>(row) : undefined
}

export async function findPaper(db: TillDatabase, id: string): Promise<Paper | undefined> {
  const row = await db.journal.where('id').equals(id).first()
  if (row !== undefined) return isPaper(row) ? paperOf(row) : undefined
  const other = await db.otherPaper.get(id)
  return other && otherPaperOf(other)
}

/** Papers that the server has shown, newest first. They are few. */
export async function searchOtherPapers(
  db: TillDatabase,
  matches: (paper: Paper) => boolean,
): Promise<Paper[]> {
  const others = await db.otherPaper.toArray()
  return others
    .map((other) => otherPaperOf(other))
    .filter(matches)
    .sort((a, b) => (a.entry.id < b.entry.id ? 1 : -1))
}

/** The refunds and voids of a sale that this till knows, its own first. */
export async function refundsOf(db: TillDatabase, saleId: string): Promise<Paper<'refund' | 'void'>[]> {
  const rows = await db.journal.where('originalId').equals(saleId).toArray()
  return refundPapers(rows, await db.otherPaper.where('originalId').equals(saleId).toArray())
}

/** Of some sales those that anything came back of, each with its refunds and voids. */
export async function refundsOfAll(
  db: TillDatabase,
  saleIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Paper<'refund' | 'void'>[]>> {
  const rows = await db.journal.where('originalId').anyOf(saleIds).toArray()
  const others = await db.otherPaper.where('originalId').anyOf(saleIds).toArray()
  const bySale = new Map<string, Paper<'refund' | 'void'>[]>()
  for (const paper of refundPapers(rows, others)) {
    const saleId = paper.entry.body.original?.saleId ?? ''
    bySale.set(saleId, [...(bySale.get(saleId) ?? []), paper])
  }
  return bySale
}

/** What the server has shown as well as what the journal has is one paper. */
function refundPapers(rows: JournalRow[], others: readonly OtherPaper[]): Paper<'refund' | 'void'>[] {
  const own = new Set(rows.map(({ id }) => id))
  return [
    ...rows.sort(byPlace).map((row) => paperOf<'refund' | 'void'>(row)),
    ...others.filter(({ id }) => !own.has(id)).map((other) => otherPaperOf<'refund' | 'void'>(other)),
  ]
}

/** A sale that this till can take back from. */
export interface KnownSale extends OriginalSale {
  readonly businessDate: string
  /** By the till's clock, ISO 8601. */
  readonly at: string
  /** Where it was made, when not at this till. */
  readonly elsewhere?: Elsewhere
}

/**
 * A sale of this till, or one that the server has shown, with what is known to have come back of it; undefined for any
 * other. In a transaction it takes over `journal` and `otherPaper`.
 */
export async function findOriginal(db: TillDatabase, saleId: string): Promise<KnownSale | undefined> {
  // All readings of one moment: nothing is offered that has just come back.
  return db.transaction('r', [db.journal, db.otherPaper], async () => {
    const row = await db.journal.where('id').equals(saleId).first()
    const other = row === undefined ? await db.otherPaper.get(saleId) : undefined
    const paper = row !== undefined ? paperOf(row) : other && otherPaperOf(other)
    if (paper?.entry.kind !== 'sale') return undefined
    // Straight from the tables: see readCatalogue.
    const rows = await db.journal.where('originalId').equals(saleId).toArray()
    const others = await db.otherPaper.where('originalId').equals(saleId).toArray()
    const { body, businessDate, at } = paper.entry
    const buyer = lastNamed(await db.journal.where('paperId').equals(saleId).toArray()) ?? other?.buyer
    return {
      saleId,
      // What comes back is made out to whoever has the invoice.
      sale: { ...body, ...(buyer && { buyer }) },
      businessDate,
      at,
      before: refundPapers(rows, others).map(({ entry }) => entry.body),
      ...(paper.elsewhere && { elsewhere: paper.elsewhere }),
    }
  })
}

const byPlace = (a: JournalRow, b: JournalRow) => a.epoch - b.epoch || a.seq - b.seq

const isPaper = ({ kind }: JournalRow) => kind === 'sale' || kind === 'refund' || kind === 'void'

// The text was parsed by zEntry before it was stored.
const paperOf = <K extends PaperKind>(row: JournalRow): Paper<K> => ({
  entry: JSON.parse(row.raw) as EntryOf<K>,
  hash: row.hash,
  fate: row.fate,
  ...(row.reason !== undefined && { reason: row.reason }),
})

/** The server had it before it was shown here. */
const otherPaperOf = <K extends PaperKind>({ entry, tillName, outletName }: OtherPaper): Paper<K> => ({
  entry: entry as EntryOf<K>,
  hash: '',
  fate: 'applied',
  elsewhere: { tillName, outletName },
})

/** Entries of this till with one fate, in the order they were written. Good for one reading. */
export const rowsByFate = (db: TillDatabase, tillId: string, fate: Fate) =>
  db.journal.where('[tillId+fate+epoch+seq]').between([tillId, fate, START, START], [tillId, fate, END, END])

/** A browser counts 100,000 rows in two seconds, and keeps sales waiting for it meanwhile. */
const MOST_COUNTED = 1000

/** Entries that wait: exactly up to a thousand; beyond, the places from the first to the last that waits. */
export async function countWaiting(db: TillDatabase, tillId: string): Promise<number> {
  const some = await rowsByFate(db, tillId, 'waiting')
    .limit(MOST_COUNTED + 1)
    .primaryKeys()
  if (some.length <= MOST_COUNTED) return some.length
  const [last] = await rowsByFate(db, tillId, 'waiting').reverse().limit(1).primaryKeys()
  const [, firstEpoch, firstSeq] = some[0] ?? ['', 0, 0]
  const [, lastEpoch, lastSeq] = last ?? ['', 0, 0]
  return firstEpoch === lastEpoch ? lastSeq - firstSeq + 1 : rowsByFate(db, tillId, 'waiting').count()
}

/** Entries in the journal of this browser: takes its time, so only the page that shows it asks. */
export const countKept = (db: TillDatabase): Promise<number> => db.journal.count()

export const findByHash = (db: TillDatabase, hash: string): Promise<JournalRow | undefined> =>
  db.journal.where('hash').equals(hash).first()

/** How the till is: what waits, and how its talks with the server go. */
export interface Health extends Contact {
  readonly waiting: number
  readonly oldestWaitingAt: string | null
  readonly held: number
  readonly sentToday: number
  readonly clockOffsetMs: number
  readonly persisted: boolean
  readonly tillState: 'active' | 'revoked'
}

export async function readHealth(db: TillDatabase): Promise<Health> {
  return db.transaction('r', [db.journal, db.state], async () =>
    withState(db, ['till', 'contact', 'clockOffsetMs', 'tillState'], async () => {
      const till = await readTill(db)
      const contact = (await readState(db, 'contact')) ?? NO_CONTACT
      const tillId = till?.tillId ?? ''
      return {
        ...contact,
        waiting: await countWaiting(db, tillId),
        oldestWaitingAt: (await rowsByFate(db, tillId, 'waiting').first())?.at ?? null,
        held: await rowsByFate(db, tillId, 'held').count(),
        sentToday: contact.sent.count,
        clockOffsetMs: (await readState(db, 'clockOffsetMs')) ?? 0,
        persisted: till?.persisted ?? false,
        tillState: (await readState(db, 'tillState')) ?? 'active',
      }
    }),
  )
}
