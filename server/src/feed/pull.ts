import { createHmac } from 'node:crypto'
import type { PullResponse } from '@evertill/shared/protocol/pull'
import type { Sql } from '../db/connect.ts'
import { feedPlace, readFeed } from '../db/queries/feed.ts'
import { retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'

/*
 * How no change is missed, though transactions commit in another order than they began:
 *
 * Every row a till needs is stamped with the transaction that changed it (changed_xid). A pull answers the
 * rows stamped at or after the cursor, and the next cursor is the oldest transaction that was still running
 * when this pull began: whatever it and later ones write will be at or after it. So rows may come twice,
 * and none stays behind. Counters (stock, points) are not stamped; the ledgers beside them are.
 *
 * The cursor names the life of the database and the outlet it was made for. After a restore, or when the
 * till was moved, it means nothing, and the till is given everything afresh.
 */

/** What changed for this till since its cursor, or everything. */
export async function pull(
  sql: Sql,
  till: AuthenticatedTill,
  cursor: string | undefined,
  now: () => Date,
): Promise<PullResponse> {
  const { company_id: companyId, outlet_id: outletId, till_id: tillId } = till
  // Before the rows are read: what ends in between comes again rather than never.
  const { identity, horizon, next } = await retrying(() => feedPlace(sql))
  const life = `${identity}-${outletId}`
  const since = sinceOf(cursor, life, next)
  const {
    company,
    outlet,
    till: row,
    staff,
    ...rows
  } = await retrying(() => readFeed(sql, { companyId, outletId, tillId }, since))
  return {
    cursor: `${life}.${horizon}`,
    snapshot: since === undefined,
    serverTime: now().toISOString(),
    company,
    outlet,
    till: row,
    rows: {
      ...rows,
      staff: staff.map(({ pinBase, ...person }) => ({
        ...person,
        pinVerifier: pinVerifier(pinBase, tillId),
      })),
    },
  }
}

/** The xid of a cursor of this life; a later one than any so far comes from a future that was restored away. */
function sinceOf(cursor: string | undefined, life: string, next: string): string | undefined {
  const [, of, xid] = /^(.+)\.(\d{1,19})$/.exec(cursor ?? '') ?? []
  if (of !== life || xid === undefined || BigInt(xid) > BigInt(next)) return undefined
  return xid
}

/** What one till checks a PIN against: see protocol/pin. Of no use on another till. */
export const pinVerifier = (pinBase: string, tillId: string): string =>
  createHmac('sha256', Buffer.from(pinBase, 'hex')).update(tillId).digest('hex')
