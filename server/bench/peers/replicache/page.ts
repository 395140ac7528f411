import { type ReadonlyJSONObject, Replicache, type WriteTransaction } from 'replicache'
import type { OpenOutbox } from '../outbox.ts'

type Stored = { readonly id: string; readonly body: ReadonlyJSONObject }

/** As in "Build Your Own Backend". */
export const openOutbox: OpenOutbox = async () => {
  const replicache = new Replicache({
    name: 'till',
    pushURL: '/api/push',
    pullURL: '/api/pull',
    logLevel: 'error',
    mutators: {
      createSale: (tx: WriteTransaction, { id, body }: Stored) => tx.set(`sale/${id}`, body),
    },
  })
  await replicache.clientGroupID
  return {
    take: (sale) => replicache.mutate.createSale(sale as unknown as Stored),
    isDrained: async () => (await replicache.experimentalPendingMutations()).length === 0,
  }
}
