import PouchDB from 'pouchdb-browser'
import type { OpenOutbox } from '../outbox.ts'

/** As in the guide "Replication": one way, live, with retry. */
export const openOutbox: OpenOutbox = async () => {
  const sales = new PouchDB('sales')
  let caughtUp = false
  sales.replicate
    .to(`${location.origin}/api/couch/sales`, { live: true, retry: true })
    .on('active', () => {
      caughtUp = false
    })
    .on('paused', (error: unknown) => {
      caughtUp = error === undefined || error === null
    })
  return {
    take: async ({ id, body }) => {
      await sales.put({ _id: id, body })
    },
    isDrained: async () => caughtUp,
  }
}
