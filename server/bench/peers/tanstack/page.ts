import { createCollection, localOnlyCollectionOptions } from '@tanstack/db'
import { IndexedDBAdapter, NonRetriableError, startOfflineExecutor } from '@tanstack/offline-transactions'
import type { OpenOutbox, Sale } from '../outbox.ts'

/**
 * As in the guide "Offline Transactions". Its action returns before the outbox is written, and says so; the only
 * firmer word a caller can get offline is the storage adapter's, so that is what counts as taken here.
 */
class Storage extends IndexedDBAdapter {
  readonly #stored = new Map<string, () => void>()

  /** Resolves when the transaction's first write to the outbox is done. */
  stored(transactionId: string): Promise<void> {
    return new Promise((resolve) => this.#stored.set(`tx:${transactionId}`, resolve))
  }

  override async set(key: string, value: string): Promise<void> {
    await super.set(key, value)
    this.#stored.get(key)?.()
    this.#stored.delete(key)
  }
}

export const openOutbox: OpenOutbox = async () => {
  const sales = createCollection(
    localOnlyCollectionOptions<Sale, string>({ id: 'sales', getKey: (sale) => sale.id }),
  )
  const storage = new Storage()
  const executor = startOfflineExecutor({
    collections: { sales },
    storage,
    mutationFns: {
      saveSale: async ({ transaction, idempotencyKey }) => {
        const response = await fetch('/api/sales', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
          body: JSON.stringify(transaction.mutations[0]?.modified),
        })
        if (response.status === 422) throw new NonRetriableError('The server rejected this sale')
        if (!response.ok) throw new Error('Could not save the sale')
      },
    },
  })
  await executor.waitForInit()
  if (!executor.isOfflineEnabled) throw new Error('no offline mode')
  const addSale = executor.createOfflineAction<Sale>({
    mutationFnName: 'saveSale',
    onMutate: (sale) => {
      sales.insert(sale)
    },
  })
  return {
    take: async (sale) => {
      const transaction = addSale(sale)
      transaction.isPersisted.promise.catch((error) => console.error(error))
      await storage.stored(transaction.id)
    },
    isDrained: async () => (await executor.peekOutbox()).length === 0,
  }
}
