import { zPullResponse } from '@evertill/shared/protocol/pull'
import { applyPull, startPull } from '../store/apply-pull.ts'
import { noteContact } from '../store/contact.ts'
import type { SyncEvent } from './decide.ts'
import { noteFailure, toEvent } from './note-failure.ts'
import { type RequestDeps, requestAsTill } from './request.ts'

/** Fetches what changed since the cursor and writes it down. */
export async function pullOnce(deps: RequestDeps): Promise<SyncEvent> {
  const { db, now } = deps
  const start = await startPull(db)
  if (start === undefined) return { type: 'failed' }
  const askedAt = now().toISOString()
  await noteContact(db, { lastAttemptAt: askedAt })
  const answer = await requestAsTill(deps, start.till, start.clockOffsetMs, {
    method: 'GET',
    path: start.cursor === undefined ? '/api/pull' : `/api/pull?cursor=${encodeURIComponent(start.cursor)}`,
    schema: zPullResponse,
  })
  if (answer.code !== 'answered') {
    await noteFailure(deps, answer)
    return toEvent(answer, [])
  }
  await applyPull(db, start, answer.body, crypto.randomUUID())
  await noteContact(db, { lastContactAt: now().toISOString(), lastPullAt: askedAt, online: true })
  return { type: 'pulled' }
}
