-- What a till applies by itself. `terms` is one document, read by the schema of the protocol: no query looks inside.
create table promotion (
  company_id uuid not null references company,
  promotion_id uuid not null,
  name text not null,
  priority integer not null default 100 check (priority >= 0),
  valid_from date,
  valid_until date,
  terms jsonb not null,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, promotion_id),
  check (valid_from <= valid_until)
);
create trigger stamp before insert or update on promotion for each row execute function stamp_change();
