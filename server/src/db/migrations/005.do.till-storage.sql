-- How far a till's browser can be trusted to keep what it stores, as the till reports it.
alter table till
  add column reported_storage text check (reported_storage in ('persistent', 'best-effort', 'ephemeral')),
  add column reported_free_bytes bigint check (reported_free_bytes >= 0);
