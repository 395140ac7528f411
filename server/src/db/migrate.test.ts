import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { BootError } from '../boot-error.ts'
import { connect } from './connect.ts'
import { migrate } from './migrate.ts'

let database: TestDatabase
let folder: string
let options: { migrations: string; routines: string }

beforeEach(async () => {
  database = await createEmptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'migrate [1] '))
  options = { migrations: join(folder), routines: join(folder) }
  await writeFile(join(folder, '001.do.first.sql'), 'create table a (n int); insert into a values (1);')
  options.routines = await mkdtemp(join(tmpdir(), 'routines '))
})

afterEach(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
  await rm(options.routines, { recursive: true })
})

test('migrations run once, in order, and later ones follow', async () => {
  const { sql } = database
  expect(await migrate(sql, options)).toEqual({ version: 1, applied: ['1 first'] })
  await writeFile(join(folder, '010.do.third.sql'), 'insert into a values (3)')
  await writeFile(join(folder, '002.do.second.sql'), 'insert into a values (2)')
  expect(await migrate(sql, options)).toEqual({ version: 10, applied: ['2 second', '10 third'] })
  expect(await migrate(sql, options)).toEqual({ version: 10, applied: [] })
  expect((await sql`select n from a`).map((row) => row.n)).toEqual([1, 2, 3])
})

test('a migration that fails half-way leaves nothing of itself and the earlier ones stand', async () => {
  const { sql } = database
  await writeFile(join(folder, '002.do.broken.sql'), 'insert into a values (2); select 1/0;')
  await expect(migrate(sql, options)).rejects.toThrow(/^Migration 2 .*division by zero/)
  expect((await sql`select n from a`).map((row) => row.n)).toEqual([1])
  await writeFile(join(folder, '002.do.broken.sql'), 'insert into a values (2)')
  expect((await migrate(sql, options)).applied).toEqual(['2 broken'])
})

test('a migration edited after it landed stops the boot', async () => {
  await migrate(database.sql, options)
  await writeFile(join(folder, '001.do.first.sql'), 'create table b (n int)')
  await expect(migrate(database.sql, options)).rejects.toThrow('checksum failed for migration [1]')
})

test('a database migrated by a newer release stops the boot with a sentence', async () => {
  await writeFile(join(folder, '002.do.second.sql'), 'select 1')
  await migrate(database.sql, options)
  await rm(join(folder, '002.do.second.sql'))
  await expect(migrate(database.sql, options)).rejects.toThrow(BootError)
})

test('two servers starting at once apply each migration once', async () => {
  const other = connect(database.url)
  const [a, b] = await Promise.all([migrate(database.sql, options), migrate(other, options)])
  await other.end()
  expect([...a.applied, ...b.applied]).toEqual(['1 first'])
  expect(await database.sql`select n from a`).toHaveLength(1)
})

test('routines are applied again when their file changes and only then', async () => {
  const file = join(options.routines, 'answer.sql')
  const answer = (n: number) =>
    `create or replace function answer() returns int language sql as 'select ${n}';\n`
  await writeFile(file, answer(1))
  expect((await migrate(database.sql, options)).applied).toEqual(['1 first', 'answer.sql'])
  expect((await migrate(database.sql, options)).applied).toEqual([])
  await writeFile(file, answer(2))
  expect((await migrate(database.sql, options)).applied).toEqual(['answer.sql'])
  expect(await database.sql`select answer() as n`).toMatchObject([{ n: 2 }])
})

test("the project's own migrations apply to an empty database, and again to nothing", async () => {
  const migrated = await createTestDatabase()
  expect((await migrate(migrated.sql)).applied).toEqual([])
  await migrated.drop()
})
