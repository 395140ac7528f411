import { maskedEmail } from '@evertill/shared/domain/email'
import type { JournalEntry } from '@evertill/shared/protocol/office/journal'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { type JournalEntryRow, type JournalFilter, listEntries } from '../db/queries/office-journal.ts'
import { hasTill } from '../db/queries/office-tills.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type Refused, refused } from './refused.ts'

export const zJournalCursor = zCursor(z.tuple([z.int(), z.int(), zUuid]))
type Cursor = [number, number, string]

/** A till's journal as far as it is here. */
export async function journalOfTill(
  sql: Sql,
  granted: Granted<'report.view'>,
  { cursor, ...filter }: JournalFilter & { cursor?: Cursor | undefined },
): Promise<Page<JournalEntry> | Refused> {
  if (!(await hasTill(sql, granted, filter.tillId))) return refused('not-found', 'There is no such till.')
  return journalPage(sql, granted, filter, cursor)
}

export async function journalPage(
  sql: Sql,
  granted: Granted<'report.view'>,
  filter: JournalFilter,
  cursor: Cursor | undefined,
): Promise<Page<JournalEntry>> {
  const before = cursor && { epoch: cursor[0], seq: cursor[1], entryId: cursor[2] }
  const rows = await listEntries(sql, granted, filter, { before, limit: PAGE_SIZE + 1 })
  return pageOf(rows, (row) => [row.epoch, row.seq, row.entryId], journalEntry)
}

function journalEntry({ at, clockOffsetMs, receivedAt, total, body, ...row }: JournalEntryRow): JournalEntry {
  return {
    ...row,
    at: byServersClock(at, clockOffsetMs).toISOString(),
    receivedAt: receivedAt.toISOString(),
    ...{ amount: total, about: null, counted: null },
    ...factsOf(row.kind, body),
  }
}

/** The till's own time where its offset makes no date of it. */
function byServersClock(at: Date, clockOffsetMs: number): Date {
  const corrected = new Date(at.getTime() + clockOffsetMs)
  const year = corrected.getUTCFullYear()
  return year >= 1 && year <= 9999 ? corrected : at
}

const zReasoned = z.object({ reason: z.string() })
const zMoved = z.object({ direction: z.enum(['in', 'out']), amount: z.int(), reason: z.string() })
const zOpened = z.object({ float: z.int() })
const zClosed = z.object({ tenders: z.array(z.object({ kind: z.string(), counted: z.int().optional() })) })
const zRegistered = z.object({ name: z.string() })
const zEmailed = z.object({ receiptNo: z.string(), to: z.string() })
const zNamed = z.object({ receiptNo: z.string(), buyer: z.object({ name: z.string() }) })
const zOverride = z.object({ about: z.string() })
const zCounted = z.object({ lines: z.array(z.unknown()) })

type Facts = Partial<Pick<JournalEntry, 'amount' | 'about' | 'counted'>>

/** What stands in an entry that is no sale, by its kind. It was read with the schema of the version it came in. */
function factsOf(kind: JournalEntryRow['kind'], body: unknown): Facts {
  switch (kind) {
    case 'sale':
    case 'refund':
    case 'void':
      return {}
    case 'cash-moved': {
      const { direction, amount, reason } = zMoved.parse(body)
      return { amount: direction === 'in' ? amount : -amount, about: reason }
    }
    case 'shift-opened':
      return { amount: zOpened.parse(body).float }
    case 'shift-closed': {
      const counted = zClosed
        .parse(body)
        .tenders.flatMap((tender) =>
          tender.kind === 'cash' && tender.counted !== undefined ? [tender.counted] : [],
        )
      return { amount: counted.length === 0 ? null : counted.reduce((sum, amount) => sum + amount, 0) }
    }
    case 'customer-registered':
      return { about: zRegistered.parse(body).name }
    case 'drawer-opened':
      return { about: zReasoned.parse(body).reason }
    case 'receipt-emailed': {
      const { receiptNo, to } = zEmailed.parse(body)
      return { about: `${receiptNo} to ${maskedEmail(to)}` }
    }
    case 'buyer-named': {
      const { receiptNo, buyer } = zNamed.parse(body)
      return { about: `${receiptNo} to ${buyer.name}` }
    }
    case 'override-given':
      return { about: zOverride.parse(body).about }
    case 'stock-counted':
      return { counted: zCounted.parse(body).lines.length }
  }
}
