import type { CartCustomer } from './cart.ts'
import type { Minor, Ppm, Thousandths } from './money.ts'
import type { SaleRules } from './sale.ts'
import type { TaxKind } from './tax.ts'
import type { Tender } from './tender.ts'

/** Goods that came back. All amounts are what goes back to the customer: not negative. */
export interface RefundLine {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly quantity: Thousandths
  readonly unitPrice: Minor
  /** Share of what the line cost after discounts. */
  readonly net: Minor
  readonly taxCode: string
  readonly taxKind: TaxKind
  readonly ratePpm: Ppm
  readonly tax: Minor
  /** Position of the line in the original sale, from 1. None in a blind refund. */
  readonly lineNo?: number
  /** Goes back on the shelf; otherwise it is written off and moves no stock. */
  readonly restock: boolean
}

/**
 * The body of a `refund` entry, and of a `void`: the whole of a sale taken back, with all lines restocked.
 * Everything needed to check it stands in it.
 */
export interface RefundBody {
  /** Of this paper itself; numbered with the sales. */
  readonly receiptNo: string
  /** The sale it takes back from. None in a blind refund. */
  readonly original?: { readonly saleId: string; readonly receiptNo: string }
  readonly rules: SaleRules
  readonly lines: readonly RefundLine[]
  /** What was paid back, and how. */
  readonly tenders: readonly Tender[]
  readonly tax: Minor
  /** Owed to the customer before cash rounding: Σ line net, and Σ line tax where prices are without tax. */
  readonly net: Minor
  readonly rounding: Minor
  /** net + rounding = Σ tenders. */
  readonly total: Minor
  readonly customer?: CartCustomer
  /** Points that the sale had earned and the customer loses again. */
  readonly pointsTaken: number
  readonly reason: string
}
