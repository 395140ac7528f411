import type { EntryKind } from '@evertill/shared/protocol/entry'
import type { ExceptionType } from '@evertill/shared/protocol/push'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import type { HeldOf } from './quarantine.ts'

export interface ExceptionListRow {
  readonly exceptionId: string
  readonly type: ExceptionType
  readonly state: 'open' | 'resolved'
  readonly raisedAt: Date
  /** `raisedAt` to the microsecond, as the order needs it. */
  readonly raisedAtKey: string
  readonly outletName: string | null
  readonly tillId: string | null
  readonly tillName: string | null
  readonly entryId: string | null
  readonly entryKind: EntryKind | null
  readonly receiptNo: string | null
  readonly held: number
  readonly onHandNow: number | null
  readonly detail: Record<string, unknown>
  readonly resolvedAt: Date | null
  readonly resolvedBy: string | null
  readonly note: string | null
}

type MaySee = Granted<'report.view'>

const columnsOf = (sql: SqlOrTx) => sql`
  e.exception_id as "exceptionId", e.type, e.state, e.raised_at as "raisedAt",
  to_char(e.raised_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') as "raisedAtKey",
  o.name as "outletName", e.till_id as "tillId", t.name as "tillName", e.entry_id as "entryId",
  (select kind from entry en where en.company_id = e.company_id and en.entry_id = e.entry_id) as "entryKind",
  s.receipt_no as "receiptNo",
  (select count(*)::integer from quarantine q
   where q.company_id = e.company_id and q.exception_id = e.exception_id and q.state = 'held') as held,
  case e.type when 'stock-negative' then (
    select l.on_hand from stock_level l
    where l.company_id = e.company_id and l.outlet_id = e.outlet_id
      and l.product_id = (e.detail ->> 'productId')::uuid) end as "onHandNow",
  e.detail, e.resolved_at as "resolvedAt", e.resolved_by as "resolvedBy", e.note
  from exception e
  left join outlet o on o.company_id = e.company_id and o.outlet_id = e.outlet_id
  left join till t on t.company_id = e.company_id and t.till_id = e.till_id
  left join sale s on s.company_id = e.company_id and s.sale_id = e.entry_id`

export interface ExceptionPlace {
  readonly raisedAt: string
  readonly exceptionId: string
}

export async function listExceptions(
  sql: SqlOrTx,
  { companyId }: MaySee,
  state: 'open' | 'resolved' | undefined,
  { before, limit }: { before: ExceptionPlace | undefined; limit: number },
): Promise<ExceptionListRow[]> {
  return await sql<ExceptionListRow[]>`
    select ${columnsOf(sql)}
    where e.company_id = ${companyId}
      ${state === undefined ? sql`` : sql`and e.state = ${state}`}
      ${
        before === undefined
          ? sql``
          : sql`and (e.raised_at, e.exception_id) < (${before.raisedAt}::timestamptz, ${before.exceptionId}::uuid)`
      }
    order by e.raised_at desc, e.exception_id desc
    limit ${limit}`
}

export async function exceptionById(
  sql: SqlOrTx,
  { companyId }: MaySee,
  exceptionId: string,
): Promise<ExceptionListRow | undefined> {
  const [row] = await sql<ExceptionListRow[]>`
    select ${columnsOf(sql)}
    where e.company_id = ${companyId} and e.exception_id = ${exceptionId}`
  return row
}

export async function exceptionsOfEntry(
  sql: SqlOrTx,
  { companyId }: MaySee,
  entryId: string,
): Promise<ExceptionListRow[]> {
  return await sql<ExceptionListRow[]>`
    select ${columnsOf(sql)}
    where e.company_id = ${companyId} and e.entry_id = ${entryId}
    order by e.raised_at, e.exception_id`
}

/** What head office must look at about a shift as a whole, and about the entry that closed it. */
export async function exceptionsOfShift(
  sql: SqlOrTx,
  { companyId }: MaySee,
  { shiftId, closeId }: { shiftId: string; closeId: string | null },
): Promise<ExceptionListRow[]> {
  return await sql<ExceptionListRow[]>`
    select ${columnsOf(sql)}
    where e.company_id = ${companyId}
      and (e.entry_id = ${closeId}
        or (e.state = 'open' and e.type in ('late-after-close', 'totals-differ') and e.subject = ${shiftId}))
    order by e.raised_at, e.exception_id`
}

/** @returns what the exception was, or undefined when there is none */
export async function resolveOpenException(
  tx: Tx,
  { companyId, userName }: Granted<'exception.resolve'>,
  exceptionId: string,
  { note, now }: { note: string; now: Date },
): Promise<{ type: string; state: 'open' | 'resolved'; held: number } | undefined> {
  const [found] = await tx<{ type: string; state: 'open' | 'resolved'; held: number }[]>`
    select type, state,
      (select count(*)::integer from quarantine q
       where q.company_id = e.company_id and q.exception_id = e.exception_id and q.state = 'held') as held
    from exception e
    where company_id = ${companyId} and exception_id = ${exceptionId} for update`
  if (found?.state === 'open') {
    await tx`
      update exception
      set state = 'resolved', resolved_at = ${now}, resolved_by = ${userName}, note = ${note}
      where company_id = ${companyId} and exception_id = ${exceptionId}`
  }
  return found
}

export interface KeptException {
  readonly type: ExceptionType
  readonly state: 'open' | 'resolved'
}

export async function findException(
  sql: SqlOrTx,
  { companyId }: { companyId: string },
  exceptionId: string,
): Promise<KeptException | undefined> {
  const [row] = await sql<KeptException[]>`
    select type, state from exception where company_id = ${companyId} and exception_id = ${exceptionId}`
  return row
}

/** Closes those open exceptions of which nothing is held any more, and renews the reason of the others. */
export async function settleReplayed(
  tx: Tx,
  { companyId, userName }: Granted<'exception.resolve'>,
  of: HeldOf,
  { note, now }: { note: string; now: Date },
): Promise<void> {
  const ofThese = 'type' in of ? tx`e.type = ${of.type}` : tx`e.exception_id = ${of.exceptionId}`
  // Locked before anything is counted: what is being taken into quarantine for one of them must not be closed over.
  await tx`
    select from exception e
    where e.company_id = ${companyId} and e.state = 'open' and ${ofThese}
    order by e.type, e.subject
    for update`
  await tx`
    with kept as (
      select e.exception_id, count(*) filter (where q.state = 'held') as held,
             (array_agg(q.reason order by q.quarantine_id) filter (where q.state = 'held'))[1] as reason,
             (array_agg(q.fields order by q.quarantine_id) filter (where q.state = 'held'))[1] as fields
      from exception e
      join quarantine q on q.company_id = e.company_id and q.exception_id = e.exception_id
      where e.company_id = ${companyId} and e.state = 'open' and ${ofThese}
      group by e.exception_id
    )
    update exception e
    set state = case when k.held = 0 then 'resolved' else e.state end,
        resolved_at = case when k.held = 0 then ${now}::timestamptz end,
        resolved_by = case when k.held = 0 then ${userName} end,
        note = case when k.held = 0 then ${note} end,
        detail = case when k.held = 0 or e.type = 'revoked-till' then e.detail
                      else e.detail || jsonb_build_object('reason', k.reason, 'fields', coalesce(k.fields, '[]')) end
    from kept k
    where e.company_id = ${companyId} and e.exception_id = k.exception_id`
}

/** What was left out and counts after all: whoever reads the exception later is told. */
export async function noteOnResolved(
  tx: Tx,
  { companyId, userName }: Granted<'exception.resolve'>,
  exceptionId: string,
  note: string,
): Promise<void> {
  await tx`
    update exception set note = concat_ws(E'\n', note, ${`${userName}: ${note}`}::text)
    where company_id = ${companyId} and exception_id = ${exceptionId} and state = 'resolved'`
}
