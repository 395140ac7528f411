import type { AuditReport } from '@evertill/shared/protocol/office/audit'
import type { Sql, Tx } from '../db/connect.ts'
import {
  AUDIT_CHECKS,
  type AuditedCompany,
  countCovered,
  findCompany,
  findDifferences,
  listAuditedCompanies,
} from '../db/queries/audit.ts'
import type { AuditCheck, Covered } from '../db/queries/audit-check.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { withSnapshot } from '../db/transaction.ts'
import { differenceSentence } from './audit-words.ts'

export type Difference = {
  readonly sentence: string
  readonly saleId: string | null
  readonly tillId: string | null
}

export type CheckResult = {
  readonly check: AuditCheck
  /** Rows looked at. */
  readonly covered: number
  readonly differences: number
}

export type AuditListener = {
  /** Every difference as it is found, the check's result after its last. */
  readonly onDifference?: (company: AuditedCompany, check: AuditCheck, difference: Difference) => void
  readonly onCheck?: (company: AuditedCompany, result: CheckResult) => void
}

/**
 * Checks what must always be true, of one company or of all, as of one moment: sales that come in meanwhile make
 * no difference. Reads only, and keeps nothing. Answers how many differences there are.
 */
export async function audit(
  sql: Sql,
  { companyId }: { companyId?: string },
  listener: AuditListener = {},
): Promise<{ companies: number; differences: number }> {
  return withSnapshot(sql, async (tx) => {
    const companies =
      companyId === undefined ? await listAuditedCompanies(tx) : [await findCompany(tx, companyId)]
    let differences = 0
    for (const company of companies) {
      if (company === undefined) throw new Error(`there is no company ${companyId}`)
      differences += await auditOne(tx, company, listener)
    }
    return { companies: companies.length, differences }
  })
}

async function auditOne(tx: Tx, company: AuditedCompany, listener: AuditListener): Promise<number> {
  const covered = await countCovered(tx, company.companyId)
  let all = 0
  for (const check of AUDIT_CHECKS) {
    let differences = 0
    const found = (difference: Difference) => {
      differences++
      listener.onDifference?.(company, check, difference)
    }
    try {
      await tx.savepoint((inner) =>
        findDifferences(inner, check, company.companyId, (rows) => {
          for (const row of rows) {
            const { saleId, tillId } = row
            found({ sentence: differenceSentence(row, company), saleId, tillId })
          }
        }),
      )
    } catch (error) {
      // What cannot be read where it should be readable is itself a difference; the other checks go on.
      if (!isDataError(error)) throw error
      found({ sentence: `This check came to no end: ${error.message}.`, saleId: null, tillId: null })
    }
    listener.onCheck?.(company, { check, covered: covered[check.covers], differences })
    all += differences
  }
  return all
}

const isDataError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && /^22/.test(String(error.code))

/** How many of its differences a check shows on a page; the command prints all. */
const mostShown = 50

const running = new WeakMap<Sql, Map<string, Promise<AuditReport>>>()

/** The audit of the person's own company. Whoever asks while one is running gets its report. */
export function companyAudit(
  sql: Sql,
  { companyId }: Granted<'report.view'>,
  now: () => Date,
): Promise<AuditReport> {
  const ofCompany = running.get(sql) ?? new Map<string, Promise<AuditReport>>()
  running.set(sql, ofCompany)
  const report =
    ofCompany.get(companyId) ?? reportOn(sql, companyId, now).finally(() => ofCompany.delete(companyId))
  ofCompany.set(companyId, report)
  return report
}

async function reportOn(sql: Sql, companyId: string, now: () => Date): Promise<AuditReport> {
  const ranAt = now().toISOString()
  const shown = new Map<AuditCheck, Difference[]>()
  const checks: AuditReport['checks'] = []
  await audit(
    sql,
    { companyId },
    {
      onDifference: (_, check, difference) => {
        const sofar = shown.get(check) ?? []
        if (sofar.length < mostShown) shown.set(check, [...sofar, difference])
      },
      onCheck: (_, { check, covered, differences }) =>
        checks.push({
          name: check.name,
          law: check.law,
          covered,
          covers: coveredWords(check.covers, covered),
          differences,
          shown: shown.get(check) ?? [],
        }),
    },
  )
  return { ranAt, checks, differences: checks.reduce((sum, check) => sum + check.differences, 0) }
}

const words: Readonly<Record<Covered, readonly [one: string, many: string]>> = {
  entries: ['entry', 'entries'],
  journals: ['journal', 'journals'],
  held: ['held line', 'held lines'],
  sales: ['sale', 'sales'],
  lines: ['line', 'lines'],
  tenders: ['tender', 'tenders'],
  movements: ['movement', 'movements'],
  customers: ['customer with points', 'customers with points'],
  products: ['product on a shelf', 'products on a shelf'],
  days: ['day of a till', 'days of a till'],
  dayMethods: ['day of a payment method', 'days of a payment method'],
  refunds: ['refund', 'refunds'],
  shifts: ['shift', 'shifts'],
  shiftMethods: ['shift of a payment method', 'shifts of a payment method'],
  cashMovements: ['cash movement', 'cash movements'],
  counted: ['counted product', 'counted products'],
  registered: ['registered customer', 'registered customers'],
  emailed: ['e-mailed receipt', 'e-mailed receipts'],
  madeOut: ['receipt made out to a business', 'receipts made out to businesses'],
  codes: ['code of stored value', 'codes of stored value'],
}

/** The word that follows the count. */
export const coveredWords = (covered: Covered, count: number): string => words[covered][count === 1 ? 0 : 1]
