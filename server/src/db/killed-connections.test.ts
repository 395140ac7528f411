import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { killBackends } from '../../test/kill-backends.ts'
import { createEmptyDatabase, type TestDatabase } from '../../test/test-database.ts'
import { connect, type Sql, type SqlOrTx } from './connect.ts'

// What patches/postgres+3.4.9.patch is for. An uncaught error anywhere fails the run by itself.

const applicationName = 'victim'
const lost = expect.objectContaining({ code: 'CONNECTION_CLOSED' })
let database: TestDatabase
let admin: Sql
let sql: Sql

beforeAll(async () => {
  database = await createEmptyDatabase()
  admin = database.sql
  await admin`create table note (job text not null, step int not null)`
})
afterAll(() => database.drop())

beforeEach(async () => {
  await admin`truncate note`
  sql = connect(database.url, { max: 2, applicationName })
})
afterEach(() => sql.end())

async function kill(pid: number): Promise<void> {
  await admin`select pg_terminate_backend(${pid}, 5000)`
}

async function pidOf(handle: SqlOrTx): Promise<number> {
  const [row] = await handle<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row?.pid ?? 0
}

function failureOf(query: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(query).then(
    () => 'it ran',
    (error) => error,
  )
}

async function notes(): Promise<string[]> {
  return (await admin`select job, step from note order by job, step`).map((row) => `${row.job} ${row.step}`)
}

test('a transaction whose backend is killed runs nothing more, not even on the reconnected socket', async () => {
  let later: unknown
  const transaction = sql.begin(async (tx) => {
    await tx`insert into note values ('sale', 1)`
    await kill(await pidOf(tx))
    const soon = await failureOf(tx`insert into note values ('sale', 2)`)
    // Both connections of the pool are open again before the next attempt.
    await Promise.all([sql`select pg_sleep(0.05)`, sql`select pg_sleep(0.05)`])
    later = [soon, await failureOf(tx`insert into note values ('sale', 3)`)]
    return 'finished'
  })
  await expect(transaction).rejects.toEqual(lost)
  await expect.poll(() => later).toEqual([lost, lost])
  expect(await notes()).toEqual([])
})

test('queries waiting in a killed transaction are refused rather than left hanging', async () => {
  let outcomes: unknown[] = []
  const transaction = sql.begin(async (tx) => {
    const pid = await pidOf(tx)
    const waiting = [tx`select pg_sleep(20)`, tx`select ${1}::int`, tx`insert into note values ('sale', 1)`]
    const failures = Promise.all(waiting.map(failureOf))
    await sleep(50)
    await kill(pid)
    outcomes = await failures
  })
  await expect(transaction).rejects.toEqual(lost)
  await expect.poll(() => outcomes).toEqual([lost, lost, lost])
})

test('what a killed transaction still does cannot end or join the transaction that has its connection now', async () => {
  const one = connect(database.url, { max: 1, applicationName })
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let straggler: unknown
  const killed = one.begin(async (tx) => {
    await kill(await pidOf(tx))
    await gate
    straggler = await failureOf(tx`insert into note values ('killed', 1)`)
    throw new Error('so that it rolls back')
  })
  await expect(killed).rejects.toEqual(lost)
  await one.begin(async (tx) => {
    await tx`insert into note values ('second', 1)`
    goOn()
    await expect.poll(() => straggler).toEqual(lost)
    await sleep(20)
    await tx`insert into note values ('second', 2)`
  })
  await one.end()
  expect(await notes()).toEqual(['second 1', 'second 2'])
})

test('a savepoint in a killed transaction is refused too', async () => {
  const transaction = sql.begin(async (tx) => {
    await tx`insert into note values ('sale', 1)`
    await kill(await pidOf(tx))
    await failureOf(tx.savepoint((inner) => inner`insert into note values ('sale', 2)`))
    await sql`select 1`
    await tx.savepoint((inner) => inner`insert into note values ('sale', 3)`)
  })
  await expect(transaction).rejects.toEqual(lost)
  await sleep(50)
  expect(await notes()).toEqual([])
})

test('a transaction handle is of no use after its commit', async () => {
  let kept: SqlOrTx = sql
  await sql.begin(async (tx) => {
    kept = tx
    await tx`insert into note values ('sale', 1)`
  })
  expect(await failureOf(kept`insert into note values ('sale', 2)`)).toMatchObject({
    code: 'CONNECTION_RELEASED',
  })
  expect(await notes()).toEqual(['sale 1'])
})

test('a transaction begun at the very end of a full pipeline is still a transaction', async () => {
  const one = connect(database.url, { max: 1, applicationName })
  await one`select 1`
  // Whichever place BEGIN gets, the pipeline's last one among them.
  for (let ahead = 95; ahead <= 105; ahead++) {
    const before = Array.from({ length: ahead }, () => one`select 1`.execute())
    const transaction = one.begin(async (tx) => {
      await tx`insert into note values ('refused', ${ahead})`
      throw new Error('on purpose')
    })
    await expect(transaction).rejects.toThrow('on purpose')
    await Promise.all(before)
    await one`insert into note values ('alone', ${ahead})`
  }
  await one.end()
  const stored = await admin`select job, count(*) as n from note group by job`
  expect(stored).toEqual([{ job: 'alone', n: 11 }])
})

test('a reserved connection that is killed stays dead for its holder, and the pool goes on', async () => {
  const reserved = await sql.reserve()
  const pid = await pidOf(reserved)
  const waiting = [reserved`select pg_sleep(20)`, reserved`select 1`, reserved`select ${2}::int`].map(
    failureOf,
  )
  await sleep(50)
  await kill(pid)
  expect(await Promise.all(waiting)).toEqual([lost, lost, lost])
  await Promise.all([sql`select pg_sleep(0.05)`, sql`select pg_sleep(0.05)`])
  expect(await failureOf(reserved`insert into note values ('reserved', 1)`)).toEqual(lost)
  reserved.release()
  reserved.release()
  expect(await failureOf(reserved`select 1`)).toEqual(lost)
  await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.01)`))
  const [a, b] = await Promise.all([sql.reserve(), sql.reserve()])
  expect(await pidOf(a)).not.toBe(await pidOf(b))
  a.release()
  b.release()
})

test('the first query on the new connection does not inherit the error that ended the old one', async () => {
  const one = connect(database.url, { max: 1, applicationName })
  for (let round = 0; round < 10; round++) {
    const pid = await pidOf(one)
    const inFlight = failureOf(one`select pg_sleep(20)`)
    await sleep(20)
    await kill(pid)
    expect(await inFlight).toEqual(lost)
    expect(await failureOf(one`select 1`)).toBe('it ran')
  }
  await one.end()
})

test('every query settles, whole transactions or nothing are stored, and the pool is intact after backends were killed under load', async () => {
  const pool = connect(database.url, { max: 8, applicationName })
  const until = Date.now() + 3_000
  const stroke = killBackends(admin, { everyMs: 15, forMs: 3_000, applicationName, share: 0.5 })
  const committed: string[] = []
  let refused = 0
  const till = async (name: number) => {
    for (let n = 0; Date.now() < until; n++) {
      const job = `${name}/${n}`
      try {
        await pool.begin(async (tx) => {
          for (let step = 1; step <= 5; step++) await tx`insert into note values (${job}, ${step})`
        })
        committed.push(job)
      } catch {
        refused++
      }
      await failureOf(
        Promise.all([
          pool`select ${n}::int`,
          pool`select ${'x'.repeat(2_000)}::text`,
          pool.unsafe('select 1'),
        ]),
      )
    }
  }
  const reserver = async () => {
    while (Date.now() < until) {
      const handle = await pool.reserve().catch(() => null)
      await failureOf(handle?.begin ? handle`select pg_sleep(0.002)` : sleep(1))
      handle?.release()
    }
  }
  const reader = async () => {
    while (Date.now() < until) {
      await failureOf(pool`select generate_series(1, 500) as n`.cursor(50, () => sleep(1)))
    }
  }
  await Promise.all([...Array.from({ length: 12 }, (_, name) => till(name)), reserver(), reader()])
  expect(await stroke).toBeGreaterThan(50)
  expect(refused).toBeGreaterThan(0)
  expect(committed.length).toBeGreaterThan(0)
  const stored = await admin<
    { job: string; steps: number }[]
  >`select job, count(*) as steps from note group by job`
  expect(stored.filter((row) => row.steps !== 5)).toEqual([])
  const storedJobs = new Set(stored.map((row) => row.job))
  expect(committed.filter((job) => !storedJobs.has(job))).toEqual([])
  // All eight connections still serve: none leaked, none stuck.
  const held = await Promise.all(Array.from({ length: 8 }, () => pool.reserve()))
  expect(new Set(await Promise.all(held.map(pidOf))).size).toBe(8)
  for (const handle of held) handle.release()
  await pool.end()
})

test('notifications arrive again after the listening backend was killed', async () => {
  const heard: string[] = []
  let listening = 0
  await sql.listen(
    'news',
    (text) => heard.push(text),
    () => {
      listening++
    },
  )
  for (let round = 1; round <= 3; round++) {
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`
    await expect.poll(() => listening).toBeGreaterThan(round)
    await admin`select pg_notify('news', ${String(round)})`
    await expect.poll(() => heard).toContain(String(round))
  }
})
