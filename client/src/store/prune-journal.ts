import { readContact } from './contact.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export const KEEP_DAYS = 90
const AT_A_TIME = 500

/**
 * Lets go of entries that the server acknowledged more than 90 days ago and still has: the only place where a
 * row leaves the journal. Waiting and held entries stay however old they are. Days are counted by the server's
 * clock at both ends: a till's own may be set a year ahead, and its journal is the server's second backup.
 */
export async function pruneJournal(db: TillDatabase): Promise<number> {
  return db.transaction('rw', [db.journal, db.state], async () => {
    const till = await readTill(db)
    if (till === undefined) return 0
    const { highWater, serverTime } = await readContact(db)
    if (serverTime === undefined) return 0
    const before = new Date(Date.parse(serverTime) - KEEP_DAYS * 86_400_000).toISOString()
    let pruned = 0
    for (const fate of ['applied', 'duplicate'])
      pruned += await db.journal
        .where('[fate+settledAt]')
        .between([fate, ''], [fate, before])
        .and(
          (row) =>
            row.tillId === till.tillId &&
            row.seq <= (highWater[row.epoch] ?? 0) &&
            row.overlaid === undefined,
        )
        .limit(AT_A_TIME)
        .delete()
    return pruned
  })
}
