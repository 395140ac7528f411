import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { connect } from '../src/db/connect.ts'
import { createApp } from '../src/http/app.ts'

// The real app on the database of a benchmark, in a process of its own. Tells its parent the port, and how much
// memory it holds whenever it is asked.

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
process.on('message', () => process.send?.({ rss: process.memoryUsage.rss() }))
process.on('disconnect', () => process.exit(0))
