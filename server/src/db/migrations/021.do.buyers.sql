-- Whom papers are made out to, where that was said after they were recorded: written with the entry that said it.
create table buyer_named (
  company_id uuid not null,
  -- the `buyer-named` entry, and its place in its till's journal
  entry_id uuid not null,
  till_id uuid not null,
  epoch integer not null,
  seq bigint not null,
  -- by the server's clock
  at timestamptz not null,
  -- the sale, refund or void; it may arrive later
  paper_id uuid not null,
  name text not null,
  address text not null,
  registration_no text,
  primary key (company_id, entry_id)
);
create index buyer_named_paper on buyer_named (company_id, paper_id);

-- The last that a till was told of each paper. Of another till's papers it has nothing to say.
create view paper_buyer as
select distinct on (company_id, paper_id, till_id)
       company_id, paper_id, till_id, at,
       jsonb_strip_nulls(jsonb_build_object('name', name, 'address', address, 'registrationNo', registration_no))
         as buyer
from buyer_named
order by company_id, paper_id, till_id, epoch desc, seq desc, entry_id desc;
