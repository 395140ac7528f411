import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../src/db/connect.ts'
import { type Connection, openConnection } from './connection.ts'
import { type LoadedTill, signedPush } from './shop-of-baskets.ts'

/** Each till sends its pushes one after the other, as fast as it is answered. Answers the seconds it took. */
export async function pushAll(
  sql: Sql,
  origin: string,
  tills: readonly LoadedTill[],
  outcome: 'applied' | 'duplicate',
): Promise<number> {
  const loads = await Promise.all(tills.map((till) => ready(origin, till)))
  await sql`checkpoint`
  const start = performance.now()
  await Promise.all(
    loads.map(async ({ connection, requests }) => {
      for (const { request, entries } of requests) await send(connection, request, entries, outcome)
      connection.close()
    }),
  )
  return (performance.now() - start) / 1000
}

/**
 * Each till makes a push every `everyMs`, the tills spread over it, until `until` settles or it has none left.
 * Answers the milliseconds from when each sale was made to its acknowledgement: one that has to wait for the
 * till's push before it counts that wait.
 */
export async function pushAtPace(
  origin: string,
  tills: readonly LoadedTill[],
  { everyMs, until }: { everyMs: number; until: Promise<unknown> },
): Promise<number[]> {
  const loads = await Promise.all(tills.map((till) => ready(origin, till)))
  const took: number[] = []
  let over = false
  const ended = until.finally(() => {
    over = true
  })
  const start = performance.now()
  await Promise.all(
    loads.map(async ({ connection, requests }, till) => {
      let madeAt = start + (everyMs * till) / loads.length
      for (const { request, entries } of requests) {
        const early = madeAt - performance.now()
        if (early > 0) await Promise.race([sleep(early), ended])
        if (over) break
        await send(connection, request, entries, 'applied')
        took.push(performance.now() - madeAt)
        madeAt += everyMs
      }
      connection.close()
    }),
  )
  return took
}

async function ready(origin: string, { client, pushes }: LoadedTill) {
  const requests = await Promise.all(
    pushes.map(async (push) => ({ request: await signedPush(client, push), entries: push.entries })),
  )
  return { connection: await openConnection(origin), requests }
}

async function send(
  connection: Connection,
  request: Buffer,
  entries: number,
  outcome: 'applied' | 'duplicate',
): Promise<void> {
  const { status, body } = await connection.send(request)
  const { outcomes } = status === 200 ? (JSON.parse(body) as { outcomes: { outcome: string }[] }) : {}
  if (outcomes?.length !== entries || outcomes.some((each) => each.outcome !== outcome))
    throw new Error(`a push was not ${outcome}: ${status} ${body.slice(0, 300)}`)
}
