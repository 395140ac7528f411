import type { Errand } from './errands.ts'
import type { PlanEvent } from './plan.ts'
import { Random } from './random.ts'

/*
 * What the tills do besides selling and what head office decides, drawn apart from the rest of the plan: the sales and
 * the bad luck of a seed stay what they are, whatever is added here.
 */

const USUAL: readonly Errand[] = [
  'refund',
  'refund',
  'refund',
  'refund',
  'move-cash',
  'move-cash',
  'void',
  'register',
  'register',
  'refund-blind',
  'count-stock',
  'open-drawer',
]

export function planErrands(
  seed: number,
  browsers: readonly number[],
  { lengthMs, copied }: { readonly lengthMs: number; readonly copied: boolean },
): PlanEvent[] {
  const random = new Random(seed, 'errands')
  const events: PlanEvent[] = []
  for (const till of browsers) {
    const at = (from = 0, to = 1) =>
      random.int(Math.max(1000, Math.floor(lengthMs * from)), Math.floor(lengthMs * to))
    const errand = (when: number, what: Errand) => {
      events.push({ at: when, do: 'errand', till, tab: random.chance(0.15) ? 1 : 0, errand: what })
    }
    if (random.chance(0.8)) errand(at(0, 0.3), 'open-shift')
    for (let left = random.int(1, 5); left > 0; left--) errand(at(0.1), random.pick(USUAL))
    // A till and its copy each believe that they alone sold what they share.
    if (copied) for (let left = 3; left > 0; left--) errand(at(0.6), 'refund')
    if (random.chance(0.5)) errand(at(0.4), 'close-shift')
    if (random.chance(0.3)) errand(at(0.5), 'open-shift')
    if (random.chance(0.1)) errand(at(0.8), 'close-shift')
    // Somebody carries the journal to head office as a file, at once or only when the till has long sent it.
    if (random.chance(0.15))
      events.push({
        at: at(0.2, 0.9),
        do: 'rescue',
        till,
        scope: random.pick(['unsent', 'all'] as const),
        carriedMs: random.pick([0, random.int(1000, lengthMs)]),
      })
  }
  // Head office lets count what it held: a revoked till's last entries, and what the server could not take before.
  if (random.chance(0.5)) events.push({ at: random.int(1000, lengthMs), do: 'accept' })
  if (random.chance(0.5)) events.push({ at: lengthMs, do: 'accept' })
  if (random.chance(0.3)) events.push({ at: random.int(1000, lengthMs), do: 'mend' })
  if (random.chance(0.5)) events.push({ at: lengthMs, do: 'mend' })
  return [
    ...events,
    ...planExchanges(new Random(seed, 'exchanges'), browsers, lengthMs),
    ...planRequests(new Random(seed, 'emails'), 'email', 4, browsers, lengthMs),
    ...planRequests(new Random(seed, 'buyers'), 'name-buyer', 3, browsers, lengthMs),
  ]
}

/** Exchanges, drawn apart once more; now and then the page dies or its disk fails in the middle of one. */
function planExchanges(random: Random, browsers: readonly number[], lengthMs: number): PlanEvent[] {
  return browsers.flatMap((till) =>
    Array.from({ length: random.pick([0, 1, 1, 2, 3]) }).flatMap((): PlanEvent[] => {
      const [at, tab] = [random.int(Math.floor(lengthMs * 0.2), lengthMs), random.chance(0.15) ? 1 : 0]
      const events: PlanEvent[] = [{ at, do: 'errand', till, tab, errand: 'exchange' }]
      const luck = random.int(1, 5)
      if (luck === 1) {
        const [afterSteps, backAfterMs] = [random.int(1, 60), random.int(0, 20_000)]
        events.push({ at, do: 'crash-till', till, tab, afterSteps, backAfterMs })
      } else if (luck === 2) {
        const kind = random.pick(['quota', 'abort'] as const)
        events.push({ at, do: 'storage-fault', till, tab, kind, after: random.int(1, 12) })
      }
      return events
    }),
  )
}

/** Customers who ask for their receipts by e-mail, or in the name of a business; drawn apart as well. */
function planRequests(
  random: Random,
  errand: Errand,
  most: number,
  browsers: readonly number[],
  lengthMs: number,
): PlanEvent[] {
  return browsers.flatMap((till) =>
    Array.from({ length: random.int(0, most) }, (): PlanEvent => {
      const tab = random.chance(0.15) ? 1 : 0
      return {
        at: random.int(Math.floor(lengthMs * 0.1), lengthMs),
        do: 'errand',
        till,
        tab,
        errand,
      }
    }),
  )
}
