import { rmSync } from 'node:fs'
import { realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect as connectTo, type Sql } from '../src/db/connect.ts'
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts'
import { migrate } from '../src/db/migrate.ts'
import { makeDataDir } from '../test/data-dir.ts'
import { prepareDatabase } from './company.ts'

/** A migrated database that can be thrown away and had anew. */
export interface TestBed {
  readonly sql: Sql
  /** Begins with an empty database: the rows of finished histories only cost time. */
  renew(): Promise<void>
  stop(): Promise<void>
}

const CONNECTIONS = 3
const bySocket = process.platform !== 'win32'

/**
 * A Postgres of its own, for the feed's horizon waits for every transaction of the cluster: with neighbours in it a
 * seed would not be the same history twice. Nothing here outlives the run, so nothing is flushed.
 */
export async function startTestBed(): Promise<TestBed> {
  const dataDir = await makeDataDir('evertill-simulation-')
  const postgres = await startEmbeddedPostgres({
    dataDir,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      autovacuum: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      checkpoint_timeout: '1h',
      // Planning each statement anew costs more than running it; planned while the tables are empty, it must do
      // when they are not.
      plan_cache_mode: 'force_generic_plan',
      enable_seqscan: 'off',
      track_activities: 'off',
      track_counts: 'off',
      update_process_title: 'off',
      // In the folder of its data, which Postgres may write to whoever it runs as.
      ...(bySocket && { unix_socket_directories: '.' }),
    },
  })
  const socket = bySocket
    ? join(await realpath(join(dataDir, 'postgres')), `.s.PGSQL.${new URL(postgres.url).port}`)
    : undefined
  const connect = (url: string, max: number): Sql => {
    const sql = connectTo(url, { max })
    // Half the cost of TCP on a road that is never long. The driver looks here whenever it connects.
    if (socket !== undefined) Object.assign(sql.options, { path: socket })
    return sql
  }
  const first = connect(postgres.url, 1)
  await migrate(first)
  await prepareDatabase(first)
  const [row] = await first<{ name: string }[]>`select current_database() as name`
  await first.end()
  const template = row?.name ?? ''
  const bed = { no: 0, sql: undefined as Sql | undefined }
  const admin = connect(onDatabase(postgres.url, 'postgres'), 1)

  async function renew(): Promise<void> {
    const before = bed.no
    await bed.sql?.end()
    const name = `histories_${++bed.no}`
    await admin`create database ${admin(name)} template ${admin(template)}`
    if (before > 0) await admin`drop database ${admin(`histories_${before}`)} with (force)`
    bed.sql = connect(onDatabase(postgres.url, name), CONNECTIONS)
  }
  await renew()
  // Whoever leaves in a hurry: Postgres is told to stop by its own last resort.
  const sweep = () => {
    try {
      rmSync(dataDir, { recursive: true, force: true })
    } catch {
      // Postgres was still writing. The system empties its own folder some day.
    }
  }
  process.on('exit', sweep)
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
      process.off('exit', sweep)
    },
  }
}

function onDatabase(url: string, name: string): string {
  const on = new URL(url)
  on.pathname = `/${name}`
  return on.href
}
