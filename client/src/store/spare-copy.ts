import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { codeOfTill } from './enrolment.ts'
import { followCalmly } from './follow.ts'
import { moveOverlay, readFormerTills } from './former-tills.ts'
import { type JournalRow, waitingRow } from './journal-row.ts'
import { layOver, overlayTables } from './overlay.ts'
import { rescueLines } from './rescue.ts'
import { type Counters, writeState } from './state.ts'
import { type NamedTill, readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import { countUnsent, type JournalKey, unsentPlaces } from './unsent.ts'

/*
 * A second copy of what only this browser has, outside its database: a small file for each entry that no server has,
 * and one that says whose they are.
 *
 *   <tillId>.till            the till, as JSON, without its key
 *   <tillId>.<epoch>.<seq>   the entry as it travels, `<hash> <canonical JSON>`
 *
 * It is behind the journal by a moment and rests on nothing: Paid is said by the journal alone.
 */

/** Files of this browser, apart from its databases. A file is written whole or not at all. */
export interface SpareFolder {
  names(): Promise<readonly string[]>
  read(name: string): Promise<string>
  write(name: string, text: string): Promise<void>
  /** One that is gone already is no error. */
  remove(name: string): Promise<void>
}

/** A burst of sales is copied once. */
const REST_MS = 300
const AT_A_TIME = 50
const END = Number.POSITIVE_INFINITY

interface Newest {
  readonly tillId: string
  readonly place: JournalKey
}

interface Seen {
  readonly till: NamedTill
  readonly unsent: number
  /** Places of entries that wait and are newer than the newest that was copied. */
  readonly fresh: readonly JournalKey[]
}

/** Copies what is not sent, and drops the copy of what was, until it is stopped. */
export function keepSpareCopy(db: TillDatabase, folder: SpareFolder): () => void {
  const copy = new SpareCopy(db, folder)
  let seen: Seen | undefined
  let isWorking = false
  const work = async () => {
    if (isWorking) return
    isWorking = true
    try {
      while (seen !== undefined) {
        const next = seen
        seen = undefined
        await copy.bringUp(next)
      }
    } catch (error) {
      // No room, or no such folder any more. The journal has it all; the next sale tries again.
      console.warn(error)
    } finally {
      isWorking = false
    }
  }
  return followCalmly(() => unsentSince(db, copy.newest), REST_MS, {
    next: (found) => {
      seen = found
      void work()
    },
    error: (error) => console.warn(error),
  })
}

/** What there is to copy, in a live query. */
export async function unsentSince(db: TillDatabase, newest: Newest | undefined): Promise<Seen | undefined> {
  return db.transaction('r', [db.journal, db.state], async () => {
    const till = await readTill(db)
    if (till === undefined) return undefined
    const { tillId } = till
    const [epoch, seq] = newest?.tillId === tillId ? newest.place : [0, 0]
    const keys = await db.journal
      .where('[tillId+fate+epoch+seq]')
      .between([tillId, 'waiting', epoch, seq + 1], [tillId, 'waiting', END, END])
      .primaryKeys()
    const fresh = keys.map(([, ...place]): JournalKey => place)
    return { till, fresh, unsent: await countUnsent(db, tillId) }
  })
}

class SpareCopy {
  readonly #db: TillDatabase
  readonly #folder: SpareFolder
  #names: Set<string> | undefined
  #newest: JournalKey = [0, 0]
  #of: string | undefined

  constructor(db: TillDatabase, folder: SpareFolder) {
    this.#db = db
    this.#folder = folder
  }

  /** The till whose newest entry was copied, and its place. */
  get newest(): Newest | undefined {
    return this.#of === undefined ? undefined : { tillId: this.#of, place: this.#newest }
  }

  async bringUp({ till, fresh, unsent }: Seen): Promise<void> {
    const isFirst = this.#names === undefined || this.#of !== till.tillId
    this.#names ??= new Set(await this.#folder.names())
    this.#of = till.tillId
    if (isFirst) return this.#compare(till)
    await this.#add(till, fresh)
    const copied = this.#entriesOf(till.tillId).length
    // Sent ones are dropped many at a time; and the server may have lost some that were sent.
    if (unsent === 0 ? copied > 0 : copied < unsent || copied > 2 * unsent) await this.#compare(till)
  }

  /** The whole copy with the whole journal, also of the tills that this browser was before. */
  async #compare(present: NamedTill): Promise<void> {
    const former = (await readFormerTills(this.#db)).map(({ till }) => till)
    for (const till of [present, ...former]) {
      const places = await unsentPlaces(this.#db, till.tillId)
      await this.#add(till, places)
      const wanted = new Set(places.map((place) => nameOf(till.tillId, place)))
      for (const name of this.#entriesOf(till.tillId)) if (!wanted.has(name)) await this.#drop(name)
      if (places.length === 0 && this.#names?.has(headOf(till.tillId))) await this.#drop(headOf(till.tillId))
    }
  }

  async #add(till: NamedTill, places: readonly JournalKey[]): Promise<void> {
    const missing = places.filter((place) => !this.#names?.has(nameOf(till.tillId, place)))
    if (missing.length > 0 && !this.#names?.has(headOf(till.tillId)))
      await this.#write(headOf(till.tillId), JSON.stringify(withoutKey(till)))
    for (let done = 0; done < missing.length; done += AT_A_TIME) {
      const some = missing.slice(done, done + AT_A_TIME)
      const lines = await rescueLines(this.#db, till.tillId, some)
      for (const [i, place] of some.entries()) {
        const line = lines[i]
        if (line !== undefined) await this.#write(nameOf(till.tillId, place), line)
      }
    }
    if (till.tillId === this.#of) this.#newest = places.at(-1) ?? this.#newest
  }

  #entriesOf(tillId: string): string[] {
    return [...(this.#names ?? [])].filter((name) => name.startsWith(`${tillId}.`) && name !== headOf(tillId))
  }

  async #write(name: string, text: string): Promise<void> {
    await this.#folder.write(name, text)
    this.#names?.add(name)
  }

  async #drop(name: string): Promise<void> {
    await this.#folder.remove(name)
    this.#names?.delete(name)
  }
}

/**
 * Takes the tills that only the spare copy knows into the journal again, as tills that this browser was before: to be
 * saved to a file, or sent once it is enrolled as the same till.
 * @returns how many entries came back
 */
export async function restoreSpare(db: TillDatabase, folder: SpareFolder, now: Date): Promise<number> {
  const names = await folder.names()
  let restored = 0
  for (const head of names.filter((name) => name.endsWith('.till')))
    try {
      const till = JSON.parse(await folder.read(head)) as NamedTill
      const entries = names.filter((name) => name !== head && name.startsWith(`${till.tillId}.`))
      restored += await takeIn(db, till, await rowsIn(folder, till.tillId, entries), now)
    } catch (error) {
      // One that cannot be read keeps none of the others back.
      console.warn(error)
    }
  return restored
}

async function rowsIn(folder: SpareFolder, tillId: string, names: readonly string[]): Promise<JournalRow[]> {
  const rows: JournalRow[] = []
  for (const name of names) {
    const row = rowOf(tillId, await folder.read(name))
    if (row !== undefined) rows.push(row)
  }
  return rows
}

async function takeIn(db: TillDatabase, till: NamedTill, rows: JournalRow[], now: Date): Promise<number> {
  return db.transaction('rw', [db.journal, db.state, db.customer, ...overlayTables(db)], async () => {
    const former = await readFormerTills(db)
    const present = await readTill(db)
    const known = [present, ...former.map((other) => other.till)]
    if (rows.length === 0 || known.some((other) => other?.tillId === till.tillId)) return 0
    await db.journal.bulkAdd(rows)
    // What was spent of a card then is not there to be spent again.
    await layOver(db, rows)
    const counters = countersOf(till, rows)
    await writeState(db, 'formerTills', [...former, { till, counters, leftAt: now.toISOString() }])
    if (present !== undefined) await moveOverlay(db, present)
    return rows.length
  })
}

/** Undefined where the text is not what its hash says. */
function rowOf(tillId: string, line: string): JournalRow | undefined {
  const hash = line.slice(0, 64)
  const raw = line.slice(65)
  if (sha256Hex(raw) !== hash) return undefined
  // It passed the schema before it was sealed, and is what was sealed.
  return { ...waitingRow(tillId, JSON.parse(raw), { hash, raw }), overlaid: 1 }
}

/** Papers that the server has not heard of keep their numbers. */
function countersOf(till: NamedTill, rows: readonly JournalRow[]): Counters {
  const last = rows.reduce((a, b) => ((b.epoch - a.epoch || b.seq - a.seq) > 0 ? b : a))
  const bodies = rows.map(({ raw }) => JSON.parse(raw).body as { receiptNo?: string; zNo?: number })
  const own = `${codeOfTill(till)}-`
  const receipts = bodies.map(({ receiptNo }) =>
    receiptNo?.startsWith(own) ? Number(receiptNo.slice(own.length)) : 0,
  )
  return {
    tillId: till.tillId,
    epoch: last.epoch,
    seq: last.seq,
    hash: last.hash,
    receipts: Math.max(...receipts),
    zReports: Math.max(...bodies.map(({ zNo }) => zNo ?? 0)),
  }
}

const headOf = (tillId: string) => `${tillId}.till`
const nameOf = (tillId: string, [epoch, seq]: JournalKey) => `${tillId}.${epoch}.${seq}`

function withoutKey({ publicKey: _, privateKey: __, ...named }: NamedTill): NamedTill {
  return named
}
