import { IDBDatabase, IDBFactory, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import { inhabited } from './platform.ts'
import type { Actor } from './world.ts'

/*
 * The disk of a browser profile: fake-indexeddb, with the accidents that its API has no words for. Reaches into its
 * insides, which is why its version is pinned.
 */

/** One browser profile's databases. */
export type Disk = InstanceType<typeof IDBFactory>

interface Transaction {
  readonly mode: 'readonly' | 'readwrite' | 'versionchange'
  readonly db: { readonly _rawDatabase: RawDatabase }
  _state: 'active' | 'inactive' | 'committing' | 'finished'
  _started: boolean
  readonly _rollbackLog: (() => void)[]
  _requests: { operation: () => unknown; request: { readyState: string } }[]
  _start(): void
  _abort(name: string): void
  madeBy?: Actor
}
interface RawRecord {
  readonly key: unknown
  readonly value: unknown
}
interface Records {
  put(record: RawRecord): void
  values(): Iterable<RawRecord>
}
interface RawIndex {
  readonly name: string
  readonly keyPath: unknown
  readonly multiEntry: boolean
  readonly unique: boolean
  initialized: boolean
  readonly records: Records
}
interface RawStore {
  readonly name: string
  readonly keyPath: unknown
  readonly autoIncrement: boolean
  readonly keyGenerator: { num: number } | null
  readonly rawIndexes: Map<string, RawIndex>
  readonly records: Records
}
interface RawDatabase {
  readonly name: string
  readonly version: number
  transactions: Transaction[]
  readonly rawObjectStores: Map<string, RawStore>
  processTransactions(): void
}
interface Factory {
  readonly _databases: Map<string, RawDatabase>
  _connectionQueues: Map<string, Promise<unknown>>
}

/** What a page's disk will do to it: the write, or the commit, after so many more of them. */
export interface StorageFault {
  readonly kind: 'quota' | 'abort'
  after: number
}
export interface StorageUser extends Actor {
  storageFault?: StorageFault | undefined
  /** How many it has met. */
  storageFaultsMet?: number
}

/** Deals the fault out: it happens once. */
function meetFault(user: StorageUser): void {
  user.storageFault = undefined
  user.storageFaultsMet = (user.storageFaultsMet ?? 0) + 1
}

const fullDisk = () => new DOMException('The disk is full.', 'QuotaExceededError')

type Method = (...args: unknown[]) => unknown

function replaceMethod(of: object, name: string, make: (own: Method) => Method): void {
  const prototype = of as Record<string, Method>
  const own = prototype[name] as Method
  prototype[name] = make(own)
}

replaceMethod(
  IDBDatabase.prototype,
  'transaction',
  (own) =>
    function transaction(this: unknown, ...args) {
      const made = own.apply(this, args) as Transaction
      const { current } = inhabited()
      if (current !== undefined) made.madeBy = current
      // What a page still does in the turn it dies in has no effect, and nobody queues behind it.
      if (current?.alive === false) {
        const { _rawDatabase: raw } = made.db
        raw.transactions = raw.transactions.filter((transaction) => transaction !== made)
      }
      return made
    },
)

for (const name of ['add', 'put'])
  replaceMethod(
    IDBObjectStore.prototype,
    name,
    (own) =>
      function write(this: unknown, ...args) {
        const request = own.apply(this, args)
        const user: StorageUser | undefined = inhabited().current
        const fault = user?.storageFault
        if (user !== undefined && fault?.kind === 'quota' && --fault.after <= 0) {
          const { _requests } = (this as { transaction: unknown }).transaction as Transaction
          const last = _requests.at(-1)
          if (last !== undefined)
            last.operation = () => {
              throw fullDisk()
            }
          meetFault(user)
          inhabited().count('quota error')
          inhabited().tell(`${user.name}: the disk is full`)
        }
        return request
      },
  )

// A browser may abort what it was asked to commit, long after every write in it succeeded.
replaceMethod(
  IDBTransaction.prototype,
  '_start',
  (own) =>
    function start(this: unknown) {
      const transaction = this as Transaction
      const user: StorageUser | undefined = transaction.madeBy
      // One tab's transaction may end in the turn of another, and start a third one's: each goes on as its own.
      if (user !== undefined) {
        if (!user.alive) return
        inhabited().current = user
      }
      const fault = user?.storageFault
      const commits =
        transaction.mode === 'readwrite' &&
        transaction._state !== 'finished' &&
        transaction._started &&
        transaction._rollbackLog.length > 0 &&
        transaction._requests.every(({ request }) => request.readyState === 'done')
      if (commits && user !== undefined && fault?.kind === 'abort' && --fault.after <= 0) {
        meetFault(user)
        inhabited().count('aborted transaction')
        inhabited().tell(`${user.name}: the browser aborts a transaction`)
        transaction._abort('UnknownError')
        return
      }
      return own.call(this)
    },
)

const inside = (factory: Disk) => factory as unknown as Factory

/** A page is gone: what it had not committed never was, and whoever waited behind it goes on. */
export function abandon(factory: Disk, page: Actor, others: () => readonly Actor[]): void {
  const world = inhabited()
  const { _databases } = inside(factory)
  inside(factory)._connectionQueues = new Map()
  for (const raw of _databases.values()) {
    const [left, kept] = [
      raw.transactions.filter((transaction) => transaction.madeBy === page),
      raw.transactions.filter((transaction) => transaction.madeBy !== page),
    ]
    for (const transaction of left) {
      if (transaction._state === 'finished') continue
      for (const undo of transaction._rollbackLog.toReversed()) undo()
      transaction._state = 'finished'
      world.count('transaction cut off')
    }
    raw.transactions = kept
    const before = world.current
    for (const other of others()) {
      world.current = other
      for (const transaction of kept) if (!transaction._started) raw.processTransactions()
    }
    world.current = before
  }
}

/** Whether nobody is in the middle of a transaction. */
export const isAtRest = (factory: Disk): boolean =>
  [...inside(factory)._databases.values()].every((raw) =>
    raw.transactions.every((transaction) => transaction._state === 'finished'),
  )

/** The same profile on another machine, as an image of the disk would make it. */
export function copyOf(factory: Disk): Disk {
  const copy = new IDBFactory()
  for (const [name, raw] of inside(factory)._databases) {
    const made = make(raw, raw.name, raw.version)
    for (const [storeName, store] of raw.rawObjectStores) {
      const madeStore = make(store, made, store.name, store.keyPath, store.autoIncrement)
      // A copy counts on where the original had come to.
      if (madeStore.keyGenerator && store.keyGenerator) madeStore.keyGenerator.num = store.keyGenerator.num
      for (const { key, value } of store.records.values())
        madeStore.records.put({ key, value: structuredClone(value) })
      for (const [indexName, index] of store.rawIndexes) {
        const { keyPath, multiEntry, unique } = index
        const madeIndex = make(index, madeStore, index.name, keyPath, multiEntry, unique)
        madeIndex.initialized = true
        for (const record of index.records.values()) madeIndex.records.put(record)
        madeStore.rawIndexes.set(indexName, madeIndex)
      }
      made.rawObjectStores.set(storeName, madeStore)
    }
    inside(copy)._databases.set(name, made)
  }
  return copy
}

const make = <T extends object>(like: T, ...args: unknown[]): T =>
  new (like.constructor as new (...given: unknown[]) => T)(...args)

/** What is on the disk, past all transactions and without taking time: for the one who checks. */
export function rowsOn<T>(factory: Disk, table: string): T[] {
  const [raw] = inside(factory)._databases.values()
  const store = raw?.rawObjectStores.get(table)
  return store === undefined ? [] : [...store.records.values()].map((record) => record.value as T)
}

/** Bits rot: changes a row where it lies. */
export function rot<T extends object>(row: T, changes: Partial<T>): void {
  Object.assign(row, changes)
}
