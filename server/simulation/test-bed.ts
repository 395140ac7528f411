import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Sql } from '../src/db/connect.ts'
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { prepareDatabase } from './company.ts'

/** A migrated database that can be thrown away and had anew. */
export interface TestBed {
  readonly sql: Sql
  /** Begins with an empty database: the rows of finished histories only cost time. */
  renew(): Promise<void>
  stop(): Promise<void>
}

const CONNECTIONS = 3

/**
 * A Postgres of its own, for the feed's horizon waits for every transaction of the cluster: with neighbours in it a
 * seed would not be the same history twice. Nothing here outlives the run, so nothing is flushed.
 */
export async function startTestBed(): Promise<TestBed> {
  const dataDir = await mkdtemp(join(tmpdir(), 'evertill-simulation-'))
  await chmod(dataDir, 0o711)
  const postgres = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
  })
  const first = connect(postgres.url, { max: 1 })
  await migrate(first)
  await prepareDatabase(first)
  const [row] = await first<{ name: string }[]>`select current_database() as name`
  await first.end()
  const template = row?.name ?? ''
  const bed = { no: 0, sql: undefined as Sql | undefined }
  const admin = connect(onDatabase(postgres.url, 'postgres'), { max: 1 })

  async function renew(): Promise<void> {
    const before = bed.no
    await bed.sql?.end()
    const name = `histories_${++bed.no}`
    await admin`create database ${admin(name)} template ${admin(template)}`
    if (before > 0) await admin`drop database ${admin(`histories_${before}`)} with (force)`
    bed.sql = connect(onDatabase(postgres.url, name), { max: CONNECTIONS })
  }
  await renew()
  return {
    get sql(): Sql {
      if (bed.sql === undefined) throw new Error('the test bed was stopped')
      return bed.sql
    },
    renew,
    async stop() {
      await bed.sql?.end()
      bed.sql = undefined
      await admin.end()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function onDatabase(url: string, name: string): string {
  const on = new URL(url)
  on.pathname = `/${name}`
  return on.href
}
