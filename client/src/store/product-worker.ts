/// <reference lib="webworker" />
import { ProductBook } from './product-book.ts'
import type { FromWorker, PageRequest } from './product-lists.ts'
import { openTillDatabase } from './till-database.ts'

declare const self: DedicatedWorkerGlobalScope

// A thread of its own: finding and sorting among very many products must not hold up a scan or a payment.
const send = (message: FromWorker) => self.postMessage(message)

try {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const db = openTillDatabase({ name: self.name })
  // Whoever throws the database away means it: a question that comes after that would make it anew, empty.
  db.on('versionchange', ({ newVersion }) => {
    if (newVersion === null) db.close({ disableAutoOpen: true })
  })
  const book = await ProductBook.open(db, sleep)
  self.onmessage = ({ data: { no, query, from, to } }: MessageEvent<PageRequest>) => {
    void book.page(query, from, to).then(
      (page) => send({ type: 'page', no, page }),
      () => send({ type: 'failed' }),
    )
  }
  book.follow(() => send({ type: 'changed' }))
  send({ type: 'ready' })
} catch {
  // Whatever it is, the page does without: a newer version in another tab has changed the database, or the disk fails.
  send({ type: 'failed' })
}
