import { MOST_SAME_NUMBER, type PapersQuery, type PapersResponse } from '@evertill/shared/protocol/papers'
import type { Sql } from '../db/connect.ts'
import { papersOfSales, salesOfNumber } from '../db/queries/papers.ts'
import type { AuthenticatedTill } from './authenticate-till.ts'

/** What a till is told of a sale of its company, at whichever outlet: customers bring goods back where they are. */
export async function findPapers(
  sql: Sql,
  { company_id }: AuthenticatedTill,
  query: PapersQuery,
  now: Date,
): Promise<PapersResponse> {
  const saleIds =
    'saleId' in query
      ? [query.saleId]
      : await salesOfNumber(sql, company_id, query.receiptNo, MOST_SAME_NUMBER)
  const rows = saleIds.length === 0 ? [] : await papersOfSales(sql, company_id, saleIds)
  return {
    serverTime: now.toISOString(),
    papers: rows.map(({ raw, buyer, ...place }) => ({
      entry: JSON.parse(raw),
      ...(buyer !== null && { buyer }),
      ...place,
    })),
  }
}
