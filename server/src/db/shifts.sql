-- Shifts, for replay(): what each took, when it opened and closed, and whether the till's own figures agree.

-- Counts the call's new entries into their shifts. One statement locks every shift of the call in the order of
-- their ids and counts; whatever else is written of a shift is written while it is locked.
drop function if exists replay_shifts;
create function replay_shifts(
  p_company uuid,
  -- entries of the call; p_shift is the shift of those that it applied, otherwise null
  p_id uuid[], p_till uuid[], p_outlet uuid[], p_epoch integer[], p_seq bigint[], p_kind text[],
  p_corrected_at timestamptz[], p_business_date date[], p_staff uuid[], p_raw text[], p_shift uuid[],
  -- positions of those among them that are neither sale nor refund nor void
  p_other integer[],
  p_sale_entry integer[], p_total bigint[],
  p_tender_entry integer[], p_method text[], p_tender_kind text[], p_amount bigint[], p_tender_change bigint[],
  p_cash_entry integer[], p_cash_amount bigint[],
  out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
begin
  raised_entry := '{}';
  raised_type := '{}';

  insert into shift as s (company_id, shift_id, till_id, outlet_id, sales, sales_total, refunds, refunds_total,
                          cash_moved)
  select p_company, n.shift, (array_agg(p_till[n.no] order by n.no))[1],
         (array_agg(p_outlet[n.no] order by n.no))[1],
         count(*) filter (where p_kind[n.no] = 'sale'),
         coalesce(sum(t.total) filter (where p_kind[n.no] = 'sale'), 0),
         count(*) filter (where p_kind[n.no] in ('refund', 'void')),
         coalesce(-sum(t.total) filter (where p_kind[n.no] in ('refund', 'void')), 0),
         coalesce(sum(c.amount), 0)
  from unnest(p_shift) with ordinality as n(shift, no)
  left join unnest(p_sale_entry, p_total) as t(entry, total) on t.entry = n.no
  left join unnest(p_cash_entry, p_cash_amount) as c(entry, amount) on c.entry = n.no
  where n.shift is not null
  group by n.shift
  order by n.shift
  on conflict (company_id, shift_id) do update
  set sales = s.sales + excluded.sales, sales_total = s.sales_total + excluded.sales_total,
      refunds = s.refunds + excluded.refunds, refunds_total = s.refunds_total + excluded.refunds_total,
      cash_moved = s.cash_moved + excluded.cash_moved;
  if not found then
    return;
  end if;

  if p_other is not null then
    update shift s
    set till_id = p_till[n.no], outlet_id = p_outlet[n.no], business_date = p_business_date[n.no],
        opened_at = p_corrected_at[n.no], opened_by = p_staff[n.no],
        float_amount = (p_raw[n.no]::jsonb #>> '{body,float}')::numeric
    from unnest(p_other) as n(no)
    where s.company_id = p_company and s.shift_id = p_shift[n.no] and p_kind[n.no] = 'shift-opened';

    update shift s
    set close_id = p_id[c.no], close_epoch = p_epoch[c.no], close_seq = p_seq[c.no],
        closed_at = p_corrected_at[c.no], closed_by = p_staff[c.no], figures = p_raw[c.no]::jsonb -> 'body',
        business_date = case when s.opened_at is null then p_business_date[c.no] else s.business_date end,
        complete = false
    from (
      select distinct on (p_shift[n.no]) n.no
      from unnest(p_other) as n(no) where p_kind[n.no] = 'shift-closed'
      order by p_shift[n.no], p_id[n.no]
    ) as c
    where s.company_id = p_company and s.shift_id = p_shift[c.no]
      and (s.close_id is null or p_id[c.no] < s.close_id);
  end if;

  insert into shift_tender as s (company_id, shift_id, method_code, kind, amount)
  select p_company, p_shift[t.entry], t.method, t.kind, sum(t.amount - t.change)
  from unnest(p_tender_entry, p_method, p_tender_kind, p_amount, p_tender_change)
       as t(entry, method, kind, amount, change)
  where p_shift[t.entry] is not null
  group by 2, 3, 4
  order by 2, 3, 4
  on conflict (company_id, shift_id, method_code, kind) do update set amount = s.amount + excluded.amount;

  -- Whatever the till wrote in a shift after it had closed it, in whatever order the two arrived.
  with closed as (
    select s.shift_id, s.till_id, s.close_id, s.close_epoch, s.close_seq,
           s.close_id = any(p_id) as by_this_call
    from shift s
    where s.company_id = p_company and s.close_id is not null
      and s.shift_id in (select distinct n.shift from unnest(p_shift) as n(shift))
  ), late as (
    select c.shift_id, c.close_seq, p_id[n.no] as id, p_seq[n.no] as seq, p_outlet[n.no] as outlet,
           p_till[n.no] as till
    from unnest(p_shift) with ordinality as n(shift, no)
    join closed c on c.shift_id = n.shift and c.till_id = p_till[n.no] and c.close_epoch = p_epoch[n.no]
      and c.close_seq < p_seq[n.no]
    where c.close_id <> p_id[n.no]
    union
    select c.shift_id, c.close_seq, e.entry_id, e.seq, e.outlet_id, e.till_id
    from closed c
    join entry e on e.company_id = p_company and e.till_id = c.till_id and e.epoch = c.close_epoch
      and e.seq > c.close_seq and e.shift_id = c.shift_id
    where c.by_this_call and e.entry_id <> c.close_id
  ), raised as (
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select distinct on (shift_id)
           p_company, 'late-after-close', shift_id::text, outlet, till, id,
           jsonb_build_object('shiftId', shift_id, 'seq', seq, 'closeSeq', close_seq)
    from late
    order by shift_id, seq, id
    on conflict (company_id, type, subject) where state = 'open' do nothing
  )
  select coalesce(array_agg(n.no::integer), '{}'), coalesce(array_agg('late-after-close'::text), '{}')
  into raised_entry, raised_type
  from late l join unnest(p_id) with ordinality as n(id, no) on n.id = l.id;
end $$;

-- Whether all that a till wrote from the opening of a shift to its close is here or left out by head office, as far as
-- its numbers tell. A hole from before the opening, such as an entry that could not be read, says nothing of the shift.
create or replace function is_shift_whole(
  p_company uuid, p_till uuid, p_shift uuid, p_close_epoch integer, p_close_seq bigint
) returns boolean language sql stable as $$
  select not exists (
    select from journal j
    -- A shift goes on in its till's next epoch.
    left join entry o on o.company_id = p_company and o.entry_id = p_shift and o.till_id = p_till
      and o.kind = 'shift-opened'
    cross join lateral (
      select case when j.epoch = o.epoch then o.seq else 1 end as first,
             case when j.epoch = p_close_epoch then p_close_seq else j.last_seq end as last
    ) as r
    where j.company_id = p_company and j.till_id = p_till and j.epoch <= p_close_epoch
      and j.high_water < r.last
      and (o.epoch is null or (j.epoch >= o.epoch and (
        select count(*) from (
          select e.seq from entry e
          where e.company_id = p_company and e.till_id = p_till and e.epoch = j.epoch
            and e.seq between r.first and r.last
          union
          select l.seq from left_out l
          where l.company_id = p_company and l.till_id = p_till and l.epoch = j.epoch
            and l.seq between r.first and r.last) as here) < r.last - r.first + 1)))
$$;

-- Holds a closed shift's figures to the ledger, once the journals are advanced and every entry of it is here: until
-- then a difference says nothing. What arrives late restates it, and closes what it explains.
--
-- The figures are read as numeric: 1e4 and 100.0 are whole numbers too, and what one till spells oddly must not
-- keep its later entries back.
drop function if exists settle_shifts;
create function settle_shifts(
  p_company uuid, p_now timestamptz,
  -- entries of the call; p_shift as for replay_shifts, null where no shift was touched
  p_id uuid[], p_till uuid[], p_fresh boolean[], p_shift uuid[],
  out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_whole uuid[];
begin
  raised_entry := '{}';
  raised_type := '{}';

  -- Whoever holds a shift that this call has not touched may wait for the journal that this call holds, and comes
  -- here after it.
  with waiting as (
    select s.shift_id from shift s
    where s.company_id = p_company and s.close_id is not null and not s.complete
      and s.till_id in (select distinct n.till from unnest(p_till, p_fresh) as n(till, fresh) where n.fresh)
    for update skip locked
  )
  select array_agg(s.shift_id) into v_whole
  from (
    select w.shift_id from waiting w
    union
    select distinct n.shift from unnest(p_shift) as n(shift) where n.shift is not null
  ) as n
  join shift s on s.company_id = p_company and s.shift_id = n.shift_id and s.close_id is not null
  where is_shift_whole(p_company, s.till_id, s.shift_id, s.close_epoch, s.close_seq);
  if v_whole is null then
    return;
  end if;

  update shift s set complete = true
  where s.company_id = p_company and s.shift_id = any(v_whole) and not s.complete;

  with counted as (
    select s.shift_id, s.outlet_id, s.till_id, s.close_id, f.field, f.no, f.expected, f.actual
    from shift s
    cross join lateral (
      select 'sales' as field, 1 as no, s.sales_total as expected,
             (s.figures #>> '{sales,total}')::numeric::bigint as actual
      union all
      select 'refunds', 2, s.refunds_total, (s.figures #>> '{refunds,total}')::numeric::bigint
      union all
      -- The float and what was moved lie in one drawer with whatever cash was taken.
      select coalesce(t.method_code, w.method_code), 3,
             coalesce(t.amount, 0)
               + case when coalesce(t.method_code, w.method_code) = 'cash'
                      then coalesce(s.float_amount, 0) + s.cash_moved else 0 end,
             coalesce(w.amount, 0)
      from (
        select case kind when 'cash' then 'cash' else method_code end as method_code, sum(amount)::bigint as amount
        from shift_tender
        where company_id = p_company and shift_id = s.shift_id
        group by 1
      ) as t
      full join (
        select case kind when 'cash' then 'cash' else "methodCode" end as method_code,
               sum(expected)::bigint as amount
        from jsonb_to_recordset(s.figures -> 'tenders') as w("methodCode" text, kind text, expected numeric)
        group by 1
        union all
        select 'cash', 0
        where not s.figures -> 'tenders' @> '[{"kind": "cash"}]'
      ) as w on w.method_code = t.method_code
    ) as f
    where s.company_id = p_company and s.shift_id = any(v_whole)
  ), judged as (
    select shift_id, outlet_id, till_id, close_id,
           jsonb_build_object('shiftId', shift_id, 'differences',
             jsonb_agg(jsonb_build_object('field', field, 'expected', expected, 'actual', actual)
                       order by no, field) filter (where expected <> actual)) as detail,
           bool_or(expected <> actual) as differs
    from counted
    group by shift_id, outlet_id, till_id, close_id
  ), explained as (
    update exception x
    set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
        note = 'Closed by itself: entries that arrived later explain it.'
    from judged d
    where x.company_id = p_company and x.type = 'totals-differ' and x.subject = d.shift_id::text
      and x.state = 'open' and not d.differs
  ), raised as (
    insert into exception as x (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select p_company, 'totals-differ', d.shift_id::text, d.outlet_id, d.till_id, d.close_id, d.detail
    from judged d
    where d.differs and not exists (
      -- A person has looked at just this.
      select from exception k
      where k.company_id = p_company and k.entry_id = d.close_id and k.type = 'totals-differ'
        and k.subject = d.shift_id::text and k.state = 'resolved' and k.resolved_by <> 'evertill'
        and k.detail = d.detail)
    order by d.shift_id
    on conflict (company_id, type, subject) where state = 'open'
      do update set detail = excluded.detail, entry_id = excluded.entry_id
    returning x.entry_id
  )
  select coalesce(array_agg(n.no::integer), '{}'), coalesce(array_agg('totals-differ'::text), '{}')
  into raised_entry, raised_type
  from raised r join unnest(p_id) with ordinality as n(id, no) on n.id = r.entry_id;
end $$;
