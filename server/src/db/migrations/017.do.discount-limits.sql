-- The most a person of this role may take off by a discount, in millionths; null is any discount.
alter table role add column most_discount_ppm integer check (most_discount_ppm between 0 and 1000000);
