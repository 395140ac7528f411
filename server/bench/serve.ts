import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { connect } from '../src/db/connect.ts'
import { createApp } from '../src/http/app.ts'

// The real app on the database of a benchmark, in a process of its own. Tells its parent the port and, whenever it
// is asked, how much memory it holds and how long its event loop was held since it was asked last.

const sql = connect(process.env.DATABASE_URL ?? '')
const app = createApp({
  sql,
  config: { trustProxy: true },
  log: pino({ level: 'warn' }),
  now: () => new Date(),
})
const server = createAdaptorServer({ fetch: app.fetch })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
const held = monitorEventLoopDelay({ resolution: 1 })
held.enable()
process.on('message', () => {
  process.send?.({
    rssMb: process.memoryUsage.rss() / 1e6,
    heldP99Ms: held.percentile(99) / 1e6,
    heldMostMs: held.max / 1e6,
  })
  held.reset()
})
process.on('disconnect', () => process.exit(0))
