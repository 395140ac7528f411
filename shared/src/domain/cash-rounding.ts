import { type Minor, minor, mulDivRounded } from './money.ts'

/**
 * The cash to ask for when `due` is paid in cash: the nearest multiple of `step`, half up.
 * Only the cash leg is rounded. Source: MAS, rounding of cash bills to 5 cents since 2002.
 * @param step minor units of the smallest coin; 1 switches rounding off
 */
export const roundCash = (due: Minor, step: number): Minor => minor(mulDivRounded(due, 1, step) * step)
