-- What every kind of entry needs: refunds and voids, shifts and their cash, counted stock, customers that were
-- registered at a till.

-- A refund or a void is a row of `sale` with every amount negative, so that each sum over sales is net.
alter table sale
  add column kind text not null default 'sale' check (kind in ('sale', 'refund', 'void')),
  -- what it takes back from; null for a sale and for a blind refund
  add column original_sale_id uuid;
create index sale_original on sale (company_id, original_sale_id) where original_sale_id is not null;

alter table sale_line
  -- the line of the original sale that came back; 0 where the refund names the sale but no line of it
  add column original_line_no integer,
  -- for what came back: whether it went on the shelf again; what was written off moved no stock
  add column restock boolean;

-- The shift an entry happened in, as its till says.
alter table entry add column shift_id uuid;

alter table stock_movement drop constraint stock_movement_reason_check;
alter table stock_movement add constraint stock_movement_reason_check
  check (reason in ('opening', 'sale', 'refund', 'void', 'count', 'import', 'adjustment'));
alter table points_entry drop constraint points_entry_reason_check;
alter table points_entry add constraint points_entry_reason_check
  check (reason in ('opening', 'earned', 'taken-back'));

-- `sales` counts sales alone; refunds and voids are counted here. The amounts are of all of them.
alter table day_total add column refunds bigint not null default 0;

alter table customer add column email text;

-- One row for each sale that something was taken back from: whoever refunds the same sale waits here, so that
-- the sum of what came back is seen whole.
create table refunded_sale (
  company_id uuid not null,
  sale_id uuid not null,
  refunds bigint not null,
  primary key (company_id, sale_id)
) with (fillfactor = 50);

-- A row is made by whichever of a shift's entries arrives first; what has not arrived yet is null.
create table shift (
  company_id uuid not null,
  -- the id of its `shift-opened` entry
  shift_id uuid not null,
  till_id uuid not null,
  outlet_id uuid not null,
  business_date date,
  opened_at timestamptz,
  opened_by uuid,
  float_amount bigint,
  -- its `shift-closed` entry; of two, the one with the lower id
  close_id uuid,
  close_epoch integer,
  close_seq bigint,
  closed_at timestamptz,
  closed_by uuid,
  -- what the till itself made of the shift: the body of its `shift-closed`
  figures jsonb,
  -- whether every entry up to the close has arrived, so that the figures can be held to the ledger
  complete boolean not null default false,
  -- counters
  sales bigint not null default 0,
  sales_total bigint not null default 0,
  refunds bigint not null default 0,
  -- what was paid back: positive
  refunds_total bigint not null default 0,
  -- what was put into the drawer less what was taken out
  cash_moved bigint not null default 0,
  primary key (company_id, shift_id)
) with (fillfactor = 50);
create index shift_incomplete on shift (company_id, till_id) where close_id is not null and not complete;

-- Per method what a shift took: what was handed over less the change and less what was paid back.
create table shift_tender (
  company_id uuid not null,
  shift_id uuid not null,
  method_code text not null,
  kind text not null,
  amount bigint not null,
  primary key (company_id, shift_id, method_code, kind)
) with (fillfactor = 50);

-- A ledger: cash that went into a drawer or out of it and is no sale. source_id is the entry.
create table cash_movement (
  company_id uuid not null,
  source_id uuid not null,
  shift_id uuid,
  till_id uuid not null,
  outlet_id uuid not null,
  staff_id uuid not null,
  business_date date not null,
  -- negative when it was taken out
  amount bigint not null,
  reason text not null,
  at timestamptz not null,
  primary key (company_id, source_id)
);
create index cash_movement_shift on cash_movement (company_id, shift_id);
