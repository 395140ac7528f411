import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { killBackends } from '../../test/kill-backends.ts'
import { createEmptyDatabase, type TestDatabase } from '../../test/test-database.ts'
import { connect, type Sql } from './connect.ts'
import { isTransient, withTransaction } from './transaction.ts'

let database: TestDatabase
let sql: Sql

beforeAll(async () => {
  database = await createEmptyDatabase()
  sql = database.sql
  await sql`create table account (id int primary key, amount int not null)`
})
afterAll(() => database.drop())
beforeEach(async () => {
  await sql`truncate account`
  await sql`insert into account values (1, 100), (2, 100)`
})

async function amounts(): Promise<number[]> {
  return (await sql<{ amount: number }[]>`select amount from account order by id`).map((row) => row.amount)
}

test('a transaction commits what it did and returns what it made', async () => {
  const answer = await withTransaction(sql, async (tx) => {
    const [row] = await tx`show transaction_isolation`
    await tx`update account set amount = 5 where id = 1`
    return row?.transaction_isolation
  })
  expect(answer).toBe('read committed')
  expect(await amounts()).toEqual([5, 100])
})

test('an error of the work rolls back and is passed on at once', async () => {
  let runs = 0
  const work = withTransaction(sql, async (tx) => {
    runs++
    await tx`update account set amount = 5 where id = 1`
    await tx`insert into account values (1, 1)`
  })
  await expect(work).rejects.toMatchObject({ code: '23505' })
  expect(runs).toBe(1)
  expect(await amounts()).toEqual([100, 100])
})

test('two transactions that deadlock both get through, the loser on a later run', async () => {
  let runs = 0
  const meet = barrier(2)
  const transfer = (from: number, to: number) =>
    withTransaction(sql, async (tx) => {
      runs++
      await tx`update account set amount = amount - 10 where id = ${from}`
      await meet()
      await tx`update account set amount = amount + 10 where id = ${to}`
    })
  await Promise.all([transfer(1, 2), transfer(2, 1)])
  // On a busy machine each may be found to wait for the other before either has gone: then both run again.
  expect(runs).toBeGreaterThanOrEqual(3)
  expect(await amounts()).toEqual([100, 100])
})

test('a lost connection runs the work again, never twice at once', async () => {
  const delays: number[] = []
  let running = 0
  let runs = 0
  await withTransaction(
    sql,
    async (tx) => {
      expect(++running).toBe(1)
      try {
        await tx`insert into account values (3, 1) on conflict do nothing`
        if (++runs <= 3) await tx`select pg_terminate_backend(pg_backend_pid())`
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 20))
        running--
      }
    },
    { sleep: async (ms) => delays.push(ms), random: () => 1 },
  )
  expect(runs).toBe(4)
  expect(delays).toEqual([20, 40, 80])
  expect(await amounts()).toEqual([100, 100, 1])
})

test('it gives up after a bounded number of runs and passes the reason on', async () => {
  let runs = 0
  const work = withTransaction(
    sql,
    async (tx) => {
      runs++
      await tx`do $$ begin raise serialization_failure; end $$`
    },
    { sleep: async () => {}, random: () => 0 },
  )
  await expect(work).rejects.toMatchObject({ code: '40001' })
  expect(runs).toBe(8)
})

test('work that is safe to repeat is stored once each while its backends are killed', async () => {
  const pool = connect(database.url, { max: 4, applicationName: 'transaction-victim' })
  const stroke = killBackends(sql, {
    everyMs: 25,
    forMs: 1_500,
    applicationName: 'transaction-victim',
    share: 0.3,
  })
  const ids = Array.from({ length: 200 }, (_, n) => 100 + n)
  const worker = async () => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const key = id
      await withTransaction(pool, async (tx) => {
        const fresh = await tx`insert into account values (${key}, 1) on conflict do nothing returning id`
        if (fresh.length > 0) await tx`update account set amount = amount + 1 where id = 1`
        await tx`select pg_sleep(0.01)`
      })
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  expect(await stroke).toBeGreaterThan(0)
  await pool.end()
  const [counted] = await sql`select count(*) as n from account where id >= 100`
  expect(counted?.n).toBe(200)
  expect((await amounts())[0]).toBe(300)
})

test.each([
  ['CONNECTION_CLOSED', true],
  ['ECONNREFUSED', true],
  ['40001', true],
  ['40P01', true],
  ['08006', true],
  ['57P01', true],
  ['57P03', true],
  ['23505', false],
  ['22003', false],
  ['57014', false],
  ['CONNECTION_ENDED', false],
])('%s is worth another run: %s', (code, worth) => {
  expect(isTransient(Object.assign(new Error('x'), { code }))).toBe(worth)
})

function barrier(parties: number): () => Promise<void> {
  let arrived = 0
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    if (++arrived >= parties) open()
    return gate
  }
}
