import { z } from 'zod'
import { PERMISSIONS, type Permission } from '../domain/permission.ts'
import { zExceptionType, zStorageKind } from './push.ts'
import { zAmount, zCode, zDate, zInstant, zName, zPrice, zTypedName, zTypedText, zUuid } from './scalars.ts'

/*
 * The head office's API, under /api/office, for a signed-in office user (cookie session of /api/auth).
 * Everything is of the user's own company. Lists answer { rows, nextCursor }: sales and exceptions newest first,
 * products and stock by name.
 *
 *   GET  first-run                       → { needed }                    (open to anyone)
 *   POST first-run        FirstRun       → 201                           (only while no company exists)
 *   GET  session                         → OfficeSession
 *   GET  today?date                      → Today
 *   GET  outlets                         → { rows: OutletOption[] }
 *   GET  sales?q&outletId&from&to&cursor → Page<SaleSummary>
 *   GET  sales/:saleId                   → SaleDetail
 *   GET  stock?outletId&q&cursor         → Page<StockLine>
 *   GET  tills                           → { rows: TillSummary[] }
 *   POST tills            NewTill        → 201 { tillId }
 *   POST tills/:tillId/enrolment-code    → 201 EnrolmentCode
 *   POST tills/:tillId/revoke            → 204
 *   POST tills/rescue?commit             a rescue file as body → RescueReport (see rescue.ts)
 *   GET  exceptions?state&cursor         → Page<ExceptionRow>
 *   POST exceptions/:id/resolve Resolve  → 204
 *   GET  exceptions/:id/held             → { rows: HeldEntry[] }         (the first 100)
 *   POST exceptions/:id/replay           → ReplayReport                  (may be repeated: counts once)
 *   POST exceptions/replay ReplayKind    → ReplayReport                  (all open ones of a type)
 *   GET  audit                           → AuditReport                   (runs it: seconds on a large ledger)
 *   GET  products?q&cursor               → Page<ProductDetail>
 *   GET  products/options                → ProductOptions
 *   GET  products/:productId             → ProductDetail
 *   POST products         ProductEdit    → 201 { productId }
 *   PUT  products/:productId ProductEdit → 204
 *   DELETE products/:productId           → 204                           (tombstone; past sales keep it)
 *   POST products/import?format&commit&outletId   text/csv body → ImportReport
 *                                        (commit=false previews; opening stock goes to outletId)
 */

export const zPage = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), nextCursor: z.nullable(z.string()) })

export const zFirstRun = z.object({
  /** Printed where the server was started: proof that whoever founds the company runs the server. */
  setupCode: zTypedText(64),
  companyName: zTypedName,
  outletName: zTypedName,
  ownerName: zTypedName,
  email: z.email(),
  password: z.string().min(10, 'must have at least 10 characters').max(200),
  /** The owner's PIN at the till. */
  pin: z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits'),
})
export type FirstRun = z.infer<typeof zFirstRun>

export const zOfficeSession = z.object({
  userName: z.string(),
  email: z.string(),
  companyName: z.string(),
  currency: z.string(),
  permissions: z.array(z.enum(PERMISSIONS)),
})
export type OfficeSession = z.infer<typeof zOfficeSession> & { permissions: Permission[] }

export const zOutletOption = z.object({ outletId: zUuid, code: zCode, name: zName, timeZone: z.string() })
export type OutletOption = z.infer<typeof zOutletOption>

export const zToday = z.object({
  /** The business date shown. */
  date: zDate,
  outlets: z.array(
    z.object({
      outletId: zUuid,
      name: zName,
      sales: z.int(),
      total: z.int(),
      tax: z.int(),
      discount: z.int(),
      tenders: z.array(z.object({ methodCode: zCode, amount: z.int() })),
      tills: z.array(
        z.object({
          tillId: zUuid,
          name: zName,
          sales: z.int(),
          total: z.int(),
          waiting: z.nullable(z.int()),
          lastContactAt: z.nullable(zInstant),
        }),
      ),
    }),
  ),
  /** Totals by local hour of the day, all outlets. */
  hours: z.array(z.object({ hour: z.int(), sales: z.int(), total: z.int() })),
  /** The same weekday a week before, for comparison. */
  weekBefore: z.object({ sales: z.int(), total: z.int() }),
  openExceptions: z.int(),
})
export type Today = z.infer<typeof zToday>

export const zSaleSummary = z.object({
  saleId: zUuid,
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

export const zExceptionRow = z.object({
  exceptionId: zUuid,
  type: zExceptionType,
  state: z.enum(['open', 'resolved']),
  raisedAt: zInstant,
  outletName: z.nullable(z.string()),
  tillName: z.nullable(z.string()),
  entryId: z.nullable(zUuid),
  receiptNo: z.nullable(z.string()),
  /** Entries that are kept for it as they came, and do not count until they are replayed. */
  held: z.int(),
  /** What was found against what was expected, by type; plain values ready to show. */
  detail: z.record(z.string(), z.unknown()),
  resolvedAt: z.nullable(zInstant),
  resolvedBy: z.nullable(z.string()),
  note: z.nullable(z.string()),
})
export type ExceptionRow = z.infer<typeof zExceptionRow>

/** A line that is kept as it came, with whatever of it can be made out. */
export const zHeldEntry = z.object({
  quarantineId: zUuid,
  receivedAt: zInstant,
  reason: z.string(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
  /** When it happened, by the till's clock. */
  at: z.nullable(zInstant),
  kind: z.nullable(z.string()),
  receiptNo: z.nullable(z.string()),
  total: z.nullable(z.int()),
  /** The line itself, shortened; bytes that are no text are shown as �. */
  text: z.string(),
})
export type HeldEntry = z.infer<typeof zHeldEntry>

export const zReplayKind = z.object({ type: z.enum(['unreadable', 'id-reused']) })

/** What a second reading of held entries came to. */
export const zReplayReport = z.object({
  /** They count from now on. */
  applied: z.int(),
  /** They had been counted already, under the same id and the same text. */
  duplicate: z.int(),
  /** They are still held. */
  held: z.int(),
  /** Why the first of those is. */
  reason: z.nullable(z.string()),
})
export type ReplayReport = z.infer<typeof zReplayReport>

export const zSaleDetail = z.object({
  ...zSaleSummary.shape,
  receivedAt: zInstant,
  seq: z.int(),
  epoch: z.int(),
  hash: z.string(),
  prev: z.string(),
  gross: z.int(),
  discount: z.int(),
  tax: z.int(),
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
    }),
  ),
  tenders: z.array(z.object({ methodCode: zCode, amount: z.int(), reference: z.nullable(z.string()) })),
  exceptionRows: z.array(zExceptionRow),
})
export type SaleDetail = z.infer<typeof zSaleDetail>

export const zStockLine = z.object({
  productId: zUuid,
  sku: z.string(),
  name: zName,
  categoryName: z.nullable(z.string()),
  outletId: zUuid,
  outletName: zName,
  onHand: z.int(),
})
export type StockLine = z.infer<typeof zStockLine>

export const zTillSummary = z.object({
  tillId: zUuid,
  code: zCode,
  name: zName,
  outletId: zUuid,
  outletName: zName,
  state: z.enum(['waiting-for-enrolment', 'active', 'revoked']),
  lastContactAt: z.nullable(zInstant),
  /** As the till itself reported at its last contact. */
  waiting: z.nullable(z.int()),
  oldestWaitingAt: z.nullable(zInstant),
  clockOffsetMs: z.nullable(z.int()),
  appVersion: z.nullable(z.string()),
  persisted: z.nullable(z.boolean()),
  /** Null from a till that does not say; its `persisted` is all that is known then. */
  storage: z.nullable(zStorageKind),
  /** What is left of the browser's quota. */
  freeBytes: z.nullable(z.int()),
  epoch: z.int(),
  highWater: z.int(),
  /** The highest seq received; above highWater while there is a gap. */
  lastSeq: z.int(),
})
export type TillSummary = z.infer<typeof zTillSummary>

export const zNewTill = z.object({ outletId: zUuid, name: zTypedName })
export const zEnrolmentCode = z.object({ code: z.string(), link: z.string(), expiresAt: zInstant })
export type EnrolmentCode = z.infer<typeof zEnrolmentCode>

export const zResolve = z.object({ note: zTypedText(1000).min(1, 'say what was done') })

export const zProductEdit = z.object({
  sku: zTypedText(64).min(1),
  name: zTypedName,
  categoryId: z.nullable(zUuid),
  taxCodeId: zUuid,
  price: zPrice,
  cost: z.nullable(zPrice),
  unit: z.enum(['each', 'kg']),
  barcodes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,48}$/, 'must be 1 to 48 printable characters'),
    )
    .max(20),
})
export type ProductEdit = z.infer<typeof zProductEdit>
export const zProductDetail = z.object({
  productId: zUuid,
  ...zProductEdit.shape,
  categoryName: z.nullable(z.string()),
  taxCode: zCode,
})
export type ProductDetail = z.infer<typeof zProductDetail>

export const zProductOptions = z.object({
  categories: z.array(z.object({ categoryId: zUuid, name: zName })),
  taxCodes: z.array(z.object({ taxCodeId: zUuid, code: zCode, name: zName })),
})
export type ProductOptions = z.infer<typeof zProductOptions>

/** Which file it is; `auto` goes by the header row. */
export const zImportFormat = z.enum(['auto', 'evertill', 'shopify', 'woocommerce'])

export const zImportReport = z.object({
  format: z.enum(['evertill', 'shopify', 'woocommerce']),
  committed: z.boolean(),
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Bad rows, by their line in the file (the header is line 1). They are left out; the rest is imported. */
  problems: z.array(
    z.object({ line: z.int(), column: z.nullable(z.string()), value: z.string(), reason: z.string() }),
  ),
  /** The first rows as they will be stored. */
  preview: z.array(
    z.object({
      line: z.int(),
      action: z.enum(['create', 'update', 'unchanged']),
      sku: z.string(),
      name: z.string(),
      category: z.nullable(z.string()),
      taxCode: z.string(),
      price: zAmount,
      barcodes: z.array(z.string()),
      openingStock: z.nullable(z.int()),
    }),
  ),
})
export type ImportReport = z.infer<typeof zImportReport>

/** What must always be true of the company's ledger, checked as of one moment. */
export const zAuditReport = z.object({
  ranAt: zInstant,
  differences: z.int(),
  checks: z.array(
    z.object({
      name: z.string(),
      /** The law as a sentence. */
      law: z.string(),
      /** How many rows were looked at, and what they are: 1204 `sales`. */
      covered: z.int(),
      covers: z.string(),
      differences: z.int(),
      /** The first of them, each a sentence, with the sale or till it leads to. */
      shown: z.array(
        z.object({ sentence: z.string(), saleId: z.nullable(zUuid), tillId: z.nullable(zUuid) }),
      ),
    }),
  ),
})
export type AuditReport = z.infer<typeof zAuditReport>
