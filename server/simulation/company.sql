-- What the simulator needs of its own databases; nothing of it belongs to the product.

create or replace function sim_id(kind integer, no integer) returns uuid language sql immutable as $$
  select ('018f3c5e-0000-7000-8000-' || lpad(to_hex(kind), 4, '0') || lpad(to_hex(no), 8, '0'))::uuid
$$;

-- A small company: two outlets (the third till is at the second), two cashiers and a supervisor, three customers,
-- twelve products. Its rows have the same ids in every company.
create or replace function sim_company(p_company uuid, p_inclusive boolean, p_rounding text, p_tills integer)
returns void language plpgsql as $$
begin
  insert into company (company_id, name, currency, tax_inclusive, tax_rounding, cash_step, minor_per_point,
                       point_value, points_offline_limit, value_offline_limit, gst_registration_no)
  values (p_company, 'Bedok Minimart', 'SGD', p_inclusive, p_rounding, 5, 1000, 20, 6, 1500, 'M2-1234567-8');
  insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
  values (p_company, sim_id(1, 1), 'BED', 'Bedok', 'Asia/Singapore', 4),
         (p_company, sim_id(1, 2), 'TAM', 'Tampines', 'Asia/Singapore', 4);
  insert into role (company_id, role_id, name, permissions)
  values (p_company, sim_id(2, 1), 'Cashier', array['sale.make', 'sale.discount', 'sale.refund', 'shift.open',
            'shift.close', 'cash.move', 'customer.register', 'drawer.open']),
         (p_company, sim_id(2, 2), 'Supervisor', array['sale.make', 'sale.discount', 'sale.refund', 'sale.refund-blind',
            'sale.void', 'shift.open', 'shift.close', 'cash.move', 'customer.register', 'drawer.open', 'stock.count']);
  insert into staff (company_id, staff_id, name, role_id, pin_salt, pin_base)
  select p_company, sim_id(3, n), 'Cashier ' || n, sim_id(2, 1 + n / 3), repeat('ab', 16), repeat('cd', 32)
  from generate_series(1, 3) n;
  insert into tax_code (company_id, tax_code_id, code, name, kind, rates) values
    (p_company, sim_id(4, 1), 'SR', 'GST', 'standard', '[{"from": "2024-01-01", "ratePpm": 90000}]'),
    (p_company, sim_id(4, 2), 'ZR', 'Zero-rated', 'zero', '[]'),
    (p_company, sim_id(4, 3), 'EX', 'Exempt', 'exempt', '[]');
  insert into tier (company_id, tier_id, name, multiplier_ppm, spend_from)
  select p_company, sim_id(5, n), 'Tier ' || n, 1000000 + 250000 * (n - 1), 100000 * (n - 1)
  from generate_series(1, 3) n;
  insert into customer (company_id, customer_id, code, name, tier_id)
  select p_company, sim_id(6, n), 'C' || n, 'Customer ' || n, sim_id(5, n) from generate_series(1, 3) n;
  insert into payment_method (company_id, payment_method_id, code, name, kind, position)
  select p_company, sim_id(7, n::integer), upper(kind), kind, kind, n
  from unnest(array['cash', 'card', 'nets', 'paynow', 'points', 'gift-card', 'store-credit']) with ordinality as m(kind, n);
  insert into product (company_id, product_id, sku, name, tax_code_id, price, unit)
  select p_company, sim_id(8, n), 'SKU-' || n, 'Product ' || n || case when n % 5 = 0 then ' 茶' else '' end,
         sim_id(4, case n % 6 when 4 then 2 when 5 then 3 else 1 end), 35 + 137 * n,
         case when n % 4 = 0 then 'kg' else 'each' end
  from generate_series(1, 12) n;
  insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
  select p_company, sim_id(9, o), n, sim_id(1, o), sim_id(8, n), 60000, 'opening', now()
  from generate_series(1, 2) o, generate_series(1, 12) n;
  insert into stock_level (company_id, outlet_id, product_id, on_hand)
  select p_company, sim_id(1, o), sim_id(8, n), 60000 from generate_series(1, 2) o, generate_series(1, 12) n;
  insert into till (company_id, till_id, outlet_id, code, name)
  select p_company, sim_id(10, n), sim_id(1, 1 + n / 3), 'T' || n, 'Till ' || n from generate_series(1, p_tills) n;
end $$;

-- What is held together is replayed in the order of its ids: they must be the same in every run of a seed.
create sequence if not exists sim_quarantined;
alter table quarantine alter column quarantine_id
  set default ('00000000-0000-7000-8000-' || lpad(to_hex(nextval('sim_quarantined')), 12, '0'))::uuid;

-- Every table of the company, those of later migrations included; what a bug of the server fails on is no data.
create or replace function sim_tables() returns setof text language sql stable as $$
  select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
  where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
    and c.relname <> 'sim_poison'
  order by c.relname
$$;

create or replace function sim_backup(p_company uuid) returns jsonb language plpgsql as $$
declare
  v_table text;
  v_rows jsonb;
  v_backup jsonb := '{}';
begin
  for v_table in select sim_tables() loop
    execute format('select coalesce(jsonb_agg(to_jsonb(t)), ''[]'') from %I t where company_id = $1', v_table)
      into v_rows using p_company;
    v_backup := v_backup || jsonb_build_object(v_table, v_rows);
  end loop;
  return v_backup;
end $$;

-- As a restored database has them: with the stamps they had, and no trigger the wiser.
create or replace function sim_restore(p_company uuid, p_backup jsonb) returns void language plpgsql as $$
declare
  v_table text;
  v_columns text;
begin
  perform set_config('session_replication_role', 'replica', true);
  for v_table in select sim_tables() loop
    execute format('delete from %I where company_id = $1', v_table) using p_company;
    -- What is reckoned from other columns is not given.
    select string_agg(quote_ident(attname), ', ') into v_columns from pg_attribute
    where attrelid = v_table::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format('insert into %1$I (%2$s) select %2$s from jsonb_populate_recordset(null::%1$I, $1)', v_table, v_columns)
      using p_backup -> v_table;
  end loop;
end $$;

-- Stands in for data the database cannot store, and for entries that a bug in the server fails on.
create table if not exists sim_poison (company_id uuid, sale_id uuid, sqlstate text not null, primary key (company_id, sale_id));
create or replace function sim_refuse() returns trigger language plpgsql as $$
declare
  v_sqlstate text;
begin
  select sqlstate into v_sqlstate from sim_poison where company_id = new.company_id and sale_id = new.entry_id;
  if found then
    raise exception 'poison' using errcode = v_sqlstate;
  end if;
  return new;
end $$;
create or replace trigger sim_refuse before insert on entry for each row execute function sim_refuse();
