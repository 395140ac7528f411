import { type Minor, minor, mulDivFloored, ONE_MILLION, type Ppm } from './money.ts'

export interface PointsRule {
  /** Minor units of net total that earn one point before the tier's multiplier: 1000 is one point per $10.00. */
  readonly minorPerPoint: number
}

/**
 * Points earned by a sale: `floor(net total / minorPerPoint)`, times the tier's multiplier, rounded down.
 * @param netTotal what the goods cost after discounts, before cash rounding
 * @param multiplierPpm 1_000_000 is ×1
 */
export function pointsEarned(netTotal: Minor, rule: PointsRule, multiplierPpm: Ppm): number {
  if (netTotal <= 0 || rule.minorPerPoint <= 0) return 0
  const base = mulDivFloored(netTotal, 1, rule.minorPerPoint)
  return mulDivFloored(base, multiplierPpm, ONE_MILLION)
}

/** Keeps what points are worth a sum of money that is exact. */
export const MOST_POINTS = 1_000_000_000

/** What a till knows of a customer's points. */
export interface PointsKnown {
  /** By the server's count and this till's own entries. Negative when more was spent than there was. */
  readonly balance: number
  /** Spent at this till, and not yet in the server's count. */
  readonly unconfirmed: number
  /** Whether the server's count is of just now. */
  readonly isFresh: boolean
}

export interface PointsTerms {
  /** Minor units that one point pays. */
  readonly value: number
  /** Of one customer's points, the most that a till takes before the server has heard of it: none while it is heard. */
  readonly offlineLimit: number
}

/**
 * How many points can pay some of `due`: no more than the customer has as far as the till knows, than may be spent
 * unheard of, and than is due. Only whole points pay.
 * @param taken points of the sale's legs so far
 */
export function mostPoints(known: PointsKnown, terms: PointsTerms, due: Minor, taken = 0): number {
  const most = known.isFresh ? known.balance : Math.min(known.balance, terms.offlineLimit - known.unconfirmed)
  const left = most - taken
  return Math.max(0, Math.min(left, Math.floor(due / terms.value)))
}

/** The leg that so many minor units of points make: rounded down to whole points. */
export function pointsFor(amount: Minor, value: number): { readonly points: number; readonly amount: Minor } {
  const points = mulDivFloored(amount, 1, value)
  return { points, amount: minor(points * value) }
}
