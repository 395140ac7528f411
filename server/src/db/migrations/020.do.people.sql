-- A role that was removed stays for those who had it, and leaves its name to others.
alter table role add column deleted_at timestamptz;
alter table role drop constraint role_company_id_name_key;
create unique index role_name on role (company_id, name) where deleted_at is null;

-- As receipts print it.
alter table outlet add column phone text;
