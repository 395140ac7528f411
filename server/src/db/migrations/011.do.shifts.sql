-- What a company wants of its shifts and of those who take sales back: see zCompanySettings.
alter table company
  add column blind_count boolean not null default true,
  -- null: a drawer may differ by anything without a word
  add column variance_limit bigint check (variance_limit >= 0),
  -- null: until the business day ends
  add column void_window_minutes integer check (void_window_minutes between 0 and 1440);
