import { z } from 'zod'
import { zCode, zDate, zInstant, zName, zUuid } from '../scalars.ts'
import { zExceptionRow } from './exceptions.ts'

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
  /** Put on gift cards and other codes, less what voids took off them. */
  issued: z.int(),
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
