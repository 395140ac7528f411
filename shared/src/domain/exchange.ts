import { MAX_LINES } from './cart.ts'
import { type Minor, minor } from './money.ts'
import type { PricedCart } from './pricing.ts'
import type { RefundBody, RefundPaper, RefundRefusal } from './refund.ts'
import { completeSale, type SaleBody, type SaleExtras, type SaleRefusal, type SaleRules } from './sale.ts'
import type { Tender } from './tender.ts'
import { handedOver, type WayBack } from './way-back.ts'

/*
 * Goods come back and others go out, and only the difference is paid. That is a refund and a sale, each complete by
 * itself: what the two have in common is handed from one to the other by a leg on both, so that it cancels out in every
 * sum over tenders and no drawer, card or till total ever sees it.
 */

/** The method code of the leg that hands the worth of what came back to what goes out. It is in no shop's list. */
export const EXCHANGE_METHOD = 'EXCHANGE'

/** The other half, as it stands on each of the two papers. */
export interface Exchanged {
  /** The entry of the other half. */
  readonly entryId: string
  readonly receiptNo: string
  /** What was handed over: not negative. */
  readonly amount: Minor
  /** What points and codes had paid of that. None where all of it was money. */
  readonly from?: readonly Tender[]
}

export const exchangeLeg = (amount: Minor): Tender => ({
  methodCode: EXCHANGE_METHOD,
  kind: 'exchange',
  amount,
})

/** What would have to be paid, or go back, before cash rounding. */
export interface ExchangeDifference {
  readonly exchanged: Minor
  /** Left for the customer to pay. */
  readonly due: Minor
  /** Left to go back. */
  readonly back: Minor
}

/** @param returned what the goods that come back are worth, @param taken what those that go out cost */
export function exchangeDifference(returned: Minor, taken: Minor): ExchangeDifference {
  const exchanged = minor(Math.min(returned, taken))
  return { exchanged, due: minor(taken - exchanged), back: minor(returned - exchanged) }
}

export interface ExchangePapers {
  readonly refund: { readonly entryId: string } & RefundPaper
  readonly sale: { readonly entryId: string; readonly receiptNo: string }
}

/** How what comes back is taken back. */
export interface TakeBack {
  /** Makes the refund by the given ways back: `completeRefund` or `completeBlindRefund`. */
  readonly by: (ways: readonly WayBack[], paper: RefundPaper) => RefundBody | RefundRefusal
  /** All ways back that there are: what `waysBack` says of the sale, none without a receipt. */
  readonly open: readonly WayBack[]
}

/**
 * Makes both halves.
 * @param ways for what is left to go back, @param tenders for what is left to pay: one of the two is not used
 */
export function completeExchange(
  takeBack: TakeBack,
  cart: PricedCart,
  extras: SaleExtras,
  rules: SaleRules,
  ways: readonly WayBack[],
  tenders: readonly Tender[],
  papers: ExchangePapers,
): { readonly refund: RefundBody; readonly sale: SaleBody } | RefundRefusal | SaleRefusal {
  if (cart.lines.length === 0) return { code: 'empty-cart' }
  if (cart.lines.length > MAX_LINES) return { code: 'too-large', what: 'lines' }
  const whole = takeBack.by([exchangeWay()], papers.refund)
  if ('code' in whole) return whole
  const { exchanged, due } = exchangeDifference(whole.net, cart.total)
  const leg = exchanged > 0 ? [exchangeLeg(exchanged)] : []
  const refund = takeBack.by([exchangeWay(exchanged), ...ways], papers.refund)
  if ('code' in refund) return refund
  // Whoever had the first invoice gets the one for what it was exchanged for.
  const named = { ...(refund.buyer && { buyer: refund.buyer }), ...extras }
  const sale = completeSale(cart, named, [...leg, ...(due > 0 ? tenders : [])], rules, papers.sale.receiptNo)
  if ('code' in sale) return sale
  const { refund: back, sale: out } = papers
  // Points are their customer's: of goods that somebody else takes they paid nothing.
  const isSame = refund.customer?.customerId === sale.customer?.customerId
  const from = handedOver(
    takeBack.open.filter(({ kind }) => kind !== 'points' || isSame),
    refund.tenders,
    exchanged,
    refund.rules,
  )
  const handed = { amount: exchanged, ...(from.length > 0 && { from }) }
  return {
    refund: { ...refund, exchange: { entryId: out.entryId, receiptNo: out.receiptNo, ...handed } },
    sale: { ...sale, exchange: { entryId: back.entryId, receiptNo: back.receiptNo, ...handed } },
  }
}

const exchangeWay = (most?: Minor): WayBack => ({
  methodCode: EXCHANGE_METHOD,
  kind: 'exchange',
  ...(most !== undefined && { most }),
})
