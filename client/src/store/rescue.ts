import type { RescueScope } from '@evertill/shared/protocol/rescue'
import { readFormerTills } from './former-tills.ts'
import { type NamedTill, readTill } from './till.ts'
import { type OpenOptions, TillDatabase } from './till-database.ts'
import { byPlace, countUnsent, type JournalKey, unsentPlaces } from './unsent.ts'

export interface RescuableTill {
  readonly till: NamedTill
  /** Whether this browser is that till now. */
  readonly current: boolean
  readonly unsent: number
  readonly kept: number
}

/** The tills whose journals lie in this browser: the present one first, then those it was before. */
export async function rescuableTills(db: TillDatabase): Promise<RescuableTill[]> {
  return db.transaction('r', [db.journal, db.state], async () => {
    const present = await readTill(db)
    const former = (await readFormerTills(db)).map(({ till }) => till)
    const found: RescuableTill[] = []
    for (const till of present === undefined ? former : [present, ...former])
      found.push({
        till,
        current: till === present,
        unsent: await countUnsent(db, till.tillId),
        kept: await allOf(db, till.tillId).count(),
      })
    return found.filter(({ current, kept }) => current || kept > 0)
  })
}

const START = Number.NEGATIVE_INFINITY
const END = Number.POSITIVE_INFINITY
const allOf = (db: TillDatabase, tillId: string) =>
  db.journal.where('[tillId+epoch+seq]').between([tillId, START, START], [tillId, END, END])

/** What a rescue file holds, in the order of the journal, as of one moment. Rows are read later, a few at a time. */
export async function rescuePlaces(
  db: TillDatabase,
  tillId: string,
  scope: RescueScope,
): Promise<readonly JournalKey[]> {
  // What the server put aside goes along: a person who carries the journal wants it whole.
  if (scope === 'all') return placesOf(await allOf(db, tillId).primaryKeys())
  return db.transaction('r', db.journal, async () => {
    const held = await db.journal
      .where('[tillId+fate+epoch+seq]')
      .between([tillId, 'held', START, START], [tillId, 'held', END, END])
      .primaryKeys()
    const places = [...(await unsentPlaces(db, tillId)), ...placesOf(held)].sort(byPlace)
    return places.filter((place, i) => i === 0 || byPlace(place, places[i - 1] ?? place) !== 0)
  })
}

const placesOf = (keys: readonly (readonly [string, number, number])[]): JournalKey[] =>
  keys.map(([, epoch, seq]) => [epoch, seq])

/** The lines of these entries as they travel, `<hash> <canonical JSON>`; undefined where a row has gone meanwhile. */
export async function rescueLines(
  db: TillDatabase,
  tillId: string,
  places: readonly JournalKey[],
): Promise<(string | undefined)[]> {
  const rows = await db.journal.bulkGet(
    places.map(([epoch, seq]): [string, number, number] => [tillId, epoch, seq]),
  )
  return rows.map((row) => (row === undefined ? undefined : `${row.hash} ${row.raw}`))
}

/**
 * Opens the journal as it lies on the disk, whichever version of the app wrote it: for when the app itself does not
 * start. Rejects where there is none.
 */
export async function openForRescue(options: OpenOptions = {}): Promise<TillDatabase> {
  const db = new TillDatabase(options.name ?? 'evertill', {
    cache: 'disabled',
    ...(options.indexedDB && { indexedDB: options.indexedDB }),
    ...(options.IDBKeyRange && { IDBKeyRange: options.IDBKeyRange }),
  })
  // Without a version of its own Dexie takes over what it finds.
  await db.open()
  return Object.assign(db, { journal: db.table('journal'), state: db.table('state') })
}
