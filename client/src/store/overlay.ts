import { pointsChange } from '@evertill/shared/domain/refund-share'
import { isValueKind } from '@evertill/shared/domain/stored-value'
import { pointsSpent } from '@evertill/shared/domain/tender'
import type { Entry } from '@evertill/shared/protocol/entry'
import { customerWords } from './customer-words.ts'
import type { JournalRow } from './journal-row.ts'
import { overlayPoints, type PointsMoved } from './points.ts'
import { type Levels, overlaySold, type Sold } from './stock.ts'
import { overlayValue, type ValueMoved } from './stored-value.ts'
import type { TillDatabase } from './till-database.ts'

/*
 * What this till's own entries change is laid over what the server sent until the server sends it itself: goods that left
 * or came back to the shelf, points and
 * stored value that were earned, sold or spent, and customers who were registered here.
 */

/** Where it is laid: every transaction that lays or lifts must hold these. */
export const overlayTables = (db: TillDatabase) => [db.stock, db.pointsHere, db.valueHere]

/** What an entry took from the shelf; what it put back is negative. */
function soldLines(entry: Pick<Entry, 'kind' | 'body'>): Sold[] {
  // `kind` tells what the body is, but TypeScript lost that they are a pair.
  const { kind, body } = entry as Entry
  switch (kind) {
    case 'sale':
      return body.lines.map(({ productId, quantity }) => ({ productId, quantity }))
    case 'refund':
    case 'void':
      return body.lines
        .filter((line) => line.restock)
        .map(({ productId, quantity }) => ({ productId, quantity: -quantity }))
    case 'stock-counted':
      return body.lines.map(({ productId, expected, counted }) => ({
        productId,
        quantity: expected - counted,
      }))
    default:
      return []
  }
}

/** What it did to its customer's points. */
function pointsIn(entry: Pick<Entry, 'kind' | 'body'>): PointsMoved[] {
  const { kind, body } = entry as Entry
  if (kind !== 'sale' && kind !== 'refund' && kind !== 'void') return []
  if (body.customer === undefined) return []
  const { customerId } = body.customer
  if (kind !== 'sale') return [{ customerId, change: pointsChange(body), spent: 0 }]
  const spent = pointsSpent(body.tenders)
  return [{ customerId, change: body.pointsEarned - spent, spent }]
}

/** What it did to codes. */
function valueIn(entry: Pick<Entry, 'kind' | 'body'>): ValueMoved[] {
  const { kind, body } = entry as Entry
  if (kind !== 'sale' && kind !== 'refund' && kind !== 'void') return []
  const sign = kind === 'sale' ? 1 : -1
  const issued = (body.issued ?? []).map(({ code, kind, amount }) => ({
    code,
    kind,
    change: amount * sign,
    spent: 0,
  }))
  const legs = body.tenders.flatMap(({ code, kind: by, amount, forfeited = 0 }) => {
    if (code === undefined || !isValueKind(by)) return []
    const taken = amount + forfeited
    return [{ code, kind: by, change: -taken * sign, spent: kind === 'sale' ? taken : 0 }]
  })
  return [...issued, ...legs]
}

type Done = Pick<Entry, 'kind' | 'body'>

/**
 * Lays what entries moved over the server's counts (`direction` 1), or lifts it off (−1). In a transaction.
 * @param known levels of stock that it has read and not written since
 */
export async function overlay(
  db: TillDatabase,
  entries: readonly Done[],
  direction: 1 | -1,
  known?: Levels,
): Promise<void> {
  await overlaySold(db, entries.flatMap(soldLines), direction, known)
  await overlayOwed(db, entries, direction)
}

/** What counts at every outlet of the company. */
async function overlayOwed(db: TillDatabase, entries: readonly Done[], direction: 1 | -1): Promise<void> {
  await overlayPoints(db, entries.flatMap(pointsIn), direction)
  await overlayValue(db, entries.flatMap(valueIn), direction)
}

type Laid = Pick<JournalRow, 'raw' | 'aside'>

/** As much of some rows as is not aside. */
async function overlayRows(db: TillDatabase, rows: readonly Laid[], direction: 1 | -1): Promise<void> {
  const having = (aside: JournalRow['aside']) => rows.filter((row) => row.aside === aside).map(entryIn)
  await overlay(db, having(undefined), direction)
  await overlayOwed(db, having('goods'), direction)
}

/** What entries of the journal moved. */
export interface Moved {
  readonly productIds: ReadonlySet<string>
  readonly customerIds: ReadonlySet<string>
  readonly codes: ReadonlySet<string>
}

export function movedBy(rows: readonly Pick<JournalRow, 'raw'>[]): Moved {
  const entries = rows.map(entryIn)
  return {
    productIds: new Set(entries.flatMap(soldLines).map(({ productId }) => productId)),
    customerIds: new Set(entries.flatMap(pointsIn).map(({ customerId }) => customerId)),
    codes: new Set(entries.flatMap(valueIn).map(({ code }) => code)),
  }
}

/**
 * Puts aside of rows that are laid over what `asideOf` says, and lays what was aside and is not any more. In a
 * transaction over the journal too.
 */
export async function putAside(
  db: TillDatabase,
  rows: readonly JournalRow[],
  asideOf: (row: JournalRow, entry: Entry) => JournalRow['aside'],
): Promise<void> {
  const placed = rows.map(({ aside: _, ...row }): JournalRow => {
    const aside = asideOf(row, entryIn(row))
    return { ...row, ...(aside && { aside }) }
  })
  const isMoved = (_: JournalRow, i: number) => rows[i]?.aside !== placed[i]?.aside
  await overlayRows(db, rows.filter(isMoved), -1)
  await overlayRows(db, placed.filter(isMoved), 1)
  await db.journal.bulkPut(placed.filter(isMoved))
}

// The text was parsed by zEntry before it was stored.
const entryIn = (row: Pick<JournalRow, 'raw'>) => JSON.parse(row.raw) as Entry

/** Lays journal rows over the server's data again: it lost them. In a transaction over the customers too. */
export async function layOver(db: TillDatabase, rows: readonly Laid[]): Promise<void> {
  const entries = rows.map(entryIn)
  await overlayRows(db, rows, 1)
  for (const entry of entries) if (entry.kind === 'customer-registered') await keepRegistered(db, entry.body)
}

/** Lifts them off: the server's data has them now. In a transaction over the customers too. */
export async function liftOff(db: TillDatabase, rows: readonly Laid[]): Promise<void> {
  const entries = rows.map(entryIn)
  await overlayRows(db, rows, -1)
  const ids = entries.flatMap((entry) =>
    entry.kind === 'customer-registered' ? [entry.body.customerId] : [],
  )
  await db.customer
    .where('customerId')
    .anyOf(ids)
    .modify((row) => {
      delete row.local
    })
}

/** Puts a customer who was registered here among the others; what the server knows of them stands. */
export async function keepRegistered(
  db: TillDatabase,
  { customerId, code, name, phone, email }: Extract<Entry, { kind: 'customer-registered' }>['body'],
): Promise<void> {
  const known = await db.customer.get(customerId)
  const asRegistered = { customerId, code, name, phone: phone ?? null, tierId: null, points: 0 }
  const row = known ?? { ...asRegistered, ...(email !== undefined && { email }) }
  await db.customer.put({ ...row, words: customerWords(row), local: 1 })
}
