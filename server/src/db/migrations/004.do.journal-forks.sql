-- What is needed to tell at a glance that a push continues its journal: see advance_journals().
alter table journal
  -- of the entry at last_seq; null where that is not one entry that the till goes on from
  add column last_hash bytea,
  -- when it was made, by the server's clock
  add column last_at timestamptz;

-- Entries on a branch that a copied till grew under numbers already used. Whoever sends one of them has been
-- told, and is told again, to go on under new_epoch.
create table journal_fork (
  company_id uuid not null,
  entry_id uuid not null,
  new_epoch integer not null,
  primary key (company_id, entry_id)
);

-- Why a line is kept, and what waits of it: lines of a revoked till wait for head office's decision together.
alter table quarantine
  add column type text not null default 'unreadable' check (type in ('unreadable', 'id-reused', 'revoked-till'));
update quarantine q set type = 'id-reused'
from exception e
where e.company_id = q.company_id and e.type = 'id-reused' and e.subject = encode(q.line_hash, 'hex');
create index quarantine_held on quarantine (company_id, till_id, type) where state = 'held';

-- Holes that were there before anyone told of them.
insert into exception (company_id, type, subject, outlet_id, till_id, detail)
select j.company_id, 'sequence-gap', j.till_id || '/' || j.epoch, t.outlet_id, j.till_id,
       jsonb_build_object('epoch', j.epoch, 'missing', sum(m.last - m.first + 1), 'ranges', (
         select jsonb_agg(r) from (
           select jsonb_build_object('from', g.first, 'to', g.last) as r
           from unnest(array_agg(m.first order by m.first), array_agg(m.last order by m.first)) as g(first, last)
           limit 20) as bounded))
from journal j
join till t on t.company_id = j.company_id and t.till_id = j.till_id
cross join lateral (
  select s.before + 1 as first, s.seq - 1 as last
  from (select e.seq, lag(e.seq, 1, j.high_water) over (order by e.seq) as before
        from (select distinct seq from entry
              where company_id = j.company_id and till_id = j.till_id and epoch = j.epoch
                and seq > j.high_water) as e) as s
  where s.seq > s.before + 1
) as m
where j.high_water < j.last_seq
group by j.company_id, j.till_id, j.epoch, t.outlet_id
on conflict do nothing;
