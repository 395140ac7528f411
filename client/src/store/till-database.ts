import type { ValueKind } from '@evertill/shared/domain/stored-value'
import type { LogoRow } from '@evertill/shared/protocol/logo'
import type { PromotionRow } from '@evertill/shared/protocol/promotion'
import type {
  CategoryRow,
  CustomerRow,
  PaymentMethodRow,
  ProductRow,
  StaffRow,
  StoredValueRow,
  TaxCodeRow,
  TierRow,
} from '@evertill/shared/protocol/pull'
import { Dexie, type Table } from 'dexie'
import type { HeldSale } from './held-sales.ts'
import type { JournalRow } from './journal-row.ts'
import type { OtherPaper } from './other-papers.ts'
import type { ProductIndex } from './product-index.ts'
import type { StateRow } from './state.ts'

/** Stock of one product: the server's count, and what this till sold that the count does not contain yet. */
export interface StockLevel {
  productId: string
  onHand: number
  sold: number
}

/** Of one customer, what this till's entries moved that the server's count does not contain yet. */
export interface PointsHere {
  customerId: string
  /** Earned less spent. */
  change: number
  spent: number
}

/** Of one code, what this till's entries moved that the server's count does not contain yet. */
export interface ValueHere {
  code: string
  kind: ValueKind
  /** Put on it less spent. */
  change: number
  spent: number
}

/** A customer with the lower-case beginnings a cashier may type. */
export interface StoredCustomer extends CustomerRow {
  words: string[]
  /** Registered here, and not yet among the rows that the server sent. */
  local?: 1
}

/** A change of products, for those who keep something made of them. */
export interface ProductChange {
  no: number
  /** Those that were written or withdrawn; all of them, when not given. */
  ids?: string[]
}

/** The index that finds products, kept for the next start. */
export interface KeptIndex {
  key: 'products'
  /** The last change that it contains. */
  no: number
  index: ProductIndex
}

/** Everything this till remembers. The journal is only ever added to, settled, and pruned long after. */
export class TillDatabase extends Dexie {
  /** One page's life: a sign-in belongs to it and ends with it. */
  readonly pageId: string = crypto.randomUUID()
  declare readonly journal: Table<JournalRow, [string, number, number]>
  declare readonly state: Table<StateRow, string>
  declare readonly staff: Table<StaffRow, string>
  declare readonly taxCode: Table<TaxCodeRow, string>
  declare readonly category: Table<CategoryRow, string>
  declare readonly product: Table<ProductRow, string>
  declare readonly productChange: Table<ProductChange, number, Omit<ProductChange, 'no'>>
  declare readonly productIndex: Table<KeptIndex, string>
  declare readonly paymentMethod: Table<PaymentMethodRow, string>
  declare readonly tier: Table<TierRow, string>
  declare readonly promotion: Table<PromotionRow, string>
  declare readonly customer: Table<StoredCustomer, string>
  declare readonly stock: Table<StockLevel, string>
  declare readonly pointsHere: Table<PointsHere, string>
  declare readonly storedValue: Table<StoredValueRow, string>
  declare readonly valueHere: Table<ValueHere, string>
  declare readonly heldSale: Table<HeldSale, string>
  /** One row at most. */
  declare readonly logo: Table<LogoRow, string>
  declare readonly otherPaper: Table<OtherPaper, string>
}

export interface OpenOptions {
  readonly name?: string
  readonly indexedDB?: IDBFactory
  readonly IDBKeyRange?: typeof IDBKeyRange
}

/**
 * Opens lazily: the first read or write opens the database, `tryOpen` says whether it can be opened at all.
 * Strict durability is what lets the screen say Paid: Chrome's default reports success before the disk has it.
 */
export function openTillDatabase(options: OpenOptions = {}): TillDatabase {
  const db = new TillDatabase(options.name ?? 'evertill', {
    chromeTransactionDurability: 'strict',
    // Dexie's cache would show a live query rows that are not committed yet.
    cache: 'disabled',
    ...(options.indexedDB && { indexedDB: options.indexedDB }),
    ...(options.IDBKeyRange && { IDBKeyRange: options.IDBKeyRange }),
  })
  // Versions are only added, never edited: tills in the field hold every one of them.
  db.version(1).stores({
    journal: '[tillId+epoch+seq], &id, hash, [tillId+fate+epoch+seq], [fate+settledAt], overlaid',
    state: 'key',
    staff: 'staffId',
    taxCode: 'taxCodeId',
    category: 'categoryId',
    product: 'productId, *barcodes',
    paymentMethod: 'paymentMethodId',
    tier: 'tierId',
    customer: 'customerId, *words',
    stock: 'productId',
  })
  db.version(2).stores({
    journal:
      '[tillId+epoch+seq], &id, hash, [tillId+fate+epoch+seq], [fate+settledAt], overlaid, shiftId, originalId',
  })
  db.version(3).stores({ heldSale: 'heldId' })
  // What an earlier version of the app pulled and had no place for comes again with all the rest.
  db.version(4)
    .stores({ promotion: 'promotionId' })
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  db.version(5)
    .stores({ pointsHere: 'customerId', storedValue: 'code', valueHere: 'code' })
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  db.version(7).stores({
    product: 'productId, *barcodes, sku, name, [categoryId+name]',
    productChange: '++no',
    productIndex: 'key',
  })
  db.version(9)
    .stores({ product: 'productId, *barcodes, sku, name, [categoryId+name], variantOf' })
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  db.version(11).stores({ otherPaper: 'id, receiptNo, originalId, shownAt' })
  db.version(12)
    .stores({ logo: 'logoId' })
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  // What of a receipt went out by e-mail; and customers come again, with their addresses.
  db.version(13)
    .stores({
      journal:
        '[tillId+epoch+seq], &id, hash, [tillId+fate+epoch+seq], [fate+settledAt], overlaid, shiftId, originalId, paperId',
    })
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  // Retired ways to pay were thrown away once.
  db.version(14)
    .stores({})
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  // So were the names of people who left.
  db.version(15)
    .stores({})
    .upgrade((upgrade) => upgrade.table('state').delete('cursor'))
  return db
}

export type OpenOutcome =
  | { readonly code: 'open' }
  | { readonly code: 'storage-unavailable' | 'storage-full'; readonly message: string }

/** Whether this browser lets the till keep anything: private windows and full disks may not. */
export async function tryOpen(db: TillDatabase): Promise<OpenOutcome> {
  try {
    await db.open()
    return { code: 'open' }
  } catch (error) {
    const problem = storageProblem(error)
    if (problem === undefined) throw error
    return {
      code: problem.cause === 'storage-full' ? 'storage-full' : 'storage-unavailable',
      message: problem.message,
    }
  }
}

/**
 * Tells of other tabs: `updated-elsewhere` when a newer version of the app changed the database (this tab should
 * reload when its sale is done), `waiting-for-other-tab` when an old tab holds this one up, `removed` when the
 * browser's data was cleared.
 */
export function watchOtherTabs(
  db: TillDatabase,
  tell: (code: 'updated-elsewhere' | 'waiting-for-other-tab' | 'removed') => void,
): () => void {
  const changed = (event: IDBVersionChangeEvent) =>
    tell(event.newVersion === null ? 'removed' : 'updated-elsewhere')
  const blocked = () => tell('waiting-for-other-tab')
  db.on('versionchange', changed)
  db.on('blocked', blocked)
  return () => {
    db.on('versionchange').unsubscribe(changed)
    db.on('blocked').unsubscribe(blocked)
  }
}

export interface StorageProblem {
  readonly cause: 'storage-full' | 'storage-failed'
  readonly message: string
}

const STORAGE_ERRORS = new Set([
  'AbortError',
  'ConstraintError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotFoundError',
  'OpenFailedError',
  'QuotaExceededError',
  'SecurityError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
])

/** What a failure of IndexedDB means; undefined for anything else, which is a bug and stays thrown. */
export function storageProblem(error: unknown): StorageProblem | undefined {
  const names: string[] = []
  // Dexie wraps the browser's error, an aborted transaction the quota that aborted it, a bulk write its failures.
  for (let at: unknown = error; at instanceof Object && names.length < 5; at = causeOf(at))
    names.push(String((at as { name?: unknown }).name))
  if (!names.some((name) => STORAGE_ERRORS.has(name))) return undefined
  return {
    cause: names.includes('QuotaExceededError') ? 'storage-full' : 'storage-failed',
    message: error instanceof Error ? error.message : String(error),
  }
}

const causeOf = ({ inner, failures }: { inner?: unknown; failures?: unknown }): unknown =>
  inner ?? (Array.isArray(failures) ? failures[0] : undefined)
