import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { CompanySettings, OutletRow } from '@evertill/shared/protocol/pull'
import type { StorageKind } from '@evertill/shared/protocol/push'
import type { OpenSale } from './cart.ts'
import type { Contact } from './contact.ts'
import type { FormerTill } from './former-tills.ts'
import type { PinAttempts } from './pin.ts'
import type { OpenExchange } from './open-exchange.ts'
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
  company: CompanySettings
  outlet: OutletRow
  tillState: 'active' | 'revoked'
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
  settlements: number
  /** The mark at which entries were last made to wait again, until the server's mark moves. */
  waitedAgainAt: { readonly epoch: number; readonly highWater: number }
  contact: Contact
  pinAttempts: PinAttempts
  shift: OpenShift
}

export type StateKey = keyof StateValues
export interface StateRow {
  key: string
  value: unknown
}

export async function readState<K extends StateKey>(
  db: TillDatabase,
  key: K,
): Promise<StateValues[K] | undefined> {
  const row = await db.state.get(key)
  // Only writeState writes these keys.
  return row?.value as StateValues[K] | undefined
}

export async function writeState<K extends StateKey>(
  db: TillDatabase,
  key: K,
  value: StateValues[K],
): Promise<void> {
  await db.state.put({ key, value })
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
  await db.state.delete(key)
}
