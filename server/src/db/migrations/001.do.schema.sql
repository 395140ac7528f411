-- company_id leads every primary key, foreign key and index, so that the tables can be spread by company.
-- Ledgers (entry, sale and its children, stock_movement, points_entry) only grow; counters stand beside them.
-- Ledgers hold no foreign keys into the catalogue: a sale is a fact, whatever became of the product.

create table company (
  company_id uuid primary key,
  name text not null,
  currency text not null check (length(currency) = 3),
  tax_inclusive boolean not null,
  tax_rounding text not null check (tax_rounding in ('line', 'total')),
  cash_step integer not null check (cash_step > 0),
  minor_per_point integer not null check (minor_per_point >= 0),
  gst_registration_no text,
  receipt_footer text,
  created_at timestamptz not null default now()
);

-- Stamps a row with the transaction that changed it; the feed reads by it (see feed/pull.ts).
create function stamp_change() returns trigger language plpgsql as $$
begin
  new.changed_xid := pg_current_xact_id();
  return new;
end $$;

create table outlet (
  company_id uuid not null references company,
  outlet_id uuid not null,
  code text not null,
  name text not null,
  address text,
  time_zone text not null,
  day_cut_hour integer not null check (day_cut_hour between 0 and 23),
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, outlet_id),
  unique (company_id, code)
);

create table till (
  company_id uuid not null,
  till_id uuid not null,
  outlet_id uuid not null,
  code text not null,
  name text not null,
  state text not null default 'waiting-for-enrolment'
    check (state in ('waiting-for-enrolment', 'active', 'revoked')),
  epoch integer not null default 0,
  public_key jsonb,
  enrolled_at timestamptz,
  last_contact_at timestamptz,
  reported_waiting integer,
  reported_oldest_waiting_at timestamptz,
  reported_clock_offset_ms bigint,
  reported_app_version text,
  reported_persisted boolean,
  primary key (company_id, till_id),
  unique (company_id, outlet_id, code),
  foreign key (company_id, outlet_id) references outlet
) with (fillfactor = 80);

-- Found by the code alone, before anyone knows the company: the one lookup that crosses companies.
-- Only the code's SHA-256 is kept.
create table enrolment_code (
  code_hash bytea primary key,
  company_id uuid not null,
  till_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by_key jsonb,
  foreign key (company_id, till_id) references till
);

create table role (
  company_id uuid not null references company,
  role_id uuid not null,
  name text not null,
  permissions text[] not null,
  primary key (company_id, role_id),
  unique (company_id, name)
);

create table staff (
  company_id uuid not null,
  staff_id uuid not null,
  name text not null,
  role_id uuid not null,
  -- lower-case hex: 16 random bytes, and argon2id of the PIN with them (see protocol/pin.ts)
  pin_salt text not null,
  pin_base text not null,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, staff_id),
  foreign key (company_id, role_id) references role
);

create table tax_code (
  company_id uuid not null references company,
  tax_code_id uuid not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('standard', 'zero', 'exempt')),
  -- [{ "from": "2024-01-01", "ratePpm": 90000 }]
  rates jsonb not null,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, tax_code_id),
  unique (company_id, code)
);

create table category (
  company_id uuid not null references company,
  category_id uuid not null,
  name text not null,
  position integer not null default 0,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, category_id),
  unique (company_id, name)
);

create table product (
  company_id uuid not null,
  product_id uuid not null,
  sku text not null,
  name text not null,
  category_id uuid,
  tax_code_id uuid not null,
  price bigint not null check (price >= 0),
  cost bigint check (cost >= 0),
  unit text not null default 'each' check (unit in ('each', 'kg')),
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, product_id),
  foreign key (company_id, category_id) references category,
  foreign key (company_id, tax_code_id) references tax_code
);
create unique index product_sku on product (company_id, sku) where deleted_at is null;
create index product_changed on product (company_id, changed_xid);

create table barcode (
  company_id uuid not null,
  barcode text not null,
  product_id uuid not null,
  primary key (company_id, barcode),
  foreign key (company_id, product_id) references product
);
create index barcode_product on barcode (company_id, product_id);

create table payment_method (
  company_id uuid not null references company,
  payment_method_id uuid not null,
  code text not null,
  name text not null,
  kind text not null check (kind in ('cash', 'card', 'nets', 'paynow')),
  position integer not null default 0,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, payment_method_id),
  unique (company_id, code)
);

create table tier (
  company_id uuid not null references company,
  tier_id uuid not null,
  name text not null,
  multiplier_ppm integer not null check (multiplier_ppm >= 0),
  spend_from bigint not null,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, tier_id),
  unique (company_id, name)
);

create table customer (
  company_id uuid not null,
  customer_id uuid not null,
  code text not null,
  name text not null,
  phone text,
  tier_id uuid,
  deleted_at timestamptz,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, customer_id),
  unique (company_id, code),
  foreign key (company_id, tier_id) references tier
);
create index customer_changed on customer (company_id, changed_xid);

create trigger stamp before insert or update on outlet for each row execute function stamp_change();
create trigger stamp before insert or update on staff for each row execute function stamp_change();
create trigger stamp before insert or update on tax_code for each row execute function stamp_change();
create trigger stamp before insert or update on category for each row execute function stamp_change();
create trigger stamp before insert or update on product for each row execute function stamp_change();
create trigger stamp before insert or update on payment_method for each row execute function stamp_change();
create trigger stamp before insert or update on tier for each row execute function stamp_change();
create trigger stamp before insert or update on customer for each row execute function stamp_change();

-- A barcode travels inside its product's row, and a role's permissions inside its staff's rows.
create function touch_product_of_barcode() returns trigger language plpgsql as $$
begin
  update product set changed_xid = pg_current_xact_id()
  where company_id = coalesce(new.company_id, old.company_id)
    and product_id in (new.product_id, old.product_id);
  return null;
end $$;
create trigger touch_product after insert or update or delete on barcode
  for each row execute function touch_product_of_barcode();

create function touch_staff_of_role() returns trigger language plpgsql as $$
begin
  update staff set changed_xid = pg_current_xact_id()
  where company_id = new.company_id and role_id = new.role_id;
  return null;
end $$;
create trigger touch_staff after update on role for each row execute function touch_staff_of_role();

-- The journal ---------------------------------------------------------------------------------------------
-- Partitioned by the entry's own id (UUIDv7 starts with its time), so that the primary key stays unique
-- across partitions for ever: this key is what makes every entry count once.

create table entry (
  company_id uuid not null,
  entry_id uuid not null,
  till_id uuid not null,
  outlet_id uuid not null,
  epoch integer not null,
  seq bigint not null,
  kind text not null,
  at timestamptz not null,
  clock_offset_ms bigint not null,
  business_date date not null,
  staff_id uuid not null,
  prev bytea not null,
  hash bytea not null,
  -- the canonical text that was hashed, byte for byte
  raw text not null,
  received_at timestamptz not null default now(),
  primary key (company_id, entry_id)
) partition by range (entry_id);
create index entry_seq on entry (company_id, till_id, epoch, seq);

create table sale (
  company_id uuid not null,
  sale_id uuid not null,
  till_id uuid not null,
  outlet_id uuid not null,
  staff_id uuid not null,
  customer_id uuid,
  receipt_no text not null,
  business_date date not null,
  -- by the server's clock: the entry's own time plus the offset the till measured
  at timestamptz not null,
  currency text not null,
  gross bigint not null,
  discount bigint not null,
  tax bigint not null,
  net bigint not null,
  rounding bigint not null,
  total bigint not null,
  change bigint not null,
  points_earned bigint not null,
  primary key (company_id, sale_id)
) partition by range (sale_id);
create index sale_day on sale (company_id, outlet_id, business_date);
create index sale_receipt on sale (company_id, receipt_no);

create table sale_line (
  company_id uuid not null,
  sale_id uuid not null,
  line_no integer not null,
  product_id uuid not null,
  sku text not null,
  name text not null,
  quantity bigint not null,
  unit_price bigint not null,
  discount bigint not null,
  net bigint not null,
  tax_code text not null,
  rate_ppm integer not null,
  tax bigint not null,
  primary key (company_id, sale_id, line_no)
) partition by range (sale_id);

create table sale_tender (
  company_id uuid not null,
  sale_id uuid not null,
  tender_no integer not null,
  method_code text not null,
  kind text not null,
  -- what was handed over
  amount bigint not null,
  -- what was given back on it; over a sale's tenders this sums to the sale's change
  change bigint not null,
  reference text,
  primary key (company_id, sale_id, tender_no)
) partition by range (sale_id);

-- source_id is the entry, or the office document, that moved the stock.
create table stock_movement (
  company_id uuid not null,
  source_id uuid not null,
  line_no integer not null,
  outlet_id uuid not null,
  product_id uuid not null,
  -- thousandths, negative when goods leave
  quantity bigint not null,
  reason text not null check (reason in ('opening', 'sale', 'import', 'adjustment')),
  at timestamptz not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, source_id, line_no)
) partition by range (source_id);
create index stock_movement_changed on stock_movement (company_id, outlet_id, changed_xid);

create table points_entry (
  company_id uuid not null,
  source_id uuid not null,
  line_no integer not null,
  customer_id uuid not null,
  points bigint not null,
  reason text not null check (reason in ('opening', 'earned')),
  at timestamptz not null,
  changed_xid xid8 not null default pg_current_xact_id(),
  primary key (company_id, source_id, line_no)
) partition by range (source_id);
create index points_entry_changed on points_entry (company_id, changed_xid);

-- Counters, each the sum of its ledger. No index beside the key, so that updates stay in place (HOT).

create table stock_level (
  company_id uuid not null,
  outlet_id uuid not null,
  product_id uuid not null,
  on_hand bigint not null,
  primary key (company_id, outlet_id, product_id)
) with (fillfactor = 50);

create table points_balance (
  company_id uuid not null,
  customer_id uuid not null,
  points bigint not null,
  primary key (company_id, customer_id)
) with (fillfactor = 50);

create table day_total (
  company_id uuid not null,
  outlet_id uuid not null,
  business_date date not null,
  till_id uuid not null,
  sales bigint not null,
  gross bigint not null,
  discount bigint not null,
  tax bigint not null,
  net bigint not null,
  rounding bigint not null,
  total bigint not null,
  primary key (company_id, outlet_id, business_date, till_id)
) with (fillfactor = 50);

-- Per method what the day took: what was handed over less the change.
create table day_tender (
  company_id uuid not null,
  outlet_id uuid not null,
  business_date date not null,
  till_id uuid not null,
  method_code text not null,
  amount bigint not null,
  primary key (company_id, outlet_id, business_date, till_id, method_code)
) with (fillfactor = 50);

-- One life of a till's journal.
create table journal (
  company_id uuid not null,
  till_id uuid not null,
  epoch integer not null,
  -- every seq up to here has arrived
  high_water bigint not null,
  -- the highest seq that has arrived
  last_seq bigint not null,
  primary key (company_id, till_id, epoch)
) with (fillfactor = 50);

-- What head office must look at ----------------------------------------------------------------------------

create table exception (
  company_id uuid not null,
  exception_id uuid not null default gen_random_uuid(),
  type text not null,
  state text not null default 'open' check (state in ('open', 'resolved')),
  outlet_id uuid,
  till_id uuid,
  entry_id uuid,
  -- what the exception is about within its type, such as a product; one open exception each
  subject text not null,
  detail jsonb not null,
  raised_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by text,
  note text,
  primary key (company_id, exception_id)
);
create unique index exception_open on exception (company_id, type, subject) where state = 'open';
create index exception_entry on exception (company_id, entry_id);
create index exception_raised on exception (company_id, state, raised_at);

-- What could not be read or stored, as it came; the same bytes again change nothing.
create table quarantine (
  company_id uuid not null,
  quarantine_id uuid not null default gen_random_uuid(),
  till_id uuid not null,
  line_hash bytea not null,
  line bytea not null,
  reason text not null,
  fields jsonb,
  received_at timestamptz not null default now(),
  state text not null default 'held' check (state in ('held', 'replayed')),
  primary key (company_id, quarantine_id),
  unique (company_id, till_id, line_hash)
);

-- Who changed what in the office.
create table audit_log (
  company_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  detail jsonb not null,
  primary key (company_id, audit_id)
);
create index audit_log_at on audit_log (company_id, at);

-- Partitions ------------------------------------------------------------------------------------------------

create function uuid_at(moment timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Makes the month's partition of every ledger, where it is missing. Called at start and daily, ahead of time.
-- Ids of odd clocks fall into the default partitions; what waits there of this month moves over.
create function ensure_month(month date) returns void language plpgsql as $$
declare
  ledgers constant text[] := array['entry', 'sale', 'sale_line', 'sale_tender', 'stock_movement', 'points_entry'];
  id_columns constant text[] := array['entry_id', 'sale_id', 'sale_id', 'sale_id', 'source_id', 'source_id'];
  first_id constant uuid := uuid_at(date_trunc('month', month::timestamp) at time zone 'UTC');
  past_id constant uuid := uuid_at((date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC');
  partition_name text;
begin
  if to_regclass('points_entry_' || to_char(month, 'YYYY_MM')) is not null then
    return;
  end if;
  -- In the order in which replay() writes them, all before any is touched.
  lock table entry, sale, sale_line, sale_tender, stock_movement, points_entry in access exclusive mode;
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

create table entry_default partition of entry default;
create table sale_default partition of sale default;
create table sale_line_default partition of sale_line default;
create table sale_tender_default partition of sale_tender default;
create table stock_movement_default partition of stock_movement default;
create table points_entry_default partition of points_entry default;
