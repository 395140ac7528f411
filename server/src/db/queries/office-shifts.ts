import type { ShiftClosedBody } from '@evertill/shared/domain/shift'
import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

export interface ShiftFilter {
  readonly outletId?: string | undefined
  readonly tillId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface ShiftRow {
  readonly shiftId: string
  readonly tillId: string
  readonly tillName: string
  readonly outletName: string
  readonly businessDate: string | null
  readonly openedAt: Date | null
  readonly openedBy: string | null
  readonly closeId: string | null
  readonly closeEpoch: number | null
  readonly closeSeq: number | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly complete: boolean
  readonly float: number | null
  readonly cashMoved: number
  readonly sales: number
  readonly salesTotal: number
  readonly refunds: number
  readonly refundsTotal: number
  /** Cash that sales took less what was paid back, by the ledger. */
  readonly cashTaken: number
  /** Of the till's own figures at the close. */
  readonly tillCash: number | null
  readonly countedCash: number | null
  readonly note: string | null
  /** The body of its close. */
  readonly closed: ShiftClosedBody | null
  readonly exceptions: number
}

const columnsOf = (sql: SqlOrTx) => sql`
  s.shift_id as "shiftId", s.till_id as "tillId", coalesce(t.name, '?') as "tillName",
  coalesce(o.name, '?') as "outletName", s.business_date as "businessDate", s.opened_at as "openedAt",
  coalesce(opener.name, s.opened_by::text) as "openedBy", s.close_id as "closeId",
  s.close_epoch as "closeEpoch", s.close_seq as "closeSeq", s.closed_at as "closedAt",
  coalesce(closer.name, s.closed_by::text) as "closedBy", s.complete, s.float_amount as float,
  s.cash_moved as "cashMoved", s.sales, s.sales_total as "salesTotal", s.refunds,
  s.refunds_total as "refundsTotal", s.figures ->> 'note' as note, s.figures as closed,
  (select coalesce(sum(c.amount), 0)::bigint from shift_tender c
   where c.company_id = s.company_id and c.shift_id = s.shift_id and c.kind = 'cash') as "cashTaken",
  till_figures.expected as "tillCash", till_figures.counted as "countedCash",
  (select count(*) from exception e
   where e.company_id = s.company_id and e.state = 'open' and e.subject = s.shift_id::text
     and e.type in ('late-after-close', 'totals-differ')) as exceptions
  from shift s
  left join till t on t.company_id = s.company_id and t.till_id = s.till_id
  left join outlet o on o.company_id = s.company_id and o.outlet_id = s.outlet_id
  left join staff opener on opener.company_id = s.company_id and opener.staff_id = s.opened_by
  left join staff closer on closer.company_id = s.company_id and closer.staff_id = s.closed_by
  left join lateral (
    select sum(f.expected)::bigint as expected, sum(f.counted)::bigint as counted
    from jsonb_to_recordset(s.figures -> 'tenders') as f(kind text, expected numeric, counted numeric)
    where f.kind = 'cash'
  ) as till_figures on true`

/** Newest first: the id of a shift begins with the time it was opened at. */
export async function listShifts(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  { outletId, tillId, from, to }: ShiftFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ShiftRow[]> {
  return await sql<ShiftRow[]>`
    select ${columnsOf(sql)}
    where s.company_id = ${companyId}
      ${outletId === undefined ? sql`` : sql`and s.outlet_id = ${outletId}`}
      ${tillId === undefined ? sql`` : sql`and s.till_id = ${tillId}`}
      ${from === undefined ? sql`` : sql`and s.business_date >= ${from}`}
      ${to === undefined ? sql`` : sql`and s.business_date <= ${to}`}
      ${before === undefined ? sql`` : sql`and s.shift_id < ${before}`}
    order by s.shift_id desc
    limit ${limit}`
}

export async function findShift(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  shiftId: string,
): Promise<ShiftRow | undefined> {
  const [row] = await sql<ShiftRow[]>`
    select ${columnsOf(sql)}
    where s.company_id = ${companyId} and s.shift_id = ${shiftId}`
  return row
}

export interface ShiftTenderRow {
  readonly methodCode: string
  readonly kind: string
  /** What was taken less what went back, by the ledger. */
  readonly taken: number
  readonly tillExpected: number | null
  readonly counted: number | null
}

/** By method what the ledger has, beside the till's own figures; cash first. */
export async function tendersOfShift(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  shiftId: string,
): Promise<ShiftTenderRow[]> {
  return await sql<ShiftTenderRow[]>`
    select coalesce(l.method_code, f."methodCode") as "methodCode", coalesce(l.kind, f.kind) as kind,
      coalesce(l.amount, 0)::bigint as taken, f.expected as "tillExpected", f.counted
    from (
      select method_code, kind, amount from shift_tender
      where company_id = ${companyId} and shift_id = ${shiftId}
    ) as l
    full join (
      select f."methodCode", f.kind, sum(f.expected)::bigint as expected, sum(f.counted)::bigint as counted
      from shift s
      cross join lateral jsonb_to_recordset(s.figures -> 'tenders')
        as f("methodCode" text, kind text, expected numeric, counted numeric)
      where s.company_id = ${companyId} and s.shift_id = ${shiftId}
      group by f."methodCode", f.kind
    ) as f on f."methodCode" = l.method_code and f.kind = l.kind
    order by coalesce(l.kind, f.kind) <> 'cash', 1`
}

/** How many entries of before a close are not here, in the epoch that it was written in and in those before it. */
export async function countMissingBefore(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  { tillId, epoch, seq }: { tillId: string; epoch: number; seq: number },
): Promise<number> {
  const [row] = await sql<{ missing: number }[]>`
    select coalesce(sum(greatest(0, u.until - j.high_water - here.entries)), 0)::bigint as missing
    from journal j
    cross join lateral (select case when j.epoch = ${epoch} then ${seq}::bigint else j.last_seq end as until) as u
    cross join lateral (
      select count(*) as entries from (
        select e.seq from entry e
        where e.company_id = j.company_id and e.till_id = j.till_id and e.epoch = j.epoch
          and e.seq > j.high_water and e.seq <= u.until
        union
        select l.seq from left_out l
        where l.company_id = j.company_id and l.till_id = j.till_id and l.epoch = j.epoch
          and l.seq > j.high_water and l.seq <= u.until) as present
    ) as here
    where j.company_id = ${companyId} and j.till_id = ${tillId} and j.epoch <= ${epoch}`
  return row?.missing ?? 0
}
