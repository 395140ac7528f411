-- Points and stored value as ways to pay. Stored value is what the shop owes to whoever holds a code: a gift card, a
-- voucher, store credit.

alter table company
  -- minor units that one point pays; 0: points pay nothing
  add column point_value integer not null default 0 check (point_value >= 0),
  -- of one customer's points, the most that a till takes before the server has heard of it
  add column points_offline_limit bigint not null default 0 check (points_offline_limit >= 0),
  -- the same of one code, minor units
  add column value_offline_limit bigint not null default 0 check (value_offline_limit >= 0);

alter table payment_method drop constraint payment_method_kind_check;
alter table payment_method
  add constraint payment_method_kind_check
    check (kind in ('cash', 'card', 'nets', 'paynow', 'points', 'gift-card', 'voucher', 'store-credit')),
  -- what becomes of the rest of a code that is worth more than is due
  add column rest text not null default 'kept' check (rest in ('kept', 'forfeited'));

alter table sale_tender
  -- of a leg in points, how many; with the sign of the amount
  add column points bigint,
  -- the stored value that paid, or that it went back to
  add column value_code text,
  -- the rest that was lost with it
  add column forfeited bigint;

-- What was put on codes: in the sale's total, and neither in its net nor in its tax.
alter table sale add column issued bigint not null default 0;
alter table day_total add column issued bigint not null default 0;

alter table points_entry drop constraint points_entry_reason_check;
alter table points_entry add constraint points_entry_reason_check
  check (reason in ('opening', 'earned', 'taken-back', 'spent', 'given-back'));

-- A ledger: what was put on a code and what was taken off it. line_no counts tenders from 1, codes that were
-- sold from 1001, what tenders forfeited from 2001.
create table value_entry (
  company_id uuid not null,
  source_id uuid not null,
  line_no integer not null,
  code text not null,
  -- minor units, negative when it was spent
  amount bigint not null,
  reason text not null
    check (reason in ('opening', 'issued', 'taken-back', 'spent', 'forfeited', 'given-back')),
  at timestamptz not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, source_id, line_no)
) partition by range (source_id);
create index value_entry_changed on value_entry (company_id, changed_xid);
create table value_entry_default partition of value_entry default;

-- Its counter, by code. No index beside the key, so that updates stay in place (HOT).
create table stored_value (
  company_id uuid not null,
  code text not null,
  -- null while only its spending has arrived
  kind text check (kind in ('gift-card', 'voucher', 'store-credit')),
  balance bigint not null,
  primary key (company_id, code)
) with (fillfactor = 50);

-- As it was, with one more ledger.
create or replace function ensure_month(month date) returns void language plpgsql as $$
declare
  ledgers constant text[] := array['entry', 'sale', 'sale_line', 'sale_tender', 'stock_movement', 'points_entry',
                                   'value_entry'];
  id_columns constant text[] := array['entry_id', 'sale_id', 'sale_id', 'sale_id', 'source_id', 'source_id',
                                      'source_id'];
  first_id constant uuid := uuid_at(date_trunc('month', month::timestamp) at time zone 'UTC');
  past_id constant uuid := uuid_at((date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC');
  partition_name text;
begin
  if to_regclass('value_entry_' || to_char(month, 'YYYY_MM')) is not null then
    return;
  end if;
  -- In the order in which replay() writes them, all before any is touched.
  lock table entry, sale, sale_line, sale_tender, stock_movement, points_entry, value_entry in access exclusive mode;
  for i in 1 .. cardinality(ledgers) loop
    partition_name := ledgers[i] || '_' || to_char(month, 'YYYY_MM');
    if to_regclass(partition_name) is null then
      execute format('create table %I (like %I including defaults including constraints)', partition_name, ledgers[i]);
      execute format('with strays as (delete from %I where %I >= %L and %I < %L returning *) insert into %I select * from strays',
        ledgers[i] || '_default', id_columns[i], first_id, id_columns[i], past_id, partition_name);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)',
        ledgers[i], partition_name, first_id, past_id);
    end if;
  end loop;
end $$;
