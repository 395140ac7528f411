/** What a person may do, named. Roles are lists of these. */
export const PERMISSIONS = [
  'sale.make',
  'sale.discount',
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
