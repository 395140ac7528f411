-- Says how far each till's journal has arrived, after replay() has inserted entries of it; last step of its
-- transaction. One answer per (till, epoch) that the call names, whether its entries were new or not.
--
-- Dropped first, because a function that is replaced cannot change what it takes and returns.
drop function if exists advance_journals;
create function advance_journals(
  p_company uuid,
  -- the call's entries, in parallel, and whether each was applied by it
  p_id uuid[], p_till uuid[], p_outlet uuid[], p_epoch integer[], p_seq bigint[], p_at timestamptz[],
  p_clock_offset_ms bigint[], p_corrected_at timestamptz[], p_prev bytea[], p_hash bytea[],
  p_fresh boolean[],
  -- per (till, epoch): every seq up to high_water is here; new_epoch is the one the till must go on under
  out till uuid[], out epoch integer[], out high_water bigint[], out new_epoch integer[],
  -- exceptions, each by the entry (from 1) that raised it
  out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_batch record;
  v_high_water bigint;
  v_last_seq bigint;
  v_seq bigint;
begin
  raised_entry := '{}';
  raised_type := '{}';

  for v_batch in
    select e.till, e.epoch, min(e.seq) as first_seq, max(e.seq) as last_seq,
           count(distinct e.seq) = max(e.seq) - min(e.seq) + 1 as gapless
    from unnest(p_till, p_epoch, p_seq, p_fresh) as e(till, epoch, seq, fresh)
    where e.fresh
    group by e.till, e.epoch
    order by e.till, e.epoch
  loop
    insert into journal (company_id, till_id, epoch, high_water, last_seq)
    values (p_company, v_batch.till, v_batch.epoch, 0, 0)
    on conflict do nothing;
    select j.high_water, j.last_seq into v_high_water, v_last_seq
    from journal j where j.company_id = p_company and j.till_id = v_batch.till and j.epoch = v_batch.epoch
    for update;

    if v_batch.first_seq = v_high_water + 1 and v_batch.gapless and v_last_seq <= v_high_water then
      v_high_water := v_batch.last_seq;
    elsif v_batch.first_seq <= v_high_water + 1 then
      -- Entries that came before their turn may follow: go on to the first gap.
      for v_seq in
        select e.seq from entry e
        where e.company_id = p_company and e.till_id = v_batch.till and e.epoch = v_batch.epoch
          and e.seq > v_high_water
        order by e.seq
      loop
        exit when v_seq > v_high_water + 1;
        v_high_water := v_seq;
      end loop;
    end if;

    update journal j set high_water = v_high_water, last_seq = greatest(j.last_seq, v_batch.last_seq)
    where j.company_id = p_company and j.till_id = v_batch.till and j.epoch = v_batch.epoch;
  end loop;

  select array_agg(n.till order by n.till, n.epoch), array_agg(n.epoch order by n.till, n.epoch),
         array_agg(coalesce(j.high_water, 0) order by n.till, n.epoch),
         array_fill(null::integer, array[count(*)::integer])
  into till, epoch, high_water, new_epoch
  from (select distinct e.till, e.epoch from unnest(p_till, p_epoch) as e(till, epoch)) as n
  left join journal j on j.company_id = p_company and j.till_id = n.till and j.epoch = n.epoch;
end $$;
