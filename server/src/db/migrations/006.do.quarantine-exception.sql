-- What a line is kept for: one exception for a line that could not be taken, one for all of a revoked till.
alter table quarantine
  add column exception_id uuid,
  add column replayed_at timestamptz;
update quarantine q set exception_id = e.exception_id
from exception e
where e.company_id = q.company_id and e.type = q.type and e.subject = encode(q.line_hash, 'hex');
create index quarantine_exception on quarantine (company_id, exception_id);
drop index quarantine_held;
