import { type Minor, minor, sumMinor, type Thousandths } from './money.ts'
import type { SaleBody } from './sale.ts'

/** Who sold what to whom: what stands around the sale on its receipt. */
export interface ReceiptContext {
  readonly companyName: string
  readonly outletName: string
  readonly address?: string
  readonly gstRegistrationNo?: string
  readonly tillName: string
  readonly cashierName: string
  /** Instant of the sale, ISO 8601. */
  readonly at: string
  readonly timeZone: string
  readonly footer?: string
}

export interface ReceiptTaxRow {
  readonly taxCode: string
  readonly ratePpm: number
  /** Amount the tax is on, without the tax. */
  readonly taxable: Minor
  readonly tax: Minor
}

/** A receipt as data: every renderer (screen, browser print, printer, PDF) shows these and nothing else. */
export interface Receipt {
  readonly context: ReceiptContext
  readonly receiptNo: string
  readonly currency: string
  readonly taxInclusive: boolean
  readonly lines: readonly {
    readonly name: string
    readonly quantity: Thousandths
    readonly unitPrice: Minor
    readonly gross: Minor
    readonly discount: Minor
    readonly taxCode: string
  }[]
  readonly gross: Minor
  readonly billDiscount: Minor
  readonly tax: Minor
  readonly taxRows: readonly ReceiptTaxRow[]
  readonly rounding: Minor
  readonly total: Minor
  readonly tenders: readonly {
    readonly methodCode: string
    readonly amount: Minor
    readonly reference?: string
  }[]
  readonly change: Minor
  readonly customerName?: string
  readonly pointsEarned: number
}

/** Lays a sale out as a receipt. */
export function receiptOf(sale: SaleBody, context: ReceiptContext): Receipt {
  return {
    context,
    receiptNo: sale.receiptNo,
    currency: sale.rules.currency,
    taxInclusive: sale.rules.inclusive,
    lines: sale.lines.map((line) => ({
      name: line.name,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      gross: line.gross,
      discount: line.lineDiscount,
      taxCode: line.taxCode,
    })),
    gross: sale.gross,
    billDiscount: sumMinor(sale.lines.map((line) => line.billShare)),
    tax: sale.tax,
    taxRows: taxRows(sale),
    rounding: sale.rounding,
    total: sale.total,
    tenders: sale.tenders.map(({ methodCode, amount, reference }) => ({
      methodCode,
      amount,
      ...(reference !== undefined && { reference }),
    })),
    change: sale.change,
    ...(sale.customer && { customerName: sale.customer.name }),
    pointsEarned: sale.pointsEarned,
  }
}

/** Tax by code and rate, in order of first appearance, as IRAS asks of a tax invoice. */
function taxRows(sale: SaleBody): ReceiptTaxRow[] {
  const rows = new Map<string, ReceiptTaxRow>()
  for (const line of sale.lines) {
    const key = `${line.taxCode} ${line.ratePpm}`
    const row = rows.get(key) ?? {
      taxCode: line.taxCode,
      ratePpm: line.ratePpm,
      taxable: minor(0),
      tax: minor(0),
    }
    const taxable = sale.rules.inclusive ? line.net - line.tax : line.net
    rows.set(key, { ...row, taxable: minor(row.taxable + taxable), tax: minor(row.tax + line.tax) })
  }
  return [...rows.values()]
}
