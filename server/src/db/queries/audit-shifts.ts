import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { AuditCheck } from './audit-check.ts'
import { isSealed } from './audit-journal.ts'

const about = `jsonb_build_object('shiftId', s.shift_id, 'tillId', s.till_id, 'outletId', s.outlet_id,
                                  'day', s.business_date)`

/** A shift is what its till wrote in it. */
export const shiftChecks: readonly AuditCheck[] = [
  {
    name: 'shift-entries',
    law: 'Every shift was opened and closed as its till wrote, and no opening or close is without its shift.',
    covers: 'shifts',
    find: (sql, companyId) => sql`
      with written as (
        select kind, entry_id, coalesce(shift_id, entry_id) as shift_id, staff_id, till_id, outlet_id,
               business_date, epoch, seq, raw::json -> 'body' as body,
               row_number() over (partition by kind, coalesce(shift_id, entry_id) order by entry_id) as no
        from (select * from entry
              where company_id = ${companyId} and kind in ('shift-opened', 'shift-closed')
                and ${sql.unsafe(isSealed)} offset 0) e
      ), opened as (select * from written where kind = 'shift-opened'),
      closed as (select * from written where kind = 'shift-closed' and no = 1)
      select jsonb_build_object('shiftId', coalesce(s.shift_id, o.entry_id, c.shift_id), 'tillId', s.till_id,
                                'outletId', s.outlet_id, 'day', s.business_date) as about, v.unit,
             format('its %s is {actual}, but its till wrote {expected}', v.field) as says, v.expected, v.actual
      from opened o
      full join closed c on c.shift_id = o.entry_id
      full join (select * from shift where company_id = ${companyId}) s
        on s.shift_id = coalesce(o.entry_id, c.shift_id)
      cross join lateral (values
        ('float', 'money', o.body ->> 'float', s.float_amount::text),
        ('cashier', 'text', o.staff_id::text, s.opened_by::text),
        -- Of a shift whose opening has not arrived, what it was opened at is not known.
        ('till', 'text', coalesce(o.till_id, s.till_id)::text, s.till_id::text),
        ('outlet', 'text', coalesce(o.outlet_id, s.outlet_id)::text, s.outlet_id::text),
        ('business day', 'text', coalesce(o.business_date, c.business_date)::text, s.business_date::text),
        ('close', 'text', c.entry_id::text, s.close_id::text),
        ('epoch at the close', 'text', c.epoch::text, s.close_epoch::text),
        ('number of the close', 'text', c.seq::text, s.close_seq::text),
        ('person who closed it', 'text', c.staff_id::text, s.closed_by::text),
        ('own reckoning', 'text', c.body::jsonb::text, s.figures::text)
      ) as v(field, unit, expected, actual)
      where v.expected is distinct from v.actual
        and not exists (select from entry b where b.company_id = ${companyId}
                          and b.entry_id in (s.shift_id, s.close_id) and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'shift-totals',
    law: 'Every shift’s sales, refunds and movements of cash are the sums of its entries.',
    covers: 'shifts',
    find: (sql, companyId) => sql`
      with sold as (
        select e.shift_id, count(*) filter (where s.kind = 'sale') as sales,
               coalesce(sum(s.total) filter (where s.kind = 'sale'), 0) as sales_total,
               count(*) filter (where s.kind <> 'sale') as refunds,
               coalesce(-sum(s.total) filter (where s.kind <> 'sale'), 0) as refunds_total
        from sale s join entry e on e.company_id = s.company_id and e.entry_id = s.sale_id
        where s.company_id = ${companyId} and e.shift_id is not null
        group by e.shift_id
      ), moved as (
        select shift_id, sum(amount) as cash_moved from cash_movement
        where company_id = ${companyId} and shift_id is not null group by shift_id
      ), made as (select * from sold full join moved using (shift_id)),
      kept as (select * from shift where company_id = ${companyId})
      select jsonb_build_object('shiftId', shift_id, 'tillId', k.till_id, 'outletId', k.outlet_id,
                                'day', k.business_date) as about, v.unit,
             format('its %s is {actual}, but its entries make {expected}', v.field) as says,
             coalesce(v.expected, 0)::text as expected, coalesce(v.actual, 0)::text as actual
      from made m full join kept k using (shift_id)
      cross join lateral (values
        ('number of sales', 'text', m.sales, k.sales),
        ('total of sales', 'money', m.sales_total, k.sales_total),
        ('number of refunds', 'text', m.refunds, k.refunds),
        ('total of refunds', 'money', m.refunds_total, k.refunds_total),
        ('cash put in less cash taken out', 'money', m.cash_moved, k.cash_moved)
      ) as v(field, unit, expected, actual)
      where coalesce(v.expected, 0) <> coalesce(v.actual, 0)`,
  },
  {
    name: 'shift-tenders',
    law: 'Every shift’s takings by payment method are the sums of its tenders.',
    covers: 'shiftMethods',
    find: (sql, companyId) => sql`
      with made as (
        select e.shift_id, t.method_code, t.kind, sum(t.amount - t.change) as amount
        from sale_tender t join entry e on e.company_id = t.company_id and e.entry_id = t.sale_id
        where t.company_id = ${companyId} and e.shift_id is not null
        group by e.shift_id, t.method_code, t.kind
      ), kept as (select * from shift_tender where company_id = ${companyId})
      select jsonb_build_object('shiftId', coalesce(m.shift_id, k.shift_id), 'tillId', s.till_id, 'outletId', s.outlet_id,
                                'day', s.business_date) as about, 'money' as unit,
             format('it took {actual} by %s, but its tenders make {expected}', method_code) as says,
             coalesce(m.amount, 0)::text as expected, coalesce(k.amount, 0)::text as actual
      from made m full join kept k using (shift_id, method_code, kind)
      left join shift s on s.company_id = ${companyId} and s.shift_id = coalesce(m.shift_id, k.shift_id)
      where m.amount is distinct from k.amount`,
  },
  {
    name: 'shift-cash',
    law: 'Every closed shift that is here whole expects the cash its till expected: float, cash taken less change, and what was moved. Or an exception says that it does not.',
    covers: 'shifts',
    find: (sql, companyId) => sql`
      with cash as (
        select e.shift_id, sum(t.amount - t.change) as amount
        from sale_tender t join entry e on e.company_id = t.company_id and e.entry_id = t.sale_id
        where t.company_id = ${companyId} and t.kind = 'cash' and e.shift_id is not null
        group by e.shift_id
      ), moved as (
        select shift_id, sum(amount) as amount from cash_movement
        where company_id = ${companyId} and shift_id is not null group by shift_id
      )
      select ${sql.unsafe(about)} as about, 'money' as unit,
             'its till expected {actual} in the drawer, but the ledger makes {expected}' as says,
             x.expected::text, x.actual::text
      from shift s
      left join cash c using (shift_id)
      left join moved m using (shift_id)
      cross join lateral (
        select coalesce(s.float_amount, 0) + coalesce(c.amount, 0) + coalesce(m.amount, 0) as expected,
               coalesce((select sum(t.expected)
                         from jsonb_to_recordset(s.figures -> 'tenders') as t(kind text, expected numeric)
                         where t.kind = 'cash'), 0) as actual
      ) as x
      where s.company_id = ${companyId} and s.close_id is not null and x.expected <> x.actual
        and is_shift_whole(s.company_id, s.till_id, s.shift_id, s.close_epoch, s.close_seq)
        and not exists (select from exception e where e.company_id = s.company_id and e.type = 'totals-differ'
                          and e.subject = s.shift_id::text
                          and (e.state = 'open' or e.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
  {
    name: 'late-entries',
    law: 'Whatever was written in a shift after its close is known to head office.',
    covers: 'shifts',
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', e.entry_id) as about, 'text' as unit,
             'it is entry {actual} of a shift that was closed with entry {expected}, and no exception tells of it' as says,
             s.close_seq::text as expected, e.seq::text as actual
      from shift s
      join entry e on e.company_id = s.company_id and e.till_id = s.till_id and e.epoch = s.close_epoch
        and e.seq > s.close_seq and e.shift_id = s.shift_id
      where s.company_id = ${companyId} and e.entry_id <> s.close_id
        and not exists (select from exception x where x.company_id = s.company_id
                          and x.type = 'late-after-close' and x.subject = s.shift_id::text)`,
  },
]
