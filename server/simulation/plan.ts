import type { Rules } from './company.ts'
import type { Errand } from './errands.ts'
import type { StatementFault } from './gated-sql.ts'
import { planErrands } from './plan-errands.ts'
import { Random } from './random.ts'
import type { StorageFault } from './storage.ts'
import type { WireFault } from './wire.ts'

/*
 * A history before it happens: everything that people, machines and bad luck will do, decided by the seed alone.
 * Each event stands by itself, so that a failing history can be cut down event by event.
 */

interface Timed {
  /** Milliseconds from the start. */
  readonly at: number
}
interface OfTill {
  /** Number of the browser, from 1; clones come after the tills. */
  readonly till: number
}
interface OfTab extends OfTill {
  readonly tab: number
}

export type PlanEvent =
  | (Timed & OfTab & { readonly do: 'sell'; readonly sales: number; readonly gapMs: number })
  | (Timed & OfTab & { readonly do: 'errand'; readonly errand: Errand })
  | (Timed & OfTill & { readonly do: 'offline'; readonly forMs: number })
  | (Timed & OfTab & { readonly do: 'crash-till'; readonly afterSteps: number; readonly backAfterMs: number })
  | (Timed & OfTill & { readonly do: 'second-tab'; readonly forMs: number })
  | (Timed & OfTill & { readonly do: 'clone'; readonly as: number })
  | (Timed & OfTill & { readonly do: 'clock-jump'; readonly byMs: number })
  | (Timed & OfTab & { readonly do: 'storage-fault' } & StorageFault)
  | (Timed & OfTill & { readonly do: 'rot' })
  | (Timed & {
      readonly do: 'price'
      readonly product: number
      readonly price: number
      readonly heldMs: number
    })
  | (Timed & { readonly do: 'restock'; readonly product: number; readonly quantity: number })
  | (Timed & { readonly do: 'withdraw'; readonly product: number })
  | (Timed & { readonly do: 'backup' })
  | (Timed & { readonly do: 'restore' })
  | (Timed & OfTill & { readonly do: 'revoke'; readonly forMs: number })
  /** The till's journal is carried to head office as a file, and imported so much later. */
  | (Timed & OfTill & { readonly do: 'rescue'; readonly scope: 'unsent' | 'all'; readonly carriedMs: number })
  /** Head office lets count what it holds of revoked tills. */
  | (Timed & { readonly do: 'accept' })
  /** The server is mended, and head office has it read again what it could not take. */
  | (Timed & { readonly do: 'mend' })
  | { readonly do: 'statement'; readonly no: number; readonly fault: StatementFault }
  | (OfTill & { readonly do: 'wire'; readonly request: number; readonly fault: WireFault })
  /** What was minted under that number at that browser cannot be stored (class 22), or makes the server fail. */
  | (OfTill & { readonly do: 'poison'; readonly sale: number; readonly sqlstate: '22003' | 'XX000' })

export interface Plan {
  readonly seed: number
  readonly rules: Rules
  readonly tills: readonly { readonly stepMs: number; readonly hasLocks: boolean; readonly skewMs: number }[]
  readonly events: readonly PlanEvent[]
}

export interface PlanSize {
  /** Sales that the cashiers set out to make. */
  readonly sales: number
}

const MINUTES = 60_000
const LENGTH_MS = 5 * MINUTES

export function planOf(seed: number, { sales }: PlanSize): Plan {
  const random = new Random(seed, 'plan')
  const count = random.pick([1, 2, 2, 3])
  // From a quiet day to one on which everything happens.
  const trouble = random.pick([0.15, 0.5, 1, 1, 2])
  const some = (mean: number): number => {
    let n = 0
    for (let left = mean * trouble; left > 0; left--)
      if (random.chance(Math.min(1, left))) n += random.int(0, 2)
    return n
  }
  const times = (mean: number, make: () => PlanEvent): PlanEvent[] => Array.from({ length: some(mean) }, make)
  const at = () => random.int(1000, LENGTH_MS)

  const tills = Array.from({ length: count }, () => ({
    stepMs: random.pick([0, 0, 0, 0, 1, 7]),
    hasLocks: random.chance(0.7),
    skewMs: random.chance(0.3) ? random.int(-90, 90) * MINUTES : random.int(-2000, 2000),
  }))
  const events: PlanEvent[] = []
  const faultyWire = random.chance(0.2) ? 0 : random.next() ** 2 * 0.5 * trouble

  const browsers: number[] = tills.map((_, i) => i + 1)
  if (random.chance(0.12 * trouble)) {
    const clone = browsers.length + 1
    events.push({ at: random.int(30_000, LENGTH_MS / 2), do: 'clone', till: random.int(1, count), as: clone })
    browsers.push(clone)
  }

  for (let left = sales; left > 0; ) {
    const till = random.pick(browsers)
    const burst = Math.min(left, random.int(1, 30))
    const tab = random.chance(0.1) ? 1 : 0
    events.push({ at: at(), do: 'sell', till, tab, sales: burst, gapMs: random.pick([0, 0, 0, 10, 10, 400]) })
    left -= burst
  }
  for (const till of browsers) {
    const tab = () => (random.chance(0.2) ? 1 : 0)
    events.push(
      ...times(1.5, () => ({ at: at(), do: 'offline', till, forMs: random.int(2000, 2 * MINUTES) })),
      ...times(1.5, () => ({
        at: at(),
        do: 'crash-till',
        till,
        tab: tab(),
        afterSteps: random.int(1, 60),
        backAfterMs: random.int(0, 20_000),
      })),
      ...times(0.4, () => ({ at: at(), do: 'second-tab', till, forMs: random.int(5000, 4 * MINUTES) })),
      // Not at the very end: by then the till's own time says when it last fetched.
      ...times(0.3, () => ({
        at: random.int(1000, LENGTH_MS - 2 * MINUTES),
        do: 'clock-jump',
        till,
        byMs: jump(random),
      })),
      ...times(0.7, () => ({
        at: at(),
        do: 'storage-fault',
        till,
        tab: tab(),
        kind: random.pick(['quota', 'abort'] as const),
        after: random.int(1, 12),
      })),
      ...times(0.4, () => ({ at: at(), do: 'rot', till })),
      ...times(0.15, () => ({ at: at(), do: 'revoke', till, forMs: random.int(5000, 2 * MINUTES) })),
      ...times(0.15, () => ({
        do: 'poison',
        till,
        sale: random.int(1, Math.max(1, Math.floor(sales / browsers.length))),
        sqlstate: random.pick(['22003', 'XX000'] as const),
      })),
    )
    for (let request = 1; request <= 40; request++)
      if (random.chance(faultyWire)) events.push({ do: 'wire', till, request, fault: wireFault(random) })
  }
  events.push(
    ...times(2, () => ({
      at: at(),
      do: 'price',
      product: random.int(1, 12),
      price: random.int(1, 2000),
      heldMs: random.pick([0, 0, random.int(100, 30_000)]),
    })),
    ...times(1, () => ({
      at: at(),
      do: 'restock',
      product: random.int(1, 12),
      quantity: random.int(-20, 40) * 1000,
    })),
    ...times(0.3, () => ({ at: at(), do: 'withdraw', product: random.int(9, 12) })),
    ...times(1, () => ({
      do: 'statement',
      no: random.int(1, 160),
      fault: random.pick(['lost-before', 'lost-after', 'deadlock'] as const),
    })),
    ...times(0.7, () => ({
      do: 'statement',
      no: random.int(1, 160),
      fault: random.pick(['crash-before', 'crash-after'] as const),
    })),
  )
  if (random.chance(0.2 * trouble)) {
    const backup = random.int(30_000, LENGTH_MS - 60_000)
    events.push({ at: backup, do: 'backup' })
    for (let i = random.int(1, 2); i > 0; i--)
      events.push({ at: random.int(backup, LENGTH_MS), do: 'restore' })
  }
  events.push(...planErrands(seed, browsers, { lengthMs: LENGTH_MS, copied: browsers.length > count }))
  const atOf = (event: PlanEvent) => ('at' in event ? event.at : 0)
  const rules: Rules = { inclusive: random.chance(0.7), rounding: random.pick(['line', 'total']) }
  return { seed, rules, tills, events: events.sort((a, b) => atOf(a) - atOf(b)) }
}

function jump(random: Random): number {
  return random.pick([-1, 1]) * random.pick([5000, 5 * MINUTES, 26 * 60 * MINUTES, 400 * 24 * 60 * MINUTES])
}

function wireFault(random: Random): WireFault {
  const part = random.next()
  switch (random.int(0, 9)) {
    case 0:
    case 1:
      return { kind: 'response-lost' }
    case 2:
      return { kind: 'request-lost' }
    case 3:
      return { kind: 'request-doubled', ms: random.int(0, 90_000) }
    case 4:
      return { kind: 'request-cut', part }
    case 5:
      return { kind: 'response-cut', part }
    case 6:
      return { kind: 'response-broken', part }
    case 7:
      return random.chance(0.3) ? { kind: 'portal' } : { kind: 'slow', ms: random.int(1000, 90_000) }
    default: {
      const status = random.pick([401, 403, 404, 413, 429, 500, 502, 503])
      const wait = status === 429 || status === 503 ? { retryAfterS: random.int(1, 40) } : {}
      return { kind: 'status', status, after: status >= 500 && random.chance(0.5), ...wait }
    }
  }
}
