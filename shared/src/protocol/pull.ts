import { z } from 'zod'
import { LANGUAGES } from '../domain/language.ts'
import { PERMISSIONS } from '../domain/permission.ts'
import { VALUE_KINDS } from '../domain/stored-value.ts'
import { METHOD_KINDS } from '../domain/tender.ts'
import { zLogoRow } from './logo.ts'
import { productTraits } from './product-traits.ts'
import { zPromotionRow } from './promotion.ts'
import {
  zAmount,
  zCashStep,
  zCode,
  zCurrency,
  zDate,
  zInstant,
  zMinorPerPoint,
  zMultiplierPpm,
  zName,
  zPoints,
  zPointValue,
  zPrice,
  zRatePpm,
  zText,
  zUuid,
  zValueCode,
} from './scalars.ts'
import { zScaleLabels } from './scale-label.ts'

/*
 * GET /api/pull?cursor=<opaque>
 *
 * Rows changed since the cursor; all rows when there is no cursor or it belongs to another life of the
 * database (`snapshot: true`: what the till holds and the answer does not is gone). Rows may repeat, none is
 * ever missed. A row with `deleted: true` is a tombstone.
 *
 * A cursor is `<life>.<place>`. A till only looks at whether the life is the one it had before.
 *
 * GET /api/pull?cursor=<opaque>&after=<epoch>.<seq>
 *
 * With the place in its journal up to which a till knows what became of its entries, it is told which of the later ones
 * are in these very counts: the answer to their push may have been lost. Without that it would count them twice.
 */

/** Entries that one answer names at most; the next begins where the till then stands. */
export const MOST_ARRIVED = 1000

export const zPullQuery = z.object({
  cursor: z.exactOptional(z.string().max(300)),
  after: z.exactOptional(z.string().regex(/^\d{1,9}\.\d{1,15}$/, 'must be <epoch>.<seq>')),
})

const deleted = { deleted: z.exactOptional(z.literal(true)) }

export const zCompanySettings = z.object({
  companyId: zUuid,
  name: zName,
  currency: zCurrency,
  taxInclusive: z.boolean(),
  taxRounding: z.enum(['line', 'total']),
  cashStep: zCashStep,
  minorPerPoint: zMinorPerPoint,
  /** How points pay; without it they do not. */
  points: z.exactOptional(z.object({ value: zPointValue, offlineLimit: zPoints })),
  /** Of one code, the most that a till takes before the server has heard of it. Nothing unless given. */
  valueOfflineLimit: z.exactOptional(zAmount),
  gstRegistrationNo: z.nullable(z.string()),
  receiptFooter: z.nullable(z.string()),
  /** Under the name of the shop; may have several lines. */
  receiptHeader: z.exactOptional(z.string()),
  /** Of what customers take home. English unless given. */
  receiptLanguage: z.exactOptional(z.enum(LANGUAGES)),
  scaleLabels: z.exactOptional(zScaleLabels),
  /** A till asks for a shift before it sells. Yes, unless said otherwise. */
  worksByShifts: z.exactOptional(z.boolean()),
  /** A shift is counted before anybody at the till is told what should be there. Yes, unless said otherwise. */
  blindCount: z.exactOptional(z.boolean()),
  /** A drawer that differs by more is closed with a reason only. None unless given: any difference passes. */
  varianceLimit: z.exactOptional(zAmount),
  /** For how long a sale can be voided; unless given, until its business day ends. */
  voidWindowMinutes: z.exactOptional(z.int().min(0).max(1440)),
})

export const zOutletRow = z.object({
  outletId: zUuid,
  code: zCode,
  name: zName,
  address: z.nullable(z.string()),
  phone: z.exactOptional(z.string()),
  timeZone: z.string(),
  dayCutHour: z.int().min(0).max(23),
})

export const zStaffRow = z.object({
  staffId: zUuid,
  name: zName,
  role: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** The most they may ask for a product without a price of its own. */
  mostOpenPrice: z.exactOptional(zPrice),
  /** The most they may take off by a discount. */
  mostDiscountPpm: z.exactOptional(zRatePpm),
  /** What this till checks a PIN against: see pin.ts. */
  pinSalt: z.string(),
  pinVerifier: z.string(),
  ...deleted,
})

export const zTaxCodeRow = z.object({
  taxCodeId: zUuid,
  code: zCode,
  name: zName,
  kind: z.enum(['standard', 'zero', 'exempt']),
  rates: z.array(z.object({ from: zDate, ratePpm: zRatePpm })),
  ...deleted,
})

export const zCategoryRow = z.object({ categoryId: zUuid, name: zName, position: z.int(), ...deleted })

export const zProductRow = z.object({
  productId: zUuid,
  sku: zText(64),
  name: zName,
  categoryId: z.nullable(zUuid),
  taxCodeId: zUuid,
  price: zPrice,
  unit: z.enum(['each', 'kg']),
  barcodes: z.array(z.string()),
  ...productTraits,
  ...deleted,
})

/** One that is deleted was retired; it comes with a snapshot too, for papers that name it. */
export const zPaymentMethodRow = z.object({
  paymentMethodId: zUuid,
  code: zCode,
  name: zName,
  kind: z.enum(METHOD_KINDS),
  position: z.int(),
  /** Whom PayNow pays: a UEN, or a mobile number with its country: see paynow.ts. */
  payNowProxy: z.exactOptional(z.string()),
  /** What becomes of the rest of a code that is worth more than is due. It is kept unless given. */
  rest: z.exactOptional(z.literal('forfeited')),
  ...deleted,
})

export const zTierRow = z.object({
  tierId: zUuid,
  name: zName,
  multiplierPpm: zMultiplierPpm,
  spendFrom: zAmount,
  ...deleted,
})

export const zCustomerRow = z.object({
  customerId: zUuid,
  code: zCode,
  name: zName,
  phone: z.nullable(z.string()),
  /** Of one who wants receipts there. */
  email: z.exactOptional(z.string()),
  tierId: z.nullable(zUuid),
  points: z.int(),
  ...deleted,
})

/** Stock of the till's own outlet as the server counts it, thousandths. May be negative. */
export const zStockRow = z.object({ productId: zUuid, onHand: z.int() })

/** A code and what is on it by the server's count, which may be negative; deleted once nothing is. */
export const zStoredValueRow = z.object({
  code: zValueCode,
  kind: z.enum(VALUE_KINDS),
  balance: z.int(),
  ...deleted,
})

export const zPullResponse = z.object({
  cursor: z.string(),
  snapshot: z.boolean(),
  serverTime: zInstant,
  company: zCompanySettings,
  outlet: zOutletRow,
  till: z.object({ tillId: zUuid, code: zCode, name: zName, state: z.enum(['active', 'revoked']) }),
  /** Of the entries after the place that was asked about, those that these rows contain; by seq. */
  arrived: z.exactOptional(z.array(zUuid).max(MOST_ARRIVED)),
  rows: z.object({
    staff: z.array(zStaffRow),
    taxCode: z.array(zTaxCodeRow),
    category: z.array(zCategoryRow),
    product: z.array(zProductRow),
    paymentMethod: z.array(zPaymentMethodRow),
    tier: z.array(zTierRow),
    promotion: z.array(zPromotionRow),
    customer: z.array(zCustomerRow),
    stock: z.array(zStockRow),
    storedValue: z.array(zStoredValueRow),
    logo: z.array(zLogoRow),
  }),
})

export type CompanySettings = z.infer<typeof zCompanySettings>
export type OutletRow = z.infer<typeof zOutletRow>
export type StaffRow = z.infer<typeof zStaffRow>
export type TaxCodeRow = z.infer<typeof zTaxCodeRow>
export type CategoryRow = z.infer<typeof zCategoryRow>
export type ProductRow = z.infer<typeof zProductRow>
export type PaymentMethodRow = z.infer<typeof zPaymentMethodRow>
export type TierRow = z.infer<typeof zTierRow>
export type CustomerRow = z.infer<typeof zCustomerRow>
export type StoredValueRow = z.infer<typeof zStoredValueRow>
export type StockRow = z.infer<typeof zStockRow>
export type PullResponse = z.infer<typeof zPullResponse>
