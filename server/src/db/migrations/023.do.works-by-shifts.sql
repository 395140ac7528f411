-- Tills ask for a shift before they sell. Where nobody counts drawers it is turned off.
alter table company add column works_by_shifts boolean not null default true;
