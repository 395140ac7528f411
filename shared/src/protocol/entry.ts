import { z } from 'zod'
import {
  zAmount,
  zCode,
  zDate,
  zHash,
  zInstant,
  zMultiplierPpm,
  zName,
  zPrice,
  zQuantity,
  zRatePpm,
  zSignedAmount,
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
  sku: z.string().max(64),
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
  reference: z.exactOptional(z.string().max(64)),
})

/** The body of a `sale` entry: see SaleBody in the domain. */
export const zSaleBody = z.object({
  receiptNo: z.string().min(1).max(40),
  rules: z.object({
    inclusive: z.boolean(),
    rounding: z.enum(['line', 'total']),
    currency: z.string().length(3),
    cashStep: z.int().min(1).max(1000),
    minorPerPoint: z.int().min(0),
  }),
  lines: z.array(zSaleLine).min(1).max(500),
  tenders: z.array(zTender).max(20),
  gross: zAmount,
  discount: zAmount,
  tax: zAmount,
  net: zAmount,
  rounding: zSignedAmount,
  total: zAmount,
  change: zAmount,
  billDiscount: z.exactOptional(zDiscount),
  customer: z.exactOptional(
    z.object({ customerId: zUuid, name: z.string().max(200), multiplierPpm: zMultiplierPpm }),
  ),
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
  clockOffsetMs: z.int(),
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
