import { plainArray } from '../array-literal.ts'
import type { Sql } from '../connect.ts'

const uuidArray = 2951

/** The hashes under which these ids are stored; ids that are not stored are missing. */
export async function storedHashes(
  sql: Sql,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ entry_id: string; hash: string }[]>`
    select entry_id, encode(hash, 'hex') as hash from entry
    where company_id = ${companyId} and entry_id = any(${sql.typed(plainArray(ids), uuidArray)})`
  return new Map(rows.map((row) => [row.entry_id, row.hash]))
}

/** Every seq up to here has arrived; 0 for an epoch nobody has heard of. */
export async function highWater(
  sql: Sql,
  { companyId, tillId, epoch }: { companyId: string; tillId: string; epoch: number },
): Promise<number> {
  const [row] = await sql<{ high_water: number }[]>`
    select high_water from journal
    where company_id = ${companyId} and till_id = ${tillId} and epoch = ${epoch}`
  return row?.high_water ?? 0
}
