import { type Minor, mulDivFloored, ONE_MILLION, type Ppm } from './money.ts'

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
