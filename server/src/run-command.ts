import { BootError } from './boot-error.ts'
import { readConfig } from './config.ts'
import { checkServer, connect, type Sql } from './db/connect.ts'
import { runningPostgresUrl } from './db/embedded/running-postgres.ts'
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts'

export interface Command {
  /** What Postgres shows of it. */
  readonly name: string
  /** What could not be done, as a sentence begins: `The audit could not run`. */
  readonly failed: string
  /** @returns whether all is well */
  readonly run: (sql: Sql) => Promise<boolean>
}

/**
 * Runs a command of the machine's own at the server's database, whether or not the server is running: an embedded one
 * that nobody serves is started for as long as it takes. Exit code 0: all is well; 1: it is not; 2: it could not run.
 */
export function runCommand(command: Command): void {
  // An embedded Postgres that was started for this ends with the process, but not with a bare signal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(2))
  // Set rather than exited with, so that a pipe still takes the last lines.
  atDatabase(command).then(
    (well) => {
      process.exitCode = well ? 0 : 1
    },
    (error: unknown) => {
      const why = error instanceof Error ? error.message : error
      console.error(
        error instanceof BootError ? error.message : `${command.failed} (${why}): nothing was changed.`,
      )
      process.exitCode = 2
    },
  )
}

async function atDatabase(command: Command): Promise<boolean> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  const running = databaseUrl ?? runningPostgresUrl(dataDir)
  const started =
    running === undefined
      ? await startEmbeddedPostgres({ dataDir, notice: (line) => console.log(line) })
      : undefined
  try {
    return await connected(running ?? started?.url ?? '', command)
  } finally {
    await started?.stop()
  }
}

async function connected(url: string, { name, run }: Command): Promise<boolean> {
  const sql = connect(url, { max: 1, applicationName: `evertill-${name}` })
  try {
    await checkServer(sql, url)
    const [ledger] = await sql<{ there: boolean }[]>`select to_regclass('entry') is not null as there`
    if (!ledger?.there)
      throw new BootError('This database holds no Evertill ledger: correct DATABASE_URL or DATA_DIR.')
    return await run(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
