import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { wordPatterns } from './office-search.ts'

export interface StockRow {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly categoryName: string | null
  readonly outletId: string
  readonly outletName: string
  readonly onHand: number
  readonly nameKey: string
  readonly outletCode: string
}

export interface StockPlace {
  readonly nameKey: string
  readonly productId: string
  readonly outletCode: string
}

/** Every product at every outlet, by name; a deleted product for as long as it is not at zero. */
export async function listStock(
  sql: SqlOrTx,
  { companyId }: Granted<'stock.view'>,
  { q, outletId }: { q?: string | undefined; outletId?: string | undefined },
  { after, limit }: { after: StockPlace | undefined; limit: number },
): Promise<StockRow[]> {
  const words = wordPatterns(q)
  return await sql<StockRow[]>`
    select p.product_id as "productId", p.sku, p.name, c.name as "categoryName",
      o.outlet_id as "outletId", o.name as "outletName", coalesce(l.on_hand, 0) as "onHand",
      lower(p.name) as "nameKey", o.code as "outletCode"
    from product p
    join outlet o on o.company_id = p.company_id
    left join stock_level l on l.company_id = p.company_id and l.outlet_id = o.outlet_id
      and l.product_id = p.product_id
    left join category c on c.company_id = p.company_id and c.category_id = p.category_id
    where p.company_id = ${companyId} and (p.deleted_at is null or l.on_hand <> 0)
      ${outletId === undefined ? sql`` : sql`and o.outlet_id = ${outletId}`}
      ${
        words.length === 0
          ? sql``
          : sql`and (concat_ws(' ', p.name, p.sku, c.name) ilike all (${words})
          or p.product_id in (select b.product_id from barcode b
                              where b.company_id = ${companyId} and b.barcode = ${q ?? ''}))`
      }
      ${
        after === undefined
          ? sql``
          : sql`and (lower(p.name), p.product_id, o.code)
              > (${after.nameKey}, ${after.productId}::uuid, ${after.outletCode})`
      }
    order by lower(p.name), p.product_id, o.code
    limit ${limit}`
}
