import { z } from 'zod'
import { zClockOffsetMs, zHash, zInstant, zText, zUuid } from './scalars.ts'
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from './version.ts'

/*
 * POST /api/push, content-type application/x-ndjson, content-encoding gzip allowed.
 *
 *   line 1    the header below, as JSON
 *   line 2…   one entry each: `<hash> <canonical JSON of the entry>`
 *
 * An entry's text travels as it was hashed and never passes through another serializer; one line that
 * cannot be read says nothing about its neighbours.
 */

export const PUSH_CONTENT_TYPE = 'application/x-ndjson'
export const MAX_PUSH_ENTRIES = 500
/** Bytes of a push as sent. */
export const MAX_PUSH_BYTES = 1_000_000
/** Bytes of a push once unpacked. */
export const MAX_PUSH_UNPACKED_BYTES = 16_000_000
/** Characters of a push from which it is worth packing: less goes in two or three network packets as it is. */
export const PACK_FROM_CHARS = 4_000

/** How far a browser can be trusted to keep what it stores, from the best to the worst. */
export const zStorageKind = z.enum(['persistent', 'best-effort', 'ephemeral'])
export type StorageKind = z.infer<typeof zStorageKind>

/** What a till says of itself with every push. */
export const zTillReport = z.object({
  /** Entries that wait beside those in this push: what will be left once it is taken. */
  waiting: z.int().min(0),
  oldestWaitingAt: z.nullable(zInstant),
  clockOffsetMs: zClockOffsetMs,
  appVersion: zText(40),
  persisted: z.boolean(),
  /** What became of asking the browser to keep this storage; `ephemeral` is likely a private window. */
  storage: z.exactOptional(zStorageKind),
  /** What is left of the browser's quota. */
  freeBytes: z.exactOptional(z.int().min(0)),
})
export type TillReport = z.infer<typeof zTillReport>

export const zPushHeader = z.object({
  version: z.int().min(OLDEST_PROTOCOL_VERSION).max(PROTOCOL_VERSION),
  epoch: z.int().min(1),
  report: zTillReport,
})
export type PushHeader = z.infer<typeof zPushHeader>

/** A push with no entries is a heartbeat. */
export function pushText(
  header: PushHeader,
  entries: readonly { readonly hash: string; readonly raw: string }[],
): string {
  return [JSON.stringify(header), ...entries.map((entry) => `${entry.hash} ${entry.raw}`)].join('\n')
}

export const EXCEPTION_TYPES = [
  'stock-negative',
  'price-differs',
  'totals-differ',
  'unknown-product',
  'unknown-customer',
  'unknown-staff',
  'points-overdrawn',
  'value-overdrawn',
  'over-refund',
  'late-after-close',
  'sequence-gap',
  'sequence-collision',
  'chain-broken',
  'clock-skew',
  'id-reused',
  'unreadable',
  'revoked-till',
  'email-not-sent',
] as const
export const zExceptionType = z.enum(EXCEPTION_TYPES)
export type ExceptionType = z.infer<typeof zExceptionType>

export const zOutcome = z.object({
  /** The hash the entry was sent under; the till finds its entry by it. Null when the line had none. */
  hash: z.nullable(zHash),
  id: z.nullable(zUuid),
  outcome: z.enum(['applied', 'duplicate', 'quarantined']),
  exceptions: z.exactOptional(z.array(zExceptionType)),
  /** Why it was quarantined, in words. */
  reason: z.exactOptional(z.string()),
})
export type Outcome = z.infer<typeof zOutcome>

export const zPushResponse = z.object({
  /** One per entry line, in order. */
  outcomes: z.array(zOutcome),
  /** The gapless high-water mark of this till's epoch: every seq up to it is on the server. */
  highWater: z.int().min(0),
  serverTime: zInstant,
  /** The till must close its journal and go on under this epoch. */
  newEpoch: z.exactOptional(z.int()),
})
export type PushResponse = z.infer<typeof zPushResponse>
