-- Takes in customers that tills have registered, for replay(): each id once, whatever else has its code.
drop function if exists register_customers;
create function register_customers(
  p_company uuid,
  -- bodies of `customer-registered` entries
  p_bodies jsonb[]
) returns void language plpgsql
set plan_cache_mode = force_generic_plan
as $$
declare
  v_new integer;
begin
  -- In the order of the codes: two calls can want the same one.
  with inserted as (
    insert into customer (company_id, customer_id, code, name, phone, email)
    select p_company, b."customerId", b.code, b.name, b.phone, b.email
    from unnest(p_bodies) as body
    cross join lateral jsonb_to_record(body)
      as b("customerId" uuid, code text, name text, phone text, email text)
    order by b.code, b."customerId"
    on conflict do nothing
    returning customer_id
  )
  select count(*) into v_new from inserted;

  if v_new < cardinality(p_bodies) then
    -- Whose code another has is kept under one that its id makes unique.
    insert into customer (company_id, customer_id, code, name, phone, email)
    select distinct on (b."customerId")
           p_company, b."customerId", left(b.code, 51) || '-' || right(b."customerId"::text, 12), b.name,
           b.phone, b.email
    from unnest(p_bodies) as body
    cross join lateral jsonb_to_record(body)
      as b("customerId" uuid, code text, name text, phone text, email text)
    where not exists (
      select from customer c where c.company_id = p_company and c.customer_id = b."customerId")
    order by b."customerId", b.code
    on conflict (company_id, customer_id) do nothing;
  end if;
end $$;

-- Keeps the addresses that customers wanted kept, for replay(). Of several the newest, by the id of its entry:
-- whatever order they come in, the same one stays.
drop function if exists keep_emails;
create function keep_emails(
  p_company uuid,
  -- `receipt-emailed` entries, and their bodies
  p_entries uuid[], p_bodies jsonb[]
) returns void language plpgsql
set plan_cache_mode = force_generic_plan
as $$
begin
  if not exists (select from unnest(p_bodies) as body where body ? 'keepFor') then
    return;
  end if;
  with wanted as materialized (
    select distinct on (customer_id) (body ->> 'keepFor')::uuid as customer_id, entry_id, body ->> 'to' as email
    from unnest(p_entries, p_bodies) as e(entry_id, body)
    where body ? 'keepFor'
    order by customer_id, entry_id desc
  ), locked as materialized (
    select c.customer_id from customer c
    where c.company_id = p_company and c.customer_id = any(array(select w.customer_id from wanted w))
    order by c.code, c.customer_id
    for update
  )
  update customer c set email = w.email, email_from = w.entry_id
  from wanted w join locked l using (customer_id)
  where c.company_id = p_company and c.customer_id = w.customer_id
    and (c.email_from is null or c.email_from < w.entry_id);
end $$;
