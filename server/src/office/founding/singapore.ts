import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'

/** What a new shop in Singapore starts with; all of it can be changed later. */
export const SINGAPORE = {
  currency: 'SGD',
  timeZone: 'Asia/Singapore',
  taxInclusive: true,
  taxRounding: 'total',
  /** Smallest coin in use. Source: MAS, rounding of cash bills to 5 cents. */
  cashStep: 5,
  /** One point per $10. */
  minorPerPoint: 1000,
  /** A point pays 10 cents: a hundredth of what earned it. */
  pointValue: 10,
  /** $20 of one customer's points, until the server has heard of it. */
  pointsOfflineLimit: 200,
  /** $50 of one code, until the server has heard of it. */
  valueOfflineLimit: 50_00,
} as const

/** Source: IRAS, "Overview of GST rate change". */
const gstRates = [
  { from: '2007-07-01', ratePpm: 70_000 },
  { from: '2023-01-01', ratePpm: 80_000 },
  { from: '2024-01-01', ratePpm: 90_000 },
]

export const TAX_CODES = [
  { code: 'SR', name: 'Standard-rated', kind: 'standard', rates: gstRates },
  { code: 'ZR', name: 'Zero-rated', kind: 'zero', rates: [] },
  { code: 'ES', name: 'Exempt', kind: 'exempt', rates: [] },
] as const

export const PAYMENT_METHODS = [
  { code: 'CASH', name: 'Cash', kind: 'cash' },
  { code: 'CARD', name: 'Card', kind: 'card' },
  { code: 'NETS', name: 'NETS', kind: 'nets' },
  { code: 'PAYNOW', name: 'PayNow', kind: 'paynow' },
  { code: 'POINTS', name: 'Points', kind: 'points' },
  { code: 'GIFT', name: 'Gift card', kind: 'gift-card' },
  { code: 'VOUCHER', name: 'Voucher', kind: 'voucher', rest: 'forfeited' },
  { code: 'CREDIT', name: 'Store credit', kind: 'store-credit' },
] as const

/** By spend over the last twelve months, minor units. */
export const TIERS = [
  { name: 'Bronze', multiplierPpm: 1_000_000, spendFrom: 0 },
  { name: 'Silver', multiplierPpm: 1_250_000, spendFrom: 500_00 },
  { name: 'Gold', multiplierPpm: 1_500_000, spendFrom: 2000_00 },
] as const

export const OWNER_ROLE = 'Owner'

export const ROLES: readonly { name: string; permissions: readonly Permission[] }[] = [
  { name: OWNER_ROLE, permissions: PERMISSIONS },
  {
    name: 'Supervisor',
    permissions: [
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
      'stock.view',
      'till.view',
      'exception.resolve',
    ],
  },
  { name: 'Cashier', permissions: ['sale.make', 'shift.open', 'shift.close', 'customer.register'] },
]
