import { chance } from './chance.ts'

/** What the kill waits for: nothing at all, the page's report of a step, and then some. */
export type Moment = 'around-the-key' | 'after-the-key' | 'in-the-commit' | 'first-frame' | 'later'

/** How the cashier gets from the cart to Paid. */
export type Way = 'exact-cash-key' | 'payment-screen' | 'cash-button'

export interface KillPlan {
  readonly moment: Moment
  readonly way: Way
  readonly items: number
  /** Whether the till has no network from before the sale until the next round changes it. */
  readonly offline: boolean
  /** Where between the earliest and the latest possible this kill falls: 0 ≤ n < 1. */
  readonly within: number
}

const MOMENTS: readonly (readonly [Moment, number])[] = [
  ['around-the-key', 0.15],
  ['after-the-key', 0.3],
  ['in-the-commit', 0.25],
  ['first-frame', 0.15],
  ['later', 0.15],
]
const WAYS: readonly Way[] = ['exact-cash-key', 'payment-screen', 'cash-button']

/** Everything about one round that is left to chance. */
export function planKill(seed: number, round: number): KillPlan {
  const draw = (what: string) => chance(seed, round, what)
  let rest = draw('moment')
  const [moment] = MOMENTS.find(([, share]) => {
    rest -= share
    return rest < 0
  }) ?? ['later' as const]
  return {
    moment,
    way: WAYS[Math.floor(draw('way') * WAYS.length)] ?? 'exact-cash-key',
    items: 1 + Math.floor(draw('items') * 3),
    // Whole stretches without a network: several sales wait, and cold starts happen offline too.
    offline: chance(seed, Math.floor(round / 3), 'offline') < 0.5,
    within: draw('within'),
  }
}
