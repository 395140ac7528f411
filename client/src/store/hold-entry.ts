import { readState, writeState } from './state.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

/** Holds a waiting entry for a person: it is kept, stops being sent by itself, and `sendAgain` lets it go. */
export async function holdEntry(
  db: TillDatabase,
  entry: { readonly epoch: number; readonly seq: number; readonly hash: string },
  reason: string,
  now: Date,
): Promise<void> {
  await db.transaction('rw', [db.journal, db.state], async () => {
    const till = await readTill(db)
    if (till === undefined) return
    const row = await db.journal.get([till.tillId, entry.epoch, entry.seq])
    if (row?.hash !== entry.hash || row.fate !== 'waiting') return
    const settledNo = ((await readState(db, 'settlements')) ?? 0) + 1
    await writeState(db, 'settlements', settledNo)
    await db.journal.put({ ...row, fate: 'held', reason, settledAt: now.toISOString(), settledNo })
  })
}

/** A person decided that a held entry is to be sent once more. */
export async function sendAgain(db: TillDatabase, id: string): Promise<void> {
  await db.transaction('rw', db.journal, async () => {
    const row = await db.journal.where('id').equals(id).first()
    if (row?.fate !== 'held') return
    const { reason: _, settledAt: __, settledNo: ___, ...rest } = row
    await db.journal.put({ ...rest, fate: 'waiting' })
  })
}
