-- Whose password was made for them, until they choose their own; and since when nobody came.
alter table auth_user add column first_password boolean not null default false;
alter table auth_user add column last_signed_in_at timestamptz;
