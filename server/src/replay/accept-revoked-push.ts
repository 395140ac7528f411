import type { Problem } from '@evertill/shared/protocol/problem'
import type { Outcome, PushResponse } from '@evertill/shared/protocol/push'
import type { Sql } from '../db/connect.ts'
import { areStored, highWater } from '../db/queries/journal.ts'
import { type HeldLine, holdLines } from '../db/queries/quarantine.ts'
import { recordContact } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import type { AcceptPushPorts } from './accept-push.ts'
import { idAtAGlance, openLine } from './read-line.ts'
import { readPush } from './read-push.ts'

const reason = 'Head office has revoked this till, and decides whether this counts.'

/**
 * Takes what a revoked till sends into quarantine, where head office decides about it: its last sales may be
 * genuine, and whoever has the device now may not be. What had counted before stays counted.
 */
export async function acceptRevokedPush(
  sql: Sql,
  till: AuthenticatedTill,
  body: Uint8Array,
  ports: AcceptPushPorts,
): Promise<PushResponse | Problem> {
  const push = readPush(body)
  if ('code' in push) return push
  const { company_id: companyId, till_id: tillId, outlet_id: outletId } = till
  await recordContact(sql, { companyId, tillId, report: push.header.report, now: ports.now() }).catch(
    (error: unknown) => ports.log.warn({ err: error, tillId }, "a till's report was not kept"),
  )

  const lines = push.lines.map((line) => {
    const opened = openLine(line)
    const id = 'sealed' in opened ? idAtAGlance(opened) : undefined
    return { line, hash: opened.hash, id: id ?? null, sealed: 'sealed' in opened }
  })
  const seals = lines.flatMap((line) =>
    line.sealed && line.id !== null && line.hash !== null ? [{ line, id: line.id, hash: line.hash }] : [],
  )
  const stored =
    seals.length === 0 ? [] : await retrying(() => areStored(sql, { companyId, tillId }, seals), ports)
  const known = new Set(seals.filter((_, i) => stored[i]?.stored).map(({ line }) => line))

  const held: HeldLine[] = lines
    .filter((line) => !known.has(line))
    .map(({ line }) => ({ line, type: 'revoked-till', reason, fields: [], entryId: null }))
  if (held.length > 0) {
    ports.log.warn({ tillId, held: held.length }, 'a revoked till has sent entries')
    await retrying(() => holdLines(sql, { companyId, tillId, outletId }, held), ports)
  }
  return {
    outcomes: lines.map((line): Outcome => {
      const { hash, id } = line
      if (known.has(line)) return { hash, id, outcome: 'duplicate' }
      return { hash, id, outcome: 'quarantined', exceptions: ['revoked-till'], reason }
    }),
    highWater: await retrying(() => highWater(sql, { companyId, tillId, epoch: push.header.epoch }), ports),
    serverTime: ports.now().toISOString(),
  }
}
