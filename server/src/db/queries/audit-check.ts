import type postgres from 'postgres'
import type { SqlOrTx } from '../connect.ts'

/** What a check counts while it looks: each is a table's rows of one company. */
export type Covered =
  | 'entries'
  | 'journals'
  | 'held'
  | 'sales'
  | 'lines'
  | 'tenders'
  | 'movements'
  | 'customers'
  | 'products'
  | 'days'
  | 'dayMethods'
  | 'refunds'
  | 'shifts'
  | 'shiftMethods'
  | 'cashMovements'
  | 'counted'
  | 'registered'
  | 'emailed'
  | 'madeOut'
  | 'codes'

/**
 * Something that must always be true of one company's ledger. `find` selects what contradicts it, set-based:
 *   about     jsonb: the ids it is about, any of entryId, shiftId, tillId, outletId, productId, customerId, and epoch, day
 *   says      what is wrong, with {expected} and {actual} in it
 *   unit      how these two read: 'money' in minor units, 'quantity' in thousandths, 'text' as they are
 *   expected, actual   as text, so that no sum is too large
 */
export type AuditCheck = {
  readonly name: string
  readonly law: string
  readonly covers: Covered
  readonly find: (sql: SqlOrTx, companyId: string) => postgres.PendingQuery<postgres.Row[]>
}
