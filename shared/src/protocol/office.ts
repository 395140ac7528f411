import { z } from 'zod'
import { PERMISSIONS, type Permission } from '../domain/permission.ts'
import type { EntryKind } from './entry.ts'
import { typedProductTraits } from './product-traits.ts'
import { zExceptionType, zStorageKind } from './push.ts'
import { zAmount, zCode, zDate, zInstant, zName, zPrice, zTypedName, zTypedText, zUuid } from './scalars.ts'
import { zScaleLabels } from './scale-label.ts'

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
 *   GET  sales?q&kind&outletId&from&to&cursor → Page<SaleSummary>          (refunds and voids among them)
 *   GET  sales/:saleId                   → SaleDetail
 *   GET  shifts?outletId&tillId&from&to&cursor → Page<ShiftSummary>        (the newest first)
 *   GET  shifts/:shiftId                 → ShiftDetail
 *   GET  shifts/:shiftId/entries?kind&cursor → Page<JournalEntry>          (the newest first)
 *   GET  stock?outletId&q&cursor         → Page<StockLine>
 *   GET  tills                           → { rows: TillSummary[] }
 *   POST tills            NewTill        → 201 { tillId }
 *   POST tills/:tillId/enrolment-code    → 201 EnrolmentCode
 *   POST tills/:tillId/revoke            → 204
 *   GET  tills/:tillId/entries?kind&cursor → Page<JournalEntry>            (the newest first)
 *   POST tills/rescue?commit             a rescue file as body → RescueReport (see rescue.ts)
 *   GET  exceptions?state&cursor         → Page<ExceptionRow>
 *   POST exceptions/:id/resolve Resolve  → 204
 *   GET  exceptions/:id/held             → HeldEntries                   (the first 100, and what all come to)
 *   POST exceptions/:id/replay?past      → ReplayReport                  (may be repeated: counts once; with `past`
 *                                        only the next few hundred, past so many that stay held)
 *   POST exceptions/replay ReplayKind    → ReplayReport                  (all open ones of a type)
 *   GET  audit                           → AuditReport                   (runs it: seconds on a large ledger)
 *   GET  products?q&cursor               → Page<ProductDetail>
 *   GET  products/options                → ProductOptions
 *   GET  products/settings               → ProductSettings
 *   PUT  products/settings ProductSettings → 204
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

/** `sales` counts sales alone; `refunds` counts refunds and voids, whose amounts are taken off every total. */
export const zToday = z.object({
  /** The business date shown. */
  date: zDate,
  outlets: z.array(
    z.object({
      outletId: zUuid,
      name: zName,
      sales: z.int(),
      refunds: z.int(),
      total: z.int(),
      tax: z.int(),
      discount: z.int(),
      tenders: z.array(z.object({ methodCode: zCode, amount: z.int() })),
      tills: z.array(
        z.object({
          tillId: zUuid,
          name: zName,
          sales: z.int(),
          refunds: z.int(),
          total: z.int(),
          waiting: z.nullable(z.int()),
          lastContactAt: z.nullable(zInstant),
          /** Entries are missing between those that have arrived, and nobody has settled it. */
          gap: z.boolean(),
        }),
      ),
    }),
  ),
  /** Totals by local hour of the day, all outlets. */
  hours: z.array(z.object({ hour: z.int(), sales: z.int(), refunds: z.int(), total: z.int() })),
  /** The same weekday a week before, for comparison. */
  weekBefore: z.object({ sales: z.int(), total: z.int() }),
  openExceptions: z.int(),
})
export type Today = z.infer<typeof zToday>

export const ENTRY_KINDS = [
  'sale',
  'refund',
  'void',
  'shift-opened',
  'shift-closed',
  'cash-moved',
  'customer-registered',
  'drawer-opened',
  'override-given',
  'stock-counted',
] as const satisfies readonly EntryKind[]
export const zEntryKind = z.enum(ENTRY_KINDS)

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

export const zExceptionRow = z.object({
  exceptionId: zUuid,
  type: zExceptionType,
  state: z.enum(['open', 'resolved']),
  raisedAt: zInstant,
  outletName: z.nullable(z.string()),
  tillId: z.nullable(zUuid),
  tillName: z.nullable(z.string()),
  entryId: z.nullable(zUuid),
  /** What kind of entry `entryId` is, where it is in the ledger. */
  entryKind: z.nullable(zEntryKind),
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
  /** The entry's own id. Of one whose id was taken, the entry that has it is in the ledger. */
  entryId: z.nullable(zUuid),
  receiptNo: z.nullable(z.string()),
  /** Negative for a refund or a void. */
  total: z.nullable(z.int()),
  /** The line itself, shortened; bytes that are no text are shown as �. */
  text: z.string(),
})
export type HeldEntry = z.infer<typeof zHeldEntry>

/** The first of what is held, and what all of it comes to. Nothing of it was checked. */
export const zHeldEntries = z.object({
  rows: z.array(zHeldEntry),
  all: z.object({
    entries: z.int(),
    sales: z.int(),
    /** Refunds and voids. */
    refunds: z.int(),
    /** Sales less refunds. */
    amount: z.int(),
    /** Lines of no kind that is known here, and sales and refunds without an amount. */
    unclear: z.int(),
  }),
})
export type HeldEntries = z.infer<typeof zHeldEntries>

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
  /** Not looked at yet: asked for in parts, there is another part to ask for. */
  left: z.int(),
})
export type ReplayReport = z.infer<typeof zReplayReport>

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
  /** The shift it happened in. */
  shiftId: z.nullable(zUuid),
  /** What took something of this sale back, oldest first. */
  takenBack: z.array(
    z.object({ saleId: zUuid, kind: zSaleKind, receiptNo: z.string(), at: zInstant, total: z.int() }),
  ),
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

/** One thing that happened at a till, as its journal has it. */
export const zJournalEntry = z.object({
  entryId: zUuid,
  epoch: z.int(),
  seq: z.int(),
  kind: zEntryKind,
  at: zInstant,
  receivedAt: zInstant,
  staffName: z.nullable(z.string()),
  shiftId: z.nullable(zUuid),
  receiptNo: z.nullable(z.string()),
  /** What a sale took or a refund gave back, cash put in or taken out, a float, or cash counted at the close. */
  amount: z.nullable(z.int()),
  /** The reason given, what was let pass, or who was registered. */
  about: z.nullable(z.string()),
  /** Who let it pass. */
  approvedBy: z.nullable(z.string()),
  /** How many products were counted. */
  counted: z.nullable(z.int()),
})
export type JournalEntry = z.infer<typeof zJournalEntry>

export const zShiftSummary = z.object({
  shiftId: zUuid,
  tillId: zUuid,
  tillName: zName,
  outletName: zName,
  /**
   * `provisional`: closed, but entries of before the close have not arrived. Its expected cash is the till's own
   * figure then; once it is `closed` it is reckoned from the ledger.
   */
  state: z.enum(['open', 'provisional', 'closed']),
  /** Null while the entry that opened it has not arrived. */
  businessDate: z.nullable(zDate),
  openedAt: z.nullable(zInstant),
  openedBy: z.nullable(z.string()),
  closedAt: z.nullable(zInstant),
  closedBy: z.nullable(z.string()),
  /** As the ledger has them. */
  sales: z.int(),
  salesTotal: z.int(),
  refunds: z.int(),
  /** What was paid back: not negative. */
  refundsTotal: z.int(),
  /** Cash that should be, or should have been, in the drawer. */
  expected: z.int(),
  /** Null while the shift is open, and where nobody counted. */
  counted: z.nullable(z.int()),
  /** Counted less expected: negative when it is short. */
  difference: z.nullable(z.int()),
  /** Open ones. */
  exceptions: z.int(),
})
export type ShiftSummary = z.infer<typeof zShiftSummary>

const zFigure = z.object({ count: z.int(), total: z.int() })

/** What a Z report tells besides the takings by method. */
export const zShiftFigures = z.object({
  sales: zFigure,
  /** With voids; what was paid back: not negative. */
  refunds: zFigure,
  voids: zFigure,
  discounts: z.int(),
  rounding: z.int(),
  /** Sales less refunds. */
  taxes: z.array(z.object({ taxCode: zCode, ratePpm: z.int(), taxable: z.int(), tax: z.int() })),
  staff: z.array(
    z.object({ staffId: zUuid, name: z.nullable(z.string()), sales: zFigure, refunds: zFigure }),
  ),
  movedIn: zFigure,
  movedOut: zFigure,
  /** How often the drawer was opened without a sale. */
  noSales: z.int(),
})
export type ShiftFigures = z.infer<typeof zShiftFigures>

const zCounts = z.nullable(z.array(z.object({ denomination: z.int(), count: z.int() })))

export const zShiftDetail = z.object({
  ...zShiftSummary.shape,
  /** Entries of before the close that have not arrived. */
  missing: z.int(),
  float: z.nullable(z.int()),
  /** Put into the drawer less taken out. */
  cashMoved: z.int(),
  /** What the cashier noted at the close. */
  note: z.nullable(z.string()),
  /** The number of its Z report, gapless on each till; null while it is open, and of shifts closed by an old app. */
  zNo: z.nullable(z.int()),
  /** The report as the till printed it at the close. */
  atClose: z.nullable(zShiftFigures),
  /** The same by the ledger, with everything that has arrived up to now. */
  byLedger: zShiftFigures,
  /** Entries that arrived after the close was whole, or that the till forgot, made the two differ. */
  restated: z.boolean(),
  /** Notes and coins, where they were counted: at the opening and at the close. */
  floatCounts: zCounts,
  counts: zCounts,
  /** Cash as counted before the last count, the oldest first. */
  earlierCounts: z.array(z.int()),
  /** By method, cash first; the float and what was moved are in the cash. */
  tenders: z.array(
    z.object({
      methodCode: zCode,
      kind: z.string(),
      /** By the ledger. */
      expected: z.int(),
      /** By the till's own books at the close. */
      tillExpected: z.nullable(z.int()),
      counted: z.nullable(z.int()),
    }),
  ),
  exceptionRows: z.array(zExceptionRow),
})
export type ShiftDetail = z.infer<typeof zShiftDetail>

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
  ...typedProductTraits,
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

/** What of the shop tills need to know to sell goods that are not one at their price. */
export const zProductSettings = z.object({
  scaleLabels: zScaleLabels,
  /** The most a role may ask for a product without a price of its own; null is any price. */
  openPriceLimits: z.array(z.object({ roleId: zUuid, role: z.string(), most: z.nullable(zPrice) })).max(100),
})
export type ProductSettings = z.infer<typeof zProductSettings>

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
