import { Hono } from 'hono'
import type { OpenEndpoint } from '../outbox.ts'

type Mutation = { clientID: string; id: number; args: { id: string; body: unknown } }
type Push = { clientGroupID: string; mutations: Mutation[] }
type Pull = { clientGroupID: string; cookie: number | null }

/**
 * The Global Version strategy: the last mutation of every client is kept beside the data and raised in the same
 * transaction, and a mutation that is not the next one is skipped. Pull answers with no patch: an outbox shows
 * nothing, so a sale that has arrived may leave the client.
 */
export const openEndpoint: OpenEndpoint = async (sql) => {
  await sql`create table sale (no bigserial primary key, id text not null, body jsonb not null)`
  await sql`create table space (version int not null)`
  await sql`insert into space values (0)`
  await sql`
    create table client (id text primary key, client_group text not null, last_mutation int not null, version int not null)`
  const app = new Hono()

  app.post('/api/push', async (c) => {
    const { clientGroupID, mutations } = await c.req.json<Push>()
    await sql.begin(async (tx) => {
      const [space] = await tx<{ version: number }[]>`select version from space for update`
      const version = (space?.version ?? 0) + 1
      const clients = await tx<{ id: string; last_mutation: number }[]>`select id, last_mutation from client`
      const last = new Map(clients.map((client) => [client.id, client.last_mutation]))
      const fresh: Mutation[] = []
      for (const mutation of mutations) {
        const next = (last.get(mutation.clientID) ?? 0) + 1
        if (mutation.id < next) continue
        if (mutation.id > next) throw new Error(`mutation ${mutation.id} is from the future, not ${next}`)
        last.set(mutation.clientID, next)
        fresh.push(mutation)
      }
      await tx`
        insert into sale (id, body)
        select m -> 'args' ->> 'id', m -> 'args' -> 'body'
        from jsonb_array_elements(${tx.json(fresh as never)}) with ordinality as p(m, no) order by no`
      for (const id of new Set(fresh.map((mutation) => mutation.clientID)))
        await tx`
          insert into client (id, client_group, last_mutation, version)
          values (${id}, ${clientGroupID}, ${last.get(id) ?? 0}, ${version})
          on conflict (id) do update set last_mutation = excluded.last_mutation, version = excluded.version`
      await tx`update space set version = ${version}`
    })
    return c.json({})
  })

  app.post('/api/pull', async (c) => {
    const { clientGroupID, cookie } = await c.req.json<Pull>()
    const [answer] = await sql`
      select (select version from space) as cookie,
        coalesce(
          (select jsonb_object_agg(id, last_mutation) from client
            where client_group = ${clientGroupID} and version > ${cookie ?? 0}),
          '{}') as changes`
    return c.json({ cookie: answer?.cookie, lastMutationIDChanges: answer?.changes, patch: [] })
  })
  return { app }
}
