-- What a till does with a product besides ringing it up at its price.
alter table product
  -- its price is asked for at the till
  add column open_price boolean not null default false,
  add column favourite boolean not null default false,
  -- an address, or a small picture as data:
  add column picture text check (length(picture) <= 20000),
  -- the name its variants share: nothing is sold, counted or priced under it
  add column variant_of text,
  -- [{ "name": "Size", "value": "M" }]: what tells one variant from another
  add column options jsonb not null default '[]',
  add check ((variant_of is null) = (options = '[]'));

-- How the labels of the shop's scales are laid out: see scale-label.ts in the domain.
alter table company add column scale_labels jsonb not null default '[
  {"prefix": "21", "carries": "weight", "itemDigits": 5, "decimals": 3, "verified": false},
  {"prefix": "23", "carries": "price", "itemDigits": 5, "decimals": 2, "verified": false}
]';

-- The most a person of this role may ask for a product without a price of its own; null is any price.
alter table role add column most_open_price bigint check (most_open_price >= 0);
