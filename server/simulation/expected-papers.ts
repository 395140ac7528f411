import type { CartLine } from '@evertill/shared/domain/cart'
import type { SaleBody } from '@evertill/shared/domain/sale'
import type { Tender } from '@evertill/shared/domain/tender'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { type OracleReturns, oracleReturns } from '@evertill/shared/testing/refund-oracle'
import type { Sold } from './errands.ts'
import type { Facts, Verdict } from './facts.ts'

/** What a sale, refund or void must come to in the ledger: what goes back is negative. */
export interface ExpectedPaper {
  readonly kind: 'sale' | 'refund' | 'void'
  readonly originalId: string | null
  readonly customerId: string | null
  readonly gross: number
  readonly discount: number
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly change: number
  readonly points: number
  readonly lines: readonly {
    readonly productId: string
    readonly quantity: number
    readonly discount: number
    readonly net: number
    readonly tax: number
    readonly originalLineNo: number | null
    /** What left the shelf, or came back to it. */
    readonly moved: number
  }[]
  readonly tenders: readonly {
    methodCode: string
    kind: string
    amount: number
    change: number
    /** Of a leg in points, how many were taken; negative where they went back. */
    points: number
    code: string | null
  }[]
  /** What was put on codes; of a void, what was taken off them again. */
  readonly issued: number
  readonly sold: readonly { readonly code: string; readonly amount: number }[]
}

/** Of every paper on a till or the server, by id: from the carts and the oracles, not from what the product worked out. */
export function expectedPapers({ mismatched }: Verdict, facts: Facts): Map<string, ExpectedPaper> {
  const papers = new Map<string, ExpectedPaper>()
  for (const [id, sold] of facts.soldOf) if (facts.textOf.has(id)) papers.set(id, expectedSale(sold))
  // A till refunds by what it knows came back before: each journal has its own book.
  for (const [browser, rows] of facts.journalOf) {
    const books = new Map<string, OracleReturns>()
    const backInPoints = new Map<string, number>()
    for (const { id, kind } of rows) {
      const entry = facts.textOf.get(id)
      if ((kind === 'refund' || kind === 'void') && (entry?.kind === 'refund' || entry?.kind === 'void')) {
        const paper = expectedRefund(facts, books, backInPoints, entry)
        if (paper !== undefined) papers.set(id, paper)
        for (const text of handedOverWrongly(facts, backInPoints, entry))
          mismatched.push(`${browser.name}: ${kind} ${id} ${text}`)
        const book = books.get(entry.body.original?.saleId ?? '')
        // What it knows of a sale it must not give back twice, whatever other tills do.
        for (const { lineNo = 0 } of entry.body.lines)
          if (book !== undefined && book.left(lineNo) < 0)
            mismatched.push(`${browser.name}: ${kind} ${id} gives back more of line ${lineNo} than is left`)
      }
    }
  }
  return papers
}

function expectedSale({ expected, openSale }: Sold): ExpectedPaper {
  const { gross, discount, tax, net, rounding, total, change, pointsEarned } = expected
  return {
    kind: 'sale',
    originalId: null,
    customerId: openSale.cart.customer?.customerId ?? null,
    ...{ gross, discount, tax, net, rounding, total, change },
    points: pointsEarned,
    lines: goodsOf(openSale.cart.lines).map(({ productId, quantity }, i) => {
      const line = expected.lines[i] ?? { net: 0, tax: 0, lineDiscount: 0, billShare: 0 }
      return {
        productId,
        quantity,
        discount: line.lineDiscount + line.billShare,
        net: line.net,
        tax: line.tax,
        originalLineNo: null,
        moved: -quantity,
      }
    }),
    // No cashier of ours takes cash twice for one sale.
    issued: issuedBy(openSale.cart.lines),
    sold: soldBy(openSale.cart.lines, 1),
    tenders: openSale.tenders.map(({ methodCode, kind, amount, points = 0, code = null }) => ({
      methodCode,
      kind,
      amount,
      change: kind === 'cash' ? change : 0,
      points,
      code,
    })),
  }
}

function expectedRefund(
  facts: Facts,
  books: Map<string, OracleReturns>,
  backInPoints: Map<string, number>,
  { id, kind, body }: EntryOf<'refund' | 'void'>,
): ExpectedPaper | undefined {
  const { soldOf, deedOf } = facts
  const { original } = body
  const sale = original && soldOf.get(original.saleId)
  const voided = (kind === 'void' && sale?.openSale.cart.lines) || []
  const blind = original === undefined ? deedOf.get(id)?.blind : undefined
  let amounts:
    | (Amounts & { readonly lines: readonly { readonly net: number; readonly tax: number }[] })
    | undefined
  if (sale !== undefined) {
    const book = books.get(sale.id) ?? oracleReturns(soldBody(sale))
    books.set(sale.id, book)
    const picks = body.lines.map(({ lineNo = 0, quantity }) => ({ lineNo, quantity }))
    amounts = book.refund(picks, body.tenders, issuedBy(voided))
  } else if (blind !== undefined) amounts = { ...blind, pointsTaken: 0 }
  if (amounts === undefined) return undefined
  const { tax, net, rounding, total, pointsTaken, lines } = amounts
  return {
    kind,
    originalId: sale?.id ?? null,
    customerId: sale?.openSale.cart.customer?.customerId ?? null,
    gross: -lines.reduce((sum, line) => sum + line.net, 0),
    discount: 0,
    tax: -tax,
    net: -net,
    rounding: -rounding,
    total: -total,
    change: 0,
    points: -pointsTaken,
    lines: body.lines.map(({ productId, quantity, lineNo, restock }, i) => ({
      productId,
      quantity: -quantity,
      discount: 0,
      net: -(lines[i]?.net ?? 0),
      tax: -(lines[i]?.tax ?? 0),
      originalLineNo: sale === undefined ? null : (lineNo ?? 0),
      moved: restock ? quantity : 0,
    })),
    issued: -issuedBy(voided),
    sold: soldBy(voided, -1),
    tenders: body.tenders.map(({ methodCode, kind, amount, code = null }) => ({
      methodCode,
      kind,
      amount: -amount,
      change: 0,
      points:
        kind === 'points' && sale !== undefined ? -pointsBack(facts, sale, backInPoints, body, amount) : 0,
      code,
    })),
  }
}

/**
 * Of the points that paid for a sale: what has gone back in their money, broken points whole, less what had before, and
 * no more than so much money is worth in points.
 */
function pointsBack(
  facts: Facts,
  sale: Sold,
  backInPoints: Map<string, number>,
  { rules }: EntryOf<'refund' | 'void'>['body'],
  amount: number,
): number {
  const { id } = sale
  const legs = pointsLegs(facts, sale)
  const leg = { amount: sumOf(legs, 'amount'), points: sumOf(legs, 'points') }
  const { points } = leg
  const money = backInPoints.get(`${id} money`) ?? 0
  const left = leg.amount - money
  const pointsLeft = points - (backInPoints.get(`${id} points`) ?? 0)
  // None is left to go back: whatever went back is wrong, and no number equals this one.
  if (left <= 0) return Number.NaN
  const share = Number((BigInt(pointsLeft) * BigInt(amount) + BigInt(left) - 1n) / BigInt(left))
  const worth = (money: number) => Math.ceil(money / (rules.pointValue || 1))
  const now = rules.pointValue && pointsLeft <= worth(left) ? Math.min(share, worth(amount)) : share
  backInPoints.set(`${id} money`, money + amount)
  backInPoints.set(`${id} points`, points - pointsLeft + now)
  return now
}

/** Points that paid for a sale, and those that had paid for what was given for it. */
function pointsLegs({ textOf }: Facts, { id, openSale }: Sold): readonly Tender[] {
  const entry = textOf.get(id)
  const from = entry?.kind === 'sale' ? (entry.body.exchange?.from ?? []) : []
  return [...openSale.tenders, ...from].filter(({ kind }) => kind === 'points')
}

const sumOf = (legs: readonly Tender[], of: 'amount' | 'points'): number =>
  legs.reduce((sum, leg) => sum + (leg[of] ?? 0), 0)

/** What goes over to the other half of an exchange does not go back by this sale any more, broken points whole. */
function handedOverWrongly(
  facts: Facts,
  backInPoints: Map<string, number>,
  { body }: EntryOf<'refund' | 'void'>,
): string[] {
  const sale = body.original && facts.soldOf.get(body.original.saleId)
  const from = ('exchange' in body && body.exchange?.from) || []
  if (sale === undefined) return []
  return from
    .filter(({ kind }) => kind === 'points')
    .map(({ amount, points = 0 }) => ({ points, due: pointsBack(facts, sale, backInPoints, body, amount) }))
    .filter(({ points, due }) => points !== due)
    .map(({ points, due }) => `hands over ${points} points, not ${due}`)
}

const goodsOf = (lines: readonly CartLine[]) => lines.filter(({ value }) => value === undefined)
const soldBy = (lines: readonly CartLine[], sign: 1 | -1) =>
  lines.flatMap(({ value, unitPrice }) => (value ? [{ code: value.code, amount: unitPrice * sign }] : []))
const issuedBy = (lines: readonly CartLine[]): number =>
  lines.reduce((sum, { value, unitPrice }) => sum + (value === undefined ? 0 : unitPrice), 0)

interface Amounts {
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly pointsTaken: number
}

/** As much of a sale as the oracle of refunds asks for, with the other oracle's amounts. */
const soldBody = ({ expected, openSale, rules }: Sold): SaleBody =>
  ({
    rules,
    net: expected.net,
    pointsEarned: expected.pointsEarned,
    lines: goodsOf(openSale.cart.lines).map(({ quantity }, i) => ({ ...expected.lines[i], quantity })),
  }) as unknown as SaleBody
