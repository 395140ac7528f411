import type { Buyer } from '../domain/buyer.ts'
import type { Cart, CartCustomer, CartLine } from '../domain/cart.ts'
import type { Discount } from '../domain/discount.ts'
import { GENESIS, type SealedEntry, sealEntry } from '../domain/journal-hash.ts'
import { minor, type Ppm, ppm, thousandths } from '../domain/money.ts'
import { type PricedCart, priceCart } from '../domain/pricing.ts'
import type { Promotion, PromotionFacts } from '../domain/promotion.ts'
import {
  completeRefund,
  completeVoid,
  type RefundBody,
  type RefundPaper,
  type RefundRefusal,
} from '../domain/refund.ts'
import { completeSale, type SaleBody, type SaleRules } from '../domain/sale.ts'
import type { IssuedValue } from '../domain/stored-value.ts'
import type { TaxKind } from '../domain/tax.ts'
import type { Tender, TenderKind } from '../domain/tender.ts'
import { type WayBack, waysBack } from '../domain/way-back.ts'
import type { Entry, EntryKind, EntryOf, SaleEntry } from '../protocol/entry.ts'
import { PROTOCOL_VERSION } from '../protocol/version.ts'

/*
 * Builders for tests of all three workspaces: say what the test is about, the rest is a Singapore minimart.
 * Amounts are plain numbers here (cents, thousandths, ppm), so that a test reads like the receipt it is about.
 */

/** 9 % GST, prices inclusive, tax rounded per line, cash to 5 cents, a point per $10. */
export const SINGAPORE: SaleRules = {
  inclusive: true,
  rounding: 'line',
  currency: 'SGD',
  cashStep: 5,
  minorPerPoint: 1000,
}

/** The builders' tax codes: 9 %, 8 % and 7 %, zero-rated, exempt. */
export const RATES: Readonly<Record<string, number>> = { SR: 90_000, SR8: 80_000, SR7: 70_000, ZR: 0, EX: 0 }

/** The rate of each of these tax codes on any date. */
export const rateOf = (taxCode: string): Ppm => ppm(RATES[taxCode] ?? 0)

export const percent = (percentage: number): Discount => ({
  kind: 'percent',
  ratePpm: ppm(percentage * 10_000),
})
export const amountOff = (amount: number): Discount => ({ kind: 'amount', amount: minor(amount) })

/** An id of these tests, by number. */
export const idOf = (n: number) => `018f3c5e-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

interface LineParts {
  readonly price?: number
  readonly quantity?: number
  readonly taxCode?: string
  readonly taxKind?: TaxKind
  readonly discount?: Discount
  readonly productId?: string
  readonly name?: string
  readonly categoryId?: string
  readonly unit?: 'each' | 'kg'
}

/** A line of a cart: one piece at $1.00, standard-rated, unless said otherwise. */
export function cartLine(parts: LineParts = {}): CartLine {
  const taxCode = parts.taxCode ?? 'SR'
  const taxKinds: Record<string, TaxKind> = { ZR: 'zero', EX: 'exempt' }
  return {
    lineId: 'line',
    productId: parts.productId ?? idOf(1),
    sku: 'MILO-400',
    name: parts.name ?? 'Milo 400 g',
    unitPrice: minor(parts.price ?? 100),
    quantity: thousandths(parts.quantity ?? 1000),
    taxCode,
    taxKind: parts.taxKind ?? taxKinds[taxCode] ?? 'standard',
    ...(parts.discount && { discount: parts.discount }),
    ...(parts.categoryId !== undefined && { categoryId: parts.categoryId }),
    ...(parts.unit && { unit: parts.unit }),
  }
}

/** A cart of those lines, each its own product and line unless it says so. */
export function cartOf(
  lines: readonly LineParts[],
  rest: { billDiscount?: Discount; customer?: CartCustomer; buyer?: Buyer } = {},
): Cart {
  return {
    lines: lines.map((parts, i) => ({
      ...cartLine({ productId: idOf(i + 1), ...parts }),
      lineId: `line-${i + 1}`,
    })),
    ...rest,
  }
}

export const priced = (cart: Cart, rules: SaleRules = SINGAPORE, facts?: PromotionFacts): PricedCart =>
  priceCart(cart, rules, rateOf, facts)

/** A promotion on everything, for everyone, always, that goes with a bill discount, unless said otherwise. */
export const promotion = (parts: Partial<Promotion> & Pick<Promotion, 'offer'>): Promotion => ({
  promotionId: idOf(700),
  name: 'Offer of the week',
  goods: { kind: 'all' },
  stacking: 'best',
  priority: 100,
  withBillDiscount: true,
  tierIds: [],
  from: null,
  until: null,
  hours: null,
  ...parts,
})

/** Those promotions on a Saturday at three in the afternoon. */
export const onSaturday = (promotions: readonly Promotion[]): PromotionFacts => ({
  promotions,
  moment: { date: '2026-11-21', minute: 15 * 60 },
})

const tender =
  (kind: TenderKind) =>
  (amount: number, reference?: string): Tender => ({
    methodCode: kind.toUpperCase(),
    kind,
    amount: minor(amount),
    ...(reference !== undefined && { reference }),
  })
export const cash = tender('cash')
export const card = tender('card')
export const nets = tender('nets')
export const paynow = tender('paynow')
/** So many points at `value` cents each. */
export const points = (count: number, value = 10): Tender => ({
  ...tender('points')(count * value),
  points: count,
})

/** A leg of a gift card. */
export const giftCard = (code: string, amount: number): Tender => ({
  methodCode: 'GIFT',
  kind: 'gift-card',
  amount: minor(amount),
  code,
})

/** The same cart with a gift card, or another code, that is being sold. */
export function issue(
  cart: Cart,
  {
    code,
    amount,
    kind = 'gift-card',
    methodCode = 'GIFT',
  }: Pick<IssuedValue, 'code'> & Partial<Omit<IssuedValue, 'amount'>> & { amount: number },
): Cart {
  const line: CartLine = {
    ...cartLine({ price: amount, taxCode: 'EX' }),
    lineId: `line-${cart.lines.length + 1}`,
    value: { code, kind, methodCode },
  }
  return { ...cart, lines: [...cart.lines, line] }
}

export const customer = (multiplierPpm = 1_000_000): CartCustomer => ({
  customerId: idOf(900),
  name: 'Tan Mei Ling',
  multiplierPpm,
})

/** The sale of that cart. Without tenders, one card leg pays it. Throws when the sale is refused. */
export function saleOf(
  cart: Cart,
  tenders?: readonly Tender[],
  rules: SaleRules = SINGAPORE,
  facts?: PromotionFacts,
): SaleBody {
  const pricedCart = priced(cart, rules, facts)
  const legs = tenders ?? (pricedCart.total > 0 ? [card(pricedCart.total)] : [])
  const sale = completeSale(pricedCart, cart, legs, rules, 'BED-T1-000001')
  if ('code' in sale) throw new Error(`no sale: ${JSON.stringify(sale)}`)
  return sale
}

export const TILL_ID = '018f3c5e-0000-7000-8000-00000000a001'
export const OUTLET_ID = '018f3c5e-0000-7000-8000-00000000b001'
export const STAFF_ID = '018f3c5e-0000-7000-8000-00000000c001'
/** The id of the first sale of a till's journal here. */
export const SALE_ID = '01932a5e-8c00-7000-8000-000000000001'

interface RefundParts extends Partial<RefundPaper> {
  /** Line numbers from 1; the whole of every line, restocked, unless said otherwise. */
  readonly picks?: readonly {
    readonly lineNo: number
    readonly quantity: number
    readonly restock?: boolean
  }[]
  readonly saleId?: string
  readonly before?: readonly RefundBody[]
  /** As the sale was paid, unless said otherwise. */
  readonly ways?: readonly WayBack[]
}

/** A refund of that sale. Throws when it is refused. */
export function refundOf(sale: SaleBody, parts: RefundParts = {}): RefundBody {
  const original = { saleId: parts.saleId ?? SALE_ID, sale, before: parts.before ?? [] }
  const picks: NonNullable<RefundParts['picks']> =
    parts.picks ?? sale.lines.map(({ quantity }, i) => ({ lineNo: i + 1, quantity }))
  return accepted(
    completeRefund(
      original,
      picks.map(({ lineNo, quantity, restock }) => ({
        lineNo,
        quantity: thousandths(quantity),
        restock: restock ?? true,
      })),
      parts.ways ?? waysBack(original),
      paperOf(parts),
    ),
  )
}

/** The void of that sale. Throws when it is refused. */
export const voidOf = (sale: SaleBody, parts: Omit<RefundParts, 'picks' | 'ways'> = {}): RefundBody =>
  accepted(
    completeVoid(
      { saleId: parts.saleId ?? SALE_ID, sale, before: parts.before ?? [] },
      paperOf({ reason: 'Rung up twice', ...parts }),
    ),
  )

const paperOf = (parts: Partial<RefundPaper>): RefundPaper => ({
  receiptNo: parts.receiptNo ?? 'BED-T1-000002',
  reason: parts.reason ?? 'Damaged',
})

function accepted(refund: RefundBody | RefundRefusal): RefundBody {
  if ('code' in refund) throw new Error(`no refund: ${JSON.stringify(refund)}`)
  return refund
}

/** A `sale` entry with that body: the first of its epoch, at noon in Singapore, unless said otherwise. */
export const entryOf = (body: SaleBody, rest: Partial<SaleEntry> = {}): SaleEntry =>
  entryOfKind('sale', body, rest)

/** The same for any kind of entry. */
export function entryOfKind<K extends EntryKind>(
  kind: K,
  body: EntryOf<K>['body'],
  rest: Partial<EntryOf<K>> = {},
): EntryOf<K> {
  const entry = {
    v: PROTOCOL_VERSION,
    id: `01932a5e-8c00-7000-8000-${(rest.seq ?? 1).toString(16).padStart(12, '0')}`,
    tillId: TILL_ID,
    outletId: OUTLET_ID,
    epoch: 1,
    seq: 1,
    at: '2026-11-21T04:00:00.000Z',
    clockOffsetMs: 0,
    businessDate: '2026-11-21',
    staffId: STAFF_ID,
    prev: GENESIS,
    kind,
    body,
    ...rest,
  }
  // TypeScript cannot follow that `kind` and `body` stay a pair.
  return entry as unknown as EntryOf<K>
}

/** A journal of those sales: gapless, chained, sealed. */
export const journalOf = (bodies: readonly SaleBody[]): SealedEntry[] =>
  journalOfEntries(bodies.map((body, i) => entryOf(body, { seq: i + 1 })))

/** The same of entries of any kind; `seq` and `prev` are set here. */
export function journalOfEntries(entries: readonly Entry[]): SealedEntry[] {
  const sealed: SealedEntry[] = []
  entries.forEach((entry, i) => {
    const chained: Entry = { ...entry, seq: i + 1, prev: sealed.at(-1)?.hash ?? GENESIS }
    sealed.push(sealEntry(chained))
  })
  return sealed
}
