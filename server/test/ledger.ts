import type { Sql } from '../src/db/connect.ts'
import { audit } from '../src/office/audit.ts'

/** One thing that does not add up. */
export type LedgerDifference = { law: string; what: string }

/** What must always be true of a company's ledger, whatever came in: see office/audit. Empty when all holds. */
export async function ledgerDifferences(sql: Sql, companyId: string): Promise<LedgerDifference[]> {
  const found: LedgerDifference[] = []
  await audit(
    sql,
    { companyId },
    { onDifference: (_, { law }, { sentence }) => found.push({ law, what: sentence }) },
  )
  return found
}
