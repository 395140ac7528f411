import type { EntryKind } from '@evertill/shared/protocol/entry'
import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

export interface JournalEntryRow {
  readonly entryId: string
  readonly epoch: number
  readonly seq: number
  readonly kind: EntryKind
  /** By the till's clock. */
  readonly at: Date
  readonly clockOffsetMs: number
  readonly receivedAt: Date
  readonly staffName: string | null
  readonly shiftId: string | null
  readonly receiptNo: string | null
  /** Of a sale, a refund or a void. */
  readonly total: number | null
  /** Of every other kind. */
  readonly body: unknown
  readonly approvedBy: string | null
}

export interface JournalPlace {
  readonly epoch: number
  readonly seq: number
  readonly entryId: string
}

export interface JournalFilter {
  readonly tillId: string
  readonly kind?: EntryKind | undefined
  readonly shift?: ShiftPlace | undefined
}

/** Where in its till's journal a shift stands: entries of it are looked for there and nowhere else. */
export interface ShiftPlace {
  readonly shiftId: string
  readonly closeEpoch: number | null
  readonly closeSeq: number | null
}

/** What still counts to a shift after its close was written in another tab a moment later: not much. */
const PAST_THE_CLOSE = 1000

/** Newest first, in the order of the till's own numbers. */
export async function listEntries(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  { tillId, kind, shift }: JournalFilter,
  { before, limit }: { before: JournalPlace | undefined; limit: number },
): Promise<JournalEntryRow[]> {
  return await sql<JournalEntryRow[]>`
    select e.entry_id as "entryId", e.epoch, e.seq, e.kind, e.at, e.clock_offset_ms as "clockOffsetMs",
      e.received_at as "receivedAt", st.name as "staffName", e.shift_id as "shiftId",
      s.receipt_no as "receiptNo", s.total, b.body, approver.name as "approvedBy"
    from entry e
    left join staff st on st.company_id = e.company_id and st.staff_id = e.staff_id
    left join sale s on s.company_id = e.company_id and s.sale_id = e.entry_id
    left join lateral (
      select e.raw::jsonb -> 'body' as body where e.kind not in ('sale', 'refund', 'void')
    ) as b on true
    left join staff approver on approver.company_id = e.company_id
      and approver.staff_id = case when e.kind = 'override-given' then (b.body ->> 'approvedBy')::uuid end
    where e.company_id = ${companyId} and e.till_id = ${tillId}
      ${kind === undefined ? sql`` : sql`and e.kind = ${kind}`}
      ${
        shift === undefined
          ? sql``
          : sql`and (e.shift_id = ${shift.shiftId} or e.entry_id = ${shift.shiftId}) ${ofShift(sql, companyId, shift)}`
      }
      ${
        before === undefined
          ? sql``
          : sql`and (e.epoch, e.seq, e.entry_id) < (${before.epoch}, ${before.seq}, ${before.entryId}::uuid)`
      }
    order by e.epoch desc, e.seq desc, e.entry_id desc
    limit ${limit}`
}

/** Narrows entries `e` of a till to where a shift of it stands. */
export const ofShift = (
  sql: SqlOrTx,
  companyId: string,
  { shiftId, closeEpoch, closeSeq }: ShiftPlace,
) => sql`
  and (e.epoch, e.seq) >= (
    select coalesce(min(opened.epoch), 0), coalesce(min(opened.seq), 0) from entry opened
    where opened.company_id = ${companyId} and opened.entry_id = ${shiftId})
  ${
    closeEpoch === null || closeSeq === null
      ? sql``
      : sql`and (e.epoch, e.seq) <= (${closeEpoch}, ${closeSeq + PAST_THE_CLOSE})`
  }`
