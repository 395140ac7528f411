import { createAdaptorServer } from '@hono/node-server'
import { connect } from '../../src/db/connect.ts'
import type { OpenEndpoint } from './outbox.ts'

// One peer's endpoint in a process of its own. Tells its parent the port.

const [peer, products] = process.argv.slice(2)
const { openEndpoint } = (await import(`./${peer}/endpoint.ts`)) as { openEndpoint: OpenEndpoint }
const { app, setUp } = await openEndpoint(connect(process.env.DATABASE_URL ?? ''), Number(products))
const server = createAdaptorServer({ fetch: (request) => app.fetch(request) })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0, setUp })
})
process.on('disconnect', () => process.exit(0))
