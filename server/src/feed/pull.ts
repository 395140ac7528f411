import { createHmac } from 'node:crypto'
import type { PullResponse } from '@evertill/shared/protocol/pull'
import type { Sql } from '../db/connect.ts'
import { type FeedPlace, feedPlace, type JournalPlace, readFeed } from '../db/queries/feed.ts'
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
 * till was moved, it means nothing, and the till is given everything afresh. A backup that is put back into the database
 * it was made of, or the files of that, leave it the same life: so the cursor names a token too, of which the database
 * makes one a minute. One that it does not hold was made after the backup. The till is given everything, which also
 * makes it send everything again.
 */

/**
 * What changed for this till since its cursor, or everything.
 * @param after the place in its journal up to which it knows what became of its entries
 */
export async function pull(
  sql: Sql,
  till: AuthenticatedTill,
  cursor: string | undefined,
  now: () => Date,
  after?: string,
): Promise<PullResponse> {
  const { company_id: companyId, outlet_id: outletId, till_id: tillId } = till
  // Before the rows are read: what ends in between comes again rather than never.
  const asked = partsOf(cursor)
  const place = await retrying(() => feedPlace(sql, companyId, { asked: asked.token, now: now() }))
  const life = `${place.identity}-${outletId}`
  const since = sinceOf(asked, life, place)
  const {
    company,
    outlet,
    till: row,
    arrived,
    staff,
    ...rows
  } = await retrying(() => readFeed(sql, { companyId, outletId, tillId }, since, placeOf(after)))
  return {
    cursor: `${life}.${place.token}-${place.horizon}`,
    snapshot: since === undefined,
    serverTime: now().toISOString(),
    company,
    outlet,
    till: row,
    ...(arrived !== null && { arrived }),
    rows: {
      ...rows,
      staff: staff.map(({ pinBase, ...person }) => ({
        ...person,
        pinVerifier: pinVerifier(pinBase, tillId),
      })),
    },
  }
}

/** `<epoch>.<seq>`, as a till asks about it. */
function placeOf(after: string | undefined): JournalPlace | undefined {
  if (after === undefined) return undefined
  const [epoch = 0, seq = 0] = after.split('.').map(Number)
  return { epoch, seq }
}

/** Cursors of before there were tokens have none. */
const CURSOR = /^(?<life>.+)\.(?:(?<token>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-)?(?<xid>\d{1,19})$/

type Parts = { readonly life?: string; readonly token?: string; readonly xid?: string }

const partsOf = (cursor: string | undefined): Parts => CURSOR.exec(cursor ?? '')?.groups ?? {}

/** The xid of a cursor of this life; of one that comes from a future that was restored away, none. */
function sinceOf({ life: of, xid }: Parts, life: string, { isKnown, next }: FeedPlace): string | undefined {
  if (of !== life || xid === undefined || !isKnown || BigInt(xid) > BigInt(next)) return undefined
  return xid
}

/** What one till checks a PIN against: see protocol/pin. Of no use on another till. */
export const pinVerifier = (pinBase: string, tillId: string): string =>
  createHmac('sha256', Buffer.from(pinBase, 'hex')).update(tillId).digest('hex')
