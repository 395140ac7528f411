import { BootError } from './boot-error.ts'
import { readConfig } from './config.ts'
import { checkServer, connect } from './db/connect.ts'
import { runningPostgresUrl } from './db/embedded/running-postgres.ts'
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts'
import { audit, coveredWords } from './office/audit.ts'

// npm run audit: prints every check and every difference. Exit code 0: none; 1: some; 2: it could not run.

const count = new Intl.NumberFormat('en-SG')
const say = (line: string) => console.log(line)

async function main(): Promise<boolean> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  const running = databaseUrl ?? runningPostgresUrl(dataDir)
  // Nobody serves this database now: it is started for as long as the audit takes.
  const started = running === undefined ? await startEmbeddedPostgres({ dataDir, notice: say }) : undefined
  try {
    return await auditAt(running ?? started?.url ?? '')
  } finally {
    await started?.stop()
  }
}

async function auditAt(url: string): Promise<boolean> {
  const sql = connect(url, { max: 1, applicationName: 'evertill-audit' })
  try {
    await checkServer(sql, url)
    const [ledger] = await sql<{ there: boolean }[]>`select to_regclass('entry') is not null as there`
    if (!ledger?.there)
      throw new BootError('This database holds no Evertill ledger: correct DATABASE_URL or DATA_DIR.')
    let shown: string | undefined
    let failing: string | undefined
    const heading = (companyId: string, name: string | null) => {
      if (shown !== companyId) say(`\n${name ?? `Rows of ${companyId}, which is no company`}`)
      shown = companyId
    }
    const began = Date.now()
    const { companies, differences } = await audit(
      sql,
      {},
      {
        onDifference: ({ companyId, name }, check, { sentence }) => {
          heading(companyId, name)
          if (failing !== check.name) say(`✗ ${check.law}`)
          failing = check.name
          say(`    ${sentence}`)
        },
        onCheck: ({ companyId, name }, { check, covered, differences }) => {
          heading(companyId, name)
          failing = undefined
          const rows = `${count.format(covered)} ${coveredWords(check.covers, covered)}`
          if (differences === 0) say(`✓ ${check.law} (${rows})`)
          else say(`    ${differencesText(differences)} in ${rows}`)
        },
      },
    )
    const where = `${count.format(companies)} ${companies === 1 ? 'company' : 'companies'}`
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`
    say(`\n${differences === 0 ? 'No differences' : differencesText(differences)} in ${where} (${took}).`)
    return differences === 0
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const differencesText = (differences: number): string =>
  `${count.format(differences)} ${differences === 1 ? 'difference' : 'differences'}`

// An embedded Postgres that was started for this ends with the process, but not with a bare signal.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(2))

// Set rather than exited with, so that a pipe still takes the last lines.
main().then(
  (clean) => {
    process.exitCode = clean ? 0 : 1
  },
  (error: unknown) => {
    console.error(
      error instanceof BootError
        ? error.message
        : `The audit could not run (${error instanceof Error ? error.message : error}): nothing was changed.`,
    )
    process.exitCode = 2
  },
)
