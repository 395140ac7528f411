import { z } from 'zod'
import { MAX_LINES } from '../domain/cart.ts'
import type { SaleBody } from '../domain/sale.ts'
import { MAX_REFERENCE, MAX_TENDERS } from '../domain/tender.ts'
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
  zPrice,
  zQuantity,
  zRatePpm,
  zSignedAmount,
  zText,
  zUuid,
  zUuidV7,
} from './scalars.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts'

const zDiscount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), ratePpm: zRatePpm }),
  z.object({ kind: z.literal('amount'), amount: zAmount }),
])

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
})

const zTender = z.object({
  methodCode: zCode,
  kind: z.enum(['cash', 'card', 'nets', 'paynow']),
  amount: zAmount,
  reference: z.exactOptional(zText(MAX_REFERENCE)),
})

/** The body of a `sale` entry: see SaleBody in the domain. */
export const zSaleBody: z.ZodType<SaleBody> = z.object({
  /** `<outlet code>-<till code>-<n>` */
  receiptNo: zText(160).min(1),
  rules: z.object({
    inclusive: z.boolean(),
    rounding: z.enum(['line', 'total']),
    currency: zCurrency,
    cashStep: zCashStep,
    minorPerPoint: zMinorPerPoint,
  }),
  lines: z.array(zSaleLine).min(1).max(MAX_LINES),
  tenders: z.array(zTender).max(MAX_TENDERS),
  gross: zAmount,
  discount: zAmount,
  tax: zAmount,
  net: zAmount,
  rounding: zSignedAmount,
  total: zAmount,
  change: zAmount,
  billDiscount: z.exactOptional(zDiscount),
  customer: z.exactOptional(z.object({ customerId: zUuid, name: zText(200), multiplierPpm: zMultiplierPpm })),
  pointsEarned: z.int().min(0),
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
}

/** One thing that happened at a till. Hashed, stored, sent and kept as its canonical JSON. */
export const zEntry = z.discriminatedUnion('kind', [
  z.object({ ...entryFields, kind: z.literal('sale'), body: zSaleBody }),
])

export type Entry = z.infer<typeof zEntry>
export type SaleEntry = Extract<Entry, { kind: 'sale' }>
