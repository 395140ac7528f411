import type { Buyer } from '@evertill/shared/domain/buyer'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { JournalRow } from './journal-row.ts'
import type { TillDatabase } from './till-database.ts'

/** Whom a paper was made out to after it was recorded, here or as the server has shown; undefined for nobody. */
export const readNamedBuyer = (db: TillDatabase, paperId: string): PromiseLike<Buyer | undefined> =>
  db.journal
    .where('paperId')
    .equals(paperId)
    .toArray()
    // By Dexie's own promise: within a live query an async function would lose its transaction.
    .then((rows) => lastNamed(rows) ?? db.otherPaper.get(paperId).then((other) => other?.buyer))

/** Of rows about one paper, the buyer that was named last. */
export function lastNamed(rows: readonly JournalRow[]): Buyer | undefined {
  const named = rows.filter(({ kind }) => kind === 'buyer-named')
  const [last] = named.sort((a, b) => b.epoch - a.epoch || b.seq - a.seq)
  // The text was parsed by zEntry before it was stored.
  return last && (JSON.parse(last.raw) as EntryOf<'buyer-named'>).body.buyer
}
