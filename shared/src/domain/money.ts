/**
 * Money is an integer count of minor units (cents), quantity an integer count of thousandths,
 * a rate an integer in parts per million. The brands keep the three from being mixed up.
 */
declare const unit: unique symbol

/** Minor units of the company's currency: 1240 is $12.40. May be negative. */
export type Minor = number & { readonly [unit]: 'minor' }
/** Thousandths of a unit of sale: 1000 is one piece or one kilogram. */
export type Thousandths = number & { readonly [unit]: 'thousandths' }
/** Parts per million: 90_000 is 9 %. */
export type Ppm = number & { readonly [unit]: 'ppm' }

export const ONE_MILLION = 1_000_000
export const ONE_UNIT = 1000 as Thousandths

function safeInteger(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, got ${value}`)
  return value === 0 ? 0 : value // never -0: it hashes and compares differently
}

/** @throws RangeError when `value` is not a safe integer */
export const minor = (value: number): Minor => safeInteger(value, 'money') as Minor
/** @throws RangeError when `value` is not a safe integer */
export const thousandths = (value: number): Thousandths => safeInteger(value, 'quantity') as Thousandths
/** @throws RangeError when `value` is not a safe integer */
export const ppm = (value: number): Ppm => safeInteger(value, 'rate') as Ppm

export const ZERO = 0 as Minor

/** The largest amount that may stand anywhere on a sale: a billion, in a currency with cents. */
export const MOST_MONEY = 100_000_000_000 as Minor
/** The largest unit price: a million. */
export const MOST_PRICE = 100_000_000 as Minor

export const sumMinor = (values: Iterable<number>): Minor => {
  let total = 0
  for (const value of values) total += value
  return minor(total)
}

/**
 * `a × b ÷ divisor`, rounded half away from zero: the one rounding rule of the system (IRAS calls it
 * "round half up"; away from zero makes a refund the exact mirror of its sale).
 * Exact for every safe integer: falls back to BigInt where the product leaves 2^53.
 * @throws RangeError on fractions, a divisor of zero, or a result beyond the safe integers
 */
export function mulDivRounded(a: number, b: number, divisor: number): number {
  const negative = (a < 0 !== b < 0) !== divisor < 0
  const magnitude = divided(a, b, divisor, 'half-up')
  return negative && magnitude !== 0 ? -magnitude : magnitude
}

/**
 * `a × b ÷ divisor` rounded down, for what is only given when it is full, such as points.
 * @throws RangeError as mulDivRounded, and on negative numbers
 */
export function mulDivFloored(a: number, b: number, divisor: number): number {
  if (a < 0 || b < 0 || divisor < 0) throw new RangeError('only what is not negative is rounded down')
  return divided(a, b, divisor, 'down')
}

function divided(a: number, b: number, divisor: number, rounding: 'half-up' | 'down'): number {
  const product = Math.abs(a * b)
  const by = Math.abs(divisor)
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(divisor) || by === 0) {
    throw new RangeError(`cannot work out ${a} × ${b} ÷ ${divisor} in whole numbers`)
  }
  if (Number.isSafeInteger(2 * product) && Number.isSafeInteger(2 * by)) {
    const rest = product % by
    return (product - rest) / by + (rounding === 'half-up' && 2 * rest >= by ? 1 : 0)
  }
  const bigProduct = BigInt(Math.abs(a)) * BigInt(Math.abs(b))
  const bigBy = BigInt(by)
  const up = rounding === 'half-up' && 2n * (bigProduct % bigBy) >= bigBy ? 1n : 0n
  return safeInteger(Number(bigProduct / bigBy + up), 'the result')
}

/** What `quantity` of something costs at `unitPrice`, rounded to the minor unit. */
export const extend = (unitPrice: Minor, quantity: Thousandths): Minor =>
  minor(mulDivRounded(unitPrice, quantity, ONE_UNIT))

/** The share `rate` of `amount`, rounded to the minor unit. */
export const shareOf = (amount: Minor, rate: Ppm): Minor => minor(mulDivRounded(amount, rate, ONE_MILLION))
