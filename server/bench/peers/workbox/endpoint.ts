import { Hono } from 'hono'
import type { OpenEndpoint } from '../outbox.ts'

/** The library gives a request no key, and its documentation asks for none: every request is a sale. */
export const openEndpoint: OpenEndpoint = async (sql) => {
  await sql`create table sale (no bigserial primary key, id text not null, body jsonb not null)`
  const app = new Hono()
  app.post('/api/sales', async (c) => {
    const { id, body } = await c.req.json()
    await sql`insert into sale (id, body) values (${id}, ${sql.json(body)})`
    return c.body(null, 204)
  })
  return { app }
}
