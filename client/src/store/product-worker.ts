/// <reference lib="webworker" />
import { ProductBook } from './product-book.ts'
import type { FromWorker, PageRequest } from './product-lists.ts'
import { openTillDatabase } from './till-database.ts'

declare const self: DedicatedWorkerGlobalScope

// A thread of its own: finding and sorting among very many products must not hold up a scan or a payment.
const send = (message: FromWorker) => self.postMessage(message)

try {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const book = await ProductBook.open(openTillDatabase({ name: self.name }), sleep)
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
