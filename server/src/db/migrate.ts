import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import { BootError } from '../boot-error.ts'
import { serverFolder } from '../server-folder.ts'
import type { Sql, Tx } from './connect.ts'
import { withTransaction } from './transaction.ts'

export type MigrateOptions = {
  /** Holds `001.do.name.sql` files: numbered, forward only, never edited after landing. */
  migrations?: string
  /** Its `*.sql` files hold routines (`create or replace`): applied again whenever they change. */
  routines?: string
}

export type MigrateSummary = { version: number; applied: string[] }

const here = join(serverFolder, 'src/db')
const lockKey = 4_715_201

/** Brings the database up to date. Each step is one transaction, and only one server at a time takes it. */
export async function migrate(
  sql: Sql,
  { migrations = join(here, 'migrations'), routines = here }: MigrateOptions = {},
): Promise<MigrateSummary> {
  const { current, versions } = await locked(sql, async (tx) => {
    await tx`create table if not exists schema_routine (file text primary key, sha256 text not null)`
    const postgrator = postgratorOn(tx, migrations)
    await postgrator.migrate('0')
    const files = await postgrator.getMigrations()
    return { current: await postgrator.getDatabaseVersion(), versions: files.map((file) => file.version) }
  })
  const newest = Math.max(0, ...versions)
  if (current > newest) {
    throw new BootError(
      `The database is at schema version ${current}, newer than this release's ${newest}: start the newer release of Evertill.`,
    )
  }
  const applied: string[] = []
  // The current version comes first: that step applies nothing and checks that no landed file was edited.
  const steps = [current, ...versions.filter((version) => version > current).sort((a, b) => a - b)]
  for (const version of steps) {
    const done = await locked(sql, (tx) => postgratorOn(tx, migrations).migrate(String(version))).catch(
      (cause) =>
        failed(
          version === current ? 'The schema is not the one of this release' : `Migration ${version} failed`,
          cause,
        ),
    )
    applied.push(...done.map((migration) => `${migration.version} ${migration.name}`))
  }
  for (const file of (await readdir(routines)).filter((name) => name.endsWith('.sql')).sort()) {
    if (await applyRoutines(sql, join(routines, file), file)) applied.push(file)
  }
  return { version: newest, applied }
}

async function applyRoutines(sql: Sql, path: string, file: string): Promise<boolean> {
  const text = await readFile(path, 'utf8')
  const sha256 = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')
  return locked(sql, async (tx) => {
    const [known] = await tx`select 1 from schema_routine where file = ${file} and sha256 = ${sha256}`
    if (known) return false
    await tx.unsafe(text)
    await tx`
      insert into schema_routine (file, sha256) values (${file}, ${sha256})
      on conflict (file) do update set sha256 = excluded.sha256`
    return true
  }).catch((cause) => failed(`${file} failed`, cause))
}

function failed(what: string, cause: Error): never {
  throw new BootError(`${what} (${cause.message}): the database is as it was, report this.`, { cause })
}

// A step looks inside its transaction at what is done already, so one whose end was lost may be taken again.
function locked<T>(sql: Sql, step: (tx: Tx) => Promise<T>): Promise<T> {
  return withTransaction(sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(${lockKey})`
    return step(tx)
  })
}

function postgratorOn(tx: Tx, migrations: string): Postgrator {
  return new Postgrator({
    driver: 'pg',
    schemaTable: 'schema_version',
    newline: 'LF',
    migrationPattern: `${escapeGlob(migrations.replaceAll('\\', '/'))}/*.sql`,
    execQuery: async (query) => ({ rows: await tx.unsafe(query) }),
  })
}

// The project may lie in a folder such as "shop [2]".
function escapeGlob(path: string): string {
  return path.replace(/[?*()[\]{}]/g, '[$&]')
}
