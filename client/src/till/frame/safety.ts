import type { Health } from '../../store/journal.ts'
import { offsetAt } from '../../store/till-clock.ts'

/** How safe the money is, in the one word the header has room for. */
export type Safety =
  | { readonly code: 'connecting' }
  | { readonly code: 'safe' }
  | { readonly code: 'sending'; readonly waiting: number }
  | { readonly code: 'offline'; readonly waiting: number }
  /** It answers, but not with what was asked for: a server that is starting, or a proxy before one that is not. */
  | { readonly code: 'server-troubled'; readonly waiting: number }
  | { readonly code: 'needs-help'; readonly reasons: readonly HelpReason[] }

export type HelpReason = 'unknown-till' | 'revoked' | 'held' | 'queue-old' | 'not-protected' | 'clock-off'

const HOUR_MS = 3_600_000
/** Entries waiting longer than a day need a person to look why. */
export const QUEUE_LIMIT_MS = 24 * HOUR_MS
/** Storage that the browser may clear must not be the only copy for longer than this. */
export const UNPROTECTED_LIMIT_MS = HOUR_MS
/** A clock further off than this puts sales on the wrong business day. */
export const CLOCK_LIMIT_MS = 10 * 60_000

/** How far off the clock is: one that was set back is told without the server. Pure. */
export const clockOffOf = ({ clockOffsetMs, serverTime }: Health, now: Date): number =>
  offsetAt(now, { clockOffsetMs, ...(serverTime !== undefined && { heardAt: serverTime }) })

/** Everything that needs a person, most urgent first. Pure. */
export function helpReasons(health: Health, now: Date): HelpReason[] {
  const age = health.oldestWaitingAt === null ? 0 : now.getTime() - Date.parse(health.oldestWaitingAt)
  const reasons: HelpReason[] = []
  if (health.lastProblem?.code === 'unauthenticated') reasons.push('unknown-till')
  if (health.tillState === 'revoked') reasons.push('revoked')
  if (health.held > 0) reasons.push('held')
  if (health.waiting > 0 && age > QUEUE_LIMIT_MS) reasons.push('queue-old')
  if (health.waiting > 0 && !health.persisted && age > UNPROTECTED_LIMIT_MS) reasons.push('not-protected')
  if (Math.abs(clockOffOf(health, now)) > CLOCK_LIMIT_MS) reasons.push('clock-off')
  return reasons
}

/** Whether the last thing heard from the server was a refusal. Pure. */
export function isServerTroubled({ online, lastProblem, lastContactAt }: Health): boolean {
  return online && lastProblem !== undefined && lastProblem.at >= (lastContactAt ?? '')
}

/** What the chip says. Pure. */
export function safetyOf(health: Health, now: Date): Safety {
  const reasons = helpReasons(health, now)
  if (reasons.length > 0) return { code: 'needs-help', reasons }
  const { waiting } = health
  if (health.lastAttemptAt === undefined && health.lastContactAt === undefined && waiting === 0)
    return { code: 'connecting' }
  if (!health.online) return { code: 'offline', waiting }
  if (isServerTroubled(health)) return { code: 'server-troubled', waiting }
  return waiting > 0 ? { code: 'sending', waiting } : { code: 'safe' }
}
