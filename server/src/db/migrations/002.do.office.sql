-- Office users and their sessions, in the shape the auth library wants. These tables are not led by company:
-- a person signs in by e-mail before anyone knows which company is theirs.

create table auth_user (
  id uuid primary key,
  company_id uuid not null,
  role_id uuid not null,
  name text not null,
  -- kept in lower case by the library
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  foreign key (company_id, role_id) references role
);

create table auth_session (
  id uuid primary key,
  user_id uuid not null references auth_user on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_session_user on auth_session (user_id);

create table auth_account (
  id uuid primary key,
  user_id uuid not null references auth_user on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index auth_account_user on auth_account (user_id);

create table auth_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verification_identifier on auth_verification (identifier);

-- Signs the session cookies. Made at the first start, so that every server of one database shares it and
-- nobody has to invent one.
create table auth_secret (
  single boolean primary key default true check (single),
  secret text not null
);

-- Head office pages through its products by name.
create index product_name on product (company_id, lower(name), product_id) where deleted_at is null;

-- An import adds thousands of barcodes in one statement: their products are touched once, all together, and
-- those that this transaction has written anyway not at all.
drop trigger touch_product on barcode;
drop function touch_product_of_barcode();

create function touch_products_of_barcodes() returns trigger language plpgsql as $$
begin
  -- Planned each time: a plan made for one barcode takes minutes for ten thousand.
  execute $update$
    update product p set changed_xid = pg_current_xact_id()
    from (select distinct company_id, product_id from touched) t
    where p.company_id = t.company_id and p.product_id = t.product_id
      and p.changed_xid <> pg_current_xact_id()
  $update$;
  return null;
end $$;
create trigger touch_products_added after insert on barcode
  referencing new table as touched for each statement execute function touch_products_of_barcodes();
create trigger touch_products_removed after delete on barcode
  referencing old table as touched for each statement execute function touch_products_of_barcodes();
create trigger touch_products_from after update on barcode
  referencing old table as touched for each statement execute function touch_products_of_barcodes();
create trigger touch_products_to after update on barcode
  referencing new table as touched for each statement execute function touch_products_of_barcodes();
