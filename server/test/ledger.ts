import type { Sql } from '../src/db/connect.ts'

/** One thing that does not add up. */
export type LedgerDifference = { law: string; what: string; expected: number | null; actual: number | null }

/**
 * What must always be true of a company's ledger, whatever came in: every counter is the sum of its ledger,
 * and nothing of a sale is there without the rest of it. Empty when all holds.
 */
export async function ledgerDifferences(sql: Sql, companyId: string): Promise<LedgerDifference[]> {
  return sql<LedgerDifference[]>`
    with mine as (select ${companyId}::uuid as company_id),
    line_sums as (
      select sale_id, count(*) as lines, sum(net) as net, sum(discount) as discount, sum(tax) as tax
      from sale_line join mine using (company_id) group by sale_id
    ), tender_sums as (
      select sale_id, sum(amount) as amount, sum(change) as change
      from sale_tender join mine using (company_id) group by sale_id
    ), movement_counts as (
      select source_id as sale_id, count(*) as movements from stock_movement join mine using (company_id)
      where reason = 'sale' group by source_id
    ), days as (
      select outlet_id, business_date, till_id, count(*) as sales, sum(total) as total, sum(tax) as tax,
             sum(gross) as gross, sum(discount) as discount, sum(net) as net, sum(rounding) as rounding
      from sale join mine using (company_id) group by 1, 2, 3
    ), methods as (
      select outlet_id, business_date, till_id, method_code, sum(amount - t.change) as amount
      from sale_tender t join mine using (company_id) join sale using (company_id, sale_id) group by 1, 2, 3, 4
    ), seqs as (
      select till_id, epoch, seq, max(seq) over (partition by till_id, epoch) as last_seq,
             dense_rank() over (partition by till_id, epoch order by seq) = seq as in_turn
      from entry join mine using (company_id)
    ), marks as (
      select till_id, epoch, max(last_seq) as last_seq, coalesce(max(seq) filter (where in_turn), 0) as high_water
      from seqs group by 1, 2
    )
    select 'entry has its sale' as law, e.entry_id::text as what, 1 as expected, 0 as actual
    from entry e join mine using (company_id) left join sale s on s.company_id = e.company_id and s.sale_id = e.entry_id
    where e.kind = 'sale' and s.sale_id is null
    union all
    select 'sale has its entry', s.sale_id::text, 1, 0
    from sale s join mine using (company_id) left join entry e on e.company_id = s.company_id and e.entry_id = s.sale_id
    where e.entry_id is null
    union all
    select 'line has its sale', l.sale_id::text, 1, 0
    from sale_line l join mine using (company_id) left join sale s using (company_id, sale_id) where s.sale_id is null
    union all
    select 'tender has its sale', t.sale_id::text, 1, 0
    from sale_tender t join mine using (company_id) left join sale s using (company_id, sale_id) where s.sale_id is null
    union all
    select 'movement has its sale', m.source_id::text, 1, 0
    from stock_movement m join mine using (company_id)
    left join sale s on s.company_id = m.company_id and s.sale_id = m.source_id
    where m.reason = 'sale' and s.sale_id is null
    union all
    select 'sale has all its lines', e.entry_id::text, jsonb_array_length(raw::jsonb #> '{body,lines}'), coalesce(lines, 0)
    from entry e join mine using (company_id) left join line_sums l on l.sale_id = e.entry_id
    where e.kind = 'sale' and jsonb_array_length(raw::jsonb #> '{body,lines}') <> coalesce(lines, 0)
    union all
    select 'sale has all its movements', sale_id::text, lines, coalesce(movements, 0)
    from line_sums left join movement_counts using (sale_id) where lines <> coalesce(movements, 0)
    union all
    select 'tenders less change are the total', sale_id::text, total, coalesce(amount - t.change, 0)
    from sale s join mine using (company_id) left join tender_sums t using (sale_id)
    where total <> coalesce(amount - t.change, 0)
    union all
    select 'tax of the lines is the tax', sale_id::text, s.tax, l.tax
    from sale s join mine using (company_id) join line_sums l using (sale_id) where s.tax <> l.tax
    union all
    select 'stock is the sum of movements', coalesce(s.product_id, m.product_id)::text, m.quantity, s.on_hand
    from (select * from stock_level join mine using (company_id)) s
    full join (select outlet_id, product_id, sum(quantity) as quantity
               from stock_movement join mine using (company_id) group by 1, 2) m using (outlet_id, product_id)
    where s.on_hand is distinct from m.quantity
    union all
    select 'points are the sum of entries', coalesce(b.customer_id, p.customer_id)::text, p.points, b.points
    from (select * from points_balance join mine using (company_id)) b
    full join (select customer_id, sum(points) as points
               from points_entry join mine using (company_id) group by 1) p using (customer_id)
    where b.points is distinct from p.points
    union all
    select 'day is the sum of its sales', outlet_id || ' ' || business_date || ' ' || till_id, d.total, t.total
    from days d full join (select * from day_total join mine using (company_id)) t using (outlet_id, business_date, till_id)
    where (d.sales, d.total, d.tax, d.gross, d.discount, d.net, d.rounding)
      is distinct from (t.sales, t.total, t.tax, t.gross, t.discount, t.net, t.rounding)
    union all
    select 'day by method is the sum of its tenders', business_date || ' ' || method_code, m.amount, t.amount
    from methods m full join (select * from day_tender join mine using (company_id)) t
      using (outlet_id, business_date, till_id, method_code)
    where m.amount is distinct from t.amount
    union all
    select 'high-water mark is the first gap', till_id || ' ' || epoch, m.high_water, j.high_water
    from marks m full join (select * from journal join mine using (company_id)) j using (till_id, epoch)
    where (coalesce(m.high_water, 0), coalesce(m.last_seq, 0)) is distinct from (j.high_water, j.last_seq)`
}
