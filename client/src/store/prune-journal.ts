import { readContact } from './contact.ts'
import type { JournalRow } from './journal-row.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export const KEEP_DAYS = 90
const AT_A_TIME = 500
const FATES = ['applied', 'duplicate'] as const

/**
 * Lets go of entries that the server acknowledged more than 90 days ago and still has: the only place where a
 * row leaves the journal. Waiting and held entries stay however old they are, and so does what took a sale back while
 * that sale is known here, whichever till made it: or it would be paid back once more. Days are counted by the server's
 * clock at both ends: a till's own may be set a year ahead, and its journal is the server's second backup.
 */
export async function pruneJournal(db: TillDatabase): Promise<number> {
  return db.transaction('rw', [db.journal, db.otherPaper, db.state], async () => {
    const till = await readTill(db)
    if (till === undefined) return 0
    const { highWater, serverTime } = await readContact(db)
    if (serverTime === undefined) return 0
    const before = new Date(Date.parse(serverTime) - KEEP_DAYS * 86_400_000).toISOString()
    const isDone = (row: JournalRow) =>
      row.tillId === till.tillId && row.seq <= (highWater[row.epoch] ?? 0) && row.overlaid === undefined
    let pruned = 0
    for (const fate of FATES)
      pruned += await db.journal
        .where('[fate+settledAt]')
        .between([fate, ''], [fate, before])
        .and((row) => isDone(row) && row.originalId === undefined)
        .limit(AT_A_TIME)
        .delete()
    const isOld = ({ fate, settledAt = '' }: JournalRow) =>
      FATES.some((done) => done === fate) && settledAt < before
    return pruned + (await pruneBacks(db, (row) => isOld(row) && isDone(row)))
  })
}

/** Refunds and voids, once their sale has gone. Few entries are any: they are found by what they took back from. */
async function pruneBacks(db: TillDatabase, mayGo: (row: JournalRow) => boolean): Promise<number> {
  const rows = await db.journal.orderBy('originalId').and(mayGo).toArray()
  const saleIds = [...new Set(rows.map(({ originalId = '' }) => originalId))]
  const sales = await db.journal.where('id').anyOf(saleIds).toArray()
  const shown = await db.otherPaper.where('id').anyOf(saleIds).primaryKeys()
  const known = new Set([...sales.map(({ id }) => id), ...shown])
  const gone = rows.filter(({ originalId = '' }) => !known.has(originalId)).slice(0, AT_A_TIME)
  await db.journal.bulkDelete(
    gone.map(({ tillId, epoch, seq }): [string, number, number] => [tillId, epoch, seq]),
  )
  return gone.length
}
