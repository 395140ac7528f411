export interface Peer {
  /** Its folder here, and its package. */
  readonly name: string
  readonly package?: string
  /** Every sale the server has, and how many times. */
  readonly storedSql: string
  /** Its queue is sent only when its service worker starts: the runner lets the worker stop and opens the page again. */
  readonly sendsOnWorkerStart?: true
  readonly setUp: string
}

const storedSql = 'select id, count(*)::int as times from sale group by id'

/** The order of the table. */
export const peers: readonly Peer[] = [
  {
    name: 'evertill',
    storedSql: 'select sale_id::text as id, count(*)::int as times from sale group by sale_id',
    setUp: 'client/src/store and client/src/sync against the real server; taken when recordSale resolves',
  },
  {
    name: 'tanstack',
    package: '@tanstack/offline-transactions',
    storedSql,
    setUp:
      'offline action, IndexedDB, idempotency key honoured by the server; taken when the outbox entry is written',
  },
  {
    name: 'workbox',
    package: 'workbox-background-sync',
    storedSql,
    sendsOnWorkerStart: true,
    setUp:
      'BackgroundSyncPlugin on a NetworkOnly route, forceSyncFallback; no key, plain insert; taken when fetch has failed',
  },
  {
    name: 'rxdb',
    package: 'rxdb',
    storedSql,
    setUp:
      'Dexie storage, push replication in batches of 100, conflict detection by id; taken when insert() resolves',
  },
  {
    name: 'replicache',
    package: 'replicache',
    storedSql,
    setUp: 'Global Version strategy, last mutation id per client; taken when the mutator resolves',
  },
  {
    name: 'pouchdb',
    package: 'pouchdb-browser',
    storedSql,
    setUp:
      'replicate.to, live and retry, CouchDB protocol over a table keyed by id and revision; taken when put() resolves',
  },
]
