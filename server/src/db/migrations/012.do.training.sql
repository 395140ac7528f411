-- Training mode is a permission: whoever may undo a sale may let somebody practise one.
update role set permissions = permissions || 'till.train'::text
where 'sale.void' = any (permissions) and not 'till.train' = any (permissions);
