import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { AuditCheck } from './audit-check.ts'

/** Counters are the sums of the ledgers beside which they stand. */
export const counterChecks: readonly AuditCheck[] = [
  {
    name: 'stock-levels',
    law: 'For every product and outlet, the stock on hand is what its movements make.',
    covers: 'products',
    find: (sql, companyId) => sql`
      with moved as (
        select outlet_id, product_id, sum(quantity) as quantity
        from stock_movement where company_id = ${companyId} group by outlet_id, product_id
      )
      select jsonb_build_object('outletId', outlet_id, 'productId', product_id) as about, 'quantity' as unit,
             'its stock on hand is {actual}, but its movements make {expected}' as says,
             coalesce(m.quantity, 0)::text as expected, coalesce(s.on_hand, 0)::text as actual
      from moved m
      full join (select * from stock_level where company_id = ${companyId}) s using (outlet_id, product_id)
      where m.quantity is distinct from s.on_hand`,
  },
  {
    name: 'points-balances',
    law: 'For every customer, the points are what was earned and spent.',
    covers: 'customers',
    find: (sql, companyId) => sql`
      with given as (
        select customer_id, sum(points) as points
        from points_entry where company_id = ${companyId} group by customer_id
      )
      select jsonb_build_object('customerId', customer_id) as about, 'text' as unit,
             'the balance is {actual} points, but the entries make {expected}' as says,
             coalesce(g.points, 0)::text as expected, coalesce(b.points, 0)::text as actual
      from given g
      full join (select * from points_balance where company_id = ${companyId}) b using (customer_id)
      where g.points is distinct from b.points`,
  },
  {
    name: 'points-overdrawn',
    law: 'Head office knows of every customer who has spent more points than there were.',
    covers: 'customers',
    find: (sql, companyId) => sql`
      select jsonb_build_object('customerId', customer_id) as about, 'text' as unit,
             'the balance is {actual} points, and no exception tells of it' as says,
             null as expected, points::text as actual
      from points_balance b
      where company_id = ${companyId} and points < 0
        and not exists (select from exception x where x.company_id = ${companyId} and x.type = 'points-overdrawn'
                          and x.subject = b.customer_id::text
                          and (x.state = 'open' or x.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
  {
    name: 'day-totals',
    law: 'Every day’s totals are the sums of its sales.',
    covers: 'days',
    find: (sql, companyId) => sql`
      with days as (
        select outlet_id, business_date, till_id, count(*) filter (where kind = 'sale') as sales,
               count(*) filter (where kind <> 'sale') as refunds, sum(gross) as gross,
               sum(discount) as discount, sum(tax) as tax, sum(net) as net, sum(rounding) as rounding,
               sum(total) as total, sum(issued) as issued
        from sale where company_id = ${companyId} group by outlet_id, business_date, till_id
      )
      select jsonb_build_object('outletId', outlet_id, 'tillId', till_id, 'day', business_date) as about, v.unit,
             format('the day’s %s is {actual}, but its sales make {expected}', v.field) as says,
             coalesce(v.expected, 0)::text as expected, coalesce(v.actual, 0)::text as actual
      from days d
      full join (select * from day_total where company_id = ${companyId}) t
        using (outlet_id, business_date, till_id)
      cross join lateral (values
        ('number of sales', 'text', d.sales, t.sales),
        ('number of refunds', 'text', d.refunds, t.refunds),
        ('gross amount', 'money', d.gross, t.gross),
        ('discount', 'money', d.discount, t.discount),
        ('tax', 'money', d.tax, t.tax),
        ('net amount', 'money', d.net, t.net),
        ('rounding', 'money', d.rounding, t.rounding),
        ('total', 'money', d.total, t.total),
        ('value put on codes', 'money', d.issued, t.issued)
      ) as v(field, unit, expected, actual)
      where v.expected is distinct from v.actual
        and (coalesce(v.expected, 0) <> coalesce(v.actual, 0) or v.field = 'number of sales')`,
  },
  {
    name: 'day-tenders',
    law: 'Every day’s takings by payment method are the sums of its tenders.',
    covers: 'dayMethods',
    find: (sql, companyId) => sql`
      with methods as (
        select outlet_id, business_date, till_id, method_code, sum(amount - t.change) as amount
        from sale_tender t join sale using (company_id, sale_id)
        where company_id = ${companyId} group by outlet_id, business_date, till_id, method_code
      )
      select jsonb_build_object('outletId', outlet_id, 'tillId', till_id, 'day', business_date) as about,
             'money' as unit,
             format('the day took {actual} by %s, but its tenders make {expected}', method_code) as says,
             coalesce(m.amount, 0)::text as expected, coalesce(t.amount, 0)::text as actual
      from methods m
      full join (select * from day_tender where company_id = ${companyId}) t
        using (outlet_id, business_date, till_id, method_code)
      where m.amount is distinct from t.amount`,
  },
]
