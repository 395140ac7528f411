import type { Buyer } from './buyer.ts'
import { type CartCustomer, type CartProduct, MAX_LINES } from './cart.ts'
import type { Exchanged } from './exchange.ts'
import {
  extend,
  type Minor,
  MOST_MONEY,
  minor,
  type Ppm,
  sumMinor,
  type Thousandths,
  thousandths,
} from './money.ts'
import { leftOf, owed, pointsTaken, returnedBefore, shareOfNow, sharesOf } from './refund-share.ts'
import type { SaleBody, SaleLine, SaleRules } from './sale.ts'
import type { Seller } from './seller.ts'
import { type IssuedValue, issuedTotal } from './stored-value.ts'
import { type TaxKind, taxLines } from './tax.ts'
import { settle, type Tender } from './tender.ts'
import { payBack, type WayBack, waysBack } from './way-back.ts'

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
  /** The quantity is a weight, and the price that of a kilogram. */
  readonly unit?: 'kg'
  /** Position of the line in the original sale, from 1. None in a blind refund. */
  readonly lineNo?: number
  /** What the amounts are a share of. None in a blind refund. */
  readonly of?: RefundedLine
  /** Goes back on the shelf; otherwise it is written off and moves no stock. */
  readonly restock: boolean
}

/** The original line as it was sold, and how much of it had come back before. */
export interface RefundedLine {
  readonly quantity: Thousandths
  readonly net: Minor
  readonly tax: Minor
  readonly returned: Thousandths
}

/** The sale that is taken back from. */
export interface RefundedSale {
  readonly saleId: string
  readonly receiptNo: string
  readonly net: Minor
  readonly pointsEarned: number
  /** How much of `net` had gone back before. */
  readonly returned: Minor
}

/**
 * The body of a `refund` entry, and of a `void`: the whole of a sale taken back, with all lines restocked.
 * Everything needed to check it stands in it.
 */
export interface RefundBody {
  /** Of this paper itself; numbered with the sales. */
  readonly receiptNo: string
  /** None in a blind refund. */
  readonly original?: RefundedSale
  readonly rules: SaleRules
  readonly lines: readonly RefundLine[]
  /** What was paid back, and how. */
  readonly tenders: readonly Tender[]
  readonly tax: Minor
  /** Owed to the customer before cash rounding: Σ line net, and Σ line tax where prices are without tax. */
  readonly net: Minor
  readonly rounding: Minor
  /** net + what had been issued + rounding = Σ tenders. */
  readonly total: Minor
  readonly customer?: CartCustomer
  /** Whom the sale was made out to. */
  readonly buyer?: Buyer
  /** Points that the sale had earned and the customer loses again. */
  readonly pointsTaken: number
  readonly reason: string
  /** Of a void: codes that the sale had sold, which are worth so much less again. */
  readonly issued?: readonly IssuedValue[]
  /** What of it went into goods that went out, and their sale. */
  readonly exchange?: Exchanged
  /** Who paid it back: the till adds it as it writes the paper down. */
  readonly seller?: Seller
}

/** A sale, and the refunds of it that are known here. */
export interface OriginalSale {
  readonly saleId: string
  readonly sale: SaleBody
  readonly before: readonly Pick<RefundBody, 'lines' | 'tenders' | 'exchange'>[]
}

export interface PickedLine {
  /** From 1. */
  readonly lineNo: number
  readonly quantity: Thousandths
  readonly restock: boolean
}

/** What comes back without its receipt, at the price a person decided on. */
export interface BlindLine extends CartProduct {
  readonly quantity: Thousandths
  readonly ratePpm: Ppm
  readonly restock: boolean
}

export type RefundRefusal =
  | { readonly code: 'nothing-picked' }
  | { readonly code: 'unknown-line'; readonly lineNo: number }
  /** More was picked than is left of the line. */
  | { readonly code: 'over-refund'; readonly lineNo: number; readonly left: Thousandths }
  /** Some of the sale came back before, so that it can be refunded but not voided. */
  | { readonly code: 'already-refunded' }
  /** What came back for it would have to be undone as well: it is refunded instead. */
  | { readonly code: 'part-of-exchange' }
  /** The ways back do not take all of it. */
  | { readonly code: 'no-way-back'; readonly remaining: Minor }
  /** More than an entry can hold. */
  | { readonly code: 'too-large'; readonly what: 'lines' | 'amount' }

export interface RefundPaper {
  readonly receiptNo: string
  readonly reason: string
}

/**
 * Takes back some of a sale. A line's amounts are shares of what was paid for it, by the cumulative method: whatever
 * the sequence, refunds that together take the whole line return its net and its tax to the cent, and its points.
 * @param ways in the order in which they are used, cash last: see `waysBack`
 */
export function completeRefund(
  original: OriginalSale,
  picks: readonly PickedLine[],
  ways: readonly WayBack[],
  paper: RefundPaper,
): RefundBody | RefundRefusal {
  return takenBack(original, picks, ways, paper, undefined)
}

function takenBack(
  original: OriginalSale,
  picks: readonly PickedLine[],
  ways: readonly WayBack[],
  paper: RefundPaper,
  issued: readonly IssuedValue[] | undefined,
): RefundBody | RefundRefusal {
  const { sale, saleId } = original
  const before = returnedBefore(original)
  const returned = new Map(before)
  const lines: RefundLine[] = []
  for (const { lineNo, quantity, restock } of picks) {
    if (quantity <= 0) continue
    const line = sale.lines[lineNo - 1]
    if (line === undefined) return { code: 'unknown-line', lineNo }
    const already = returned.get(lineNo) ?? thousandths(0)
    const left = leftOf(line, already)
    if (quantity > left) return { code: 'over-refund', lineNo, left }
    returned.set(lineNo, thousandths(already + quantity))
    lines.push(refundLine(line, lineNo, already, quantity, restock))
  }
  return completed(lines, ways, sale.rules, paper, {
    original: {
      saleId,
      receiptNo: sale.receiptNo,
      net: sale.net,
      pointsEarned: sale.pointsEarned,
      returned: owed(
        sale.lines.map((line, i) => sharesOf(line, before.get(i + 1) ?? thousandths(0))),
        sale.rules,
      ),
    },
    ...(sale.customer && { customer: customerOf(sale.customer) }),
    ...(sale.buyer && { buyer: sale.buyer }),
    ...(issued && { issued }),
  })
}

/**
 * Takes back the whole of a sale as it was paid; refused once anything of it came back. What a voucher had lost by it
 * is on the voucher again.
 */
export function completeVoid(original: OriginalSale, paper: RefundPaper): RefundBody | RefundRefusal {
  if (original.before.length > 0) return { code: 'already-refunded' }
  if (original.sale.exchange !== undefined) return { code: 'part-of-exchange' }
  const picks = original.sale.lines.map(({ quantity }, i) => ({ lineNo: i + 1, quantity, restock: true }))
  const voided = takenBack(original, picks, waysBack(original), paper, original.sale.issued)
  if ('code' in voided) return voided
  const lostOf = ({ code }: Tender) =>
    sumMinor(
      original.sale.tenders.filter((leg) => leg.code === code).map(({ forfeited = minor(0) }) => forfeited),
    )
  const tenders = voided.tenders.map((tender): Tender => {
    const forfeited = tender.code === undefined ? 0 : lostOf(tender)
    return forfeited > 0 ? { ...tender, forfeited: minor(forfeited) } : tender
  })
  return { ...voided, tenders }
}

/** Takes back goods whose receipt is not known here, taxed as a sale of them would be. */
export function completeBlindRefund(
  picks: readonly BlindLine[],
  ways: readonly WayBack[],
  rules: SaleRules,
  paper: RefundPaper,
): RefundBody | RefundRefusal {
  const picked = picks.filter((line) => line.quantity > 0)
  const nets = picked.map((line) => extend(line.unitPrice, line.quantity))
  const taxes = taxLines(
    picked.map(({ ratePpm }, i) => ({ net: nets[i] ?? minor(0), ratePpm })),
    rules,
  )
  const lines = picked.map(
    (line, i): RefundLine => ({
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      net: nets[i] ?? minor(0),
      taxCode: line.taxCode,
      taxKind: line.taxKind,
      ratePpm: line.ratePpm,
      tax: taxes[i] ?? minor(0),
      ...(line.unit === 'kg' && { unit: line.unit }),
      restock: line.restock,
    }),
  )
  return completed(lines, ways, rules, paper, {})
}

function completed(
  lines: readonly RefundLine[],
  ways: readonly WayBack[],
  rules: SaleRules,
  { receiptNo, reason }: RefundPaper,
  from: Pick<RefundBody, 'original' | 'customer' | 'buyer' | 'issued'>,
): RefundBody | RefundRefusal {
  if (lines.length === 0 && from.issued === undefined) return { code: 'nothing-picked' }
  if (lines.length > MAX_LINES) return { code: 'too-large', what: 'lines' }
  const net = owed(lines, rules)
  if (net > MOST_MONEY) return { code: 'too-large', what: 'amount' }
  const back = minor(net + issuedTotal(from.issued))
  const tenders = payBack(back, ways, rules)
  if ('remaining' in tenders) return { code: 'no-way-back', remaining: tenders.remaining }
  const { rounding, due } = settle(back, tenders, rules.cashStep)
  return {
    receiptNo,
    ...(from.original && { original: from.original }),
    rules,
    lines,
    tenders,
    tax: sumMinor(lines.map((line) => line.tax)),
    net,
    rounding,
    total: due,
    ...(from.customer && { customer: from.customer }),
    ...(from.buyer && { buyer: from.buyer }),
    pointsTaken: from.original ? pointsTaken(from.original, net) : 0,
    reason,
    ...(from.issued && { issued: from.issued }),
  }
}

// What they had before the sale is not what they have now.
const customerOf = ({ points: _, ...customer }: CartCustomer): CartCustomer => customer

function refundLine(
  line: SaleLine,
  lineNo: number,
  returned: Thousandths,
  quantity: Thousandths,
  restock: boolean,
): RefundLine {
  const { productId, sku, name, unitPrice, taxCode, taxKind, ratePpm } = line
  const of: RefundedLine = { quantity: line.quantity, net: line.net, tax: line.tax, returned }
  return {
    productId,
    sku,
    name,
    quantity,
    unitPrice,
    ...shareOfNow(of, quantity),
    taxCode,
    taxKind,
    ratePpm,
    ...(line.unit && { unit: line.unit }),
    lineNo,
    of,
    restock,
  }
}
