import type { Permission } from '@evertill/shared/domain/permission'
import {
  IconAlertTriangle,
  IconCalendarEvent,
  IconCashRegister,
  IconDeviceTablet,
  IconDiscount,
  IconPackages,
  IconReceipt,
  IconSettings,
  IconShieldCheck,
  IconTag,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'

/** The pages of head office, in the order of a day's questions, and who may open them. */
export const PLACES = [
  { to: '/', label: 'Today', icon: IconCalendarEvent, needs: 'report.view' },
  { to: '/sales', label: 'Sales', icon: IconReceipt, needs: 'report.view' },
  { to: '/shifts', label: 'Shifts', icon: IconCashRegister, needs: 'report.view' },
  { to: '/products', label: 'Products', icon: IconTag, needs: 'catalogue.view' },
  { to: '/promotions', label: 'Promotions', icon: IconDiscount, needs: 'catalogue.view' },
  { to: '/stock', label: 'Stock', icon: IconPackages, needs: 'stock.view' },
  { to: '/customers', label: 'Customers', icon: IconUsers, needs: 'report.view' },
  { to: '/exceptions', label: 'Exceptions', icon: IconAlertTriangle, needs: 'report.view' },
  { to: '/tills', label: 'Tills', icon: IconDeviceTablet, needs: 'till.view' },
  { to: '/staff', label: 'Staff', icon: IconUsersGroup, needs: 'staff.manage' },
  { to: '/audit', label: 'Audit', icon: IconShieldCheck, needs: 'report.view' },
  { to: '/settings', label: 'Settings', icon: IconSettings, needs: 'company.manage' },
] as const satisfies readonly { to: string; label: string; icon: unknown; needs: Permission }[]

export type Place = (typeof PLACES)[number]
