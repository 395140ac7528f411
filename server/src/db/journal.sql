-- What a journal is as a whole: gapless, chained, one entry a number, its times in order. The last step of
-- replay(), in its transaction, after the entries of the call are in their table.
--
-- A push that continues its journal is known by the journal's row alone (last_seq, last_hash). Everything else is
-- looked at entry by entry, by examine_journal(). The rows of `journal` are locked first, in the order of their
-- key: of two calls on one journal the later one sees all entries of the earlier, so nothing is judged unseen.
--
-- Dropped first, because a function that is replaced cannot change what it takes and returns.
drop function if exists advance_journals;
create function advance_journals(
  p_company uuid,
  -- the server's clock, and how far a till's time may be from it, or from its own last entry
  p_now timestamptz, p_clock_tolerance interval,
  -- the call's entries, in parallel, and whether each was applied by it
  p_id uuid[], p_till uuid[], p_outlet uuid[], p_epoch integer[], p_seq bigint[], p_at timestamptz[],
  p_clock_offset_ms bigint[], p_corrected_at timestamptz[], p_prev bytea[], p_hash bytea[],
  p_fresh boolean[],
  -- per (till, epoch) the call names: every seq up to high_water is here and counts
  out till uuid[], out epoch integer[], out high_water bigint[],
  -- entries (from 1), applied now or before, whose sender must go on under another epoch
  out ordered_entry integer[], out ordered_epoch integer[],
  -- exceptions, each by the entry that raised it
  out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_genesis constant bytea := decode(repeat('00', 32), 'hex');
  -- the journals with fresh entries, in parallel: what the call brings …
  v_till uuid[];
  v_epoch integer[];
  v_first bigint[];
  v_last bigint[];
  v_chained boolean[];
  v_first_no integer[];
  v_last_no integer[];
  v_odd boolean[];
  -- … and whether that is what comes next, as of the locked rows
  v_continues boolean[];
  v_last_at timestamptz[];
  v_is_odd boolean[];
  v_odd_no integer[];
  v_journal record;
  v_found record;
begin
  ordered_entry := '{}';
  ordered_epoch := '{}';
  raised_entry := '{}';
  raised_type := '{}';

  select array_agg(j.till), array_agg(j.epoch), array_agg(j.first), array_agg(j.last), array_agg(j.chained),
         array_agg(j.first_no), array_agg(j.last_no), array_agg(j.odd)
  into v_till, v_epoch, v_first, v_last, v_chained, v_first_no, v_last_no, v_odd
  from (
    select e.till, e.epoch, min(e.seq) as first, max(e.seq) as last,
           bool_and(e.seq_before is null or (e.seq = e.seq_before + 1 and e.prev = e.hash_before)) as chained,
           min(e.no) filter (where e.seq_before is null) as first_no,
           min(e.no) filter (where e.seq_after is null) as last_no,
           bool_or(is_odd_time(e.corrected_at, e.clock_offset_ms, e.at_before, p_now, p_clock_tolerance)) as odd
    from (
      select e.till, e.epoch, e.seq, p_prev[e.no] as prev, p_corrected_at[e.no] as corrected_at,
             p_clock_offset_ms[e.no] as clock_offset_ms, e.no, lag(e.seq) over journal as seq_before,
             p_hash[lag(e.no) over journal] as hash_before,
             p_corrected_at[lag(e.no) over journal] as at_before, lead(e.seq) over journal as seq_after
      from (
        select p_till[no] as till, p_epoch[no] as epoch, p_seq[no] as seq, no
        from generate_subscripts(p_id, 1) as call(no)
        where p_fresh[no]
      ) as e
      window journal as (partition by e.till, e.epoch order by e.seq, e.no)
    ) as e
    group by e.till, e.epoch
    order by e.till, e.epoch
  ) as j;

  if v_till is not null then
    loop
      select array_agg(coalesce(
               j.last_seq + 1 = v_first[j.no] and v_chained[j.no]
               and p_prev[v_first_no[j.no]] = case when j.last_seq = 0 then v_genesis else j.last_hash end,
               false) order by j.no),
             array_agg(j.last_at order by j.no),
             array_agg(v_odd[j.no] or coalesce(p_corrected_at[v_first_no[j.no]] < j.last_at - p_clock_tolerance,
                                               false) order by j.no)
      into v_continues, v_last_at, v_is_odd
      from (
        select b.no, j.last_seq, j.last_hash,
               case when j.last_seq + 1 = v_first[b.no] then j.last_at end as last_at
        from unnest(v_till, v_epoch) with ordinality as b(till, epoch, no)
        join journal j on j.company_id = p_company and j.till_id = b.till and j.epoch = b.epoch
        order by b.no
        for update of j
      ) as j;
      exit when cardinality(v_continues) = cardinality(v_till);
      insert into journal (company_id, till_id, epoch, high_water, last_seq)
      select p_company, b.till, b.epoch, 0, 0 from unnest(v_till, v_epoch) as b(till, epoch)
      order by b.till, b.epoch
      on conflict do nothing;
    end loop;

    -- What does not go on from the last entry may have brought a hole, filled one, or be another's branch.
    for v_journal in
      select b.till, b.epoch
      from unnest(v_till, v_epoch, v_continues) with ordinality as b(till, epoch, continues, no)
      where not b.continues
      order by b.no
    loop
      select x.* into v_found
      from (
        select array_agg(e.no::integer order by e.seq, e.no) as no, array_agg(e.id order by e.seq, e.no) as id,
               array_agg(e.outlet order by e.seq, e.no) as outlet, array_agg(e.seq order by e.seq, e.no) as seq,
               array_agg(e.corrected_at order by e.seq, e.no) as corrected_at,
               array_agg(e.prev order by e.seq, e.no) as prev, array_agg(e.hash order by e.seq, e.no) as hash
        from unnest(p_id, p_till, p_outlet, p_epoch, p_seq, p_corrected_at, p_prev, p_hash, p_fresh)
             with ordinality as e(id, till, outlet, epoch, seq, corrected_at, prev, hash, fresh, no)
        where e.fresh and e.till = v_journal.till and e.epoch = v_journal.epoch
      ) as e
      cross join lateral examine_journal(p_company, p_now, v_journal.till, v_journal.epoch, e.no, e.id, e.outlet,
                                         e.seq, e.corrected_at, e.prev, e.hash) as x;
      ordered_entry := ordered_entry || v_found.ordered_entry;
      ordered_epoch := ordered_epoch || v_found.ordered_epoch;
      raised_entry := raised_entry || v_found.raised_entry;
      raised_type := raised_type || v_found.raised_type;
    end loop;

    -- Where there was a hole before, it is still there, and the mark stands.
    update journal j
    set high_water = case when j.high_water = j.last_seq then b.last else j.high_water end,
        last_seq = b.last, last_hash = p_hash[b.last_no], last_at = p_corrected_at[b.last_no]
    from unnest(v_till, v_epoch, v_last, v_last_no, v_continues) as b(till, epoch, last, last_no, continues)
    where b.continues and j.company_id = p_company and j.till_id = b.till and j.epoch = b.epoch;

    if true = any(v_is_odd) then
      with timed as (
        select e.*, coalesce(lag(e.corrected_at) over (partition by e.till, e.epoch order by e.seq, e.no),
                             b.last_at) as at_before
        from unnest(p_id, p_till, p_outlet, p_epoch, p_seq, p_at, p_clock_offset_ms, p_corrected_at, p_fresh)
             with ordinality as e(id, till, outlet, epoch, seq, at, clock_offset_ms, corrected_at, fresh, no)
        join unnest(v_till, v_epoch, v_last_at) as b(till, epoch, last_at)
          on b.till = e.till and b.epoch = e.epoch
        where e.fresh
      ), odd as (
        select * from timed t
        where is_odd_time(t.corrected_at, t.clock_offset_ms, t.at_before, p_now, p_clock_tolerance)
      ), raised as (
        insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
        select distinct on (o.till)
               p_company, 'clock-skew', o.till::text, o.outlet, o.till, o.id,
               jsonb_build_object('epoch', o.epoch, 'seq', o.seq, 'clockOffsetMs', o.clock_offset_ms,
                                  'at', to_json(o.at), 'correctedAt', to_json(o.corrected_at),
                                  'serverTime', to_json(p_now), 'entryBeforeAt', to_json(o.at_before))
        from odd o
        order by o.till, o.no
        on conflict (company_id, type, subject) where state = 'open' do nothing
      )
      select array_agg(o.no::integer) into v_odd_no from odd o;
      raised_entry := raised_entry || v_odd_no;
      raised_type := raised_type || array_fill('clock-skew'::text, array[cardinality(v_odd_no)]);
    end if;
  end if;

  -- A branch that was told to go on elsewhere, and may not have heard it.
  if false = any(p_fresh) then
    select ordered_entry || coalesce(array_agg(e.no::integer), '{}'),
           ordered_epoch || coalesce(array_agg(k.new_epoch), '{}')
    into ordered_entry, ordered_epoch
    from unnest(p_id, p_fresh) with ordinality as e(id, fresh, no)
    join journal_fork k on k.company_id = p_company and k.entry_id = e.id
    where not e.fresh;
  end if;

  select array_agg(n.till order by n.till, n.epoch), array_agg(n.epoch order by n.till, n.epoch),
         array_agg(told_mark(p_company, n.till, n.epoch, j.high_water) order by n.till, n.epoch)
  into till, epoch, high_water
  from (select distinct e.till, e.epoch from unnest(p_till, p_epoch) as e(till, epoch)) as n
  left join journal j on j.company_id = p_company and j.till_id = n.till and j.epoch = n.epoch;
end $$;

-- A journal's mark as its till is told it. What head office has left out lies below the mark, for nobody waits for it;
-- but it is held on the till too, which asks about it once more when the mark it is told passes it: when it counts.
create or replace function told_mark(
  p_company uuid, p_till uuid, p_epoch integer, p_high_water bigint
) returns bigint language sql stable as $$
  select least(coalesce(p_high_water, 0), (
    select min(l.seq) - 1 from left_out l
    where l.company_id = p_company and l.till_id = p_till and l.epoch = p_epoch and l.seq <= p_high_water
      and not exists (
        select from entry e
        where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch and e.seq = l.seq)))
$$;

-- A clock far from the server's, a time that is still to come, or one well before the last entry's.
-- Stable, as adding an interval is: called immutable, it would not be inlined, and cost each entry a query.
create or replace function is_odd_time(
  corrected_at timestamptz, clock_offset_ms bigint, at_before timestamptz, present timestamptz, tolerance interval
) returns boolean language sql stable as $$
  select abs(clock_offset_ms) > extract(epoch from tolerance) * 1000
      or corrected_at > present + tolerance
      or coalesce(corrected_at < at_before - tolerance, false)
$$;

-- Looks at fresh entries of one journal, given in the order of their seq, among all that is stored around them.
-- The caller holds the journal's row.
drop function if exists examine_journal;
create function examine_journal(
  p_company uuid, p_now timestamptz, p_till uuid, p_epoch integer,
  -- `no` is the entry's position in the call
  p_no integer[], p_id uuid[], p_outlet uuid[], p_seq bigint[], p_corrected_at timestamptz[],
  p_prev bytea[], p_hash bytea[],
  out ordered_entry integer[], out ordered_epoch integer[], out raised_entry integer[], out raised_type text[]
) language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_genesis constant bytea := decode(repeat('00', 32), 'hex');
  v_subject constant text := p_till || '/' || p_epoch;
  v_most_listed constant integer := 20;
  v_journal journal;
  v_around bigint[];
  -- the entries under these numbers and those beside them
  v_near_id uuid[];
  v_near_seq bigint[];
  v_near_prev bytea[];
  v_near_hash bytea[];
  v_near_forked boolean;
  v_broken uuid[];
  v_mended text[];
  v_twins boolean;
  v_entry record;
  v_before_seq bigint;
  v_before_hash bytea;
  v_branch integer;
  v_has_twin boolean;
  v_has_main_twin boolean;
  v_collided integer[] := '{}';
  v_last bigint;
  v_first_missing bigint;
  v_last_missing bigint;
  v_missing bigint;
  v_ranges jsonb;
  v_first_past integer;
begin
  ordered_entry := '{}';
  ordered_epoch := '{}';
  raised_entry := '{}';
  raised_type := '{}';
  select * into v_journal from journal j where j.company_id = p_company and j.till_id = p_till and j.epoch = p_epoch;

  select array_agg(distinct s.seq + d.step) into v_around
  from unnest(p_seq) as s(seq) cross join (values (-1), (0), (1)) as d(step);
  select array_agg(e.entry_id), array_agg(e.seq), array_agg(e.prev), array_agg(e.hash),
         bool_or(k.entry_id is not null)
  into v_near_id, v_near_seq, v_near_prev, v_near_hash, v_near_forked
  from entry e
  left join journal_fork k on k.company_id = e.company_id and k.entry_id = e.entry_id
  where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch and e.seq = any(v_around);

  -- The chain, in both directions: of the fresh entries and of those after them. Where a number is used twice,
  -- an entry may go on from either.
  with near as (
    select * from unnest(v_near_id, v_near_seq, v_near_prev, v_near_hash) as n(id, seq, prev, hash)
  ), judged as (
    select t.id, t.seq,
           case when t.seq = 1 then t.prev <> v_genesis
                else count(b.id) > 0 and not bool_or(b.hash = t.prev) end as broken
    from near t left join near b on b.seq = t.seq - 1
    where t.seq in (select s.seq + d.step from unnest(p_seq) as s(seq) cross join (values (0), (1)) as d(step))
    group by t.id, t.seq, t.prev
  )
  select array_agg(j.id) filter (where j.broken),
         array_agg(distinct v_subject || '/' || j.seq) filter (where not j.broken and f.seq is null),
         exists (select from near n join unnest(p_seq) as s(seq) on s.seq = n.seq
                 group by n.seq having count(distinct n.id) > 1)
  into v_broken, v_mended, v_twins
  from judged j left join (select distinct s.seq from unnest(p_seq) as s(seq)) as f on f.seq = j.seq;

  if v_broken is not null then
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select distinct on (b.seq)
           p_company, 'chain-broken', v_subject || '/' || b.seq, e.outlet_id, p_till, b.id,
           jsonb_build_object('epoch', p_epoch, 'seq', b.seq, 'expected', (
                                select encode(a.hash, 'hex') from unnest(v_near_seq, v_near_hash) as a(seq, hash)
                                where a.seq = b.seq - 1 limit 1),
                              'actual', encode(b.prev, 'hex'))
    from unnest(v_near_id, v_near_seq, v_near_prev) as b(id, seq, prev)
    join unnest(v_broken) as x(id) on x.id = b.id
    join entry e on e.company_id = p_company and e.entry_id = b.id
    where not exists (
      select from exception o
      where o.company_id = p_company and o.entry_id = b.id and o.type = 'chain-broken')
    order by b.seq, b.id
    on conflict (company_id, type, subject) where state = 'open' do nothing;
    select coalesce(array_agg(f.no), '{}'), coalesce(array_agg('chain-broken'::text), '{}')
    into raised_entry, raised_type
    from unnest(p_no, p_id) as f(no, id) join unnest(v_broken) as x(id) on x.id = f.id;
  end if;
  if v_mended is not null then
    update exception
    set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
        note = 'The entry before it has arrived, and it goes on from that one.'
    where company_id = p_company and type = 'chain-broken' and subject = any(v_mended) and state = 'open';
  end if;

  -- Branches. Whoever comes second to a number, or goes on from what is not there, has to leave this epoch; what
  -- goes on from such an entry leaves with it. Whoever has the number alone, or was first, stays.
  if v_twins or v_near_forked or v_broken is not null then
    for v_entry in
      select f.* from unnest(p_no, p_id, p_seq, p_prev, p_hash) with ordinality as f(no, id, seq, prev, hash, place)
      order by f.place
    loop
      -- Unless the branch of the entry before simply goes on.
      if v_branch is null or v_before_seq + 1 <> v_entry.seq or v_before_hash <> v_entry.prev then
        select k.new_epoch into v_branch
        from entry e
        join journal_fork k on k.company_id = p_company and k.entry_id = e.entry_id
        where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch
          and e.seq = v_entry.seq - 1 and e.hash = v_entry.prev;
      end if;
      select count(*) > 0, count(*) filter (where k.entry_id is null) > 0
      into v_has_twin, v_has_main_twin
      from entry e
      left join journal_fork k on k.company_id = p_company and k.entry_id = e.entry_id
      where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch and e.seq = v_entry.seq
        and e.entry_id <> v_entry.id
        and not exists (select from unnest(p_id) with ordinality as f(id, place)
                        where f.id = e.entry_id and f.place > v_entry.place);
      if v_has_twin then
        v_collided := v_collided || v_entry.no;
      end if;
      if v_branch is null and v_entry.seq > 1 and v_entry.id = any(v_broken) then
        -- Torn again within a branch: no need of yet another epoch.
        select max(k.new_epoch) into v_branch
        from entry e
        join journal_fork k on k.company_id = p_company and k.entry_id = e.entry_id
        where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch and e.seq = v_entry.seq - 1;
      end if;
      if v_branch is null and (v_has_main_twin or (v_entry.seq > 1 and v_entry.id = any(v_broken))) then
        update till t
        set epoch = 1 + greatest(t.epoch, p_epoch, (
          select max(j.epoch) from journal j where j.company_id = p_company and j.till_id = p_till))
        where t.company_id = p_company and t.till_id = p_till
        returning t.epoch into v_branch;
      end if;
      if v_branch is not null then
        insert into journal_fork (company_id, entry_id, new_epoch) values (p_company, v_entry.id, v_branch)
        on conflict do nothing;
        ordered_entry := ordered_entry || v_entry.no;
        ordered_epoch := ordered_epoch || v_branch;
      end if;
      v_before_seq := v_entry.seq;
      v_before_hash := v_entry.hash;
    end loop;
  end if;

  if cardinality(v_collided) > 0 then
    insert into exception as x (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select p_company, 'sequence-collision', v_subject, (array_agg(c.outlet order by c.seq, c.no))[1], p_till,
           (array_agg(c.id order by c.seq, c.no))[1],
           jsonb_build_object('epoch', p_epoch, 'first', min(c.seq), 'last', max(c.seq), 'entries', count(*),
                              'newEpoch', max(o.epoch),
                              'pairs', (jsonb_agg(jsonb_build_object('seq', c.seq, 'entryId', c.id, 'otherId', c.other)
                                                  order by c.seq, c.no) filter (where c.rank <= v_most_listed)))
    from (
      select f.*, row_number() over (order by f.seq, f.no) as rank,
             (select n.id from unnest(v_near_id, v_near_seq) as n(id, seq)
              where n.seq = f.seq and n.id <> f.id limit 1) as other
      from unnest(p_no, p_id, p_outlet, p_seq) as f(no, id, outlet, seq)
      where f.no = any(v_collided)
    ) as c
    left join unnest(ordered_entry, ordered_epoch) as o(no, epoch) on o.no = c.no
    on conflict (company_id, type, subject) where state = 'open' do update
    set detail = x.detail || jsonb_build_object(
      'first', least((x.detail ->> 'first')::bigint, (excluded.detail ->> 'first')::bigint),
      'last', greatest((x.detail ->> 'last')::bigint, (excluded.detail ->> 'last')::bigint),
      'entries', (x.detail ->> 'entries')::bigint + (excluded.detail ->> 'entries')::bigint,
      'newEpoch', coalesce(nullif(excluded.detail -> 'newEpoch', 'null'), x.detail -> 'newEpoch'),
      'pairs', (select jsonb_agg(p.pair order by p.place)
                from jsonb_array_elements((x.detail -> 'pairs') || (excluded.detail -> 'pairs'))
                     with ordinality as p(pair, place)
                where p.place <= v_most_listed));
    raised_entry := raised_entry || v_collided;
    raised_type := raised_type || array_fill('sequence-collision'::text, array[cardinality(v_collided)]);
  end if;

  -- Holes above the mark.
  v_last := greatest(v_journal.last_seq, (select max(s.seq) from unnest(p_seq) as s(seq)));
  with hole as (
    select h.before + 1 as first, h.seq - 1 as last, row_number() over (order by h.seq) as rank
    from (
      select s.seq, lag(s.seq, 1, v_journal.high_water) over (order by s.seq) as before
      from (select e.seq from entry e
            where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch
              and e.seq > v_journal.high_water
            union
            select l.seq from left_out l
            where l.company_id = p_company and l.till_id = p_till and l.epoch = p_epoch
              and l.seq > v_journal.high_water and l.seq < v_last) as s
    ) as h
    where h.seq > h.before + 1
  )
  select min(h.first), max(h.last), sum(h.last - h.first + 1),
         jsonb_agg(jsonb_build_object('from', h.first, 'to', h.last) order by h.first)
           filter (where h.rank <= v_most_listed)
  into v_first_missing, v_last_missing, v_missing, v_ranges
  from hole h;

  if v_missing is null then
    update exception
    set state = 'resolved', resolved_at = p_now, resolved_by = 'evertill',
        note = 'Closed by itself: all missing entries have arrived.'
    where company_id = p_company and type = 'sequence-gap' and subject = v_subject and state = 'open';
  else
    update exception
    set detail = jsonb_build_object('epoch', p_epoch, 'missing', v_missing, 'ranges', v_ranges)
    where company_id = p_company and type = 'sequence-gap' and subject = v_subject and state = 'open';
    -- A hole that a person has settled stays settled; a new one is told of.
    if v_last_missing > v_journal.last_seq then
      select f.place into v_first_past from unnest(p_seq) with ordinality as f(seq, place)
      where f.seq > v_journal.last_seq and f.seq > v_first_missing order by f.seq limit 1;
      insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
      values (p_company, 'sequence-gap', v_subject, p_outlet[v_first_past], p_till, p_id[v_first_past],
              jsonb_build_object('epoch', p_epoch, 'missing', v_missing, 'ranges', v_ranges))
      on conflict (company_id, type, subject) where state = 'open' do nothing;
      raised_entry := raised_entry || p_no[v_first_past];
      raised_type := raised_type || 'sequence-gap'::text;
    end if;
  end if;

  update journal j
  set high_water = coalesce(v_first_missing - 1, v_last),
      last_seq = v_last,
      -- Only what is alone under its number and stays in this epoch can be gone on from without a look.
      last_hash = (
        select case when count(*) = 1 and not bool_or(k.entry_id is not null) then (array_agg(e.hash))[1] end
        from entry e
        left join journal_fork k on k.company_id = p_company and k.entry_id = e.entry_id
        where e.company_id = p_company and e.till_id = p_till and e.epoch = p_epoch and e.seq = v_last),
      last_at = case when p_seq[cardinality(p_seq)] = v_last then p_corrected_at[cardinality(p_seq)] else j.last_at end
  where j.company_id = p_company and j.till_id = p_till and j.epoch = p_epoch;
end $$;

-- Settles what waited for the lines that are held for an exception, once it is resolved: see the view left_out. The
-- caller holds the exception.
create or replace function leave_out(p_company uuid, p_now timestamptz, p_exception uuid) returns void language plpgsql as $$
declare
  v_journal record;
  v_tills uuid[] := '{}';
begin
  for v_journal in
    select j.till_id, j.epoch from journal j
    where j.company_id = p_company and (j.till_id, j.epoch) in (
      select q.till_id, q.epoch from quarantine q where q.company_id = p_company and q.exception_id = p_exception)
    order by j.till_id, j.epoch
    for update
  loop
    perform examine_journal(p_company, p_now, v_journal.till_id, v_journal.epoch,
                            '{}', '{}', '{}', '{}', '{}', '{}', '{}');
    v_tills := v_tills || v_journal.till_id;
  end loop;
  perform settle_shifts(p_company, p_now, '{}', v_tills, array_fill(true, array[cardinality(v_tills)]), '{}');
end $$;
