-- Compares what came back with what was sold, for replay(), once the call's sales and lines are in. More than
-- was sold, or of a sale that has not arrived, raises `over-refund`; it closes by itself when that sale arrives
-- and explains it.
--
-- Calls that refund the same sale wait for each other at its row of refunded_sale: the later one sees all.
drop function if exists check_refunds;
create function check_refunds(
  p_company uuid, p_now timestamptz,
  -- entries of the call, and whether it applied them
  p_id uuid[], p_till uuid[], p_outlet uuid[], p_fresh boolean[],
  -- sales, refunds and voids; p_original may be shorter
  p_sale_entry integer[], p_original uuid[],
  -- sales that an open exception takes for unknown, and that are here by now; null for none
  p_arrived uuid[],
  out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  -- of the call's own refunds
  v_entry integer[];
  v_sale uuid[];
begin
  raised_entry := '{}';
  raised_type := '{}';

  if cardinality(p_original) > 0 then
    select array_agg(r.entry), array_agg(r.original) into v_entry, v_sale
    from unnest(p_sale_entry, p_original) as r(entry, original)
    where r.original is not null and p_fresh[r.entry];
  end if;
  if v_sale is null and p_arrived is null then
    return;
  end if;

  insert into refunded_sale as r (company_id, sale_id, refunds)
  select p_company, s.sale, sum(s.refunds)
  from (
    select sale, 1 as refunds from unnest(v_sale) as s(sale)
    union all
    select sale, 0 from unnest(p_arrived) as s(sale)
  ) as s
  group by s.sale
  order by s.sale
  on conflict (company_id, sale_id) do update set refunds = r.refunds + excluded.refunds;

  with returned as (
    select r.original_sale_id as sale, l.original_line_no as line_no, l.product_id, -sum(l.quantity) as refunded,
           -sum(l.net) as paid_back, -sum(l.tax) as tax_back, count(*) as times, min(l.name) as name,
           bool_or(f.entry is not null) as fresh
    from sale r
    join sale_line l on l.company_id = r.company_id and l.sale_id = r.sale_id
    left join unnest(v_entry) as f(entry) on p_id[f.entry] = r.sale_id
    where r.company_id = p_company and r.original_sale_id = any(v_sale || p_arrived)
    group by 1, 2, 3
  ), compared as (
    select t.*, o.sale_id is not null as known, o.receipt_no, coalesce(l.quantity, 0) as sold,
           coalesce(l.net, 0) as paid,
           -- Tills that do not know of each other's refunds may each round a share up by half a cent.
           t.refunded > coalesce(l.quantity, 0) or t.paid_back > coalesce(l.net, 0) + t.times
             or t.tax_back > coalesce(l.tax, 0) + t.times as over
    from returned t
    left join sale o on o.company_id = p_company and o.sale_id = t.sale and o.kind = 'sale'
    left join sale_line l on l.company_id = p_company and l.sale_id = o.sale_id and l.line_no = t.line_no
      and l.product_id = t.product_id
  ), judged as (
    select c.sale, c.known, c.receipt_no,
           coalesce(bool_or(c.fresh) filter (where c.over), false) as raised,
           jsonb_agg(jsonb_build_object('lineNo', c.line_no, 'productId', c.product_id, 'name', c.name,
                                        'sold', c.sold, 'refunded', c.refunded, 'paid', c.paid,
                                        'paidBack', c.paid_back) order by c.line_no, c.product_id)
             filter (where c.over) as lines
    from compared c
    group by c.sale, c.known, c.receipt_no
  ), described as (
    select j.sale, j.raised, j.lines,
           jsonb_build_object('known', j.known, 'originalSaleId', j.sale,
             'originalReceiptNo', coalesce(j.receipt_no, (
               select e.raw::jsonb #>> '{body,original,receiptNo}' from entry e
               join unnest(v_entry, v_sale) as f(entry, sale) on e.entry_id = p_id[f.entry]
               where e.company_id = p_company and f.sale = j.sale limit 1)),
             'lines', j.lines) as detail
    from judged j
  ), raised as (
    insert into exception as x (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select p_company, 'over-refund', d.sale::text, p_outlet[f.entry], p_till[f.entry], p_id[f.entry], d.detail
    from described d
    cross join lateral (
      select max(entry) as entry from unnest(v_entry, v_sale) as f(entry, sale) where sale = d.sale
    ) as f
    where d.raised
    order by d.sale
    on conflict (company_id, type, subject) where state = 'open' do update set detail = excluded.detail
  ), answered as (
    update exception x
    set detail = coalesce(d.detail, x.detail),
        state = case when d.lines is null then 'resolved' else 'open' end,
        resolved_at = case when d.lines is null then p_now end,
        resolved_by = case when d.lines is null then 'evertill' end,
        note = case when d.lines is null
                    then 'Closed by itself: the sale has arrived, and no more was refunded than it sold.' end
    from described d
    where x.company_id = p_company and x.type = 'over-refund' and x.subject = d.sale::text and x.state = 'open'
      and d.sale = any(p_arrived) and not d.raised
  )
  select coalesce(array_agg(f.entry), '{}'),
         coalesce(array_agg('over-refund'::text), '{}')
  into raised_entry, raised_type
  from unnest(v_entry, v_sale) as f(entry, sale) join described d on d.sale = f.sale and d.raised;
end $$;
