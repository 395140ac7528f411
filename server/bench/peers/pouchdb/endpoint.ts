import { Hono } from 'hono'
import type { OpenEndpoint } from '../outbox.ts'

type Document = { _id: string; _rev: string }

/**
 * The part of the CouchDB replication protocol that a push needs, over a Postgres table: a document's revision is
 * stored once, however often it is sent.
 */
export const openEndpoint: OpenEndpoint = async (sql) => {
  await sql`
    create table sale (id text not null, rev text not null, body jsonb not null, primary key (id, rev))`
  await sql`create table checkpoint (id text primary key, body jsonb not null)`
  const app = new Hono({ strict: false }).basePath('/api/couch')
  app.get('/', (c) => c.json({ couchdb: 'Welcome', uuid: 'bench', version: '3.0.0' }))
  app.get('/sales', (c) => c.json({ db_name: 'sales' }))
  app.get('/sales/_local/:id', async (c) => {
    const [row] = await sql`select body from checkpoint where id = ${c.req.param('id')}`
    return row ? c.json(row.body) : c.json({ error: 'not_found', reason: 'missing' }, 404)
  })
  app.put('/sales/_local/:id', async (c) => {
    const body = await c.req.json()
    const id = c.req.param('id')
    const [row] = await sql`
      insert into checkpoint (id, body) values (${id}, ${sql.json({ ...body, _rev: '0-1' })})
      on conflict (id) do update set body = excluded.body returning id`
    return c.json({ ok: true, id: `_local/${row?.id}`, rev: '0-1' }, 201)
  })
  app.post('/sales/_revs_diff', async (c) => {
    const asked = Object.entries(await c.req.json<Record<string, string[]>>())
    const ids = asked.map(([id]) => id)
    const rows = await sql<{ id: string; rev: string }[]>`
      select id, rev from sale where id = any(${sql.array(ids, 25)})`
    const known = new Set(rows.map(({ id, rev }) => `${id} ${rev}`))
    const missing = asked.map(([id, revs]) => [id, revs.filter((rev) => !known.has(`${id} ${rev}`))] as const)
    const answer = missing.filter(([, revs]) => revs.length > 0).map(([id, revs]) => [id, { missing: revs }])
    return c.json(Object.fromEntries(answer))
  })
  app.post('/sales/_bulk_docs', async (c) => {
    const { docs } = await c.req.json<{ docs: Document[]; new_edits: false }>()
    await sql`
      insert into sale (id, rev, body)
      select d ->> '_id', d ->> '_rev', d -> 'body' from jsonb_array_elements(${sql.json(docs)}) d
      on conflict do nothing`
    return c.json([], 201)
  })
  return { app }
}
