import { Hono } from 'hono'
import type { OpenEndpoint } from '../outbox.ts'

type ChangeRow = { newDocumentState: { id: string; body: unknown } }

/**
 * The documentation's push endpoint: a row whose document the server has, unknown to the client, is a conflict and
 * answered with the server's state; any other is written. A sale is written once and never changed, so a row whose
 * document is there is always such a conflict. In one transaction and in bulk, as the documentation advises.
 */
export const openEndpoint: OpenEndpoint = async (sql) => {
  await sql`create table sale (no bigserial primary key, id text not null, body jsonb not null)`
  await sql`create index on sale (id)`
  const app = new Hono()
  app.post('/api/push', async (c) => {
    const documents = (await c.req.json<ChangeRow[]>()).map((row) => row.newDocumentState)
    const conflicts = await sql.begin(async (tx) => {
      await tx`lock table sale in share row exclusive mode`
      const ids = documents.map((document) => document.id)
      const there = await tx<{ id: string; body: unknown }[]>`
        select id, body from sale where id = any(${tx.array(ids, 25)})`
      const known = new Set(there.map((row) => row.id))
      const fresh = documents.filter((document) => !known.has(document.id))
      await tx`
        insert into sale (id, body)
        select d ->> 'id', d -> 'body' from jsonb_array_elements(${tx.json(fresh as never)}) d`
      return there.map(({ id, body }) => ({ id, body, _deleted: false }))
    })
    return c.json(conflicts)
  })
  return { app }
}
