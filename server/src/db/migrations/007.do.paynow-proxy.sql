-- Where PayNow sends the money: the shop's UEN, or a mobile number as +6591234567. Without one a till shows no code.
alter table payment_method
  add column paynow_proxy text,
  add check (paynow_proxy is null or kind = 'paynow');
