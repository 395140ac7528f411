import { rowsByFate } from './journal.ts'
import type { JournalRow } from './journal-row.ts'
import { writeState } from './state.ts'
import { storageProblem, type TillDatabase } from './till-database.ts'

/**
 * What only this browser has: what waits, and what is held here because the server never took it. What the server
 * itself put aside (it names an exception then) it has, byte for byte.
 */
export const isUnsent = (row: Pick<JournalRow, 'fate' | 'exceptions'>): boolean =>
  row.fate === 'waiting' || (row.fate === 'held' && row.exceptions === undefined)

/** Of one till of this browser, in `seq` order; inside a transaction over the journal they are of one moment. */
const heldHere = (db: TillDatabase, tillId: string) => rowsByFate(db, tillId, 'held').filter(isUnsent)

export async function countUnsent(db: TillDatabase, tillId: string): Promise<number> {
  return (await rowsByFate(db, tillId, 'waiting').count()) + (await heldHere(db, tillId).count())
}

/** A place in a till's journal. */
export type JournalKey = readonly [epoch: number, seq: number]
/** The entries of one epoch from one seq to another, both included. */
export type JournalRange = readonly [epoch: number, from: number, to: number]

export const byPlace = (a: JournalKey, b: JournalKey): number => a[0] - b[0] || a[1] - b[1]

/** What a till's rescue file held, so that nothing sold after it can be left behind. */
export interface Rescued {
  readonly tillId: string
  readonly at: string
  readonly count: number
  readonly ranges: readonly JournalRange[]
}

/** Runs of neighbours, from places in order. Pure. */
export function toRanges(places: readonly JournalKey[]): JournalRange[] {
  const ranges: [number, number, number][] = []
  for (const [epoch, seq] of places) {
    const last = ranges.at(-1)
    if (last !== undefined && last[0] === epoch && last[2] === seq - 1) last[2] = seq
    else ranges.push([epoch, seq, seq])
  }
  return ranges
}

/** The places that no range covers; places and ranges are both in order. Pure. */
export function outside(places: readonly JournalKey[], ranges: readonly JournalRange[]): JournalKey[] {
  let i = 0
  return places.filter(([epoch, seq]) => {
    while (i < ranges.length && isBefore(ranges[i], epoch, seq)) i++
    const range = ranges[i]
    return range === undefined || range[0] !== epoch || seq < range[1]
  })
}

const isBefore = (range: JournalRange | undefined, epoch: number, seq: number): boolean =>
  range !== undefined && (range[0] < epoch || (range[0] === epoch && range[2] < seq))

/** Where this till's unsent entries stand, in order. */
export const unsentPlaces = (db: TillDatabase, tillId: string): PromiseLike<JournalKey[]> =>
  db.transaction('r', db.journal, async () => {
    const waiting = await rowsByFate(db, tillId, 'waiting').primaryKeys()
    const held = await heldHere(db, tillId).primaryKeys()
    return [...waiting, ...held].map(([, epoch, seq]): JournalKey => [epoch, seq]).sort(byPlace)
  })

/** A full disk must not keep a file from being saved: then the till is merely left with a newer one. */
export async function noteRescued(db: TillDatabase, rescued: Rescued): Promise<boolean> {
  try {
    await writeState(db, 'rescued', rescued)
    return true
  } catch (error) {
    if (storageProblem(error) === undefined) throw error
    return false
  }
}

/** Unsent entries of this till, and those of them that its last rescue file does not hold. */
export async function countUnrescued(
  db: TillDatabase,
  tillId: string,
): Promise<{ unsent: number; unrescued: number }> {
  // Read straight from the table: screens ask this in live queries (see readFormerTills).
  const rescued = (await db.state.get('rescued'))?.value as Rescued | undefined
  const places = await unsentPlaces(db, tillId)
  const left = rescued?.tillId === tillId ? outside(places, rescued.ranges) : places
  return { unsent: places.length, unrescued: left.length }
}
