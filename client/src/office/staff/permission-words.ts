import type { Permission } from '@evertill/shared/domain/permission'

interface PermissionWords {
  readonly name: string
  /** What it lets a person do, in a line. */
  readonly about: string
}

export interface PermissionGroup {
  readonly title: string
  readonly about?: string
  readonly permissions: readonly (PermissionWords & { readonly permission: Permission })[]
}

/** Every permission in the words of a shop, in the order of a cashier's day. */
export const PERMISSION_GROUPS: readonly PermissionGroup[] = [
  {
    title: 'Selling',
    about: 'Whoever may not do something at a till asks somebody who may for their PIN.',
    permissions: [
      { permission: 'sale.make', name: 'Sell', about: 'Ring up goods and take the money.' },
      {
        permission: 'sale.discount',
        name: 'Give discounts',
        about: 'Take something off a line or a bill, up to the limit below.',
      },
      {
        permission: 'price.override',
        name: 'Change prices',
        about: 'Sell at another price, without limits, and let others go beyond theirs.',
      },
      {
        permission: 'customer.register',
        name: 'Register customers',
        about: 'Add somebody with their name and phone.',
      },
    ],
  },
  {
    title: 'Taking back',
    permissions: [
      {
        permission: 'sale.refund',
        name: 'Refund with a receipt',
        about: 'Take goods back and pay for them.',
      },
      {
        permission: 'sale.refund-blind',
        name: 'Refund without a receipt',
        about: 'Pay for goods that nothing shows were bought here.',
      },
      { permission: 'sale.void', name: 'Void a sale', about: 'Undo a sale that has just been made.' },
    ],
  },
  {
    title: 'Drawer and shifts',
    permissions: [
      { permission: 'shift.open', name: 'Open a shift', about: 'Count the float and begin.' },
      { permission: 'shift.close', name: 'Close a shift', about: 'Count the drawer and end it.' },
      { permission: 'drawer.open', name: 'Open the drawer', about: 'Without a sale, to give change.' },
      { permission: 'cash.move', name: 'Move cash', about: 'Put money into the drawer, or take it out.' },
    ],
  },
  {
    title: 'Stock and training',
    permissions: [
      { permission: 'stock.count', name: 'Count stock', about: 'Say how much there is, and correct it.' },
      {
        permission: 'till.train',
        name: 'Start training',
        about: 'Practise at a till, where nothing counts.',
      },
    ],
  },
  {
    title: 'Looking at figures',
    about: 'The first one at tills too; all of them in head office, for those who sign in there by e-mail.',
    permissions: [
      {
        permission: 'report.view',
        name: 'See reports',
        about: 'Sales, shifts and customers, and what a drawer took.',
      },
      { permission: 'catalogue.view', name: 'See products', about: 'With prices, costs and promotions.' },
      { permission: 'stock.view', name: 'See stock', about: 'What each outlet has.' },
      {
        permission: 'till.view',
        name: 'See tills',
        about: 'Which there are, and whether they have sent everything.',
      },
    ],
  },
  {
    title: 'Running the business',
    about: 'In head office, for those who sign in there by e-mail.',
    permissions: [
      { permission: 'catalogue.edit', name: 'Change products', about: 'Their prices and promotions too.' },
      {
        permission: 'till.enrol',
        name: 'Manage tills',
        about: 'Add and revoke them, and make enrolment codes.',
      },
      {
        permission: 'exception.resolve',
        name: 'Settle exceptions',
        about: 'Decide what becomes of what did not add up.',
      },
      {
        permission: 'staff.manage',
        name: 'Manage staff and roles',
        about: 'People, their PINs and what roles may do.',
      },
      {
        permission: 'company.manage',
        name: 'Change settings',
        about: 'Receipts, ways to pay, points, outlets and customers.',
      },
    ],
  },
]

const NAMES = new Map(
  PERMISSION_GROUPS.flatMap(({ permissions }) =>
    permissions.map(({ permission, name }) => [permission, name]),
  ),
)

/** The till's part of what a role may do, in a line: what a list has room for. */
export function roleWords(permissions: readonly Permission[]): string {
  if (permissions.length === 0) return 'Nothing'
  if (permissions.length === NAMES.size) return 'Everything'
  const names = permissions.map((permission) => NAMES.get(permission) ?? permission)
  const shown = names
    .slice(0, 3)
    .map((name, i) => (i === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1)))
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

/** Who has it, in a line; a person who signs in to head office too is named once. */
export function havers(people: readonly string[], signIns: readonly string[]): string {
  const [first, second, ...others] = [...new Set([...people, ...signIns])]
  if (first === undefined) return 'Nobody'
  if (second === undefined) return first
  return others.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${others.length} more`
}
