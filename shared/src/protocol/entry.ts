import { z } from 'zod'
import { MAX_LINES, MAX_NOTE, MAX_PRICE_REASON, MAX_QUANTITY } from '../domain/cart.ts'
import { MOST_MONEY, type Thousandths } from '../domain/money.ts'
import { PERMISSIONS } from '../domain/permission.ts'
import { MOST_POINTS } from '../domain/points.ts'
import { MAX_PROMOTIONS } from '../domain/promotion.ts'
import type { RefundBody } from '../domain/refund.ts'
import type { SaleBody } from '../domain/sale.ts'
import type { CashMovedBody, ShiftClosedBody, ShiftOpenedBody } from '../domain/shift.ts'
import type { ShiftDetails } from '../domain/shift-report.ts'
import { MAX_ISSUED, VALUE_KINDS } from '../domain/stored-value.ts'
import { MAX_REFERENCE, MAX_TENDERS, TENDER_KINDS } from '../domain/tender.ts'
import { zBuyer, zBuyerNamedBody } from './buyer.ts'
import { zReceiptEmailedBody } from './receipt-email.ts'
import {
  zAmount,
  zCashStep,
  zClockOffsetMs,
  zCode,
  zCurrency,
  zDate,
  zHash,
  zInstant,
  zMinorPerPoint,
  zMultiplierPpm,
  zName,
  zPoints,
  zPointValue,
  zPrice,
  zQuantity,
  zRatePpm,
  zSignedAmount,
  zText,
  zUuid,
  zUuidV7,
  zValueCode,
} from './scalars.ts'
import { zSeller } from './seller.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts'

const zDiscount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), ratePpm: zRatePpm }),
  z.object({ kind: z.literal('amount'), amount: zAmount }),
])

const zGivenPromotion = z.object({
  promotionId: zUuid,
  name: zName,
  amount: zAmount,
  noBillDiscount: z.exactOptional(z.literal(true)),
})

const zSaleLine = z.object({
  productId: zUuid,
  sku: zText(64),
  name: zName,
  quantity: zQuantity,
  unitPrice: zPrice,
  gross: zAmount,
  lineDiscount: zAmount,
  billShare: zAmount,
  net: zAmount,
  taxCode: zCode,
  taxKind: z.enum(['standard', 'zero', 'exempt']),
  ratePpm: zRatePpm,
  tax: zAmount,
  discount: z.exactOptional(zDiscount),
  override: z.exactOptional(z.object({ from: zPrice, reason: zText(MAX_PRICE_REASON).min(1) })),
  note: z.exactOptional(zText(MAX_NOTE).min(1)),
  labelPrice: z.exactOptional(zAmount),
  unit: z.exactOptional(z.literal('kg')),
  promotions: z.exactOptional(z.array(zGivenPromotion).min(1).max(MAX_PROMOTIONS)),
})

const zTender = z.object({
  methodCode: zCode,
  kind: z.enum(TENDER_KINDS),
  amount: zAmount,
  reference: z.exactOptional(zText(MAX_REFERENCE)),
  points: z.exactOptional(zPoints),
  code: z.exactOptional(zValueCode),
  forfeited: z.exactOptional(zAmount),
  left: z.exactOptional(zAmount),
})

const zIssued = z
  .array(z.object({ code: zValueCode, kind: z.enum(VALUE_KINDS), methodCode: zCode, amount: zAmount }))
  .min(1)
  .max(MAX_ISSUED)

const zRules = z.object({
  inclusive: z.boolean(),
  rounding: z.enum(['line', 'total']),
  currency: zCurrency,
  cashStep: zCashStep,
  minorPerPoint: zMinorPerPoint,
  pointValue: z.exactOptional(zPointValue),
})
/** `<outlet code>-<till code>-<n>` */
const zReceiptNo = zText(160).min(1)
const zCustomer = z.object({
  customerId: zUuid,
  name: zText(200),
  multiplierPpm: zMultiplierPpm,
  points: z.exactOptional(z.int().min(-MOST_POINTS).max(MOST_POINTS)),
})
const zReason = zText(500).min(1)
const zExchanged = z.object({
  entryId: zUuidV7,
  receiptNo: zReceiptNo,
  amount: zAmount,
  from: z.exactOptional(z.array(zTender).min(1).max(MAX_TENDERS)),
})

/** The body of a `sale` entry: see SaleBody in the domain. */
export const zSaleBody: z.ZodType<SaleBody> = z.object({
  receiptNo: zReceiptNo,
  rules: zRules,
  /** None where codes alone were sold. */
  lines: z.array(zSaleLine).max(MAX_LINES),
  tenders: z.array(zTender).max(MAX_TENDERS),
  gross: zAmount,
  discount: zAmount,
  tax: zAmount,
  net: zAmount,
  rounding: zSignedAmount,
  total: zAmount,
  change: zAmount,
  billDiscount: z.exactOptional(zDiscount),
  customer: z.exactOptional(zCustomer),
  buyer: z.exactOptional(zBuyer),
  pointsEarned: z.int().min(0),
  issued: z.exactOptional(zIssued),
  exchange: z.exactOptional(zExchanged),
  seller: z.exactOptional(zSeller),
})

/** The body of a `refund` or `void` entry: see RefundBody in the domain. */
export const zRefundBody: z.ZodType<RefundBody> = z.object({
  receiptNo: zReceiptNo,
  original: z.exactOptional(
    z.object({
      saleId: zUuidV7,
      receiptNo: zReceiptNo,
      net: zAmount,
      pointsEarned: z.int().min(0),
      returned: zAmount,
    }),
  ),
  rules: zRules,
  lines: z
    .array(
      z.object({
        productId: zUuid,
        sku: zText(64),
        name: zName,
        quantity: zQuantity,
        unitPrice: zPrice,
        net: zAmount,
        taxCode: zCode,
        taxKind: z.enum(['standard', 'zero', 'exempt']),
        ratePpm: zRatePpm,
        tax: zAmount,
        unit: z.exactOptional(z.literal('kg')),
        lineNo: z.exactOptional(z.int().min(1).max(MAX_LINES)),
        of: z.exactOptional(
          z.object({
            quantity: zQuantity,
            net: zAmount,
            tax: zAmount,
            returned: z.int().min(0).max(MAX_QUANTITY) as unknown as z.ZodType<Thousandths>,
          }),
        ),
        restock: z.boolean(),
      }),
    )
    .max(MAX_LINES),
  tenders: z.array(zTender).max(MAX_TENDERS),
  tax: zAmount,
  net: zAmount,
  rounding: zSignedAmount,
  total: zAmount,
  customer: z.exactOptional(zCustomer),
  buyer: z.exactOptional(zBuyer),
  pointsTaken: z.int().min(0),
  reason: zReason,
  issued: z.exactOptional(zIssued),
  exchange: z.exactOptional(zExchanged),
  seller: z.exactOptional(zSeller),
})

const zCashCounts = z.array(z.object({ denomination: zAmount, count: z.int().min(0).max(1_000_000) })).max(50)

export const zShiftOpenedBody: z.ZodType<ShiftOpenedBody> = z.object({
  float: zAmount,
  counts: z.exactOptional(zCashCounts),
})

const zCountAndTotal = z.object({ count: z.int().min(0), total: zAmount })

/** The most cashiers, and the most tax rates, that a Z report tells apart. */
const MOST_ROWS = 1000

const zShiftDetails: z.ZodType<ShiftDetails> = z.object({
  voids: zCountAndTotal,
  discounts: zAmount,
  rounding: zSignedAmount,
  issued: zSignedAmount,
  taxes: z
    .array(z.object({ taxCode: zCode, ratePpm: zRatePpm, taxable: zSignedAmount, tax: zSignedAmount }))
    .max(MOST_ROWS),
  staff: z.array(z.object({ staffId: zUuid, sales: zCountAndTotal, refunds: zCountAndTotal })).max(MOST_ROWS),
  movedIn: zCountAndTotal,
  movedOut: zCountAndTotal,
  noSales: z.int().min(0),
})

export const zShiftClosedBody: z.ZodType<ShiftClosedBody> = z.object({
  sales: zCountAndTotal,
  refunds: zCountAndTotal,
  tenders: z
    .array(
      z.object({
        methodCode: zCode,
        kind: zTender.shape.kind,
        expected: zSignedAmount,
        counted: z.exactOptional(zSignedAmount),
      }),
    )
    .max(100),
  counts: z.exactOptional(zCashCounts),
  note: z.exactOptional(zText(500)),
  zNo: z.exactOptional(z.int().min(1)),
  details: z.exactOptional(zShiftDetails),
  earlierCounts: z.exactOptional(z.array(zSignedAmount).max(20)),
})

export const zCashMovedBody: z.ZodType<CashMovedBody> = z.object({
  direction: z.enum(['in', 'out']),
  amount: zAmount,
  reason: zReason,
})

export const zCustomerRegisteredBody = z.object({
  customerId: zUuidV7,
  /** Unique within the company as far as the till can know. */
  code: zCode,
  name: zName,
  phone: z.exactOptional(zText(40)),
  email: z.exactOptional(zText(254)),
})

export const zDrawerOpenedBody = z.object({ reason: zReason })

/** A manager let something pass, with a PIN, on the spot. */
export const zOverrideGivenBody = z.object({
  permission: z.enum(PERMISSIONS),
  approvedBy: zUuid,
  /** What it was given for, in words. */
  about: zText(500),
})

/** Goods counted on the shelf. What moves is counted − expected, so that it holds in any order with sales. */
export const zStockCountedBody = z.object({
  lines: z
    .array(
      z.object({
        productId: zUuid,
        /** Thousandths, as the till believed when it was counted. May be negative. */
        expected: z.int().min(-MOST_MONEY).max(MOST_MONEY),
        counted: z.int().min(0).max(MOST_MONEY),
      }),
    )
    .min(1)
    .max(MAX_LINES),
  note: z.exactOptional(zText(500)),
})

const entryFields = {
  /** Protocol version the till spoke when it wrote the entry. */
  v: z.int().min(OLDEST_PROTOCOL_VERSION).max(PROTOCOL_VERSION),
  id: zUuidV7,
  tillId: zUuid,
  outletId: zUuid,
  epoch: z.int().min(1).max(1_000_000),
  /** Gapless from 1 within the till's epoch. */
  seq: z.int().min(1),
  /** The till's own clock; add `clockOffsetMs` for the server's. */
  at: zInstant,
  clockOffsetMs: zClockOffsetMs,
  businessDate: zDate,
  staffId: zUuid,
  /** Hash of the entry before it in this epoch; GENESIS for the first. */
  prev: zHash,
  /** The id of the `shift-opened` entry of the shift it happened in. */
  shiftId: z.exactOptional(zUuidV7),
}

/** What is handed over with a number on it. */
const zPapers = [
  z.object({ ...entryFields, kind: z.literal('sale'), body: zSaleBody }),
  z.object({ ...entryFields, kind: z.literal('refund'), body: zRefundBody }),
  z.object({ ...entryFields, kind: z.literal('void'), body: zRefundBody }),
] as const

export const zPaperEntry = z.discriminatedUnion('kind', zPapers)

/** One thing that happened at a till. Hashed, stored, sent and kept as its canonical JSON. */
export const zEntry = z.discriminatedUnion('kind', [
  ...zPapers,
  z.object({ ...entryFields, kind: z.literal('shift-opened'), body: zShiftOpenedBody }),
  z.object({ ...entryFields, kind: z.literal('shift-closed'), body: zShiftClosedBody }),
  z.object({ ...entryFields, kind: z.literal('cash-moved'), body: zCashMovedBody }),
  z.object({ ...entryFields, kind: z.literal('customer-registered'), body: zCustomerRegisteredBody }),
  z.object({ ...entryFields, kind: z.literal('drawer-opened'), body: zDrawerOpenedBody }),
  z.object({ ...entryFields, kind: z.literal('override-given'), body: zOverrideGivenBody }),
  z.object({ ...entryFields, kind: z.literal('stock-counted'), body: zStockCountedBody }),
  z.object({ ...entryFields, kind: z.literal('receipt-emailed'), body: zReceiptEmailedBody }),
  z.object({ ...entryFields, kind: z.literal('buyer-named'), body: zBuyerNamedBody }),
])

export type Entry = z.infer<typeof zEntry>
export type EntryKind = Entry['kind']
export type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>
export type SaleEntry = EntryOf<'sale'>
