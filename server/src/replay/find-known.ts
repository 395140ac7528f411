import type { Sql } from '../db/connect.ts'
import { areStored } from '../db/queries/journal.ts'
import { type RetryingPorts, retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { idAtAGlance, type SealedLine } from './read-line.ts'
import { laneOf } from './replay-queue.ts'

export type Known = { readonly id: string; readonly newEpoch: number | null | undefined }

/**
 * A long push is mostly new or mostly sent before, and its first line says which: only then all are looked up.
 * A short one is replayed as it comes: that costs less than asking first.
 */
export async function findResent(
  sql: Sql,
  till: AuthenticatedTill,
  lines: readonly SealedLine[],
  ports: RetryingPorts,
): Promise<Map<SealedLine, Known>> {
  if (laneOf(lines.length) === 'live') return new Map()
  const first = await findKnown(sql, till, lines.slice(0, 1), ports)
  return first.size === 0 ? first : findKnown(sql, till, lines, ports)
}

/**
 * The lines that this till has sent before, with their ids: a resent backlog costs a look-up instead of a
 * reading, pricing and replay. Sound by the hash alone, which stands for the whole text. What slips through
 * is applied or not by the primary key.
 */
export async function findKnown(
  sql: Sql,
  { company_id: companyId, till_id: tillId }: AuthenticatedTill,
  lines: readonly SealedLine[],
  ports: RetryingPorts,
): Promise<Map<SealedLine, Known>> {
  const seals = lines.flatMap((line) => {
    const id = idAtAGlance(line)
    return id === undefined ? [] : [{ line, id, hash: line.hash }]
  })
  if (seals.length === 0) return new Map()
  const stored = await retrying(() => areStored(sql, { companyId, tillId }, seals), ports)
  return new Map(
    seals.flatMap(({ line, id }, i) =>
      stored[i]?.stored ? [[line, { id, newEpoch: stored[i].newEpoch }]] : [],
    ),
  )
}
