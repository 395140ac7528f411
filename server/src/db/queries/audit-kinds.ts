import type { AuditCheck } from './audit-check.ts'
import { isSealed } from './audit-journal.ts'

/** What the rarer kinds of entry did is what their tills wrote. */
export const kindChecks: readonly AuditCheck[] = [
  {
    name: 'stock-counts',
    law: 'Every count has moved its stock once, by what was counted more or less than expected.',
    covers: 'counted',
    find: (sql, companyId) => sql`
      with counted as (
        select e.entry_id as source_id, e.outlet_id, l.product_id, l.counted - l.expected as quantity, l.line_no
        from (select * from entry
              where company_id = ${companyId} and kind = 'stock-counted' and ${sql.unsafe(isSealed)} offset 0) e,
          rows from (json_to_recordset(e.raw::json #> '{body,lines}')
            as ("productId" uuid, expected bigint, counted bigint)
          ) with ordinality as l(product_id, expected, counted, line_no)
      ), moved as (
        select source_id, line_no, outlet_id, product_id, quantity
        from stock_movement where company_id = ${companyId} and reason = 'count'
      )
      select jsonb_build_object('entryId', source_id, 'productId', coalesce(c.product_id, m.product_id)) as about,
             'quantity' as unit,
             format('line %s of the count moved the stock by {actual}, but its till wrote {expected}', line_no) as says,
             c.quantity::text as expected, m.quantity::text as actual
      from counted c full join moved m using (source_id, line_no)
      where (c.outlet_id, c.product_id, c.quantity) is distinct from (m.outlet_id, m.product_id, m.quantity)
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = source_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'cash-movements',
    law: 'Every movement of cash is the one its till wrote.',
    covers: 'cashMovements',
    find: (sql, companyId) => sql`
      with written as (
        select e.entry_id as source_id, e.shift_id, e.till_id, e.outlet_id, e.staff_id, e.business_date, w.reason,
               case w.direction when 'in' then w.amount else -w.amount end as amount
        from (select * from entry
              where company_id = ${companyId} and kind = 'cash-moved' and ${sql.unsafe(isSealed)} offset 0) e
        cross join json_to_record(e.raw::json -> 'body') as w(direction text, amount bigint, reason text)
      ), moved as (select * from cash_movement where company_id = ${companyId})
      select jsonb_build_object('entryId', source_id) as about, 'money' as unit,
             case when w.amount is distinct from m.amount
                    then 'the cash that moved is {actual}, but its till wrote {expected}'
                  else 'the cash moved in another shift, at another till, on another day, by somebody else or for another reason than its till wrote'
             end as says,
             w.amount::text as expected, m.amount::text as actual
      from written w full join moved m using (source_id)
      where (w.shift_id, w.till_id, w.outlet_id, w.staff_id, w.business_date, w.reason, w.amount)
        is distinct from (m.shift_id, m.till_id, m.outlet_id, m.staff_id, m.business_date, m.reason, m.amount)
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = source_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'registered-customers',
    law: 'Every customer that a till registered is there.',
    covers: 'registered',
    // What became of the customer later is head office's: only that it is there.
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', e.entry_id) as about, 'text' as unit,
             'it registered the customer {expected}, who is not there' as says,
             e.raw::json #>> '{body,name}' as expected, null as actual
      from (select * from entry
            where company_id = ${companyId} and kind = 'customer-registered' and ${sql.unsafe(isSealed)} offset 0) e
      where not exists (select from customer c where c.company_id = ${companyId}
                          and c.customer_id = (e.raw::json #>> '{body,customerId}')::uuid)`,
  },
  {
    name: 'emailed-receipts',
    law: 'Every receipt that a customer asked for by e-mail is there to be sent, or was.',
    covers: 'emailed',
    // Never says an address: a report of differences is handed around.
    find: (sql, companyId) => sql`
      with written as (
        select e.entry_id as email_id, e.till_id, e.outlet_id, (w.body ->> 'paperId')::uuid as paper_id,
               w.body ->> 'to' as address, w.body ->> 'receiptNo' as receipt_no
        from (select * from entry
              where company_id = ${companyId} and kind = 'receipt-emailed' and ${sql.unsafe(isSealed)} offset 0) e
        cross join lateral (select e.raw::json -> 'body' as body) as w
      ), kept as (select * from receipt_email where company_id = ${companyId})
      select jsonb_build_object('entryId', email_id) as about, 'text' as unit,
             case when k.paper_id is null then 'the receipt {expected} that was to be e-mailed is not there to be sent'
                  when w.paper_id is null then 'a receipt is there to be e-mailed that no till wrote'
                  else 'the e-mail is of another receipt, of another till or to another address than its till wrote'
             end as says,
             w.receipt_no as expected, null as actual
      from written w full join kept k using (email_id)
      where (w.paper_id, w.till_id, w.outlet_id, coalesce(k.address, w.address))
          is distinct from (k.paper_id, k.till_id, k.outlet_id, w.address)
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = email_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
  {
    name: 'named-buyers',
    law: 'Every receipt is made out to whom its till wrote.',
    covers: 'madeOut',
    find: (sql, companyId) => sql`
      with written as (
        select e.entry_id, e.till_id, e.epoch, e.seq, (w.body ->> 'paperId')::uuid as paper_id,
               w.body ->> 'receiptNo' as receipt_no, w.body #>> '{buyer,name}' as name,
               w.body #>> '{buyer,address}' as address, w.body #>> '{buyer,registrationNo}' as registration_no
        from (select * from entry
              where company_id = ${companyId} and kind = 'buyer-named' and ${sql.unsafe(isSealed)} offset 0) e
        cross join lateral (select e.raw::json -> 'body' as body) as w
      ), kept as (select * from buyer_named where company_id = ${companyId})
      select jsonb_build_object('entryId', entry_id) as about, 'text' as unit,
             case when k.paper_id is null then 'whom receipt {expected} was made out to is not there'
                  when w.paper_id is null then 'a receipt is made out to somebody whom no till wrote'
                  else 'a receipt is made out to another, or is another, than its till wrote'
             end as says,
             w.receipt_no as expected, null as actual
      from written w full join kept k using (entry_id)
      where (w.paper_id, w.till_id, w.epoch, w.seq, w.name, w.address, w.registration_no)
          is distinct from (k.paper_id, k.till_id, k.epoch, k.seq, k.name, k.address, k.registration_no)
        and not exists (select from entry b where b.company_id = ${companyId} and b.entry_id = entry_id
                          and not (${sql.unsafe(isSealed)}))`,
  },
]
