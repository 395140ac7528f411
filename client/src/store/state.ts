import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { OutletRow } from '@evertill/shared/protocol/pull'
import type { StorageKind } from '@evertill/shared/protocol/push'
import { Dexie } from 'dexie'
import type { OpenSale } from './cart.ts'
import type { Contact } from './contact.ts'
import type { FormerTill } from './former-tills.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { PinAttempts } from './pin.ts'
import type { PricedCompany } from './price-sale.ts'
import type { OpenShift } from './shift.ts'
import type { Till, TillKey } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import type { Rescued } from './unsent.ts'

/** Where the journal of this till's epoch stands. */
export interface Counters {
  readonly tillId: string
  readonly epoch: number
  /** The last entry's; 0 and GENESIS before the first. */
  readonly seq: number
  readonly hash: string
  /** The last receipt's number; goes on across epochs. */
  readonly receipts: number
  /** The last Z report's; goes on across epochs. None before the first. */
  readonly zReports?: number
}

/** How far the browser can be trusted to keep what is stored here, as far as it tells. */
export interface StorageNote {
  readonly kind: StorageKind
  /** What is left of the quota. */
  readonly freeBytes?: number
}

/** The single facts a till keeps, by key. */
export interface StateValues {
  till: Till
  /** What every enrolment of this browser profile shows the server. */
  enrolmentKey: TillKey
  counters: Counters
  /** Tills that this browser was before. */
  formerTills: readonly FormerTill[]
  /** What the last rescue file held. */
  rescued: Rescued
  /** What the browser says of its storage. */
  storage: StorageNote
  openSale: OpenSale
  openExchange: OpenExchange
  /** What was prepared and is recorded, by `preparedId`: a window that was left standing must not do it again. */
  recordedExchanges: readonly string[]
  company: PricedCompany
  outlet: OutletRow
  tillState: 'active' | 'revoked'
  /** The names, by their ids, of people who were taken off the list: papers name them still. */
  formerStaff: Readonly<Record<string, string>>
  /** Place in the feed. Dropping it makes the next pull a snapshot. */
  cursor: string
  /** The database that the last pull came from. Outlasts a dropped cursor. */
  feedLife: string
  /** The pull that is being written down just now. */
  applying: string
  /** Set when the feed began anew unasked: the database behind it may be a restored one. */
  suspectRestore: true
  /** The version of this app that could not read some row of the feed; another one shall try all of them. */
  unreadRows: string
  /** What this till sells most: see most-sold.ts. */
  mostSold: { readonly day: string; readonly productIds: readonly string[] }
  clockOffsetMs: number
  /** A time the server has shown, within an hour of the last: moves seldom, for prices are watched with it. */
  heardAt: string
  settlements: number
  /** The mark at which entries were last made to wait again, until the server's mark moves. */
  waitedAgainAt: { readonly epoch: number; readonly highWater: number }
  contact: Contact
  pinAttempts: PinAttempts
  /** Who signed in here last, and who before: their PINs are tried first. */
  signedInLately: readonly string[]
  shift: OpenShift
}

export type StateKey = keyof StateValues
export interface StateRow {
  key: string
  value: unknown
}

/** What a transaction has read of the state in one go, and what it is writing to it. */
interface Ahead {
  readonly values: Map<string, unknown>
  readonly writes: PromiseLike<unknown>[]
}
const aheads = new WeakMap<object, Ahead>()
const ahead = (): Ahead | undefined => {
  const { currentTransaction } = Dexie
  return currentTransaction ? aheads.get(currentTransaction) : undefined
}

/**
 * Runs `work` with these facts read beforehand, together: a till waits for the disk once, not once a fact. What `work`
 * writes to the state is on its way when it goes on, and has arrived when this resolves. In a transaction over state.
 */
export const withState = <T>(
  db: TillDatabase,
  keys: readonly StateKey[],
  work: () => Promise<T>,
): Promise<T> => withStateAnd(db, keys, async () => undefined, work)

/** The same, with what `ask` reads in the same go. */
export async function withStateAnd<T, R>(
  db: TillDatabase,
  keys: readonly StateKey[],
  ask: () => Promise<R>,
  work: (read: R) => Promise<T>,
): Promise<T> {
  const [rows, read] = await Promise.all([db.state.bulkGet([...keys]), ask()])
  const mine: Ahead = { values: new Map(keys.map((key, i) => [key, rows[i]?.value])), writes: [] }
  aheads.set(Dexie.currentTransaction, mine)
  const result = await work(read)
  await Promise.all(mine.writes)
  return result
}

export async function readState<K extends StateKey>(
  db: TillDatabase,
  key: K,
): Promise<StateValues[K] | undefined> {
  const known = ahead()?.values
  // By a promise of Dexie's: it follows a transaction only through awaits of its own.
  if (known?.has(key)) return (await Dexie.Promise.resolve(known.get(key))) as StateValues[K] | undefined
  const row = await db.state.get(key)
  // Only writeState writes these keys.
  return row?.value as StateValues[K] | undefined
}

export async function writeState<K extends StateKey>(
  db: TillDatabase,
  key: K,
  value: StateValues[K],
): Promise<void> {
  const write = db.state.put({ key, value })
  const mine = ahead()
  if (mine === undefined) return void (await write)
  mine.values.set(key, value)
  mine.writes.push(write)
  // Its failure is heard by `withState`, which waits for it.
  void write.catch(() => undefined)
  await Dexie.Promise.resolve()
}

/** Spares the live queries over `key` when nothing changed. For plain JSON values. */
export async function writeStateIfChanged<K extends StateKey>(
  db: TillDatabase,
  key: K,
  value: StateValues[K],
): Promise<void> {
  const known = await readState(db, key)
  if (known === undefined || canonicalJson(known) !== canonicalJson(value)) await writeState(db, key, value)
}

export async function dropState(db: TillDatabase, key: StateKey): Promise<void> {
  ahead()?.values.set(key, undefined)
  await db.state.delete(key)
}
