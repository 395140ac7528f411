import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import type { OfficeUserRow } from './office-users.ts'

export interface OutletRow {
  readonly outletId: string
  readonly code: string
  readonly name: string
  readonly timeZone: string
  readonly dayCutHour: number
}

export async function listOutlets(
  sql: SqlOrTx,
  { companyId }: Pick<OfficeUserRow, 'companyId'>,
): Promise<OutletRow[]> {
  return await sql<OutletRow[]>`
    select outlet_id as "outletId", code, name, time_zone as "timeZone", day_cut_hour as "dayCutHour"
    from outlet where company_id = ${companyId} order by code`
}

type DayQuery = readonly [sql: SqlOrTx, granted: Granted<'report.view'>, date: string]

export async function outletTotals(...[sql, { companyId }, date]: DayQuery) {
  return await sql<
    {
      outletId: string
      sales: number
      refunds: number
      total: number
      tax: number
      discount: number
      issued: number
    }[]
  >`
    select outlet_id as "outletId", sum(sales)::bigint as sales, sum(refunds)::bigint as refunds, sum(total)::bigint as total,
      sum(tax)::bigint as tax, sum(discount)::bigint as discount,
      sum(issued)::bigint as issued
    from day_total where company_id = ${companyId} and business_date = ${date}
    group by outlet_id`
}

export async function tenderTotals(...[sql, { companyId }, date]: DayQuery) {
  return await sql<{ outletId: string; methodCode: string; amount: number }[]>`
    select outlet_id as "outletId", method_code as "methodCode", sum(amount)::bigint as amount
    from day_tender where company_id = ${companyId} and business_date = ${date}
    group by outlet_id, method_code
    order by amount desc, method_code`
}

/** Tills in use, and revoked ones that sold on that day. */
export async function tillTotals(...[sql, { companyId }, date]: DayQuery) {
  return await sql<
    {
      outletId: string
      tillId: string
      name: string
      sales: number
      refunds: number
      total: number
      waiting: number | null
      lastContactAt: Date | null
      gap: boolean
    }[]
  >`
    select t.outlet_id as "outletId", t.till_id as "tillId", t.name,
      coalesce(d.sales, 0) as sales, coalesce(d.refunds, 0) as refunds, coalesce(d.total, 0) as total,
      t.reported_waiting as waiting, t.last_contact_at as "lastContactAt",
      exists (select from exception e
              where e.company_id = t.company_id and e.till_id = t.till_id and e.type = 'sequence-gap'
                and e.state = 'open') as gap
    from till t
    left join day_total d on d.company_id = t.company_id and d.outlet_id = t.outlet_id
      and d.till_id = t.till_id and d.business_date = ${date}
    where t.company_id = ${companyId} and (t.state <> 'revoked' or d.sales > 0 or d.refunds > 0)
    order by t.outlet_id, t.code`
}

/** What is in no Z report, of a company that works by shifts or has done so. */
export async function unshiftedTotals(...[sql, { companyId }, date]: DayQuery) {
  return await sql<{ tillId: string; papers: number; total: number }[]>`
    select s.till_id as "tillId", count(*) as papers, sum(s.total)::bigint as total
    from company c
    join outlet o on o.company_id = c.company_id
    join sale s on s.company_id = c.company_id and s.outlet_id = o.outlet_id and s.business_date = ${date}
    join entry e on e.company_id = c.company_id and e.entry_id = s.sale_id and e.shift_id is null
    where c.company_id = ${companyId}
      and (c.works_by_shifts or exists (select from shift h where h.company_id = ${companyId}))
    group by s.till_id`
}

/** By the hour on the clock of the shop that sold. */
export async function hourTotals(...[sql, { companyId }, date]: DayQuery) {
  return await sql<{ hour: number; sales: number; refunds: number; total: number }[]>`
    select extract(hour from s.at at time zone o.time_zone)::int as hour,
      count(*) filter (where s.kind = 'sale') as sales, count(*) filter (where s.kind <> 'sale') as refunds,
      sum(s.total)::bigint as total
    from outlet o
    join sale s on s.company_id = o.company_id and s.outlet_id = o.outlet_id and s.business_date = ${date}
    where o.company_id = ${companyId}
    group by 1 order by 1`
}

export async function weekBeforeTotals(...[sql, { companyId }, date]: DayQuery) {
  const [row] = await sql<{ sales: number; total: number }[]>`
    select coalesce(sum(sales), 0)::bigint as sales, coalesce(sum(total), 0)::bigint as total
    from day_total where company_id = ${companyId} and business_date = ${date}::date - 7`
  return row ?? { sales: 0, total: 0 }
}

export async function countOpenExceptions(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
): Promise<number> {
  const [row] = await sql<{ open: number }[]>`
    select count(*) as open from exception where company_id = ${companyId} and state = 'open'`
  return row?.open ?? 0
}
