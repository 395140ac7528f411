import { businessDate } from '@evertill/shared/domain/business-day'
import { GENESIS } from '@evertill/shared/domain/journal-hash'
import type { ExceptionType } from '@evertill/shared/protocol/push'
import { type Contact, readContact } from './contact.ts'
import { readFormerTills } from './former-tills.ts'
import type { JournalRow } from './journal-row.ts'
import { layOver, overlayTables } from './overlay.ts'
import type { Batch } from './read-batch.ts'
import { dropState, readState, withState, writeState } from './state.ts'
import { readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'

/** What is read of the state for every answer. */
const READ = ['till', 'settlements', 'waitedAgainAt', 'contact', 'outlet'] as const

/** What the server said of one entry. */
export interface SettledEntry {
  readonly seq: number
  readonly hash: string
  readonly fate: 'applied' | 'duplicate' | 'held'
  readonly reason?: string
  readonly exceptions?: readonly ExceptionType[]
}

export interface Settlement {
  /** What was sent, with what the till believed then. */
  readonly batch: Pick<Batch, 'epoch' | 'believed' | 'suspectRestore' | 'settlements'> & {
    readonly till: { readonly tillId: string }
  }
  readonly entries: readonly SettledEntry[]
  readonly highWater: number
  readonly newEpoch?: number
  /** By the server's clock: what is kept for so many days must not go by one that a person can set. */
  readonly now: Date
}

/**
 * Writes down the server's outcomes. Entries it did not name stay waiting. When it knows less of this epoch than
 * it once acknowledged, it was restored from a backup: those entries wait again and the catalogue is fetched anew.
 * @returns how many entries got a new fate, and how many wait again
 */
export async function settleEntries(
  db: TillDatabase,
  settlement: Settlement,
): Promise<{ settled: number; waitingAgain: number }> {
  return db.transaction('rw', [db.journal, db.state, ...overlayTables(db), db.customer], async () =>
    withState(db, READ, () => settle(db, settlement)),
  )
}

async function settle(
  db: TillDatabase,
  settlement: Settlement,
): Promise<{ settled: number; waitingAgain: number }> {
  const { batch, entries, now } = settlement
  const till = await readTill(db)
  const isFormer = (await readFormerTills(db)).some((former) => former.till.tillId === batch.till.tillId)
  // Neither the till this browser is, nor one that it was.
  if (till?.tillId !== batch.till.tillId && !isFormer) return { settled: 0, waitingAgain: 0 }
  const settlementNo = ((await readState(db, 'settlements')) ?? 0) + 1
  await writeState(db, 'settlements', settlementNo)
  const settled = await writeFates(db, settlement, settlementNo)
  if (till?.tillId !== batch.till.tillId) return { settled: settled.changed, waitingAgain: 0 }
  const waitingAgain = (await hasLostData(db, settlement)) ? await waitAgain(db, settlement) : 0
  await askAgain(db, settlement)
  if (entries.some(({ exceptions }) => exceptions?.includes('revoked-till')))
    await writeState(db, 'tillState', 'revoked')
  if (batch.suspectRestore) await dropState(db, 'suspectRestore')
  if (waitingAgain > 0) await dropState(db, 'cursor')
  if (settlement.newEpoch !== undefined && settlement.newEpoch > till.epoch) {
    const epoch = settlement.newEpoch
    const counters = await readState(db, 'counters')
    await writeState(db, 'till', { ...till, epoch })
    await writeState(db, 'counters', {
      tillId: till.tillId,
      epoch,
      seq: 0,
      hash: GENESIS,
      receipts: counters?.receipts ?? 0,
      zReports: counters?.zReports ?? 0,
    })
  }
  const contact = await readContact(db)
  await writeState(db, 'contact', {
    ...contact,
    highWater: { ...contact.highWater, [batch.epoch]: settlement.highWater },
    sent: await sentAfter(db, contact, settled.acknowledged, now),
  })
  return { settled: settled.changed, waitingAgain }
}

async function writeFates(
  db: TillDatabase,
  { batch, entries, now }: Settlement,
  settledNo: number,
): Promise<{ changed: number; acknowledged: number }> {
  const rows = await db.journal.bulkGet(
    entries.map(({ seq }): [string, number, number] => [batch.till.tillId, batch.epoch, seq]),
  )
  const changed: JournalRow[] = []
  entries.forEach(({ hash, fate, reason, exceptions }, i) => {
    const row = rows[i]
    if (row === undefined || row.hash !== hash || !mayBecome(row.fate, fate)) return
    const { reason: _, ...rest } = row
    changed.push({
      ...rest,
      fate,
      settledAt: now.toISOString(),
      settledNo,
      ...(reason !== undefined && { reason }),
      ...(exceptions !== undefined && { exceptions: [...exceptions] }),
    })
  })
  await db.journal.bulkPut(changed)
  return { changed: changed.length, acknowledged: changed.filter((row) => row.fate !== 'held').length }
}

/** Of two answers about one entry the better one stands: a late quarantine does not undo an acknowledgement. */
const mayBecome = (from: JournalRow['fate'], to: SettledEntry['fate']): boolean =>
  from === 'waiting' || (from === 'held' && to !== 'held')

/**
 * Whether the server knows less than it acknowledged. A mark that stands still after everything above it was sent
 * again is a gap on the server, not a loss: once is enough.
 */
async function hasLostData(db: TillDatabase, { batch, highWater }: Settlement): Promise<boolean> {
  const before = await readState(db, 'waitedAgainAt')
  const sameAgain = before?.epoch === batch.epoch && before.highWater === highWater
  if (before?.epoch === batch.epoch && !sameAgain) await dropState(db, 'waitedAgainAt')
  if (batch.suspectRestore) return true
  if (highWater >= batch.believed || sameAgain) return false
  await writeState(db, 'waitedAgainAt', { epoch: batch.epoch, highWater })
  return true
}

/** Everything, not what is above the mark: a copy of this till may have filled the server's up to there. */
async function waitAgain(db: TillDatabase, { batch }: Settlement): Promise<number> {
  const { tillId } = batch.till
  // What a pull found on the server before its push was answered may be lost there as well.
  const unheard = await db.journal
    .where('[tillId+fate+epoch+seq]')
    .between([tillId, 'waiting', 0, 0], [tillId, 'waiting', Number.POSITIVE_INFINITY, 0])
    .and((row) => row.overlaid === undefined)
    .toArray()
  await layOver(db, unheard)
  await db.journal.bulkPut(unheard.map((row): JournalRow => ({ ...row, overlaid: 1 })))
  let count = 0
  for (const fate of ['applied', 'duplicate', 'held'] as const) {
    const rows = await db.journal
      .where('[tillId+fate+epoch+seq]')
      .between([tillId, fate, 0, 0], [tillId, fate, Number.POSITIVE_INFINITY, 0])
      // What was settled after this push left may be on the restored server already.
      .and((row) => (row.settledNo ?? 0) <= batch.settlements)
      .toArray()
    const again = rows.map((row): JournalRow => {
      const { settledAt: _, settledNo: __, reason: ___, askedAgain: ____, ...rest } = row
      return { ...rest, fate: 'waiting', overlaid: 1 }
    })
    await layOver(
      db,
      rows.filter((row) => row.overlaid === undefined),
    )
    await db.journal.bulkPut(again)
    count += again.length
  }
  return count
}

/**
 * The server's mark has passed an entry it put aside: head office has accepted it, or another browser's entry has its
 * number. Sending it once more tells which, and the till need not show it as held for ever.
 */
async function askAgain(db: TillDatabase, { batch, highWater }: Settlement): Promise<void> {
  const { tillId } = batch.till
  const rows = await db.journal
    .where('[tillId+fate+epoch+seq]')
    .between([tillId, 'held', batch.epoch, 0], [tillId, 'held', batch.epoch, highWater], true, true)
    .and((row) => row.exceptions !== undefined && row.askedAgain === undefined)
    .toArray()
  await db.journal.bulkPut(rows.map((row): JournalRow => ({ ...row, fate: 'waiting', askedAgain: 1 })))
}

async function sentAfter(
  db: TillDatabase,
  contact: Contact,
  acknowledged: number,
  now: Date,
): Promise<Contact['sent']> {
  const outlet = await readState(db, 'outlet')
  if (outlet === undefined) return contact.sent
  const date = businessDate(now, outlet.timeZone, outlet.dayCutHour)
  const before = contact.sent.businessDate === date ? contact.sent.count : 0
  return { businessDate: date, count: before + acknowledged }
}
