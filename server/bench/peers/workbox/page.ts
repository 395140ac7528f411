import type { OpenOutbox } from '../outbox.ts'

/** The page only fetches; the service worker queues what fails (workbox/worker.ts). */
export const openOutbox: OpenOutbox = async () => ({
  take: async (sale) => {
    const post = fetch('/api/sales', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(sale),
    })
    // Offline it fails once the request is in the queue: all that a caller is ever told.
    await post.catch(() => undefined)
  },
  isDrained: async () => (await queued()) === 0,
})

async function queued(): Promise<number> {
  const name = 'workbox-background-sync'
  // Opening what is not there would make it.
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return 0
  const db = await done(indexedDB.open(name))
  const count = await done(db.transaction('requests').objectStore('requests').count())
  db.close()
  return count
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
