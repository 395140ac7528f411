import type { Buyer } from './buyer.ts'
import { extend, type Minor, minor, sumMinor, type Thousandths } from './money.ts'
import type { RefundBody, RefundLine } from './refund.ts'
import type { SaleBody } from './sale.ts'
import { quantityAtPrice } from './scale-label.ts'
import type { IssuedValue } from './stored-value.ts'
import { pointsSpent, type TenderKind } from './tender.ts'

/** Who sold what to whom: what stands around the sale on its receipt. */
export interface ReceiptContext {
  readonly companyName: string
  /** Under the name; may have several lines. */
  readonly header?: string
  readonly outletName: string
  readonly address?: string
  readonly phone?: string
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
    readonly unit?: 'kg'
    readonly unitPrice: Minor
    readonly gross: Minor
    readonly discount: Minor
    /** Present where the price was another one. */
    readonly listPrice?: Minor
    readonly note?: string
    /** The gross is a scale label's. */
    readonly labelled?: true
    /** Besides the discount: what promotions gave, by name. */
    readonly promotions?: readonly { readonly name: string; readonly amount: Minor }[]
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
    /** Of a leg in points: how many. */
    readonly points?: number
    readonly kind?: TenderKind
    readonly code?: string
    readonly forfeited?: Minor
    readonly left?: Minor
  }[]
  readonly change: Minor
  /** Codes that were sold; of a void, those that are worth so much less again. */
  readonly issued?: readonly IssuedValue[]
  readonly customerName?: string
  /** Whom it is made out to. */
  readonly buyer?: Buyer
  /** Points that are taken back are negative. */
  readonly pointsEarned: number
  /** After the sale, as far as the till knew. */
  readonly pointsBalance?: number
  /** The paper of the other half of an exchange. */
  readonly exchangeReceiptNo?: string
  /** Present when it is no sale: amounts are then what goes back to the customer. */
  readonly back?: {
    readonly kind: 'refund' | 'void'
    /** None in a blind refund. */
    readonly originalReceiptNo?: string
    readonly reason: string
  }
}

/** Lays a refund or a void out as a receipt: what a line is short of its price is what it had been discounted by. */
export function refundReceiptOf(
  kind: 'refund' | 'void',
  refund: RefundBody,
  context: ReceiptContext,
): Receipt {
  const lines = refund.lines.map((line) => {
    // A share of a line may round to a cent more than its price.
    const priced = minor(Math.max(line.net, extend(line.unitPrice, line.quantity)))
    const gross = wasWeighedByPrice(line) ? line.net : priced
    const { name, quantity, unit, unitPrice, taxCode } = line
    const discount = minor(gross - line.net)
    return { name, quantity, ...(unit && { unit }), unitPrice, gross, discount, taxCode }
  })
  return {
    context,
    receiptNo: refund.receiptNo,
    currency: refund.rules.currency,
    taxInclusive: refund.rules.inclusive,
    lines,
    gross: sumMinor(lines.map((line) => line.gross)),
    billDiscount: minor(0),
    tax: refund.tax,
    taxRows: taxRows(refund),
    rounding: refund.rounding,
    total: refund.total,
    tenders: refund.tenders,
    ...(refund.issued && { issued: refund.issued }),
    change: minor(0),
    ...(refund.customer && { customerName: refund.customer.name }),
    ...(refund.buyer && { buyer: refund.buyer }),
    pointsEarned: refund.pointsTaken === 0 ? 0 : -refund.pointsTaken,
    ...(refund.exchange && { exchangeReceiptNo: refund.exchange.receiptNo }),
    back: {
      kind,
      ...(refund.original && { originalReceiptNo: refund.original.receiptNo }),
      reason: refund.reason,
    },
  }
}

/**
 * Whether its weight is what its net buys, to the gram: so it is of goods whose scale label said a price, and what they
 * are short of weight × price is rounding. A discount of less than a gram is worth cannot be told from it.
 */
const wasWeighedByPrice = ({ unit, unitPrice, of }: RefundLine): boolean =>
  unit === 'kg' && of !== undefined && unitPrice > 0 && of.quantity === quantityAtPrice(of.net, unitPrice)

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
      ...(line.unit && { unit: line.unit }),
      unitPrice: line.unitPrice,
      gross: line.gross,
      discount: line.lineDiscount,
      ...(line.override && { listPrice: line.override.from }),
      ...(line.note !== undefined && { note: line.note }),
      ...(line.labelPrice !== undefined && { labelled: true as const }),
      ...(line.promotions && {
        promotions: line.promotions.map(({ name, amount }) => ({ name, amount })),
      }),
      taxCode: line.taxCode,
    })),
    gross: sale.gross,
    billDiscount: sumMinor(sale.lines.map((line) => line.billShare)),
    tax: sale.tax,
    taxRows: taxRows(sale),
    rounding: sale.rounding,
    total: sale.total,
    tenders: sale.tenders,
    ...(sale.issued && { issued: sale.issued }),
    change: sale.change,
    ...(sale.exchange && { exchangeReceiptNo: sale.exchange.receiptNo }),
    ...(sale.customer && { customerName: sale.customer.name }),
    ...(sale.buyer && { buyer: sale.buyer }),
    pointsEarned: sale.pointsEarned,
    ...(sale.customer?.points !== undefined && {
      pointsBalance: sale.customer.points + sale.pointsEarned - pointsSpent(sale.tenders),
    }),
  }
}

/** Tax by code and rate, in order of first appearance, as IRAS asks of a tax invoice. */
function taxRows(sale: SaleBody | RefundBody): ReceiptTaxRow[] {
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
