import type { Sql } from './db/connect.ts'
import { audit, coveredWords } from './office/audit.ts'
import { runCommand } from './run-command.ts'

// npm run audit: prints every check and every difference.

const count = new Intl.NumberFormat('en-SG')
const say = (line: string) => console.log(line)

runCommand({ name: 'audit', failed: 'The audit could not run', run: auditAll })

async function auditAll(sql: Sql): Promise<boolean> {
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
}

function differencesText(differences: number): string {
  return `${count.format(differences)} ${differences === 1 ? 'difference' : 'differences'}`
}
