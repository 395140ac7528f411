-- A tier that was removed leaves its name to others.
alter table tier drop constraint tier_company_id_name_key;
create unique index tier_name on tier (company_id, name) where deleted_at is null;
