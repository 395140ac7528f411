/** What a person may do, named. Roles are lists of these. */
export const PERMISSIONS = [
  'sale.make',
  'sale.discount',
  'sale.refund',
  'sale.refund-blind',
  'sale.void',
  'price.override',
  'drawer.open',
  'shift.open',
  'shift.close',
  'cash.move',
  'customer.register',
  'stock.count',
  'till.train',
  'report.view',
  'catalogue.view',
  'catalogue.edit',
  'stock.view',
  'till.view',
  'till.enrol',
  'exception.resolve',
  'staff.manage',
  'company.manage',
] as const

export type Permission = (typeof PERMISSIONS)[number]

/** Whoever has these together in head office is an owner: they give anything, also what they do not have. */
export const OWNER_PERMISSIONS = ['staff.manage', 'company.manage'] as const satisfies readonly Permission[]

export const isOwner = (permissions: readonly string[]): boolean =>
  OWNER_PERMISSIONS.every((one) => permissions.includes(one))
