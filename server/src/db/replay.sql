-- The price that head office had for a product when one unit of it was sold at another; null where it had that one, or
-- none yet. A till hears of a change at its next contact, and no clock is exact: both are given the tolerance.
drop function if exists price_then;
create function price_then(
  p_company uuid, p_product uuid, p_sold bigint, p_at timestamptz, p_tolerance interval
) returns bigint language plpgsql stable as $$
declare
  v_price bigint;
begin
  select price into v_price
  from product_price
  where company_id = p_company and product_id = p_product and since <= p_at + p_tolerance
  order by since desc limit 1;
  if v_price is null or v_price = p_sold or exists (
    select from (
      select price, lead(since, 1, 'infinity') over (order by since) as until
      from product_price
      where company_id = p_company and product_id = p_product and since <= p_at + p_tolerance
    ) as known
    where price = p_sold and until > p_at - p_tolerance
  ) then
    return null;
  end if;
  return v_price;
end $$;

-- Applies entries of one company, each exactly once, with everything that follows from them; one transaction.
--
-- Arrays of one group run in parallel. `…_entry` says which entry of the call a row belongs to (from 1).
-- The first statement decides which entries are new: the primary key of `entry` lets each id in once.
-- Every later statement works on those only (v_fresh) and on nothing it would have to read and then trust.
--
-- Order is what keeps concurrent calls from deadlocking and their waits short: rows that only this call can
-- want come first, rows that others want too come last, each kind locked in the order of its key. The order is:
--   entry (id), customer (code, then id), receipt_email (id), buyer_named (id), exceptions of what is unknown or priced otherwise (type,
--   subject), those that are answered (id), refunded_sale (sale), over-refund, stock_level (outlet, product),
--   stock-negative, points_balance (customer), points-overdrawn, stored_value (code), value-overdrawn, day_total,
--   day_tender (outlet, day, till), shift (id), shift_tender, late-after-close, journal (till, epoch) with its own
--   exceptions and its till, shifts that nobody else holds, totals-differ.
-- Whatever else writes one of these takes it in the same order, and nothing before it out of turn.
--
-- A refund or a void comes as a sale with negative amounts. Columns that only it has (p_original,
-- p_original_line, p_restock), p_issued, those of points and stored value, and p_shift may be shorter than their group:
-- what is not there is null. The kinds that are rare are read from their own texts.
--
-- The long inserts take their columns by position: unnest() of fourteen arrays writes fourteen lists and reads them again
-- (a tenth of a call of 200 sales). What is joined with a table stays with unnest(), of which the planner expects ten
-- rows: of positions it expects a thousand, and would read all of a company's products for one sale.
--
-- Dropped first, because a function that is replaced cannot change what it takes and returns.
drop function if exists replay;
create function replay(
  p_company uuid,
  -- the server's clock, and how far a till's may be off
  p_now timestamptz, p_clock_tolerance interval,
  -- entries
  p_id uuid[], p_till uuid[], p_outlet uuid[], p_epoch integer[], p_seq bigint[], p_kind text[],
  -- when, by the till's clock and by the server's
  p_at timestamptz[], p_clock_offset_ms bigint[], p_corrected_at timestamptz[],
  p_business_date date[], p_staff uuid[], p_shift uuid[], p_prev bytea[], p_hash bytea[],
  -- the canonical texts, one a line: canonical JSON contains no line break
  p_raw text,
  -- sales, refunds and voids
  p_sale_entry integer[], p_customer uuid[], p_receipt_no text[], p_currency text[],
  p_gross bigint[], p_discount bigint[], p_tax bigint[], p_net bigint[], p_rounding bigint[],
  p_total bigint[], p_change bigint[], p_points bigint[], p_original uuid[], p_issued bigint[],
  -- their lines
  p_line_entry integer[], p_line_no integer[], p_product uuid[], p_sku text[], p_name text[],
  p_quantity bigint[], p_unit_price bigint[], p_line_discount bigint[], p_line_net bigint[],
  p_tax_code text[], p_rate_ppm integer[], p_line_tax bigint[], p_original_line integer[], p_restock boolean[],
  -- their tenders; `change` is what was given back on this one
  p_tender_entry integer[], p_tender_no integer[], p_method text[], p_tender_kind text[],
  p_amount bigint[], p_tender_change bigint[], p_reference text[], p_tender_points bigint[],
  p_value_code text[], p_forfeited bigint[],
  -- codes that were sold, or taken back with a void
  p_issued_entry integer[], p_issued_code text[], p_issued_kind text[], p_issued_amount bigint[],
  -- exceptions that were found by reading the entries
  p_found_entry integer[], p_found_type text[], p_found_detail jsonb[],
  -- per entry: whether this call applied it
  out fresh boolean[],
  -- exceptions of applied entries, also where one of their kind and subject was open before
  out raised_entry integer[], out raised_type text[],
  -- per (till, epoch) of the call, applied or not; and who must go on under another: see advance_journals()
  out journal_till uuid[], out journal_epoch integer[], out high_water bigint[],
  out ordered_entry integer[], out ordered_epoch integer[]
) language plpgsql
-- The plans must not depend on the first calls of a connection, nor be made again for every call.
set plan_cache_mode = force_generic_plan
as $$
declare
  v_raw text[] := string_to_array(p_raw, E'\n');
  v_new uuid[];
  v_fresh boolean[];
  v_negative_outlet uuid[];
  v_negative_product uuid[];
  v_negative_on_hand bigint[];
  v_negative_entry integer[];
  -- points that paid, or went back
  v_spent_entry integer[] := '{}';
  v_spent_customer uuid[] := '{}';
  v_spent_points bigint[] := '{}';
  v_overdrawn uuid[];
  v_overdrawn_points bigint[];
  v_overdrawn_entry integer[];
  v_covered text[];
  -- what was put on codes and taken off them
  v_value_entry integer[];
  v_value_code text[];
  v_value_kind text[];
  v_value_amount bigint[];
  -- positions of applied entries that are neither sale nor refund nor void
  v_other integer[];
  v_customers jsonb[];
  -- receipts that go out by e-mail: their entries, and what stands in them
  v_emails uuid[];
  v_email_bodies jsonb[];
  v_approved_entry integer[] := '{}';
  v_approved_by uuid[] := '{}';
  v_count_entry integer[] := '{}';
  v_count_no integer[] := '{}';
  v_count_product uuid[] := '{}';
  v_count_quantity bigint[] := '{}';
  v_cash_entry integer[] := '{}';
  v_cash_amount bigint[] := '{}';
  v_shift uuid[];
  v_brought text[];
  v_arrived_sale uuid[];
  v_answered uuid[];
begin
  if cardinality(v_raw) <> cardinality(p_id) then
    raise exception 'replay was given % entries and % texts', cardinality(p_id), cardinality(v_raw);
  end if;

  with inserted as (
    insert into entry (company_id, entry_id, till_id, outlet_id, epoch, seq, kind, at, clock_offset_ms,
                       business_date, staff_id, shift_id, prev, hash, raw)
    select p_company, p_id[no], p_till[no], p_outlet[no], p_epoch[no], p_seq[no], p_kind[no], p_at[no],
           p_clock_offset_ms[no], p_business_date[no], p_staff[no], p_shift[no], p_prev[no], p_hash[no], v_raw[no]
    from generate_subscripts(p_id, 1) as e(no)
    order by p_id[no]
    on conflict (company_id, entry_id) do nothing
    returning entry_id
  )
  select array_agg(entry_id) into v_new from inserted;

  if v_new is null then
    fresh := array_fill(false, array[cardinality(p_id)]);
    select j.till, j.epoch, j.high_water, j.ordered_entry, j.ordered_epoch, j.raised_entry, j.raised_type
    into journal_till, journal_epoch, high_water, ordered_entry, ordered_epoch, raised_entry, raised_type
    from advance_journals(p_company, p_now, p_clock_tolerance, p_id, p_till, p_outlet, p_epoch, p_seq, p_at, p_clock_offset_ms,
                          p_corrected_at, p_prev, p_hash, fresh) as j;
    return;
  elsif cardinality(v_new) = cardinality(p_id) then
    v_fresh := array_fill(true, array[cardinality(p_id)]);
  else
    select array_agg(n.id is not null order by e.no) into v_fresh
    from unnest(p_id) with ordinality as e(id, no) left join unnest(v_new) as n(id) on n.id = e.id;
  end if;
  fresh := v_fresh;

  insert into sale (company_id, sale_id, kind, till_id, outlet_id, staff_id, business_date, at, customer_id,
                    receipt_no, currency, gross, discount, tax, net, rounding, total, change, points_earned,
                    original_sale_id, issued)
  select p_company, p_id[e], p_kind[e], p_till[e], p_outlet[e], p_staff[e], p_business_date[e], p_corrected_at[e],
         p_customer[no], p_receipt_no[no], p_currency[no], p_gross[no], p_discount[no], p_tax[no], p_net[no],
         p_rounding[no], p_total[no], p_change[no], p_points[no], p_original[no], coalesce(p_issued[no], 0)
  from (select p_sale_entry[no] as e, no from generate_subscripts(p_sale_entry, 1) as s(no)) as s
  where v_fresh[e];

  insert into sale_line (company_id, sale_id, line_no, product_id, sku, name, quantity, unit_price, discount,
                         net, tax_code, rate_ppm, tax, original_line_no, restock)
  select p_company, p_id[p_line_entry[no]], p_line_no[no], p_product[no], p_sku[no], p_name[no], p_quantity[no],
         p_unit_price[no], p_line_discount[no], p_line_net[no], p_tax_code[no], p_rate_ppm[no], p_line_tax[no],
         p_original_line[no], p_restock[no]
  from generate_subscripts(p_line_entry, 1) as l(no)
  where v_fresh[p_line_entry[no]];

  insert into sale_tender (company_id, sale_id, tender_no, method_code, kind, amount, change, reference, points,
                           value_code, forfeited)
  select p_company, p_id[p_tender_entry[no]], p_tender_no[no], p_method[no], p_tender_kind[no], p_amount[no],
         p_tender_change[no], p_reference[no], p_tender_points[no], p_value_code[no], p_forfeited[no]
  from generate_subscripts(p_tender_entry, 1) as t(no)
  where v_fresh[p_tender_entry[no]];

  insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
  select p_company, p_id[e], p_line_no[no], p_outlet[e], p_product[no], -p_quantity[no], p_kind[e], p_corrected_at[e]
  from (select p_line_entry[no] as e, no from generate_subscripts(p_line_entry, 1) as l(no)) as l
  where v_fresh[e] and p_restock[no] is not false;

  insert into points_entry (company_id, source_id, line_no, customer_id, points, reason, at)
  select p_company, p_id[e], 0, p_customer[no], p_points[no],
         case p_kind[e] when 'sale' then 'earned' else 'taken-back' end, p_corrected_at[e]
  from (select p_sale_entry[no] as e, no from generate_subscripts(p_sale_entry, 1) as s(no)) as s
  where v_fresh[e] and p_customer[no] is not null and p_points[no] <> 0;

  if cardinality(p_tender_points) > 0 then
    with spent as (
      insert into points_entry (company_id, source_id, line_no, customer_id, points, reason, at)
      select p_company, p_id[t.entry], t.no, s.customer, -t.points,
             case p_kind[t.entry] when 'sale' then 'spent' else 'given-back' end, p_corrected_at[t.entry]
      from unnest(p_tender_entry, p_tender_no, p_tender_points) as t(entry, no, points)
      join unnest(p_sale_entry, p_customer) as s(entry, customer) on s.entry = t.entry
      where v_fresh[t.entry] and t.points <> 0 and s.customer is not null
      returning source_id, customer_id, points
    )
    select coalesce(array_agg(e.no::integer), '{}'), coalesce(array_agg(s.customer_id), '{}'),
           coalesce(array_agg(s.points), '{}')
    into v_spent_entry, v_spent_customer, v_spent_points
    from spent s join unnest(p_id) with ordinality as e(id, no) on e.id = s.source_id;
  end if;

  if cardinality(p_issued_entry) > 0 or cardinality(p_value_code) > 0 then
    with moved as (
      select i.entry, 1000 + row_number() over (partition by i.entry order by i.no) as line_no, i.code, i.kind,
             i.amount, case p_kind[i.entry] when 'sale' then 'issued' else 'taken-back' end as reason
      from unnest(p_issued_entry, p_issued_code, p_issued_kind, p_issued_amount)
           with ordinality as i(entry, code, kind, amount, no)
      union all
      select t.entry, t.no, t.code, t.kind, -t.amount,
             case p_kind[t.entry] when 'sale' then 'spent' else 'given-back' end
      from unnest(p_tender_entry, p_tender_no, p_value_code, p_tender_kind, p_amount)
           as t(entry, no, code, kind, amount)
      where t.code is not null and t.amount <> 0
      union all
      select t.entry, 2000 + t.no, t.code, t.kind, -t.forfeited, 'forfeited'
      from unnest(p_tender_entry, p_tender_no, p_value_code, p_tender_kind, p_forfeited)
           as t(entry, no, code, kind, forfeited)
      where t.code is not null and t.forfeited <> 0
    ), fresh as materialized (
      select * from moved where v_fresh[entry]
    ), written as (
      insert into value_entry (company_id, source_id, line_no, code, amount, reason, at)
      select p_company, p_id[entry], line_no, code, amount, reason, p_corrected_at[entry] from fresh
    )
    select array_agg(entry), array_agg(code), array_agg(kind), array_agg(amount)
    into v_value_entry, v_value_code, v_value_kind, v_value_amount
    from fresh;
  end if;

  select array_agg(e.no::integer) into v_other
  from unnest(p_kind, v_fresh) with ordinality as e(kind, fresh, no)
  where e.fresh and e.kind not in ('sale', 'refund', 'void');

  if v_other is not null then
    select array_agg(v_raw[n.no]::jsonb -> 'body') into v_customers
    from unnest(v_other) as n(no) where p_kind[n.no] = 'customer-registered';
    if v_customers is not null then
      perform register_customers(p_company, v_customers);
    end if;

    select array_agg(p_id[n.no]), array_agg(v_raw[n.no]::jsonb -> 'body') into v_emails, v_email_bodies
    from unnest(v_other) as n(no) where p_kind[n.no] = 'receipt-emailed';
    if v_emails is not null then
      perform keep_emails(p_company, v_emails, v_email_bodies);
      insert into receipt_email (company_id, email_id, till_id, outlet_id, paper_id, address, language, copy,
                                 queued_at, next_try_at)
      select p_company, p_id[n.no], p_till[n.no], p_outlet[n.no], b."paperId", b."to", b.language, b.copy,
             p_now, p_now
      from unnest(v_other) as n(no)
      cross join lateral jsonb_to_record(v_raw[n.no]::jsonb -> 'body')
        as b("paperId" uuid, "to" text, language text, copy boolean)
      where p_kind[n.no] = 'receipt-emailed';
    end if;

    insert into buyer_named (company_id, entry_id, till_id, epoch, seq, at, paper_id, name, address, registration_no)
    select p_company, p_id[n.no], p_till[n.no], p_epoch[n.no], p_seq[n.no], p_corrected_at[n.no], b."paperId",
           b.buyer ->> 'name', b.buyer ->> 'address', b.buyer ->> 'registrationNo'
    from unnest(v_other) as n(no)
    cross join lateral jsonb_to_record(v_raw[n.no]::jsonb -> 'body') as b("paperId" uuid, buyer jsonb)
    where p_kind[n.no] = 'buyer-named';

    select coalesce(array_agg(n.no), '{}'),
           coalesce(array_agg((v_raw[n.no]::jsonb #>> '{body,approvedBy}')::uuid), '{}')
    into v_approved_entry, v_approved_by
    from unnest(v_other) as n(no) where p_kind[n.no] = 'override-given';

    select coalesce(array_agg(n.no), '{}'), coalesce(array_agg(l.no::integer), '{}'),
           coalesce(array_agg(l.product), '{}'),
           coalesce(array_agg((l.counted - l.expected)::bigint), '{}')
    into v_count_entry, v_count_no, v_count_product, v_count_quantity
    from unnest(v_other) as n(no)
    cross join lateral rows from (
      jsonb_to_recordset(case p_kind[n.no] when 'stock-counted' then v_raw[n.no]::jsonb #> '{body,lines}' end)
        as ("productId" uuid, expected numeric, counted numeric)
    ) with ordinality as l(product, expected, counted, no);

    insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
    select p_company, p_id[c.entry], c.no, p_outlet[c.entry], c.product, c.quantity, 'count',
           p_corrected_at[c.entry]
    from unnest(v_count_entry, v_count_no, v_count_product, v_count_quantity)
         as c(entry, no, product, quantity);

    with moved as (
      insert into cash_movement (company_id, source_id, shift_id, till_id, outlet_id, staff_id, business_date,
                                 amount, reason, at)
      select p_company, p_id[n.no], p_shift[n.no], p_till[n.no], p_outlet[n.no], p_staff[n.no],
             p_business_date[n.no], case b.direction when 'in' then b.amount else -b.amount end, b.reason,
             p_corrected_at[n.no]
      from unnest(v_other) as n(no)
      cross join lateral jsonb_to_record(v_raw[n.no]::jsonb -> 'body')
        as b(direction text, amount numeric, reason text)
      where p_kind[n.no] = 'cash-moved'
      returning source_id, amount
    )
    select coalesce(array_agg(n.no), '{}'), coalesce(array_agg(m.amount), '{}')
    into v_cash_entry, v_cash_amount
    from moved m join unnest(v_other) as n(no) on p_id[n.no] = m.source_id;
  end if;

  -- What an entry names and the catalogue did not know when it was made. Deleted later is not unknown, and
  -- neither is what comes back after it was deleted.
  with found as materialized (
    select case when l.is_unknown then 'unknown-product' else 'price-differs' end as type,
           case when l.is_unknown then l.product::text
                else p_outlet[l.entry] || '/' || l.product || '/' || l.sold end as subject,
           l.entry,
           case when l.is_unknown
                then jsonb_build_object('productId', l.product, 'sku', p_sku[l.no], 'name', p_name[l.no],
                                        'deleted', l.is_there)
                else jsonb_build_object('productId', l.product, 'name', p_name[l.no], 'soldPrice', l.sold,
                                        'officePrice', l.price) end as detail
    from (
      select l.entry, l.product, l.sold, l.no, p.product_id is not null as is_there,
             p.product_id is null
               or (p.deleted_at <= p_corrected_at[l.entry] and p_kind[l.entry] = 'sale') as is_unknown,
             -- Hardly a line gets past the first question; the last ones read the entry's text and the history of prices.
             case when p.price <> l.sold and not p.open_price and p_kind[l.entry] = 'sale'
                    and not v_raw[l.entry]::jsonb #> array['body', 'lines', (p_line_no[l.no] - 1)::text] ? 'override'
                    -- The price of one piece that its label said.
                    and v_raw[l.entry]::jsonb #>> array['body', 'lines', (p_line_no[l.no] - 1)::text, 'labelPrice']
                      is distinct from l.sold::text
               then price_then(p_company, l.product, l.sold, p_corrected_at[l.entry], p_clock_tolerance) end as price
      from unnest(p_line_entry, p_product, p_unit_price) with ordinality as l(entry, product, sold, no)
      left join product p on p.company_id = p_company and p.product_id = l.product
      where v_fresh[l.entry]
    ) as l
    where l.is_unknown or l.price is not null
    union all
    select 'unknown-product', c.product::text, c.entry,
           jsonb_build_object('productId', c.product, 'deleted', false)
    from unnest(v_count_entry, v_count_product) as c(entry, product)
    left join product p on p.company_id = p_company and p.product_id = c.product
    where p.product_id is null
    union all
    select 'unknown-customer', s.customer::text, s.entry,
           jsonb_build_object('customerId', s.customer, 'deleted', c.customer_id is not null)
    from unnest(p_sale_entry, p_customer) as s(entry, customer)
    left join customer c on c.company_id = p_company and c.customer_id = s.customer
    where s.customer is not null and v_fresh[s.entry]
      and (c.customer_id is null or (c.deleted_at <= p_corrected_at[s.entry] and p_kind[s.entry] = 'sale'))
    union all
    select 'unknown-staff', a.staff::text, a.entry,
           jsonb_build_object('staffId', a.staff, 'deleted', s.staff_id is not null)
    from unnest(v_approved_entry, v_approved_by) as a(entry, staff)
    left join staff s on s.company_id = p_company and s.staff_id = a.staff
    where s.staff_id is null or s.deleted_at <= p_corrected_at[a.entry]
    union all
    select 'unknown-staff', e.staff::text, e.no::integer,
           jsonb_build_object('staffId', e.staff, 'deleted', s.staff_id is not null)
    from unnest(p_staff) with ordinality as e(staff, no)
    left join staff s on s.company_id = p_company and s.staff_id = e.staff
    where v_fresh[e.no] and (s.staff_id is null or s.deleted_at <= p_corrected_at[e.no])
    union all
    select f.type, p_id[f.entry]::text, f.entry, f.detail
    from unnest(p_found_entry, p_found_type, p_found_detail) as f(entry, type, detail)
    where v_fresh[f.entry]
  ), raised as (
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select distinct on (type, subject)
           p_company, type, subject, p_outlet[entry], p_till[entry], p_id[entry], detail
    from found
    order by type, subject, entry
    on conflict (company_id, type, subject) where state = 'open' do nothing
  )
  select coalesce(array_agg(entry), '{}'), coalesce(array_agg(type), '{}') into raised_entry, raised_type
  from (select distinct entry, type from found) as f;

  -- From here on rows are shared with other calls.

  -- What was named before it arrived: what this call brings, or what crossed with the exception in the last minutes,
  -- so that neither saw the other. Asked one by one: without statistics a join would read all of a company's sales.
  if exists (select from exception x where x.company_id = p_company and x.state = 'open' and x.type = 'over-refund') then
    select array_agg(p_id[s.entry]::text) into v_brought
    from unnest(p_sale_entry) as s(entry) where v_fresh[s.entry] and p_kind[s.entry] = 'sale';
    select array_agg(x.subject::uuid) into v_arrived_sale
    from exception x
    where x.company_id = p_company and x.state = 'open' and x.type = 'over-refund' and x.detail @> '{"known": false}'
      and (x.raised_at > now() - interval '10 minutes' or x.subject = any(v_brought))
      and exists (select from sale s where s.company_id = p_company and s.sale_id = x.subject::uuid offset 0);
    if v_arrived_sale is not null then
      -- What was named may be a refund itself: that was never sold.
      select array_agg(s.sale_id) into v_arrived_sale
      from sale s where s.company_id = p_company and s.sale_id = any(v_arrived_sale) and s.kind = 'sale';
    end if;
  end if;
  if exists (select from exception x
             where x.company_id = p_company and x.state = 'open' and x.type = 'unknown-customer') then
    select array_agg(b.body ->> 'customerId') into v_brought from unnest(v_customers) as b(body);
    select array_agg(x.exception_id) into v_answered
    from exception x
    where x.company_id = p_company and x.state = 'open' and x.type = 'unknown-customer'
      and x.detail @> '{"deleted": false}'
      and (x.raised_at > now() - interval '10 minutes' or x.subject = any(v_brought))
      and exists (
        select from customer c where c.company_id = p_company and c.customer_id = x.subject::uuid offset 0);
  end if;

  if v_answered is not null then
    update exception x
    set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
        note = 'Closed by itself: the customer has arrived.'
    from (
      select exception_id from exception
      where company_id = p_company and exception_id = any(v_answered) and state = 'open'
      order by exception_id
      for update
    ) as known
    where x.company_id = p_company and x.exception_id = known.exception_id;
  end if;

  if cardinality(p_original) > 0 or v_arrived_sale is not null then
    select replay.raised_entry || r.raised_entry, replay.raised_type || r.raised_type
    into raised_entry, raised_type
    from check_refunds(p_company, p_now, p_id, p_till, p_outlet, v_fresh, p_sale_entry, p_original,
                       v_arrived_sale) as r;
  end if;

  with moved as (
    select p_outlet[l.entry] as outlet, l.product, sum(l.quantity)::bigint as quantity, max(l.entry) as entry
    from (
      select entry, product, quantity
      from unnest(p_line_entry, p_product, p_quantity, p_restock) as s(entry, product, quantity, restock)
      where v_fresh[entry] and restock is not false
      union all
      select entry, product, -quantity
      from unnest(v_count_entry, v_count_product, v_count_quantity) as c(entry, product, quantity)
    ) as l
    group by 1, 2
  ), counted as (
    insert into stock_level (company_id, outlet_id, product_id, on_hand)
    select p_company, outlet, product, -quantity from moved order by outlet, product
    on conflict (company_id, outlet_id, product_id)
      do update set on_hand = stock_level.on_hand + excluded.on_hand
    returning outlet_id, product_id, on_hand
  )
  select array_agg(c.outlet_id), array_agg(c.product_id), array_agg(c.on_hand), array_agg(m.entry)
  into v_negative_outlet, v_negative_product, v_negative_on_hand, v_negative_entry
  from counted c join moved m on m.outlet = c.outlet_id and m.product = c.product_id
  where c.on_hand < 0 and m.quantity > 0
    -- What has no price of its own is often no stock either: it is missed only where there was some of it.
    and (c.on_hand + m.quantity > 0
      or not exists (
        select from product p
        where p.company_id = p_company and p.product_id = c.product_id and p.open_price));

  if v_negative_product is not null then
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select p_company, 'stock-negative', n.outlet || '/' || n.product, n.outlet, p_till[n.entry],
           p_id[n.entry], jsonb_build_object('productId', n.product, 'onHand', n.on_hand)
    from unnest(v_negative_outlet, v_negative_product, v_negative_on_hand, v_negative_entry)
         as n(outlet, product, on_hand, entry)
    order by n.outlet, n.product
    on conflict (company_id, type, subject) where state = 'open' do nothing;
    raised_entry := raised_entry || v_negative_entry;
    raised_type := raised_type || array_fill('stock-negative'::text, array[cardinality(v_negative_entry)]);
  end if;

  with moved as (
    select customer, sum(points)::bigint as points, max(entry) as entry
    from (
      select entry, customer, points
      from unnest(p_sale_entry, p_customer, p_points) as s(entry, customer, points)
      where v_fresh[entry] and customer is not null and points <> 0
      union all
      select entry, customer, points
      from unnest(v_spent_entry, v_spent_customer, v_spent_points) as t(entry, customer, points)
    ) as p
    group by customer
  ), counted as (
    insert into points_balance (company_id, customer_id, points)
    select p_company, customer, points from moved order by customer
    on conflict (company_id, customer_id) do update set points = points_balance.points + excluded.points
    returning customer_id, points
  )
  select array_agg(c.customer_id) filter (where c.points < 0 and m.points < 0),
         array_agg(c.points) filter (where c.points < 0 and m.points < 0),
         array_agg(m.entry) filter (where c.points < 0 and m.points < 0),
         array_agg(c.customer_id::text) filter (where c.points >= 0 and m.points > 0)
  into v_overdrawn, v_overdrawn_points, v_overdrawn_entry, v_covered
  from counted c join moved m on m.customer = c.customer_id;

  if v_overdrawn is not null then
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select p_company, 'points-overdrawn', o.customer::text, p_outlet[o.entry], p_till[o.entry], p_id[o.entry],
           jsonb_build_object('customerId', o.customer, 'points', o.points)
    from unnest(v_overdrawn, v_overdrawn_points, v_overdrawn_entry) as o(customer, points, entry)
    order by o.customer
    on conflict (company_id, type, subject) where state = 'open' do nothing;
    raised_entry := raised_entry || v_overdrawn_entry;
    raised_type := raised_type || array_fill('points-overdrawn'::text, array[cardinality(v_overdrawn_entry)]);
  end if;

  -- Whoever holds a customer's balance alone raises and closes this exception.
  if v_covered is not null
     and exists (select from exception x
                 where x.company_id = p_company and x.state = 'open' and x.type = 'points-overdrawn') then
    update exception x
    set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
        note = 'Closed by itself: later entries have covered what was overdrawn.'
    where x.company_id = p_company and x.type = 'points-overdrawn' and x.subject = any(v_covered)
      and x.state = 'open';
  end if;

  if v_value_code is not null then
    with moved as (
      select code, sum(amount)::bigint as amount, max(entry) as entry, max(kind) as kind
      from unnest(v_value_entry, v_value_code, v_value_kind, v_value_amount) as v(entry, code, kind, amount)
      group by code
    ), counted as (
      insert into stored_value (company_id, code, kind, balance)
      select p_company, code, kind, amount from moved order by code
      on conflict (company_id, code) do update set balance = stored_value.balance + excluded.balance
      returning code, balance
    )
    select array_agg(c.code) filter (where c.balance < 0 and m.amount < 0),
           array_agg(c.balance) filter (where c.balance < 0 and m.amount < 0),
           array_agg(m.entry) filter (where c.balance < 0 and m.amount < 0),
           array_agg(c.code) filter (where c.balance >= 0 and m.amount > 0)
    into v_value_code, v_value_amount, v_value_entry, v_covered
    from counted c join moved m on m.code = c.code;

    if v_value_code is not null then
      insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
      select p_company, 'value-overdrawn', o.code, p_outlet[o.entry], p_till[o.entry], p_id[o.entry],
             jsonb_build_object('code', o.code, 'balance', o.balance)
      from unnest(v_value_code, v_value_amount, v_value_entry) as o(code, balance, entry)
      order by o.code
      on conflict (company_id, type, subject) where state = 'open' do nothing;
      raised_entry := raised_entry || v_value_entry;
      raised_type := raised_type || array_fill('value-overdrawn'::text, array[cardinality(v_value_entry)]);
    end if;

    -- As with points. A code may be spent before its sale has arrived.
    if v_covered is not null then
      update exception x
      set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
          note = 'Closed by itself: later entries have covered what was overdrawn.'
      where x.company_id = p_company and x.type = 'value-overdrawn' and x.subject = any(v_covered)
        and x.state = 'open';
    end if;
  end if;

  insert into day_total as d (company_id, outlet_id, business_date, till_id, sales, refunds, gross, discount,
                              tax, net, rounding, total, issued)
  select p_company, p_outlet[s.entry], p_business_date[s.entry], p_till[s.entry],
         count(*) filter (where p_kind[s.entry] = 'sale'), count(*) filter (where p_kind[s.entry] <> 'sale'),
         sum(s.gross), sum(s.discount), sum(s.tax), sum(s.net), sum(s.rounding), sum(s.total),
         sum(coalesce(s.issued, 0))
  from unnest(p_sale_entry, p_gross, p_discount, p_tax, p_net, p_rounding, p_total, p_issued)
       as s(entry, gross, discount, tax, net, rounding, total, issued)
  where v_fresh[s.entry]
  group by 2, 3, 4
  order by 2, 3, 4
  on conflict (company_id, outlet_id, business_date, till_id) do update
  set sales = d.sales + excluded.sales, refunds = d.refunds + excluded.refunds,
      gross = d.gross + excluded.gross,
      discount = d.discount + excluded.discount, tax = d.tax + excluded.tax, net = d.net + excluded.net,
      rounding = d.rounding + excluded.rounding, total = d.total + excluded.total,
      issued = d.issued + excluded.issued;

  insert into day_tender as d (company_id, outlet_id, business_date, till_id, method_code, amount)
  select p_company, p_outlet[t.entry], p_business_date[t.entry], p_till[t.entry], t.method,
         sum(t.amount - t.change)
  from unnest(p_tender_entry, p_method, p_amount, p_tender_change) as t(entry, method, amount, change)
  where v_fresh[t.entry]
  group by 2, 3, 4, 5
  order by 2, 3, 4, 5
  on conflict (company_id, outlet_id, business_date, till_id, method_code) do update
  set amount = d.amount + excluded.amount;

  if cardinality(p_shift) > 0 or v_other is not null then
    select array_agg(case when not e.fresh then null
                          when e.kind = 'shift-opened' then e.id
                          when e.kind = 'shift-closed' then coalesce(e.shift, e.id)
                          else e.shift end order by e.no)
    into v_shift
    from unnest(p_id, p_kind, v_fresh, p_shift) with ordinality as e(id, kind, fresh, shift, no);
    select replay.raised_entry || s.raised_entry, replay.raised_type || s.raised_type
    into raised_entry, raised_type
    from replay_shifts(p_company, p_id, p_till, p_outlet, p_epoch, p_seq, p_kind, p_corrected_at,
                       p_business_date, p_staff, v_raw, v_shift, v_other, p_sale_entry, p_total,
                       p_tender_entry, p_method, p_tender_kind, p_amount, p_tender_change, v_cash_entry,
                       v_cash_amount) as s;
  end if;

  -- How far each journal has come.
  select j.till, j.epoch, j.high_water, j.ordered_entry, j.ordered_epoch, replay.raised_entry || j.raised_entry,
         replay.raised_type || j.raised_type
  into journal_till, journal_epoch, high_water, ordered_entry, ordered_epoch, raised_entry, raised_type
  from advance_journals(p_company, p_now, p_clock_tolerance, p_id, p_till, p_outlet, p_epoch, p_seq, p_at, p_clock_offset_ms,
                        p_corrected_at, p_prev, p_hash, fresh) as j;

  -- Now it is known which closed shifts are here whole.
  select replay.raised_entry || s.raised_entry, replay.raised_type || s.raised_type
  into raised_entry, raised_type
  from settle_shifts(p_company, p_now, p_id, p_till, v_fresh, v_shift) as s;
end $$;
