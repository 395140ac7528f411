import { Hono } from 'hono'
import type { OpenEndpoint } from '../outbox.ts'

/** "The server must accept the same idempotency key on repeated requests": one statement does both. */
export const openEndpoint: OpenEndpoint = async (sql) => {
  await sql`create table sale (no bigserial primary key, id text not null, body jsonb not null)`
  await sql`create table idempotency_key (key text primary key)`
  const app = new Hono()
  app.post('/api/sales', async (c) => {
    const { id, body } = await c.req.json()
    await sql`
      with fresh as (
        insert into idempotency_key (key) values (${c.req.header('idempotency-key') ?? ''})
        on conflict do nothing returning key
      )
      insert into sale (id, body) select ${id}, ${sql.json(body)} from fresh`
    return c.body(null, 204)
  })
  return { app }
}
