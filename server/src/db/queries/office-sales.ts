import type { Buyer } from '@evertill/shared/domain/buyer'
import type { SaleDetail, SaleKind } from '@evertill/shared/protocol/office/sales'
import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { wordPatterns } from './office-search.ts'

export interface SaleFilter {
  readonly q?: string | undefined
  /** What was typed, where it reads as an amount, in minor units: the total of a sale, or of what took one back. */
  readonly amount?: number | undefined
  readonly kind?: SaleKind | undefined
  readonly outletId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface SaleSummaryRow {
  readonly saleId: string
  readonly kind: SaleKind
  readonly originalSaleId: string | null
  readonly originalReceiptNo: string | null
  readonly receiptNo: string
  readonly at: Date
  readonly businessDate: string
  readonly outletName: string
  readonly tillName: string
  readonly staffName: string | null
  readonly customerName: string | null
  readonly items: number
  readonly total: number
  readonly tenderCodes: string[]
  readonly exceptions: number
}

/** A weighed line counts as one item; what came back counts below zero. */
const summaryOf = (sql: SqlOrTx) => sql`
  s.sale_id as "saleId", s.kind, s.original_sale_id as "originalSaleId",
  (select original.receipt_no from sale original
   where original.company_id = s.company_id and original.sale_id = s.original_sale_id) as "originalReceiptNo",
  s.receipt_no as "receiptNo", s.at, s.business_date as "businessDate",
  coalesce(o.name, '?') as "outletName", coalesce(t.name, '?') as "tillName",
  st.name as "staffName", cu.name as "customerName", s.total,
  (select coalesce(sum(case when l.quantity % 1000 = 0 then l.quantity / 1000 else sign(l.quantity) end), 0)::bigint
   from sale_line l where l.company_id = s.company_id and l.sale_id = s.sale_id) as items,
  array(select d.method_code from sale_tender d
        where d.company_id = s.company_id and d.sale_id = s.sale_id
        group by d.method_code order by min(d.tender_no)) as "tenderCodes",
  (select count(*) from exception e
   where e.company_id = s.company_id and e.entry_id = s.sale_id and e.state = 'open') as exceptions`

/** Left joins: a sale stands, whatever became of what it names. */
const around = (sql: SqlOrTx) => sql`
  left join outlet o on o.company_id = s.company_id and o.outlet_id = s.outlet_id
  left join till t on t.company_id = s.company_id and t.till_id = s.till_id
  left join staff st on st.company_id = s.company_id and st.staff_id = s.staff_id
  left join customer cu on cu.company_id = s.company_id and cu.customer_id = s.customer_id`

/**
 * Newest first. The id of a sale begins with its time, so the primary key is the order.
 * Every word typed must be in the receipt number, in the customer's name, phone or code, or in the name or SKU of one
 * line; or what was typed is the total.
 */
export async function listSales(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  { q, amount, kind, outletId, from, to }: SaleFilter,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<SaleSummaryRow[]> {
  const words = wordPatterns(q)
  return await sql<SaleSummaryRow[]>`
    select ${summaryOf(sql)}
    from sale s ${around(sql)}
    where s.company_id = ${companyId}
      ${kind === undefined ? sql`` : sql`and s.kind = ${kind}`}
      ${outletId === undefined ? sql`` : sql`and s.outlet_id = ${outletId}`}
      ${from === undefined ? sql`` : sql`and s.business_date >= ${from}`}
      ${to === undefined ? sql`` : sql`and s.business_date <= ${to}`}
      ${before === undefined ? sql`` : sql`and s.sale_id < ${before}`}
      ${
        words.length === 0
          ? sql``
          : sql`and (s.receipt_no ilike all (${words}) or s.customer_id in (
              select c.customer_id from customer c where c.company_id = ${companyId}
                and concat_ws(' ', c.name, c.phone, c.code) ilike all (${words}))
            or abs(s.total) = ${amount ?? null}
            or exists (select from sale_line l where l.company_id = s.company_id and l.sale_id = s.sale_id
                and concat_ws(' ', l.name, l.sku) ilike all (${words})))`
      }
    order by s.sale_id desc
    limit ${limit}`
}

export interface SaleRow extends SaleSummaryRow {
  readonly tillId: string
  readonly receivedAt: Date
  readonly seq: number
  readonly epoch: number
  readonly hash: string
  readonly prev: string
  readonly gross: number
  readonly discount: number
  readonly tax: number
  readonly issued: number
  readonly rounding: number
  readonly change: number
  readonly pointsEarned: number
  readonly reason: string | null
  readonly shiftId: string | null
  readonly exchange: SaleDetail['exchange']
  readonly buyer: Buyer | null
  /** When it was said whose it is, where that was after it was written. */
  readonly buyerNamedAt: Date | null
}

export async function findSale(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  saleId: string,
): Promise<SaleRow | undefined> {
  const [row] = await sql<SaleRow[]>`
    select ${summaryOf(sql)}, s.till_id as "tillId", en.received_at as "receivedAt", en.seq, en.epoch,
      encode(en.hash, 'hex') as hash, encode(en.prev, 'hex') as prev,
      s.gross, s.discount, s.tax, s.issued, s.rounding, s.change, s.points_earned as "pointsEarned",
      case when s.kind <> 'sale' then en.raw::jsonb #>> '{body,reason}' end as reason, en.shift_id as "shiftId",
      (select jsonb_build_object('saleId', of ->> 'entryId', 'receiptNo', of ->> 'receiptNo',
         'amount', of -> 'amount',
         'arrived', exists (select from sale other
                            where other.company_id = s.company_id and other.sale_id = (of ->> 'entryId')::uuid))
       from (select en.raw::jsonb #> '{body,exchange}' as of) as half where of is not null) as exchange,
      coalesce(named.buyer, en.raw::jsonb #> '{body,buyer}') as buyer, named.at as "buyerNamedAt"
    from sale s
    join entry en on en.company_id = s.company_id and en.entry_id = s.sale_id ${around(sql)}
    left join paper_buyer named on named.company_id = ${companyId} and named.paper_id = s.sale_id
      and named.till_id = s.till_id
    where s.company_id = ${companyId} and s.sale_id = ${saleId}`
  return row
}

export interface SaleLineRow {
  readonly productId: string
  readonly name: string
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: number
  readonly discount: number
  readonly net: number
  readonly taxCode: string
  readonly ratePpm: number
  readonly tax: number
  readonly restock: boolean | null
}

export async function linesOfSale(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  saleId: string,
): Promise<SaleLineRow[]> {
  return await sql<SaleLineRow[]>`
    select product_id as "productId", name, sku, quantity, unit_price as "unitPrice", discount, net,
      tax_code as "taxCode", rate_ppm as "ratePpm", tax, restock
    from sale_line where company_id = ${companyId} and sale_id = ${saleId} order by line_no`
}

export interface SaleTenderRow {
  readonly methodCode: string
  readonly amount: number
  readonly reference: string | null
  readonly points: number | null
}

export async function tendersOfSale(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  saleId: string,
): Promise<SaleTenderRow[]> {
  return await sql<SaleTenderRow[]>`
    select method_code as "methodCode", amount, coalesce(reference, value_code) as reference, points
    from sale_tender where company_id = ${companyId} and sale_id = ${saleId} order by tender_no`
}

export interface TakenBackRow {
  readonly saleId: string
  readonly kind: SaleKind
  readonly receiptNo: string
  readonly at: Date
  readonly total: number
}

/** What took something of a sale back. */
export async function takenBackOf(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  saleId: string,
): Promise<TakenBackRow[]> {
  return await sql<TakenBackRow[]>`
    select sale_id as "saleId", kind, receipt_no as "receiptNo", at, total
    from sale where company_id = ${companyId} and original_sale_id = ${saleId} order by sale_id`
}
