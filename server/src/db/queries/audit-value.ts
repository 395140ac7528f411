import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { AuditCheck } from './audit-check.ts'
import { isSealed } from './audit-journal.ts'

/** What is on gift cards, vouchers and store credit is what was put there less what was spent. */
export const valueChecks: readonly AuditCheck[] = [
  {
    name: 'stored-values',
    law: 'What is on every code is what its entries make.',
    covers: 'codes',
    find: (sql, companyId) => sql`
      with moved as (
        select code, sum(amount) as amount from value_entry where company_id = ${companyId} group by code
      )
      select jsonb_build_object('code', code) as about, 'money' as unit,
             format('on code %s is {actual}, but its entries make {expected}', code) as says,
             coalesce(m.amount, 0)::text as expected, coalesce(v.balance, 0)::text as actual
      from moved m full join (select * from stored_value where company_id = ${companyId}) v using (code)
      where m.amount is distinct from v.balance`,
  },
  {
    name: 'value-entries',
    law: 'Every code that was sold, spent or given back has moved once, and none without its sale.',
    covers: 'codes',
    find: (sql, companyId) => sql`
      with written as (
        select * from entry
        where company_id = ${companyId} and kind in ('sale', 'refund', 'void') and ${sql.unsafe(isSealed)} offset 0
      ), paid as (
        select sale_id as source_id, value_code as code, -sum(amount + coalesce(forfeited, 0)) as amount
        from sale_tender where company_id = ${companyId} and value_code is not null
        group by sale_id, value_code
      ), sold as (
        select e.entry_id as source_id, i.code, sum(case e.kind when 'sale' then i.amount else -i.amount end) as amount
        from written e
        cross join lateral json_to_recordset(coalesce(e.raw::json #> '{body,issued}', '[]'))
          as i(code text, amount bigint)
        group by e.entry_id, i.code
      ), expected as (
        select source_id, code, sum(amount) as amount
        from (select * from paid union all select * from sold) as b group by source_id, code
      ), found as (
        select source_id, code, sum(amount) as amount from value_entry
        where company_id = ${companyId} and reason <> 'opening' group by source_id, code
      )
      select jsonb_build_object('entryId', source_id, 'code', code) as about, 'money' as unit,
             format('it should have moved code %s by {expected}, and did by {actual}', code) as says,
             coalesce(e.amount, 0)::text as expected, coalesce(f.amount, 0)::text as actual
      from expected e full join found f using (source_id, code)
      where coalesce(e.amount, 0) <> coalesce(f.amount, 0)`,
  },
  {
    name: 'value-overdrawn',
    law: 'Head office knows of every code of which more was spent than there was.',
    covers: 'codes',
    find: (sql, companyId) => sql`
      select jsonb_build_object('code', code) as about, 'money' as unit,
             format('on code %s is {actual}, and no exception tells of it', code) as says, null as expected, balance::text as actual
      from stored_value v
      where company_id = ${companyId} and balance < 0
        and not exists (select from exception x where x.company_id = ${companyId} and x.type = 'value-overdrawn'
                          and x.subject = v.code
                          and (x.state = 'open' or x.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
]
