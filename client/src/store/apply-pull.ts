import type { CustomerRow, PullResponse, StockRow } from '@evertill/shared/protocol/pull'
import type { Table } from 'dexie'
import { noteContact } from './contact.ts'
import { customerWords } from './customer-words.ts'
import type { JournalRow } from './journal-row.ts'
import { liftOff, type Moved, movedBy, overlayTables } from './overlay.ts'
import { dropState, readState, writeState, writeStateIfChanged } from './state.ts'
import { readTill, type Till } from './till.ts'
import type { StockLevel, TillDatabase } from './till-database.ts'

/*
 * A pull is written down in pieces, so that selling goes on while a large one arrives:
 *
 *   claim ─▶ rows, 2,000 a transaction ─▶ overlay lifted, with the rows of what it lay over ─▶ facts and cursor
 *
 * What this till's own entries moved is in the server's counts and laid over them: both are exchanged in one transaction,
 * or a gift card that was sold a moment ago would be worth twice as much for a moment. Of a long backlog it is lifted
 * afterwards, in pieces.
 *
 * The cursor moves last: a pull cut short anywhere is simply asked for again. Rows of two pulls must not mix, or an
 * older row could outlive the cursor that would have replaced it; so each piece checks that the claim still stands.
 */
const CHUNK = 2000
/** Entries that are lifted off in one transaction: sales wait for it. */
const LIFTED_AT_ONCE = 500

/** Where a pull starts from. */
export interface PullStart {
  readonly till: Till
  readonly cursor: string | undefined
  readonly settlements: number
  /** Up to here this till knows what became of its entries. Undefined where it knows of all. */
  readonly after?: { readonly epoch: number; readonly seq: number }
  readonly clockOffsetMs: number
}

/** After an update of the app, rows that the old one could not read are fetched again with all others. */
export async function startPull(db: TillDatabase, appVersion: string): Promise<PullStart | undefined> {
  return db.transaction('rw', [db.state, db.journal], async () => {
    const till = await readTill(db)
    if (till === undefined) return undefined
    const { tillId, epoch } = till
    const unknown = await db.journal
      .where('[tillId+fate+epoch+seq]')
      .between([tillId, 'waiting', epoch, 0], [tillId, 'waiting', epoch, Number.POSITIVE_INFINITY])
      .first()
    const unreadBy = await readState(db, 'unreadRows')
    if (unreadBy !== undefined && unreadBy !== appVersion) {
      await dropState(db, 'unreadRows')
      await dropState(db, 'cursor')
    }
    return {
      till,
      cursor: await readState(db, 'cursor'),
      settlements: (await readState(db, 'settlements')) ?? 0,
      ...(unknown && { after: { epoch, seq: unknown.seq - 1 } }),
      clockOffsetMs: (await readState(db, 'clockOffsetMs')) ?? 0,
    }
  })
}

export async function noteUnreadRows(
  db: TillDatabase,
  appVersion: string,
  count: number,
  at: string,
): Promise<void> {
  await writeState(db, 'unreadRows', appVersion)
  const message = `${count} rows of the catalogue are not in words this version knows: update the app.`
  await noteContact(db, { lastProblem: { code: 'unreadable', message, at } })
}

class Superseded extends Error {}

/**
 * @param claim unique to this pull
 * @returns `superseded` when another pull moved the cursor or took over; nothing is lost, the next pull has it all
 */
export async function applyPull(
  db: TillDatabase,
  start: Pick<PullStart, 'cursor' | 'settlements'> & { readonly till: { readonly tillId: string } },
  response: PullResponse,
  claim: string,
): Promise<'applied' | 'superseded'> {
  const piece = <T>(tables: readonly Table[], work: () => Promise<T>): Promise<T> =>
    db.transaction('rw', [db.state, ...tables], async () => {
      if ((await readState(db, 'applying')) !== claim) throw new Superseded()
      return work()
    })
  try {
    await db.transaction('rw', db.state, async () => {
      const till = await readTill(db)
      if (till?.tillId !== start.till.tillId || (await readState(db, 'cursor')) !== start.cursor)
        throw new Superseded()
      await writeState(db, 'applying', claim)
    })
    const isCounted = countedIn(start, response)
    const lifted = await countedRows(db, isCounted, LIFTED_AT_ONCE + 1)
    const moved = lifted.length > LIFTED_AT_ONCE ? NOTHING_MOVED : movedBy(lifted)
    await writeRows(db, response, piece, moved)
    await writeStock(db, response, piece, moved)
    await liftOverlay(db, isCounted, piece, () => writeMoved(db, response, moved))
    await piece([], () => writeFacts(db, start.cursor, response))
    return 'applied'
  } catch (error) {
    if (error instanceof Superseded) return 'superseded'
    throw error
  }
}

type Piece = <T>(tables: readonly Table[], work: () => Promise<T>) => Promise<T>

const NOTHING_MOVED: Moved = { productIds: new Set(), customerIds: new Set(), codes: new Set() }

/** The rows that the overlay to be lifted lies over. In a transaction over the overlay, customers and stored value. */
async function writeMoved(db: TillDatabase, { rows }: PullResponse, moved: Moved): Promise<void> {
  const [codes, customers] = [
    rows.storedValue.filter(({ code }) => moved.codes.has(code)),
    rows.customer.filter(({ customerId }) => moved.customerIds.has(customerId)),
  ]
  await db.storedValue.bulkPut(codes.filter(isLive))
  await db.storedValue.bulkDelete(codes.filter((row) => !isLive(row)).map(({ code }) => code))
  await db.customer.bulkPut(customers.filter(isLive).map(withWords))
  await db.customer.bulkDelete(customers.filter((row) => !isLive(row)).map(({ customerId }) => customerId))
  await putStock(
    db,
    rows.stock.filter(({ productId }) => moved.productIds.has(productId)),
  )
}

const isLive = ({ deleted }: { readonly deleted?: true }): boolean => deleted === undefined
const withWords = (row: CustomerRow) => ({ ...row, words: customerWords(row) })

/** @param moved rows that are written when the overlay is lifted off them */
async function writeRows(
  db: TillDatabase,
  { rows, snapshot }: PullResponse,
  piece: Piece,
  moved: Moved,
): Promise<void> {
  // Tax codes first, so that no product is ever without its own; withdrawn ones are kept for carts that hold them.
  await writeTable(db.taxCode, rows.taxCode, snapshot, piece, { remove: (ids) => withdraw(db.taxCode, ids) })
  await writeTable(db.category, rows.category, snapshot, piece)
  await writeTable(db.tier, rows.tier, snapshot, piece)
  await writeTable(db.promotion, rows.promotion, snapshot, piece)
  // Retired ones are kept, those too that are retired when this till first hears of them: papers name them.
  await writeTable(db.paymentMethod, rows.paymentMethod, snapshot, piece, {
    remove: (ids) => withdraw(db.paymentMethod, ids),
    keepsRemoved: true,
  })
  await writeTable(db.storedValue, rows.storedValue, snapshot, piece, { later: moved.codes })
  // Of those who left before this till came, the name is kept too.
  await writeTable(db.staff, rows.staff, snapshot, piece, {
    remove: (ids) => keepNamesAlone(db, ids),
    keepsRemoved: true,
  })
  await writeTable(db.logo, rows.logo, snapshot, piece)
  await writeTable(db.product, rows.product, snapshot, piece, {
    beside: db.productChange,
    written: async (ids) => {
      await db.productChange.add(snapshot ? {} : { ids })
    },
  })
  await writeTable(db.customer, rows.customer.map(withWords), snapshot, piece, {
    later: moved.customerIds,
    // Who was registered here stays until the server has had a chance to send them.
    gone: async (ids) => {
      await db.customer
        .where('customerId')
        .anyOf(ids)
        .and((row) => row.local === undefined)
        .delete()
    },
  })
}

/** Not sold with from here on, and still known. */
const withdraw = (table: Table<{ deleted?: true }, string>, ids: string[]): Promise<void> =>
  table
    .where(':id')
    .anyOf(ids)
    .modify({ deleted: true })
    .then(() => undefined)

/** Whoever left can neither sign in nor approve from here on; what they sold keeps their name. */
async function keepNamesAlone(db: TillDatabase, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const leaving = (await db.staff.bulkGet(ids)).filter((row) => row !== undefined)
  const names = Object.fromEntries(leaving.map(({ staffId, name }) => [staffId, name]))
  await writeStateIfChanged(db, 'formerStaff', { ...(await readState(db, 'formerStaff')), ...names })
  await db.staff.bulkDelete(ids)
}

interface Special {
  /** Rows that the server deleted are written as they come, before they are removed. */
  readonly keepsRemoved?: true
  /** For rows that the server deleted. */
  remove?(ids: string[]): Promise<void>
  /** For rows that a snapshot does not hold. */
  gone?(ids: string[]): Promise<void>
  /** Rows that are written by somebody else, afterwards. */
  readonly later?: ReadonlySet<string>
  /** What else is written with them. */
  readonly beside?: Table
  /** In the transaction that wrote or removed these. */
  written?(ids: string[]): Promise<void>
}

async function writeTable<T extends { readonly deleted?: true }>(
  table: Table<T, string>,
  rows: readonly T[],
  snapshot: boolean,
  piece: Piece,
  special: Special = {},
): Promise<void> {
  const remove = special.remove ?? ((ids) => table.bulkDelete(ids))
  const gone = special.gone ?? remove
  const tables = special.beside === undefined ? [table] : [table, special.beside]
  const idOf = (row: T) => String(row[table.schema.primKey.keyPath as keyof T])
  for (const chunk of chunks(rows.filter((row) => !special.later?.has(idOf(row))))) {
    await piece(tables, async () => {
      await table.bulkPut(chunk.filter((row) => special.keepsRemoved || !row.deleted))
      await remove(chunk.filter((row) => row.deleted).map(idOf))
      await special.written?.(chunk.map(idOf))
    })
  }
  if (!snapshot) return
  const live = new Set(rows.filter((row) => !row.deleted).map(idOf))
  const left = (await table.toCollection().primaryKeys()).filter((id) => !live.has(id))
  for (const chunk of chunks(left))
    await piece(tables, async () => {
      await gone(chunk)
      await special.written?.(chunk)
    })
}

async function writeStock(
  db: TillDatabase,
  { rows, snapshot }: PullResponse,
  piece: Piece,
  { productIds: later }: Moved,
): Promise<void> {
  for (const chunk of chunks(rows.stock.filter(({ productId }) => !later.has(productId))))
    await piece([db.stock], () => putStock(db, chunk))
  if (!snapshot) return
  const counted = new Set(rows.stock.map((row) => row.productId))
  const gone = (await db.stock.toCollection().primaryKeys()).filter((id) => !counted.has(id))
  for (const chunk of chunks(gone)) {
    await piece([db.stock], async () => {
      const levels = (await db.stock.bulkGet(chunk)).filter((level) => level !== undefined)
      await db.stock.bulkPut(levels.map((level) => ({ ...level, onHand: 0 })))
      await db.stock.bulkDelete(levels.filter((level) => level.sold === 0).map((level) => level.productId))
    })
  }
}

async function putStock(db: TillDatabase, rows: readonly StockRow[]): Promise<void> {
  const held = await db.stock.bulkGet(rows.map((row) => row.productId))
  await db.stock.bulkPut(
    rows.map(({ productId, onHand }, i): StockLevel => ({ productId, onHand, sold: held[i]?.sold ?? 0 })),
  )
}

/**
 * Whether an entry is in the counts of a pull: it was settled before that was asked for, or the server names it, because
 * the answer to its push was lost or has yet to come.
 */
function countedIn(
  { settlements }: Pick<PullStart, 'settlements'>,
  { arrived = [] }: PullResponse,
): (row: JournalRow) => boolean {
  const named = new Set(arrived)
  return ({ id, fate, settledNo = 0 }) =>
    named.has(id) || ((fate === 'applied' || fate === 'duplicate') && settledNo <= settlements)
}

/** Those that are still laid over. */
const countedRows = (
  db: TillDatabase,
  isCounted: (row: JournalRow) => boolean,
  most: number,
): Promise<JournalRow[]> => db.journal.where('overlaid').equals(1).and(isCounted).limit(most).toArray()

/** @param writeMoved in the first of its transactions */
async function liftOverlay(
  db: TillDatabase,
  isCounted: (row: JournalRow) => boolean,
  piece: Piece,
  writeMoved: () => Promise<void>,
): Promise<void> {
  const tables = [db.journal, ...overlayTables(db), db.customer, db.storedValue]
  for (let [first, more] = [true, true]; more; first = false) {
    more = await piece(tables, async () => {
      if (first) await writeMoved()
      const rows = await countedRows(db, isCounted, LIFTED_AT_ONCE)
      await liftOff(db, rows)
      await db.journal.bulkPut(rows.map(({ overlaid: _, aside: __, ...row }) => row))
      return rows.length === LIFTED_AT_ONCE
    })
  }
}

async function writeFacts(
  db: TillDatabase,
  asked: string | undefined,
  { company, outlet, till, cursor, snapshot }: PullResponse,
): Promise<void> {
  await writeStateIfChanged(db, 'company', company)
  await writeStateIfChanged(db, 'outlet', outlet)
  await writeStateIfChanged(db, 'tillState', till.state)
  const known = await readTill(db)
  // Head office may rename a till, or move it to another outlet.
  const named = {
    companyName: company.name,
    outletId: outlet.outletId,
    outletCode: outlet.code,
    tillCode: till.code,
    tillName: till.name,
  }
  if (known !== undefined && Object.entries(named).some(([key, value]) => known[key as keyof Till] !== value))
    await writeState(db, 'till', { ...known, ...named })
  await writeState(db, 'cursor', cursor)
  // A snapshot that nobody asked for, or one of another database than the last: entries may have been restored away.
  const life = lifeOf(cursor)
  const lifeBefore = await readState(db, 'feedLife')
  const isAnother = life !== undefined && lifeBefore !== undefined && life !== lifeBefore
  if (snapshot && (asked !== undefined || isAnother)) await writeState(db, 'suspectRestore', true)
  if (life !== undefined) await writeStateIfChanged(db, 'feedLife', life)
  await dropState(db, 'applying')
}

/** The part of a cursor by which a till knows one database from another: see protocol/pull. */
const lifeOf = (cursor: string): string | undefined => /^(.+)\.[^.]*$/.exec(cursor)?.[1]

function chunks<T>(items: readonly T[]): T[][] {
  const found: T[][] = []
  for (let at = 0; at < items.length; at += CHUNK) found.push(items.slice(at, at + CHUNK))
  return found
}
