-- Receipts that customers asked for by e-mail: written with the entry that asked, sent by and by.
create table receipt_email (
  company_id uuid not null,
  -- the `receipt-emailed` entry
  email_id uuid not null,
  till_id uuid not null,
  outlet_id uuid not null,
  -- the sale, refund or void; it may arrive later
  paper_id uuid not null,
  -- forgotten here once the mail is sent
  address text,
  language text not null,
  copy boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up')),
  tries integer not null default 0,
  queued_at timestamptz not null,
  -- of one that is being sent: when to believe that whoever took it has died
  next_try_at timestamptz not null,
  sent_at timestamptz,
  -- head office has let it go, however many went out for the same receipt
  past_limit boolean not null default false,
  -- a code; a mail server's own words may name the address
  last_error text,
  primary key (company_id, email_id),
  check (address is not null or state = 'sent')
) with (fillfactor = 70);
create index receipt_email_due on receipt_email (company_id, next_try_at) where state = 'waiting';
create index receipt_email_paper on receipt_email (company_id, paper_id);
create index receipt_email_sent on receipt_email (company_id, till_id, sent_at) where sent_at is not null;

-- Which entry a customer's address is from; null where head office wrote it, or nobody.
alter table customer add column email_from uuid;
