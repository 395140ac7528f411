-- What tells a restored database from the one it was made of, where all else of the two is the same: see feed/pull.ts.
create table feed_token (
  company_id uuid not null,
  token uuid not null default gen_random_uuid(),
  made_at timestamptz not null,
  primary key (company_id, token)
);
create index feed_token_made on feed_token (company_id, made_at);
