import { roundCash } from './cash-rounding.ts'
import { cleanText } from './clean-text.ts'
import { type Minor, MOST_MONEY, minor, sumMinor } from './money.ts'
import { VALUE_KINDS } from './stored-value.ts'

/** `exchange` is no way to pay: it hands the worth of goods that came back to the sale of others (see exchange.ts). */
export const TENDER_KINDS = ['cash', 'card', 'nets', 'paynow', 'points', ...VALUE_KINDS, 'exchange'] as const
export type TenderKind = (typeof TENDER_KINDS)[number]
/** What a payment method of a shop can be. */
export const METHOD_KINDS = [
  'cash',
  'card',
  'nets',
  'paynow',
  'points',
  ...VALUE_KINDS,
] as const satisfies TenderKind[]
export type MethodKind = (typeof METHOD_KINDS)[number]

/** One payment leg. `amount` is what was handed over: for cash it may exceed what was due. */
export interface Tender {
  readonly methodCode: string
  readonly kind: TenderKind
  readonly amount: Minor
  /** Terminal's approval code or the like, if one was typed. */
  readonly reference?: string
  /** Of a leg in points: how many they are. */
  readonly points?: number
  /** The stored value that pays. None of a voucher that the shop has not issued. */
  readonly code?: string
  /** What was left of a voucher that can be used but once. */
  readonly forfeited?: Minor
  /** What is left on the code after this, where the till knew it as it was then. */
  readonly left?: Minor
}

export interface Settlement {
  readonly paid: Minor
  /** What rounding to the smallest coin added (+) or took off (−); zero without a cash leg. */
  readonly rounding: Minor
  /** total + rounding: what the tenders, less the change, add up to. */
  readonly due: Minor
  readonly remaining: Minor
  readonly change: Minor
  readonly complete: boolean
}

/**
 * Where a sale stands after some tenders. The cash leg alone is rounded: once any cash is taken, what the
 * non-cash legs leave over is rounded to the smallest coin and the difference recorded as `rounding`.
 * Law: `Σ amount − change = total + rounding` when complete.
 */
export function settle(total: Minor, tenders: readonly Tender[], cashStep: number): Settlement {
  const paid = sumMinor(tenders.map((tender) => tender.amount))
  const hasCash = tenders.some((tender) => tender.kind === 'cash')
  const nonCash = sumMinor(tenders.filter((t) => t.kind !== 'cash').map((t) => t.amount))
  const cashLeg = minor(Math.max(0, total - nonCash))
  const rounding = hasCash ? minor(roundCash(cashLeg, cashStep) - cashLeg) : minor(0)
  const due = minor(total + rounding)
  return {
    paid,
    rounding,
    due,
    remaining: minor(Math.max(0, due - paid)),
    change: minor(Math.max(0, paid - due)),
    complete: paid >= due,
  }
}

/**
 * What is left to pay if the next leg is of this kind: cash is asked for in whole coins, everything else to the cent.
 * For cash it can be nothing while the sale is not complete: an empty cash leg then rounds the rest away.
 */
export function leftFor(kind: TenderKind, total: Minor, taken: readonly Tender[], cashStep: number): Minor {
  const soFar = settle(total, taken, cashStep)
  if (soFar.complete) return minor(0)
  if (kind !== 'cash') return minor(total - soFar.paid)
  const asCash: Tender = { methodCode: 'CASH', kind: 'cash', amount: minor(0) }
  return settle(total, [...taken, asCash], cashStep).remaining
}

export type TenderRefusal =
  | { readonly code: 'nothing-due' }
  | { readonly code: 'not-positive' }
  | { readonly code: 'over-due'; readonly most: Minor }
  | { readonly code: 'not-in-coins'; readonly step: number }

/**
 * Why a tender cannot be taken, if so. Only cash may exceed what is left, because only cash gives change,
 * and it comes in whole coins, or the change would not.
 */
export function refuseTender(
  total: Minor,
  taken: readonly Tender[],
  next: Tender,
  cashStep: number,
): TenderRefusal | undefined {
  if (settle(total, taken, cashStep).complete) return { code: 'nothing-due' }
  const left = leftFor(next.kind, total, taken, cashStep)
  if (next.amount < 0 || (next.amount === 0 && left > 0)) return { code: 'not-positive' }
  const most = next.kind === 'cash' ? MOST_MONEY : left
  if (next.amount > most) return { code: 'over-due', most }
  if (next.kind === 'cash' && next.amount % cashStep !== 0) return { code: 'not-in-coins', step: cashStep }
  return undefined
}

/**
 * The legs, one of which was taken back. A voucher that can be used once pays with what it would have lost: its rest is
 * lost only where nothing else is due.
 * @param remaining what is due without that leg
 */
export function withoutTender(tenders: readonly Tender[], position: number, remaining: Minor): Tender[] {
  let due: number = remaining
  return tenders.toSpliced(position, 1).map((leg) => {
    const { forfeited = 0, ...paying } = leg
    if (forfeited === 0) return leg
    const more = Math.min(forfeited, due)
    due -= more
    const lost = forfeited - more
    return { ...paying, amount: minor(leg.amount + more), ...(lost > 0 && { forfeited: minor(lost) }) }
  })
}

/**
 * Which tender the change went back on: the cash, from the last leg backwards. What no cash leg covers (the sale
 * contradicts itself, and head office is told) stays on the last leg, so that the day still adds up.
 */
export function changeByTender(
  tenders: readonly Pick<Tender, 'kind' | 'amount'>[],
  change: number,
): number[] {
  let left = change
  const parts = tenders.map(() => 0)
  for (const [i, tender] of [...tenders.entries()].reverse()) {
    if (tender.kind !== 'cash') continue
    parts[i] = Math.min(left, tender.amount)
    left -= parts[i]
  }
  const last = tenders.length - 1
  return parts.map((part, i) => (i === last ? part + left : part))
}

/** Whether there is change to speak of: cash was taken, even where it was the exact sum. */
export const givesChange = ({
  tenders,
  change,
}: {
  readonly tenders: readonly Pick<Tender, 'kind'>[]
  readonly change: Minor
}): boolean => change > 0 || tenders.some(({ kind }) => kind === 'cash')

/** Minor units. */
const MUCH_CHANGE = 10_000

/** Whether somebody is asked before so much change is given: 4000 is soon typed for 40.00. */
export const isMuchChange = (change: Minor): boolean => change >= MUCH_CHANGE

/** How many points those legs are. */
export const pointsSpent = (tenders: readonly Pick<Tender, 'points'>[]): number =>
  tenders.reduce((sum, { points = 0 }) => sum + points, 0)

/** The most tenders a sale can hold. */
export const MAX_TENDERS = 20
/** The longest reference a tender can carry. */
export const MAX_REFERENCE = 64

/** A reference as typed or scanned, without what a journal cannot hold; `undefined` when nothing is left of it. */
export function cleanReference(typed: string): string | undefined {
  return cleanText(typed, MAX_REFERENCE) || undefined
}

/**
 * Amounts a customer is likely to hand over for `due` in cash: the exact amount first, then what a few notes and a coin
 * make, at most five.
 */
export function quickCash(due: Minor, cashStep: number): Minor[] {
  if (due <= 0) return []
  const exact = roundCash(due, cashStep)
  const amounts = new Set<number>([exact])
  // Beyond two tens a fifty is nearer at hand than more of them.
  for (const round of ROUND_SUMS)
    if (round !== TWO_TENS || exact <= TWO_TENS) amounts.add(Math.ceil(exact / round) * round)
  return [...amounts]
    .sort((a, b) => a - b)
    .slice(0, 5)
    .map(minor)
}

/**
 * Multiples that are handed over, minor units. Notes in circulation are $2, $5, $10, $50 and $100, coins up to $1 (MAS,
 * circulation currency): $7 is a five and a two, $20 are two tens.
 */
const TWO_TENS = 2000
const ROUND_SUMS = [100, 500, 1000, TWO_TENS, 5000, 10_000]
