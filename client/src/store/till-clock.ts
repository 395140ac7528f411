import { CLOCK_TOLERANCE_MS } from '@evertill/shared/domain/clock'

/** What a till knows of the time besides its own clock. */
export interface TimeKnown {
  /** What to add to the till's clock, as it was last measured against the server's. */
  readonly clockOffsetMs: number
  /** A time the server is known to have shown; within an hour of the last. */
  readonly heardAt?: string
}

/**
 * What to add to the till's clock to have the time. A clock that shows a time before one that the server has shown was
 * set back since it was measured, or has lost its battery: then it is at least as late as that. Otherwise goods would be
 * taxed at the rate of another year, or at none.
 */
export function offsetAt(now: Date, { clockOffsetMs, heardAt }: TimeKnown): number {
  if (heardAt === undefined) return clockOffsetMs
  const least = Date.parse(heardAt) - now.getTime()
  return least - clockOffsetMs > CLOCK_TOLERANCE_MS ? least : clockOffsetMs
}

export const timeAt = (now: Date, known: TimeKnown): Date => new Date(now.getTime() + offsetAt(now, known))
