-- Turns a code into an enrolled till: a new epoch, a new key, an empty journal; one transaction.
-- The code works once; the same code with the same key answers the same again, for its answer may get lost.
-- Dropped first, because a function that is replaced cannot change what it returns.
drop function if exists enrol_till;
create function enrol_till(
  p_code_hash bytea,
  p_public_key jsonb,
  p_persisted boolean,
  p_app_version text,
  p_now timestamptz
) returns table (
  outcome text,
  company_id uuid,
  company_name text,
  outlet_id uuid,
  outlet_code text,
  till_id uuid,
  till_code text,
  till_name text,
  epoch integer,
  receipts bigint,
  z_reports bigint
) language plpgsql as $$
#variable_conflict use_column
declare
  v_code enrolment_code;
  v_till till;
  v_outcome text;
begin
  select * into v_code from enrolment_code where code_hash = p_code_hash for update;
  if not found then
    return;
  end if;
  select * into v_till from till where company_id = v_code.company_id and till_id = v_code.till_id for update;

  if v_code.used_at is not null then
    v_outcome := case
      when v_code.used_by_key = p_public_key and v_till.public_key = p_public_key and v_till.state = 'active'
      then 'enrolled' else 'used' end;
  elsif v_code.expires_at <= p_now then
    v_outcome := 'expired';
  else
    v_outcome := 'enrolled';
    update enrolment_code set used_at = p_now, used_by_key = p_public_key where code_hash = p_code_hash;
    update till
    -- Epochs that a server restored from a backup has forgotten handing out are in use all the same.
    set epoch = 1 + greatest(epoch, (
          select max(journal.epoch) from journal
          where journal.company_id = v_till.company_id and journal.till_id = v_till.till_id)),
        state = 'active', public_key = p_public_key, enrolled_at = p_now,
        last_contact_at = p_now, reported_waiting = null, reported_oldest_waiting_at = null,
        reported_clock_offset_ms = null, reported_app_version = p_app_version, reported_persisted = p_persisted,
        reported_storage = null, reported_free_bytes = null
    where company_id = v_till.company_id and till_id = v_till.till_id
    returning * into v_till;
    insert into journal (company_id, till_id, epoch, high_water, last_seq)
    values (v_till.company_id, v_till.till_id, v_till.epoch, 0, 0)
    on conflict do nothing;
  end if;

  return query
    select v_outcome, company.company_id, company.name, outlet.outlet_id, outlet.code,
           v_till.till_id, v_till.code, v_till.name, v_till.epoch,
           (select coalesce(max(substring(receipt_no from '[0-9]{1,15}$')::bigint), 0) from sale
            where sale.company_id = v_till.company_id
              and starts_with(receipt_no, outlet.code || '-' || v_till.code || '-')),
           (select coalesce(max((figures ->> 'zNo')::numeric), 0)::bigint from shift
            where shift.company_id = v_till.company_id and shift.till_id = v_till.till_id)
    from company join outlet on outlet.company_id = company.company_id
    where company.company_id = v_till.company_id and outlet.outlet_id = v_till.outlet_id;
end $$;
