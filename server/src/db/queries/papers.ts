import type { Buyer } from '@evertill/shared/domain/buyer'
import type { Sql } from '../connect.ts'

export type PaperRow = {
  /** The canonical text of the entry. */
  readonly raw: string
  readonly tillName: string
  readonly outletName: string
  /** Whom it is made out to, where that was said after it was written. */
  readonly buyer: Buyer | null
}

/** Ids of the sales with that number, as typed or in capitals, newest first; of a refund's number, the sale that it took back from. */
export async function salesOfNumber(
  sql: Sql,
  companyId: string,
  receiptNo: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select coalesce(original_sale_id, sale_id) as id from sale
    where company_id = ${companyId} and receipt_no in (${receiptNo}, ${receiptNo.toUpperCase()})
    group by 1 order by 1 desc limit ${limit}`
  return rows.map(({ id }) => id)
}

/** These sales, and what took some of them back, oldest first. */
export async function papersOfSales(
  sql: Sql,
  companyId: string,
  saleIds: readonly string[],
): Promise<PaperRow[]> {
  const ids = sql.array([...saleIds], 2950)
  return await sql<PaperRow[]>`
    select e.raw, coalesce(t.name, '?') as "tillName", coalesce(o.name, '?') as "outletName", b.buyer
    from (
      select sale_id from sale where company_id = ${companyId} and sale_id = any(${ids})
      union
      select sale_id from sale where company_id = ${companyId} and original_sale_id = any(${ids})
    ) as p
    join sale s on s.company_id = ${companyId} and s.sale_id = p.sale_id
    join entry e on e.company_id = ${companyId} and e.entry_id = p.sale_id
    left join till t on t.company_id = ${companyId} and t.till_id = s.till_id
    left join outlet o on o.company_id = ${companyId} and o.outlet_id = s.outlet_id
    left join paper_buyer b on b.company_id = ${companyId} and b.paper_id = p.sale_id and b.till_id = s.till_id
    order by s.sale_id`
}
