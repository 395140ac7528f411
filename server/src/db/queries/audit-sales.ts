import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { AuditCheck } from './audit-check.ts'
import { isSealed } from './audit-journal.ts'

const written = `kind in ('sale', 'refund', 'void') and ${isSealed}`
// What a till wrote of a refund or a void stands in the ledger as the negative of it.
const sign = "case e.kind when 'sale' then 1 else -1 end"

/*
 * A sale is in the ledger as its till wrote it, whole, and adds up; so is a refund or a void, as a sale of negative
 * amounts. A sale that contradicted itself when it came
 * is kept as it came, under a `totals-differ` exception: that is known, and no difference.
 */
export const saleChecks: readonly AuditCheck[] = [
  {
    name: 'sale-entries',
    law: 'Every sale has its entry, and every entry of a sale has its sale.',
    covers: 'sales',
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', coalesce(entry_id, sale_id)) as about, 'text' as unit,
             case when sale_id is null then 'its entry is there, its sale is missing'
                  else 'its sale is there, its entry is missing' end as says,
             null as expected, null as actual
      from (select entry_id, kind from entry
            where company_id = ${companyId} and kind in ('sale', 'refund', 'void')) e
      full join (select sale_id, kind from sale where company_id = ${companyId}) s
        on s.sale_id = e.entry_id and s.kind = e.kind
      where entry_id is null or sale_id is null`,
  },
  {
    name: 'sale-amounts',
    law: 'Every sale has the amounts its till wrote.',
    covers: 'sales',
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', s.sale_id) as about, v.unit,
             format('its %s is {actual}, but its till wrote {expected}', v.field) as says, v.expected, v.actual
      from (select * from entry where company_id = ${companyId} and ${sql.unsafe(written)} offset 0) e
      join sale s on s.company_id = ${companyId} and s.sale_id = e.entry_id
      cross join json_to_record(e.raw::json -> 'body') as w(
        "receiptNo" text, gross bigint, discount bigint, tax bigint, net bigint, rounding bigint, total bigint,
        change bigint, "pointsEarned" bigint, "pointsTaken" bigint, customer json, rules json, original json,
        lines json, issued json)
      cross join lateral (
        select coalesce(sum((i ->> 'amount')::bigint), 0)::bigint as amount
        from json_array_elements(coalesce(w.issued, '[]')) as i
      ) as i
      cross join lateral (
        -- A refund has no gross amount of its own: its lines are shares of what was paid.
        select ${sql.unsafe(sign)} as sign,
               coalesce(w.gross, (select sum((l ->> 'net')::bigint) from json_array_elements(w.lines) as l), 0) as gross
      ) as x
      cross join lateral (values
        ('gross amount', 'money', (x.sign * x.gross)::text, s.gross::text),
        ('discount', 'money', coalesce(w.discount, 0)::text, s.discount::text),
        ('tax', 'money', (x.sign * w.tax)::text, s.tax::text),
        ('net amount', 'money', (x.sign * w.net)::text, s.net::text),
        ('rounding', 'money', (x.sign * w.rounding)::text, s.rounding::text),
        ('total', 'money', (x.sign * w.total)::text, s.total::text),
        ('value put on codes', 'money', (x.sign * i.amount)::text, s.issued::text),
        ('change', 'money', coalesce(w.change, 0)::text, s.change::text),
        ('number of points', 'text', coalesce(w."pointsEarned", -w."pointsTaken")::text, s.points_earned::text),
        ('original sale', 'text', coalesce(w.original ->> 'saleId', 'none'),
         coalesce(s.original_sale_id::text, 'none')),
        ('receipt number', 'text', w."receiptNo", s.receipt_no),
        ('currency', 'text', w.rules ->> 'currency', s.currency),
        ('customer', 'text', coalesce(w.customer ->> 'customerId', 'nobody'),
         coalesce(s.customer_id::text, 'nobody')),
        ('till', 'text', e.till_id::text, s.till_id::text),
        ('outlet', 'text', e.outlet_id::text, s.outlet_id::text),
        ('cashier', 'text', e.staff_id::text, s.staff_id::text),
        ('business day', 'text', e.business_date::text, s.business_date::text)
      ) as v(field, unit, expected, actual)
      where v.expected is distinct from v.actual`,
  },
  {
    name: 'sale-lines',
    law: 'Every sale has exactly the lines its till wrote, and no line is without its sale.',
    covers: 'lines',
    find: (sql, companyId) => sql`
      with written as (
        select e.entry_id as sale_id, ${sql.unsafe(sign)} as sign, l.*,
               (select coalesce(sum(amount), 0)::bigint
                  from json_to_recordset(coalesce(l.promotions, '[]')) as p(amount bigint)) as promoted,
               case when e.kind <> 'sale' and e.raw::json #> '{body,original}' is not null
                    then coalesce(l.line, 0) end as original_line_no
        from (select * from entry where company_id = ${companyId} and ${sql.unsafe(written)} offset 0) e,
          rows from (json_to_recordset(e.raw::json #> '{body,lines}') as (
            "productId" uuid, sku text, name text, quantity bigint, "unitPrice" bigint, "lineDiscount" bigint,
            "billShare" bigint, net bigint, "taxCode" text, "ratePpm" integer, tax bigint, "lineNo" integer,
            restock boolean, promotions json)
          ) with ordinality as l(product_id, sku, name, quantity, unit_price, line_discount, bill_share, net,
                                 tax_code, rate_ppm, tax, line, restock, promotions, line_no)
      ), stored as (select * from sale_line where company_id = ${companyId})
      select jsonb_build_object('entryId', sale_id) as about, v.unit,
             case when s.sku is null then format('line %s is missing', line_no)
                  when w.sku is null then format('line %s is none that its till wrote', line_no)
                  else format('the %s of line %s is {actual}, but its till wrote {expected}', v.field, line_no)
             end as says, v.expected, v.actual
      from written w full join stored s using (sale_id, line_no)
      cross join lateral (values
        ('product', 'text', w.product_id::text, s.product_id::text),
        ('SKU', 'text', w.sku, s.sku),
        ('name', 'text', w.name, s.name),
        ('quantity', 'quantity', (w.sign * w.quantity)::text, s.quantity::text),
        ('unit price', 'money', w.unit_price::text, s.unit_price::text),
        ('discount', 'money', coalesce(w.line_discount + w.promoted + w.bill_share, 0)::text, s.discount::text),
        ('net amount', 'money', (w.sign * w.net)::text, s.net::text),
        ('tax code', 'text', w.tax_code, s.tax_code),
        ('tax rate', 'text', w.rate_ppm::text, s.rate_ppm::text),
        ('tax', 'money', (w.sign * w.tax)::text, s.tax::text),
        ('original line', 'text', w.original_line_no::text, s.original_line_no::text),
        ('return to the shelf', 'text', w.restock::text, s.restock::text)
      ) as v(field, unit, expected, actual)
      where (w.product_id, w.sku, w.name, w.sign * w.quantity, w.unit_price,
             coalesce(w.line_discount + w.promoted + w.bill_share, 0), w.sign * w.net, w.tax_code, w.rate_ppm, w.sign * w.tax,
             w.original_line_no, w.restock)
        is distinct from (s.product_id, s.sku, s.name, s.quantity, s.unit_price, s.discount, s.net,
             s.tax_code, s.rate_ppm, s.tax, s.original_line_no, s.restock)
        and v.expected is distinct from v.actual
        and ((w.sku is not null and s.sku is not null) or v.field = 'product')
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = sale_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'sale-tenders',
    law: 'Every sale has exactly the tenders its till wrote, and no tender is without its sale.',
    covers: 'tenders',
    find: (sql, companyId) => sql`
      with written as (
        select e.entry_id as sale_id, ${sql.unsafe(sign)} as sign, t.*
        from (select * from entry where company_id = ${companyId} and ${sql.unsafe(written)} offset 0) e,
          rows from (json_to_recordset(e.raw::json #> '{body,tenders}') as (
            "methodCode" text, kind text, amount bigint, reference text, points bigint, code text, forfeited bigint)
          ) with ordinality as t(method_code, kind, amount, reference, points, code, forfeited, tender_no)
      ), stored as (select * from sale_tender where company_id = ${companyId})
      select jsonb_build_object('entryId', sale_id) as about, v.unit,
             case when s.kind is null then format('tender %s is missing', tender_no)
                  when w.kind is null then format('tender %s is none that its till wrote', tender_no)
                  else format('the %s of tender %s is {actual}, but its till wrote {expected}', v.field, tender_no)
             end as says, v.expected, v.actual
      from written w full join stored s using (sale_id, tender_no)
      cross join lateral (values
        ('method', 'text', w.method_code, s.method_code),
        ('kind', 'text', w.kind, s.kind),
        ('amount', 'money', (w.sign * w.amount)::text, s.amount::text),
        ('reference', 'text', coalesce(w.reference, 'none'), coalesce(s.reference, 'none')),
        ('number of points', 'text', (w.sign * w.points)::text, s.points::text),
        ('code', 'text', w.code, s.value_code),
        ('forfeited rest', 'money', (w.sign * w.forfeited)::text, s.forfeited::text)
      ) as v(field, unit, expected, actual)
      where v.expected is distinct from v.actual
        and ((w.kind is not null and s.kind is not null) or v.field = 'method')
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = sale_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'sale-movements',
    law: 'Every line has moved its stock once, unless it came back and was written off; and no movement of a sale is without its line.',
    covers: 'movements',
    find: (sql, companyId) => sql`
      with sold as (
        select sale_id, line_no, outlet_id, product_id, -quantity as quantity, kind
        from sale_line join sale using (company_id, sale_id)
        where company_id = ${companyId} and restock is not false
      ), moved as (
        select source_id as sale_id, line_no, outlet_id, product_id, quantity, reason
        from stock_movement where company_id = ${companyId} and reason in ('sale', 'refund', 'void')
      )
      select jsonb_build_object('entryId', sale_id, 'productId', coalesce(s.product_id, m.product_id),
                                'outletId', coalesce(s.outlet_id, m.outlet_id)) as about,
             'quantity' as unit,
             case when m.quantity is null then format('line %s has not moved the stock by {expected}', line_no)
                  when s.quantity is null then format('stock moved by {actual} for line %s, which is not there', line_no)
                  when s.quantity <> m.quantity
                    then format('line %s moved the stock by {actual}, but should have by {expected}', line_no)
                  when s.kind <> m.reason then format('line %s moved the stock as a %s', line_no, m.reason)
                  else format('line %s moved the stock of another product or outlet', line_no) end as says,
             s.quantity::text as expected, m.quantity::text as actual
      from sold s full join moved m using (sale_id, line_no)
      where (s.outlet_id, s.product_id, s.quantity, s.kind)
        is distinct from (m.outlet_id, m.product_id, m.quantity, m.reason)`,
  },
  {
    name: 'sale-points',
    law: 'Every sale has given its customer its points once, every refund has taken them back, and no points are without their sale.',
    covers: 'sales',
    find: (sql, companyId) => sql`
      with earned as (
        select sale_id, customer_id, points_earned as points from sale
        where company_id = ${companyId} and customer_id is not null and points_earned <> 0
      ), given as (
        select source_id as sale_id, customer_id, sum(points) as points from points_entry
        where company_id = ${companyId} and reason in ('earned', 'taken-back') group by source_id, customer_id
      )
      select jsonb_build_object('entryId', sale_id, 'customerId', customer_id) as about, 'text' as unit,
             'it earned {expected} points and gave {actual}' as says,
             coalesce(e.points, 0)::text as expected, coalesce(g.points, 0)::text as actual
      from earned e full join given g using (sale_id, customer_id)
      where e.points is distinct from g.points`,
  },
  {
    name: 'sale-points-spent',
    law: 'Every leg in points has taken its points once, every one of a refund has given them back, and no points were taken without their leg.',
    covers: 'tenders',
    find: (sql, companyId) => sql`
      with paid as (
        select sale_id, tender_no, customer_id, -points as points
        from sale_tender t join sale using (company_id, sale_id)
        where company_id = ${companyId} and customer_id is not null and t.points <> 0
      ), spent as (
        select source_id as sale_id, line_no as tender_no, customer_id, points
        from points_entry where company_id = ${companyId} and reason in ('spent', 'given-back')
      )
      select jsonb_build_object('entryId', sale_id, 'customerId', customer_id) as about, 'text' as unit,
             format('tender %s should have moved {expected} points and moved {actual}', tender_no) as says,
             coalesce(p.points, 0)::text as expected, coalesce(s.points, 0)::text as actual
      from paid p full join spent s using (sale_id, tender_no, customer_id)
      where p.points is distinct from s.points`,
  },
  {
    name: 'sale-paid',
    law: 'For every sale, tenders less change are its total.',
    covers: 'sales',
    find: (sql, companyId) => sql`
      with paid as (
        select sale_id, sum(amount) as amount, sum(change) as change
        from sale_tender where company_id = ${companyId} group by sale_id
      )
      select jsonb_build_object('entryId', s.sale_id) as about, 'money' as unit, v.says,
             v.expected::text, v.actual::text
      from sale s left join paid p using (sale_id)
      cross join lateral (values
        ('its tenders less change are {actual}, but its total is {expected}', s.total,
         coalesce(p.amount - p.change, 0)),
        ('its tenders gave {actual} back, but its change is {expected}', s.change, coalesce(p.change, 0))
      ) as v(says, expected, actual)
      where s.company_id = ${companyId} and v.expected <> v.actual
        and not exists (select from exception x where x.company_id = s.company_id and x.entry_id = s.sale_id
                          and x.type = 'totals-differ')`,
  },
  {
    name: 'sale-totals',
    law: 'For every sale, its lines add up to its discount, its tax and its total.',
    covers: 'sales',
    // Materialized: on tables without statistics the texts would be parsed again for every sale.
    find: (sql, companyId) => sql`
      with lines as materialized (
        select sale_id, sum(net) as net, sum(discount) as discount, sum(tax) as tax
        from sale_line where company_id = ${companyId} group by sale_id
      ), rules as materialized (
        select entry_id as sale_id, (raw::json #>> '{body,rules,inclusive}')::boolean as inclusive
        from (select * from entry where company_id = ${companyId} and ${sql.unsafe(written)} offset 0) e
      )
      select jsonb_build_object('entryId', s.sale_id) as about, 'money' as unit, v.says,
             v.expected::text, v.actual::text
      from sale s join rules r using (sale_id) left join lines l using (sale_id)
      cross join lateral (values
        ('its lines carry {actual} of tax, but its tax is {expected}', s.tax, coalesce(l.tax, 0)),
        ('its lines carry {actual} of discount, but its discount is {expected}', s.discount,
         coalesce(l.discount, 0)),
        ('its gross amount less discount is {expected}, but its lines make {actual}', s.gross - s.discount,
         coalesce(l.net, 0)),
        ('its lines and rounding make {actual}, but its total is {expected}', s.total,
         coalesce(l.net + case when r.inclusive then 0 else l.tax end, 0) + s.issued + s.rounding)
      ) as v(says, expected, actual)
      where s.company_id = ${companyId} and v.expected <> v.actual
        and not exists (select from exception x where x.company_id = s.company_id and x.entry_id = s.sale_id
                          and x.type = 'totals-differ')`,
  },
  {
    name: 'over-refunds',
    law: 'Whatever was taken back beyond what was sold is known to head office.',
    covers: 'refunds',
    find: (sql, companyId) => sql`
      with returned as (
        select r.original_sale_id, l.original_line_no, l.product_id, -sum(l.quantity) as quantity,
               -sum(l.net) as net, -sum(l.tax) as tax, count(*) as times
        from sale r join sale_line l using (company_id, sale_id)
        where company_id = ${companyId} and r.original_sale_id is not null
        group by r.original_sale_id, l.original_line_no, l.product_id
      )
      select jsonb_build_object('entryId', r.original_sale_id, 'productId', r.product_id) as about,
             'quantity' as unit,
             format('of line %s {actual} came back and {expected} was sold, and no exception tells of it',
                    r.original_line_no) as says,
             coalesce(l.quantity, 0)::text as expected, r.quantity::text as actual
      from returned r
      left join sale o on o.company_id = ${companyId} and o.sale_id = r.original_sale_id and o.kind = 'sale'
      left join sale_line l on l.company_id = ${companyId} and l.sale_id = o.sale_id
        and l.line_no = r.original_line_no and l.product_id = r.product_id
      where (r.quantity > coalesce(l.quantity, 0) or r.net > coalesce(l.net, 0) + r.times
             or r.tax > coalesce(l.tax, 0) + r.times)
        and not exists (select from exception x where x.company_id = ${companyId} and x.type = 'over-refund'
                          and x.subject = r.original_sale_id::text
                          and (x.state = 'open' or x.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
  {
    name: 'refund-counts',
    law: 'Of every sale, as many refunds are counted as there are.',
    covers: 'refunds',
    find: (sql, companyId) => sql`
      with made as (
        select original_sale_id as sale_id, count(*) as refunds from sale
        where company_id = ${companyId} and original_sale_id is not null group by original_sale_id
      )
      select jsonb_build_object('entryId', sale_id) as about, 'text' as unit,
             '{actual} refunds of it are counted, but there are {expected}' as says,
             coalesce(m.refunds, 0)::text as expected, coalesce(c.refunds, 0)::text as actual
      from made m
      full join (select * from refunded_sale where company_id = ${companyId}) c using (sale_id)
      where m.refunds is distinct from c.refunds`,
  },
]
