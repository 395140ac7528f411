-- What a product has cost since when: a sale is held against the price of its own time, not against today's. Of the
-- time before a product's first row nothing is known.
create table product_price (
  company_id uuid not null,
  product_id uuid not null,
  since timestamptz not null,
  price bigint not null check (price >= 0),
  primary key (company_id, product_id, since),
  foreign key (company_id, product_id) references product
);
insert into product_price (company_id, product_id, since, price)
select company_id, product_id, now(), price from product;

create function keep_product_price() returns trigger language plpgsql as $$
begin
  insert into product_price (company_id, product_id, since, price)
  values (new.company_id, new.product_id, now(), new.price)
  on conflict (company_id, product_id, since) do update set price = excluded.price;
  return null;
end $$;
create trigger keep_first_price after insert on product
  for each row execute function keep_product_price();
create trigger keep_price after update of price on product
  for each row when (old.price is distinct from new.price) execute function keep_product_price();
