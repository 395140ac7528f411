import type { TillReport } from '@evertill/shared/protocol/push'
import { countWaiting, rowsByFate } from './journal.ts'
import { readState, withState } from './state.ts'
import { readTill, type Till } from './till.ts'
import type { TillDatabase } from './till-database.ts'

export interface BatchEntry {
  readonly seq: number
  readonly hash: string
  readonly raw: string
}

/** The next entries to send, all of one epoch, and what the till believed when it read them. */
export interface Batch {
  readonly till: Till
  readonly epoch: number
  readonly entries: readonly BatchEntry[]
  /** Every seq up to here had been acknowledged: a server that knows less has lost data. */
  readonly believed: number
  readonly suspectRestore: boolean
  readonly settlements: number
  readonly clockOffsetMs: number
  readonly report: Omit<TillReport, 'appVersion'>
}

export interface BatchLimits {
  readonly most: number
  /** UTF-16 units of all texts together; one entry is taken however long it is. */
  readonly maxChars: number
  /** Hashes to leave for last, longest-waiting first: the server fails on them. */
  readonly aside: readonly string[]
}

/**
 * Waiting entries in `seq` order; an empty batch is a heartbeat. Undefined when this browser is no till.
 * A till that suspects a restored server asks it with a heartbeat first: a server that fails on the one entry that
 * waits would otherwise never say what it has lost.
 * @param of a till that this browser was before; the one it is, unless said otherwise
 */
export async function readBatch(
  db: TillDatabase,
  limits: BatchLimits,
  of?: Till,
): Promise<Batch | undefined> {
  return db.transaction('r', [db.journal, db.state], async () =>
    withState(db, READ, () => next(db, limits, of)),
  )
}

const READ = ['till', 'storage', 'suspectRestore', 'settlements', 'clockOffsetMs'] as const

async function next(db: TillDatabase, limits: BatchLimits, of: Till | undefined): Promise<Batch | undefined> {
  const till = of ?? (await readTill(db))
  if (till === undefined) return undefined
  // A Dexie collection is used up by reading it.
  const waiting = () => rowsByFate(db, till.tillId, 'waiting')
  const count = await countWaiting(db, till.tillId)
  const { most, maxChars, aside } = limits
  const suspectRestore = (await readState(db, 'suspectRestore')) ?? false
  // One more than can be sent: with it the oldest that stays behind is known too, without a walk by cursor.
  const found = await waiting()
    .limit(most + aside.length + 1)
    .toArray()
  const inOrder = found.filter((row) => !aside.includes(row.hash))
  const last = aside.map((hash) => found.find((row) => row.hash === hash)).filter((row) => row !== undefined)
  const asksFirst = suspectRestore && of === undefined
  const chosen = asksFirst ? [] : inOrder.length > 0 ? inOrder : last.slice(0, 1)

  const epoch = chosen[0]?.epoch ?? till.epoch
  let chars = 0
  const end = chosen.findIndex((row, i) => {
    chars += row.raw.length
    return i > 0 && (i >= most || chars > maxChars || row.epoch !== epoch)
  })
  const sent = chosen.slice(0, end === -1 ? chosen.length : end)
  const storage = await readState(db, 'storage')
  const sentHashes = new Set(sent.map((row) => row.hash))
  const oldestLeft = found.find((row) => !sentHashes.has(row.hash))
  return {
    till,
    epoch,
    entries: sent.map(({ seq, hash, raw }) => ({ seq, hash, raw })),
    believed: await acknowledgedUpTo(db, till.tillId, epoch),
    suspectRestore,
    settlements: (await readState(db, 'settlements')) ?? 0,
    clockOffsetMs: (await readState(db, 'clockOffsetMs')) ?? 0,
    report: {
      waiting: count - sent.length,
      oldestWaitingAt: oldestLeft?.at ?? null,
      clockOffsetMs: (await readState(db, 'clockOffsetMs')) ?? 0,
      persisted: till.persisted,
      ...(storage !== undefined && { storage: storage.kind }),
      ...(storage?.freeBytes !== undefined && { freeBytes: storage.freeBytes }),
    },
  }
}

/** The seq before the first one that is waiting or held; held ones may or may not count on the server. */
async function acknowledgedUpTo(db: TillDatabase, tillId: string, epoch: number): Promise<number> {
  const inEpoch = (fate: string) =>
    db.journal
      .where('[tillId+fate+epoch+seq]')
      .between([tillId, fate, epoch, 0], [tillId, fate, epoch, Number.POSITIVE_INFINITY])
  const open = [await inEpoch('waiting').first(), await inEpoch('held').first()]
  const firstOpen = Math.min(...open.map((row) => row?.seq ?? Number.POSITIVE_INFINITY))
  if (Number.isFinite(firstOpen)) return firstOpen - 1
  const acknowledged = [await inEpoch('applied').last(), await inEpoch('duplicate').last()]
  return Math.max(...acknowledged.map((row) => row?.seq ?? 0))
}
