import { MAX_PUSH_BYTES, PUSH_CONTENT_TYPE, pushText, zPushResponse } from '@evertill/shared/protocol/push'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { noteContact } from '../store/contact.ts'
import { type Batch, readBatch } from '../store/read-batch.ts'
import { settleEntries } from '../store/settle-entries.ts'
import type { SyncEvent } from './decide.ts'
import { noteFailure, toEvent } from './note-failure.ts'
import { type RequestDeps, requestAsTill } from './request.ts'
import { settlementOf } from './settle.ts'

export interface PushDeps extends RequestDeps {
  readonly appVersion: string
}

// A sale shrinks to about a sixth; three bytes a character at worst keeps both limits of the protocol.
const MAX_CHARS_GZIPPED = 4_000_000
const MAX_CHARS_PLAIN = 300_000

/** Sends the next entries, or a heartbeat when none waits, and writes down what the server said of each. */
export async function pushOnce(
  deps: PushDeps,
  limits: { readonly most: number; readonly aside: readonly string[] },
): Promise<SyncEvent> {
  const { db, now } = deps
  const gzips = typeof CompressionStream === 'function'
  const batch = await readBatch(db, { ...limits, maxChars: gzips ? MAX_CHARS_GZIPPED : MAX_CHARS_PLAIN })
  if (batch === undefined) return { type: 'failed' }
  const hashes = batch.entries.map((entry) => entry.hash)
  const body = await bodyOf(batch, deps.appVersion, gzips)
  if (body.length > MAX_PUSH_BYTES && hashes.length > 0) return { type: 'too-large', hashes }

  const sentAt = now().toISOString()
  await noteContact(db, { lastAttemptAt: sentAt, lastPushAt: sentAt, sending: hashes.length > 0 })
  const answer = await requestAsTill(deps, batch.till, batch.clockOffsetMs, {
    method: 'POST',
    path: '/api/push',
    headers: { 'content-type': PUSH_CONTENT_TYPE, ...(gzips && { 'content-encoding': 'gzip' }) },
    body,
    schema: zPushResponse,
  })
  if (answer.code !== 'answered') {
    await noteFailure(deps, answer)
    return toEvent(answer, hashes)
  }
  const { outcomes, highWater, newEpoch, serverTime } = answer.body
  const { settled } = await settleEntries(db, {
    batch,
    entries: settlementOf(batch.entries, outcomes),
    highWater,
    ...(newEpoch !== undefined && { newEpoch }),
    now: new Date(serverTime),
  })
  await noteContact(db, { lastContactAt: now().toISOString(), online: true, sending: false })
  return { type: 'pushed', sent: hashes.length, settled }
}

async function bodyOf(batch: Batch, appVersion: string, gzips: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const text = pushText(
    { version: PROTOCOL_VERSION, epoch: batch.epoch, report: { ...batch.report, appVersion } },
    batch.entries,
  )
  if (!gzips) return new TextEncoder().encode(text)
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(packed).arrayBuffer())
}
