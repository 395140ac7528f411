import type { Cart } from '@evertill/shared/domain/cart'
import { completeExchange, EXCHANGE_METHOD, type TakeBack } from '@evertill/shared/domain/exchange'
import type { Minor } from '@evertill/shared/domain/money'
import type { PointsKnown } from '@evertill/shared/domain/points'
import {
  type BlindLine,
  completeBlindRefund,
  completeRefund,
  type PickedLine,
  type RefundBody,
  type RefundPaper,
} from '@evertill/shared/domain/refund'
import { pointsChange } from '@evertill/shared/domain/refund-share'
import type { SaleBody, SaleRefusal } from '@evertill/shared/domain/sale'
import type { Tender } from '@evertill/shared/domain/tender'
import { areStillOpen, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import { findOriginal } from './journal.ts'
import { forgetPrepared, isStillPrepared, type OpenExchange } from './open-exchange.ts'
import { type Approval, permit, recordPermit } from './permit.ts'
import { readPoints } from './points.ts'
import { priceSale, rulesOf } from './price-sale.ts'
import {
  append,
  type Desk,
  type Recorded,
  type RecordInput,
  recording,
  type SpendRefusal,
  spentShort,
} from './record-entry.ts'
import type { RefundNotRecorded } from './record-refund.ts'
import { withLeft } from './stored-value.ts'
import type { TillDatabase } from './till-database.ts'

/** What comes back: of a sale that this till knows, or without a receipt. */
export type Returned =
  | { readonly kind: 'receipt'; readonly saleId: string; readonly picks: readonly PickedLine[] }
  | { readonly kind: 'blind'; readonly lines: readonly BlindLine[] }

export interface ExchangeInput extends RecordInput {
  readonly returned: Returned
  /** What goes out. */
  readonly cart: Cart
  /** For what is left to go back. */
  readonly ways: readonly WayBack[]
  /** For what is left to pay. */
  readonly tenders: readonly Tender[]
  readonly reason: string
  /** What the screen says that the one is worth and the other costs. */
  readonly expected: { readonly back: Minor; readonly out: Minor }
  readonly approval?: Approval
  /** The moment that decides what goes out costs: that of the payment, unless the screen says another. */
  readonly pricedAt?: Date
  /** What the screen has prepared: recorded once. */
  readonly prepared?: OpenExchange
}

export interface RecordedExchange {
  readonly refund: Recorded<'refund'>
  /** The entry that was written last. */
  readonly entry: Recorded<'sale'>['entry']
  readonly hash: string
}

export type ExchangeNotRecorded =
  | RefundNotRecorded
  | SaleRefusal
  | SpendRefusal
  | { readonly code: 'tax-code-unknown'; readonly taxCode: string }
  /** What goes out costs another sum than was shown: a promotion began, or was withdrawn. */
  | { readonly code: 'price-changed'; readonly total: Minor }

/**
 * Takes goods back and sells others for them: a refund and a sale that name each other, both durable or neither. What
 * was prepared for it is forgotten in the same transaction.
 */
export async function recordExchange(
  db: TillDatabase,
  input: ExchangeInput,
): Promise<RecordedExchange | ExchangeNotRecorded> {
  const tables = [db.staff, db.taxCode, db.promotion, db.otherPaper, db.customer, db.storedValue]
  return recording(db, tables, input, async (desk): Promise<RecordedExchange | ExchangeNotRecorded> => {
    const { returned, cart, expected, approval, reason, prepared } = input
    if (!(await isStillPrepared(db, prepared))) return { code: 'cart-changed' }
    const taxCodes = await db.taxCode.toArray()
    const promotions = await db.promotion.toArray()
    const pricing = priceSale({ ...desk, taxCodes, promotions }, cart, input.pricedAt ?? desk.present)
    if (pricing.code !== 'priced') return pricing
    const { priced, rules } = pricing
    const takeBack = await takeBackOf(db, desk, returned)
    if ('code' in takeBack) return takeBack
    // What was shown comes first: of other amounts the payment is wrong as well, and that is not what happened.
    const whole = takeBack.by([{ methodCode: EXCHANGE_METHOD, kind: 'exchange' }], {
      receiptNo: desk.receiptNo,
      reason,
    })
    if ('code' in whole) return whole
    if (whole.net !== expected.back) return { code: 'total-changed', total: whole.net }
    if (priced.total !== expected.out) return { code: 'price-changed', total: priced.total }
    if (returned.kind === 'receipt' && !areStillOpen(input.ways, takeBack.open))
      return { code: 'ways-changed' }
    const ids = { refund: input.newId(), sale: input.newId() }
    const tenders = await withLeft(db, input.tenders, input.now)
    const halves = completeExchange(takeBack, priced, cart, rules, input.ways, tenders, {
      refund: { entryId: ids.refund, receiptNo: desk.receiptNo, reason },
      sale: { entryId: ids.sale, receiptNo: desk.secondReceiptNo },
    })
    if ('code' in halves) return halves
    const { refund } = halves
    const { customerId } = halves.sale.customer ?? {}
    const points = customerId === undefined ? undefined : await pointsAfter(db, customerId, refund, input.now)
    const short = await spentShort(db, desk, halves.sale.tenders, points)
    if (short !== undefined) return short
    const sale = withPoints(halves.sale, points?.balance)
    const sells = await permit(db, desk, 'sale.make', undefined)
    if ('code' in sells) return sells
    const granted = await permit(db, desk, takeBack.permission, approval)
    if ('code' in granted) return granted
    await recordPermit(db, desk, granted, `Exchange of ${takeBack.about}`)
    const back = await append(db, desk, 'refund', refund, { entryId: ids.refund })
    const out = await append(db, desk, 'sale', sale, { entryId: ids.sale })
    await forgetPrepared(db, refund.original?.saleId)
    return { refund: back, ...out }
  })
}

/** The customer's points after what came back took its own, and gave back what had paid for it. */
async function pointsAfter(
  db: TillDatabase,
  customerId: string,
  refund: RefundBody,
  now: Date,
): Promise<PointsKnown> {
  const known = await readPoints(db, customerId, now)
  const isTheirs = refund.customer?.customerId === customerId
  return isTheirs ? { ...known, balance: known.balance + pointsChange(refund) } : known
}

/** The receipt says what they have before they pay. */
function withPoints(sale: SaleBody, points: number | undefined): SaleBody {
  const { customer } = sale
  return customer === undefined || points === undefined
    ? sale
    : { ...sale, customer: { ...customer, points } }
}

interface PermittedTakeBack extends TakeBack {
  readonly permission: 'sale.refund' | 'sale.refund-blind'
  readonly about: string
}

async function takeBackOf(
  db: TillDatabase,
  desk: Desk,
  returned: Returned,
): Promise<PermittedTakeBack | { readonly code: 'unknown-sale' }> {
  if (returned.kind === 'blind') {
    const { company } = desk
    const by = (ways: readonly WayBack[], paper: RefundPaper) =>
      completeBlindRefund(returned.lines, ways, rulesOf(company), paper)
    return { by, permission: 'sale.refund-blind', about: 'goods without a receipt', open: [] }
  }
  const original = await findOriginal(db, returned.saleId)
  if (original === undefined) return { code: 'unknown-sale' }
  const by = (ways: readonly WayBack[], paper: RefundPaper) =>
    completeRefund(original, returned.picks, ways, paper)
  return { by, permission: 'sale.refund', about: original.sale.receiptNo, open: waysBack(original) }
}
