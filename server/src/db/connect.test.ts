import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmptyDatabase, type TestDatabase } from '../../test/test-database.ts'
import { BootError } from '../boot-error.ts'
import { checkServer, connect } from './connect.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createEmptyDatabase()
})
afterAll(() => database.drop())

test('whole numbers come back as numbers, dates as text, moments as Date', async () => {
  const [row] = await database.sql`
    select 9007199254740991::bigint as big, array[1, -2]::bigint[] as bigs, count(*) as counted,
      date '2026-02-28' as day, timestamptz '2026-02-28 23:59:59.123+08' as moment, 1.10::numeric as exact`
  expect(row).toEqual({
    big: 9007199254740991,
    bigs: [1, -2],
    counted: 1,
    day: '2026-02-28',
    moment: new Date('2026-02-28T15:59:59.123Z'),
    exact: '1.10',
  })
})

test('what was read can be written back unchanged', async () => {
  const { sql } = database
  const [row] = await sql`
    select ${-5}::bigint as big, ${'2024-02-29'}::date as day, ${sql.array([1, 2], 20)}::bigint[] as bigs,
      ${new Date(0)}::timestamptz as moment`
  expect(row).toEqual({ big: -5, day: '2024-02-29', bigs: [1, 2], moment: new Date(0) })
})

test('a bigint beyond 2^53 is an error rather than another number', async () => {
  await expect(database.sql`select 9007199254740993::bigint as big`).rejects.toThrow(RangeError)
  expect(await database.sql`select 1 as n`).toMatchObject([{ n: 1 }])
})

test('a database that does not answer is told in a sentence without its password', async () => {
  const port = await unusedPort()
  const url = `postgres://shop:secret@127.0.0.1:${port}/shop`
  const sql = connect(url, { max: 1 })
  const failure = await checkServer(sql, url).catch((error) => error)
  await sql.end()
  expect(failure).toBeInstanceOf(BootError)
  expect(failure.message).toMatch(/^Cannot use the database at .*127\.0\.0\.1.*ECONNREFUSED.*DATABASE_URL\.$/)
  expect(failure.message).not.toContain('secret')
})

test('a wrong password is told in a sentence', async () => {
  const url = new URL(database.url)
  url.password = 'wrong'
  const sql = connect(url.href, { max: 1 })
  await expect(checkServer(sql, url.href)).rejects.toThrow(/password authentication failed/)
  await sql.end()
})

test('a Postgres that is too old is told in a sentence', async () => {
  const refusal = await checkServer(database.sql, database.url, 99).catch((error) => error)
  expect(refusal).toBeInstanceOf(BootError)
  expect(refusal.message).toMatch(
    / is Postgres 18, but Evertill needs 99 or newer: upgrade it or point DATABASE_URL/,
  )
})

test('the embedded Postgres is new enough', async () => {
  await expect(checkServer(database.sql, database.url)).resolves.toBeUndefined()
})

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
