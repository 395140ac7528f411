import { type Minor, minor } from './money.ts'
import type { ReceiptTaxRow } from './receipt.ts'
import type { RefundBody } from './refund.ts'
import type { SaleBody } from './sale.ts'
import {
  type CashCount,
  type CountAndTotal,
  expectedTenders,
  type ShiftClosedBody,
  type ShiftEvent,
  type ShiftTotals,
  varianceOf,
} from './shift.ts'
import { issuedTotal } from './stored-value.ts'
import type { TenderKind } from './tender.ts'

/** What one cashier did in a shift. */
export interface StaffFigures {
  readonly staffId: string
  readonly sales: CountAndTotal
  /** With voids. The total is what went back: not negative. */
  readonly refunds: CountAndTotal
}

/** What a report tells besides the totals by method. All amounts are of the whole shift. */
export interface ShiftDetails {
  /** Of the refunds: those that took a whole sale back. */
  readonly voids: CountAndTotal
  /** What sales were discounted by, promotions included. */
  readonly discounts: Minor
  /** What cash rounding added (+) or took off (−), sales and refunds. */
  readonly rounding: Minor
  /** Put on gift cards and other codes, less what voids took off them: money that is taken and not earned yet. */
  readonly issued: Minor
  /** Sales less refunds, by code and rate, in the order of both. */
  readonly taxes: readonly ReceiptTaxRow[]
  /** In the order of the ids. */
  readonly staff: readonly StaffFigures[]
  readonly movedIn: CountAndTotal
  readonly movedOut: CountAndTotal
  /** How often the drawer was opened without a sale. */
  readonly noSales: number
}

/** An entry of a shift as a report sees it. */
export type ReportedEntry = { readonly staffId: string } & (ShiftEvent | { readonly kind: 'drawer-opened' })

const NOTHING: CountAndTotal = { count: 0, total: minor(0) }
const plus = ({ count, total }: CountAndTotal, amount: number): CountAndTotal => ({
  count: count + 1,
  total: minor(total + amount),
})

/** What the entries of a shift add up to. Their order does not matter. */
export function shiftDetails(entries: Iterable<ReportedEntry>): ShiftDetails {
  const taxes = new Map<string, ReceiptTaxRow>()
  const staff = new Map<string, StaffFigures>()
  let [voids, movedIn, movedOut] = [NOTHING, NOTHING, NOTHING]
  let [discounts, rounding, issued, noSales] = [0, 0, 0, 0]
  for (const entry of entries) {
    const person = staff.get(entry.staffId) ?? { staffId: entry.staffId, sales: NOTHING, refunds: NOTHING }
    switch (entry.kind) {
      case 'sale':
        discounts += entry.body.discount
        rounding += entry.body.rounding
        issued += issuedTotal(entry.body.issued)
        addTaxes(taxes, entry.body, 1)
        staff.set(entry.staffId, { ...person, sales: plus(person.sales, entry.body.total) })
        break
      case 'refund':
      case 'void':
        rounding -= entry.body.rounding
        issued -= issuedTotal(entry.body.issued)
        addTaxes(taxes, entry.body, -1)
        staff.set(entry.staffId, { ...person, refunds: plus(person.refunds, entry.body.total) })
        if (entry.kind === 'void') voids = plus(voids, entry.body.total)
        break
      case 'cash-moved':
        if (entry.body.direction === 'in') movedIn = plus(movedIn, entry.body.amount)
        else movedOut = plus(movedOut, entry.body.amount)
        break
      case 'drawer-opened':
        noSales += 1
    }
  }
  return {
    voids,
    discounts: minor(discounts),
    rounding: minor(rounding),
    issued: minor(issued),
    taxes: [...taxes.values()].sort((a, b) => ascending(a.taxCode, b.taxCode) || a.ratePpm - b.ratePpm),
    staff: [...staff.values()].sort((a, b) => ascending(a.staffId, b.staffId)),
    movedIn,
    movedOut,
    noSales,
  }
}

const ascending = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function addTaxes(taxes: Map<string, ReceiptTaxRow>, { lines, rules }: SaleBody | RefundBody, sign: 1 | -1) {
  for (const { taxCode, ratePpm, net, tax } of lines) {
    const key = `${taxCode} ${ratePpm}`
    const row = taxes.get(key) ?? { taxCode, ratePpm, taxable: minor(0), tax: minor(0) }
    taxes.set(key, {
      ...row,
      taxable: minor(row.taxable + sign * (rules.inclusive ? net - tax : net)),
      tax: minor(row.tax + sign * tax),
    })
  }
}

/** Who reports on what: what stands around the figures. */
export interface ShiftReportContext {
  readonly companyName: string
  readonly outletName: string
  readonly gstRegistrationNo?: string
  readonly tillName: string
  readonly currency: string
  readonly timeZone: string
  /** Instants, ISO 8601, and names. */
  readonly openedAt: string
  readonly openedBy: string
  /** Of an X report: when it was asked for, and by whom. */
  readonly at: string
  readonly by: string
  /** Entries of the till that had not reached head office: with any, the report is provisional. */
  readonly waiting: number
  readonly nameOfStaff: (staffId: string) => string
  readonly nameOfMethod: (methodCode: string) => string
}

/** An X or a Z report as data: every renderer (screen, browser print, printer) shows these and nothing else. */
export interface ShiftReport
  extends Omit<ShiftReportContext, 'nameOfStaff' | 'nameOfMethod'>,
    Omit<ShiftDetails, 'staff'> {
  /** X: where an open shift stands. Z: how it was closed. */
  readonly kind: 'X' | 'Z'
  /** Of a Z report: gapless from 1 on each till. */
  readonly zNo?: number
  readonly sales: CountAndTotal
  /** With voids. */
  readonly refunds: CountAndTotal
  readonly float: Minor
  /** By method, cash first; the float and what was moved are in the cash. Legs of exchanges cancel out and are left out. */
  readonly tenders: readonly {
    readonly methodCode: string
    readonly name: string
    readonly kind: TenderKind
    readonly expected: Minor
    readonly counted?: Minor
    /** Counted less expected. */
    readonly variance?: Minor
  }[]
  readonly staff: readonly (StaffFigures & { readonly name: string })[]
  readonly counts?: readonly CashCount[]
  readonly note?: string
}

/** Where a shift stands. @param cashMethod as for `expectedTenders` */
export function xReportOf(
  totals: ShiftTotals,
  details: ShiftDetails,
  cashMethod: string,
  context: ShiftReportContext,
): ShiftReport {
  const { sales, refunds, float } = totals
  const tenders = expectedTenders(totals, cashMethod)
  return report('X', { sales, refunds, tenders }, float, details, context)
}

/** How a shift was closed. */
export const zReportOf = (
  closed: ShiftClosedBody,
  float: Minor,
  details: ShiftDetails,
  context: ShiftReportContext,
): ShiftReport => report('Z', closed, float, details, context)

function report(
  kind: 'X' | 'Z',
  closed: ShiftClosedBody,
  float: Minor,
  details: ShiftDetails,
  { nameOfStaff, nameOfMethod, ...context }: ShiftReportContext,
): ShiftReport {
  const { zNo, sales, refunds, counts, note } = closed
  return {
    ...context,
    ...details,
    kind,
    ...(zNo !== undefined && { zNo }),
    sales,
    refunds,
    float,
    tenders: closed.tenders
      .filter((tender) => tender.kind !== 'exchange')
      .map((tender) => {
        const { methodCode, counted } = tender
        const variance = varianceOf(tender)
        return {
          methodCode,
          name: nameOfMethod(methodCode),
          kind: tender.kind,
          expected: tender.expected,
          ...(counted !== undefined && { counted }),
          ...(variance !== undefined && { variance }),
        }
      }),
    staff: details.staff.map((figures) => ({ ...figures, name: nameOfStaff(figures.staffId) })),
    ...(counts && { counts }),
    ...(note !== undefined && { note }),
  }
}
