import type { Sql } from '../src/db/connect.ts'
import { audit } from '../src/office/audit.ts'

/** One thing that does not add up. */
export type LedgerDifference = { law: string; what: string }

/**
 * What must always be true of a company's ledger, whatever came in: see office/audit. Empty when all holds.
 * A hole in a journal is none of these: a test may well have left an entry unsent.
 */
export async function ledgerDifferences(sql: Sql, companyId: string): Promise<LedgerDifference[]> {
  const found: LedgerDifference[] = []
  await audit(
    sql,
    { companyId },
    {
      onDifference: (_, { name, law }, { sentence }) => {
        if (name !== 'journal-gaps') found.push({ law, what: sentence })
      },
    },
  )
  return found
}
