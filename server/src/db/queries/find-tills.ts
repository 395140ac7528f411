import { plainArray } from '../array-literal.ts'
import type { Sql } from '../connect.ts'
import type { TillRow } from './till.ts'

const uuidArray = 2951

/** The tills of a company that have these ids, by id. */
export async function findTills(
  sql: Sql,
  companyId: string,
  tillIds: readonly string[],
): Promise<Map<string, TillRow>> {
  const rows = await sql<TillRow[]>`
    select company_id, till_id, outlet_id, code, name, state, epoch, public_key,
           array(select o.outlet_id from outlet o where o.company_id = ${companyId}) as outlet_ids
    from till where company_id = ${companyId} and till_id = any(${sql.typed(plainArray(tillIds), uuidArray)})`
  return new Map(rows.map((row) => [row.till_id, row]))
}
