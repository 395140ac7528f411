import { z } from 'zod'
import { zCode, zDate, zInstant, zName, zUuid } from '../scalars.ts'
import { zExceptionRow } from './exceptions.ts'

/** A sale, or what took one back: of the latter every amount and quantity is negative. */
export const zSaleKind = z.enum(['sale', 'refund', 'void'])
export type SaleKind = z.infer<typeof zSaleKind>

export const zSaleSummary = z.object({
  saleId: zUuid,
  kind: zSaleKind,
  /** What it takes back from; null for a sale and for a refund without a receipt. */
  originalSaleId: z.nullable(zUuid),
  /** Null also where that sale has not arrived yet. */
  originalReceiptNo: z.nullable(z.string()),
  receiptNo: z.string(),
  at: zInstant,
  businessDate: zDate,
  outletName: zName,
  tillName: zName,
  staffName: z.nullable(z.string()),
  customerName: z.nullable(z.string()),
  items: z.int(),
  total: z.int(),
  tenderCodes: z.array(zCode),
  exceptions: z.int(),
})
export type SaleSummary = z.infer<typeof zSaleSummary>

export const zSaleDetail = z.object({
  ...zSaleSummary.shape,
  tillId: zUuid,
  receivedAt: zInstant,
  seq: z.int(),
  epoch: z.int(),
  hash: z.string(),
  prev: z.string(),
  gross: z.int(),
  discount: z.int(),
  tax: z.int(),
  /** What was put on gift cards and vouchers: in the total, and in no tax. */
  issued: z.int(),
  rounding: z.int(),
  change: z.int(),
  pointsEarned: z.int(),
  lines: z.array(
    z.object({
      productId: zUuid,
      name: zName,
      sku: z.string(),
      quantity: z.int(),
      unitPrice: z.int(),
      discount: z.int(),
      net: z.int(),
      taxCode: zCode,
      ratePpm: z.int(),
      tax: z.int(),
      /** Of what came back: whether it went on the shelf again. */
      restock: z.nullable(z.boolean()),
    }),
  ),
  tenders: z.array(
    z.object({
      methodCode: zCode,
      amount: z.int(),
      /** What was typed at the till, or the code of stored value. */
      reference: z.nullable(z.string()),
      points: z.nullable(z.int()),
    }),
  ),
  /** Why it was taken back. */
  reason: z.nullable(z.string()),
  /** Whom it is made out to: the last that the till was told of. */
  buyer: z.nullable(
    z.object({
      name: z.string(),
      address: z.string(),
      registrationNo: z.exactOptional(z.string()),
      /** When it was told, where that was after it was written. */
      namedAt: z.nullable(zInstant),
    }),
  ),
  /** The shift it happened in. */
  shiftId: z.nullable(zUuid),
  /** The other half of an exchange: what was taken for what came back. Its sale may not have arrived yet. */
  exchange: z.nullable(
    z.object({ saleId: zUuid, receiptNo: z.string(), amount: z.int(), arrived: z.boolean() }),
  ),
  /** What took something of this sale back, oldest first. */
  takenBack: z.array(
    z.object({ saleId: zUuid, kind: zSaleKind, receiptNo: z.string(), at: zInstant, total: z.int() }),
  ),
  exceptionRows: z.array(zExceptionRow),
})
export type SaleDetail = z.infer<typeof zSaleDetail>
