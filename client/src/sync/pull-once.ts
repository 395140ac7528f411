import { applyPull, noteUnreadRows, type PullStart, startPull } from '../store/apply-pull.ts'
import { noteContact } from '../store/contact.ts'
import type { SyncEvent } from './decide.ts'
import { noteFailure, toEvent } from './note-failure.ts'
import type { PushDeps } from './push-once.ts'
import { zReadPull } from './read-pull.ts'
import { requestAsTill } from './request.ts'

/** Fetches what changed since the cursor and writes it down. */
export async function pullOnce(deps: PushDeps): Promise<SyncEvent> {
  const { db, now, appVersion } = deps
  const start = await startPull(db, appVersion)
  if (start === undefined) return { type: 'failed' }
  const askedAt = now().toISOString()
  await noteContact(db, { lastAttemptAt: askedAt })
  const answer = await requestAsTill(deps, start.till, start.clockOffsetMs, {
    method: 'GET',
    path: pathOf(start),
    schema: zReadPull,
  })
  if (answer.code !== 'answered') {
    await noteFailure(deps, answer)
    return toEvent(answer, [])
  }
  const { unreadable, ...response } = answer.body
  await applyPull(db, start, response, crypto.randomUUID())
  const at = now().toISOString()
  await noteContact(db, { lastContactAt: at, lastPullAt: askedAt, online: true })
  if (unreadable > 0) await noteUnreadRows(db, appVersion, unreadable, at)
  return { type: 'pulled' }
}

function pathOf({ cursor, after }: PullStart): string {
  const asked = new URLSearchParams({
    ...(cursor !== undefined && { cursor }),
    ...(after && { after: `${after.epoch}.${after.seq}` }),
  }).toString()
  return asked === '' ? '/api/pull' : `/api/pull?${asked}`
}
