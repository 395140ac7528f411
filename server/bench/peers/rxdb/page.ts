import { createRxDatabase } from 'rxdb/plugins/core'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { OpenOutbox, Sale } from '../outbox.ts'

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 100 }, body: { type: 'object' } },
  required: ['id', 'body'],
} as const

/** As in "HTTP Replication", with the push half alone: an outbox fetches nothing. */
export const openOutbox: OpenOutbox = async () => {
  const database = await createRxDatabase({ name: 'till', storage: getRxStorageDexie() })
  const { sales } = await database.addCollections({ sales: { schema } })
  if (sales === undefined) throw new Error('no collection')
  const replication = replicateRxCollection<Sale, unknown>({
    collection: sales,
    replicationIdentifier: 'sales-to-server',
    push: {
      handler: async (changeRows) => {
        const response = await fetch('/api/push', {
          method: 'POST',
          headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
          body: JSON.stringify(changeRows),
        })
        return response.json()
      },
    },
  })
  return {
    take: async (sale) => {
      await sales.insert(sale)
    },
    isDrained: async () => {
      const inSync = replication.awaitInSync().then(() => true)
      return Promise.race([inSync, new Promise<false>((resolve) => setTimeout(resolve, 1000, false))])
    },
  }
}
