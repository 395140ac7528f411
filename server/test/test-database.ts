import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, type Sql } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'

export type TestDatabase = { url: string; sql: Sql; drop(): Promise<void> }

const template = 'evertill_template'

/** The Postgres of this worker: Vitest counts its workers from 1. */
export function postgresUrl(): string {
  const url = inject('postgresUrls')[Number(process.env.VITEST_POOL_ID) - 1]
  if (url === undefined) throw new Error('This worker has no Postgres: see postgres-for-tests.ts.')
  return url
}

/**
 * A database of its own for one test file, migrated and empty, on the real Postgres of the run.
 *
 *     const database = await createTestDatabase()
 *     afterAll(() => database.drop())
 *     await database.sql`select …`
 *
 * It is copied from a template that the first caller of a run migrates, so it takes some 200 ms.
 * `url` is for further connections (`connect(url)`); `drop` ends `sql` and throws the rest out.
 * @param from whose rows it has instead; nobody may be connected to it
 */
export async function createTestDatabase(from?: TestDatabase): Promise<TestDatabase> {
  const server = postgresUrl()
  const admin = connect(server, { max: 1, applicationName: 'test-admin' })
  try {
    if (from === undefined) await makeTemplate(admin, server)
    const source = from === undefined ? template : new URL(from.url).pathname.slice(1)
    const name = `test_${randomBytes(8).toString('hex')}`
    await admin`create database ${admin(name)} template ${admin(source)}`
    const url = onDatabase(server, name)
    const sql = connect(url)
    return { url, sql, drop: () => drop(server, sql, name) }
  } finally {
    await admin.end()
  }
}

/** A database with nothing in it, for what tests the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const server = postgresUrl()
  const admin = connect(server, { max: 1, applicationName: 'test-admin' })
  const name = `test_${randomBytes(8).toString('hex')}`
  await admin`create database ${admin(name)}`
  await admin.end()
  const sql = connect(onDatabase(server, name))
  return { url: onDatabase(server, name), sql, drop: () => drop(server, sql, name) }
}

// Test files run in several processes: whoever takes the lock first does the work.
async function makeTemplate(admin: Sql, server: string): Promise<void> {
  await admin`select pg_advisory_lock(1)`
  try {
    const [made] = await admin`select 1 from pg_database where datname = ${template} and datistemplate`
    if (made) return
    await admin`drop database if exists ${admin(template)}`
    await admin`create database ${admin(template)}`
    const sql = connect(onDatabase(server, template), { max: 1 })
    try {
      await migrate(sql)
    } finally {
      await sql.end()
    }
    await admin`alter database ${admin(template)} is_template true`
  } finally {
    await admin`select pg_advisory_unlock(1)`
  }
}

async function drop(server: string, sql: Sql, name: string): Promise<void> {
  await sql.end({ timeout: 5 })
  const admin = connect(server, { max: 1, applicationName: 'test-admin' })
  await admin`drop database if exists ${admin(name)} with (force)`
  await admin.end()
}

function onDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
