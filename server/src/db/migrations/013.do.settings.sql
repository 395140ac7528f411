-- What head office sets of receipts besides their footer: lines under the shop's name, the language, a logo.
alter table company
  add column receipt_header text,
  add column receipt_language text not null default 'en' check (receipt_language in ('en', 'zh', 'ms', 'ta'));

-- One at most per company; another one replaces it under the same id. Not in the company's own row, which goes to
-- tills with every pull.
create table receipt_logo (
  company_id uuid not null references company,
  logo_id uuid not null,
  width integer not null check (width between 8 and 384 and width % 8 = 0),
  height integer not null check (height between 8 and 240 and height % 8 = 0),
  -- base64: one bit a dot, rows of width / 8 bytes
  dots text not null check (length(dots) <= 20000),
  -- a PNG of the same size as data:
  picture text not null check (length(picture) <= 100000),
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, logo_id)
);
create trigger stamp before insert or update on receipt_logo for each row execute function stamp_change();
