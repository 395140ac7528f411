import { type Minor, minor, mulDivRounded, ONE_MILLION, type Ppm, sumMinor } from './money.ts'
import { splitByLargestRemainder } from './split.ts'

export type TaxKind = 'standard' | 'zero' | 'exempt'
export type TaxRounding = 'line' | 'total'

/** How a company charges tax. Frozen on every sale. */
export interface TaxMethod {
  /** Prices contain the tax (Singapore retail) or the tax is added to them. */
  readonly inclusive: boolean
  /** Round the tax of every line, or of each rate's total (then split over its lines). */
  readonly rounding: TaxRounding
}

export interface DatedRate {
  /** First day on which the rate holds, `YYYY-MM-DD`. */
  readonly from: string
  readonly ratePpm: Ppm
}

/**
 * The rate in force on a day: a rate change is data, not code. A rate starts at midnight by the law's calendar,
 * so ask with the local date of the sale (businessDate with a day-cut of 0), not with a business date that may
 * still be yesterday's.
 * Source: IRAS, "Overview of GST rate change" (7 % to 2022, 8 % in 2023, 9 % from 2024-01-01).
 * @returns 0 when no rate has started yet
 */
export function rateOn(rates: readonly DatedRate[], date: string): Ppm {
  let found: DatedRate | undefined
  for (const rate of rates) {
    if (rate.from <= date && (found === undefined || rate.from > found.from)) found = rate
  }
  return found?.ratePpm ?? (0 as Ppm)
}

/**
 * Tax on one amount, rounded half up to the minor unit.
 * Inclusive: `amount × rate ÷ (1 + rate)`, the 9/109 of IRAS's GST guide; exclusive: `amount × rate`.
 */
export function taxOn(amount: Minor, ratePpm: Ppm, inclusive: boolean): Minor {
  return minor(mulDivRounded(amount, ratePpm, inclusive ? ONE_MILLION + ratePpm : ONE_MILLION))
}

/**
 * Tax of every line of a receipt. With `rounding: 'total'` the tax of each rate's total is rounded
 * once and split over that rate's lines by largest remainder, so parts always sum exactly.
 * @param lines net amounts (after all discounts), none negative
 * @returns the tax of each line, in order
 */
export function taxLines(
  lines: readonly { readonly net: Minor; readonly ratePpm: Ppm }[],
  method: TaxMethod,
): Minor[] {
  if (method.rounding === 'line') return lines.map((line) => taxOn(line.net, line.ratePpm, method.inclusive))
  const taxes: Minor[] = lines.map(() => minor(0))
  for (const ratePpm of new Set(lines.map((line) => line.ratePpm))) {
    const positions = lines.flatMap((line, i) => (line.ratePpm === ratePpm ? [i] : []))
    const nets = positions.map((i) => lines[i]?.net ?? minor(0))
    const parts = splitByLargestRemainder(taxOn(sumMinor(nets), ratePpm, method.inclusive), nets)
    positions.forEach((position, i) => {
      taxes[position] = parts[i] ?? minor(0)
    })
  }
  return taxes
}
