import {
  MAX_PUSH_BYTES,
  PACK_FROM_CHARS,
  PUSH_CONTENT_TYPE,
  pushText,
  zPushResponse,
} from '@evertill/shared/protocol/push'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { noteContact } from '../store/contact.ts'
import { type Batch, readBatch } from '../store/read-batch.ts'
import { settleEntries } from '../store/settle-entries.ts'
import type { SyncEvent } from './decide.ts'
import { type Failure, noteFailure, toEvent } from './note-failure.ts'
import { type RequestDeps, requestAsTill } from './request.ts'
import { settlementOf } from './settle.ts'

export interface PushDeps extends RequestDeps {
  readonly appVersion: string
}

// A sale shrinks to about a sixth; three bytes a character at worst keeps both limits of the protocol.
const MAX_CHARS_GZIPPED = 4_000_000
const MAX_CHARS_PLAIN = 300_000

export interface PushLimits {
  readonly most: number
  readonly aside: readonly string[]
}

/** Sends the next entries, or a heartbeat when none waits, and writes down what the server said of each. */
export async function pushOnce(deps: PushDeps, limits: PushLimits): Promise<SyncEvent> {
  const { db, now } = deps
  const batch = await readBatch(db, { ...limits, maxChars: mostChars() })
  if (batch === undefined) return { type: 'failed' }
  const sentAt = now().toISOString()
  await noteContact(db, { lastAttemptAt: sentAt, lastPushAt: sentAt, sending: batch.entries.length > 0 })
  const { event, failure } = await sendBatch(deps, batch)
  if (failure !== undefined) await noteFailure(deps, failure)
  else if (event.type === 'pushed')
    await noteContact(db, { lastContactAt: now().toISOString(), online: true, sending: false })
  else await noteContact(db, { sending: false })
  return event
}

/** Sends a batch and settles it. What is noted beside the entries' fates is the caller's. */
export async function sendBatch(
  deps: PushDeps,
  batch: Batch,
): Promise<{ readonly event: SyncEvent; readonly failure?: Failure }> {
  const hashes = batch.entries.map((entry) => entry.hash)
  const { body, encoding } = await bodyOf(batch, deps.appVersion)
  if (body.length > MAX_PUSH_BYTES && hashes.length > 0) return { event: { type: 'too-large', hashes } }
  const answer = await requestAsTill(deps, batch.till, batch.clockOffsetMs, {
    method: 'POST',
    path: '/api/push',
    headers: { 'content-type': PUSH_CONTENT_TYPE, ...encoding },
    body,
    schema: zPushResponse,
  })
  if (answer.code !== 'answered') return { event: toEvent(answer, hashes), failure: answer }
  const { outcomes, highWater, newEpoch, serverTime } = answer.body
  const { settled } = await settleEntries(deps.db, {
    batch,
    entries: settlementOf(batch.entries, outcomes),
    highWater,
    ...(newEpoch !== undefined && { newEpoch }),
    now: new Date(serverTime),
  })
  return { event: { type: 'pushed', sent: hashes.length, settled } }
}

const canGzip = (): boolean => typeof CompressionStream === 'function'
export const mostChars = (): number => (canGzip() ? MAX_CHARS_GZIPPED : MAX_CHARS_PLAIN)

async function bodyOf(
  batch: Batch,
  appVersion: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; encoding?: { 'content-encoding': 'gzip' } }> {
  const text = pushText(
    { version: PROTOCOL_VERSION, epoch: batch.epoch, report: { ...batch.report, appVersion } },
    batch.entries,
  )
  if (text.length < PACK_FROM_CHARS || !canGzip()) return { body: new TextEncoder().encode(text) }
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return {
    body: new Uint8Array(await new Response(packed).arrayBuffer()),
    encoding: { 'content-encoding': 'gzip' },
  }
}
