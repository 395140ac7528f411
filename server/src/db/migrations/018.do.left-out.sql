-- Which entry of its till's journal a held line seems to be; null where its text does not say. Read at a glance: what
-- cannot be read as an entry has lost its other fields, and no text can make this fail.
alter table quarantine
  add column epoch integer generated always as (
    case when strpos(encode(line, 'escape'), '"tillId":"' || till_id::text || '"') > 0
         then substring(encode(line, 'escape') from '.*"epoch":([1-9][0-9]{0,8})[,}]')::integer end) stored,
  add column seq bigint generated always as (
    case when strpos(encode(line, 'escape'), '"tillId":"' || till_id::text || '"') > 0
         then substring(encode(line, 'escape') from '.*"seq":([1-9][0-9]{0,14})[,}]')::bigint end) stored;
create index quarantine_held on quarantine (company_id, till_id, epoch, seq) where state = 'held';
-- An exception's lines are read a page at a time.
create index quarantine_of_exception on quarantine (company_id, exception_id, received_at, quarantine_id)
  where state = 'held';

-- The numbers of journals that head office has decided about and left out: they are waited for no more.
create view left_out as
select q.company_id, q.till_id, q.epoch, q.seq
from quarantine q
join exception x on x.company_id = q.company_id and x.exception_id = q.exception_id
where q.state = 'held' and x.state = 'resolved' and q.seq is not null and q.epoch is not null;

-- What was left out before this was known. A shift that waits for nothing else is settled with its till's next entry.
with present as (
  select j.company_id, j.till_id, j.epoch, e.seq
  from journal j
  join entry e on e.company_id = j.company_id and e.till_id = j.till_id and e.epoch = j.epoch
  where j.high_water < j.last_seq
  union
  select j.company_id, j.till_id, j.epoch, l.seq
  from journal j
  join left_out l on l.company_id = j.company_id and l.till_id = j.till_id and l.epoch = j.epoch and l.seq < j.last_seq
), ranked as (
  select company_id, till_id, epoch, seq,
         row_number() over (partition by company_id, till_id, epoch order by seq) = seq as in_turn
  from present
)
update journal j
set high_water = r.high_water
from (
  select company_id, till_id, epoch, max(seq) filter (where in_turn) as high_water
  from ranked group by company_id, till_id, epoch
) as r
where r.company_id = j.company_id and r.till_id = j.till_id and r.epoch = j.epoch and r.high_water > j.high_water;
update exception x
set state = 'resolved', resolved_at = now(), resolved_by = 'evertill',
    note = 'Closed by itself: all missing entries have arrived.'
from journal j
where x.company_id = j.company_id and x.type = 'sequence-gap' and x.subject = j.till_id || '/' || j.epoch
  and x.state = 'open' and j.high_water = j.last_seq;
