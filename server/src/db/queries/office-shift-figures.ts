import type { ShiftFigures } from '@evertill/shared/protocol/office/shifts'
import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { ofShift, type ShiftPlace } from './office-journal.ts'

export interface ShiftPapers {
  /** What its Z report must be, by the ledger as it is now. */
  readonly figures: ShiftFigures
  /** Notes and coins as they were counted at the opening. */
  readonly floatCounts: unknown
}

/** The figures of a shift's report, worked out from the ledgers with everything that has arrived up to now. */
export async function figuresOfShift(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  tillId: string,
  place: ShiftPlace,
): Promise<ShiftPapers | undefined> {
  const [row] = await sql<ShiftPapers[]>`
    with e as materialized (
      select e.entry_id, e.kind, e.staff_id from entry e
      where e.company_id = ${companyId} and e.till_id = ${tillId} and e.shift_id = ${place.shiftId}
        ${ofShift(sql, companyId, place)}
    ), s as materialized (
      -- Tax is in the price where the lines alone make what was owed.
      select s.sale_id, s.kind, s.discount, s.rounding, s.total, s.issued, e.staff_id, s.net = l.net as inclusive
      from e
      join sale s on s.company_id = ${companyId} and s.sale_id = e.entry_id
      cross join lateral (
        select coalesce(sum(l.net), 0) as net from sale_line l
        where l.company_id = s.company_id and l.sale_id = s.sale_id
      ) as l
    ), tax as (
      select l.tax_code, l.rate_ppm, sum(l.net - case when s.inclusive then l.tax else 0 end) as taxable,
             sum(l.tax) as tax
      from s join sale_line l on l.company_id = ${companyId} and l.sale_id = s.sale_id
      group by 1, 2
    ), person as (
      select s.staff_id, count(*) filter (where s.kind = 'sale') as sales,
             coalesce(sum(s.total) filter (where s.kind = 'sale'), 0) as sold,
             count(*) filter (where s.kind <> 'sale') as refunds,
             coalesce(-sum(s.total) filter (where s.kind <> 'sale'), 0) as paid_back
      from s group by 1
    ), moved as (
      select count(*) filter (where amount > 0) as ins, coalesce(sum(amount) filter (where amount > 0), 0) as put_in,
             count(*) filter (where amount < 0) as outs, coalesce(-sum(amount) filter (where amount < 0), 0) as taken_out
      from cash_movement where company_id = ${companyId} and shift_id = ${place.shiftId}
    )
    select jsonb_build_object(
      'sales', (select jsonb_build_object('count', count(*), 'total', coalesce(sum(total), 0)) from s where kind = 'sale'),
      'refunds', (select jsonb_build_object('count', count(*), 'total', coalesce(-sum(total), 0)) from s where kind <> 'sale'),
      'voids', (select jsonb_build_object('count', count(*), 'total', coalesce(-sum(total), 0)) from s where kind = 'void'),
      'discounts', (select coalesce(sum(discount), 0) from s where kind = 'sale'),
      'rounding', (select coalesce(sum(rounding), 0) from s),
      'issued', (select coalesce(sum(issued), 0) from s),
      'taxes', (select coalesce(jsonb_agg(jsonb_build_object('taxCode', tax_code, 'ratePpm', rate_ppm,
                  'taxable', taxable, 'tax', tax) order by tax_code collate "C", rate_ppm), '[]') from tax),
      'staff', (select coalesce(jsonb_agg(jsonb_build_object('staffId', person.staff_id, 'name', st.name,
                  'sales', jsonb_build_object('count', sales, 'total', sold),
                  'refunds', jsonb_build_object('count', refunds, 'total', paid_back)) order by person.staff_id), '[]')
                from person left join staff st on st.company_id = ${companyId} and st.staff_id = person.staff_id),
      'movedIn', (select jsonb_build_object('count', ins, 'total', put_in) from moved),
      'movedOut', (select jsonb_build_object('count', outs, 'total', taken_out) from moved),
      'noSales', (select count(*) from e where kind = 'drawer-opened')
    ) as figures,
    (select raw::jsonb #> '{body,counts}' from entry
     where company_id = ${companyId} and entry_id = ${place.shiftId} and kind = 'shift-opened') as "floatCounts"`
  return row
}
