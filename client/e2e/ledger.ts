import type { Item } from './expectation.ts'
import type { Sql } from './server-process.ts'

/** Products that a scanner can read and that are sold by the piece, in the order of their SKUs. */
export async function readItems(sql: Sql): Promise<Item[]> {
  const rows = await sql<
    { product_id: string; name: string; barcode: string; price: number; rate_ppm: number }[]
  >`
    select distinct on (p.sku) p.product_id, p.name, b.barcode, p.price,
      coalesce((
        select (rate ->> 'ratePpm')::int from jsonb_array_elements(t.rates) rate
        where (rate ->> 'from')::date <= current_date order by rate ->> 'from' desc limit 1), 0) as rate_ppm
    from product p
    join barcode b on b.company_id = p.company_id and b.product_id = p.product_id
    join tax_code t on t.company_id = p.company_id and t.tax_code_id = p.tax_code_id
    where p.deleted_at is null and p.unit = 'each' and not p.open_price
    order by p.sku, b.barcode`
  return rows.map((row) => ({
    productId: row.product_id,
    name: row.name,
    barcode: row.barcode,
    price: row.price,
    taxPercent: row.rate_ppm / 10_000,
  }))
}

export interface Customer {
  readonly customerId: string
  readonly name: string
  readonly code: string
  readonly multiplier: number
}

/** Those of the demo: others are registered by the tests beside this one. */
export async function readCustomers(sql: Sql): Promise<Customer[]> {
  const rows = await sql<{ customer_id: string; name: string; code: string; multiplier_ppm: number }[]>`
    select c.customer_id, c.name, c.code, coalesce(t.multiplier_ppm, 1000000) as multiplier_ppm
    from customer c
    left join tier t on t.company_id = c.company_id and t.tier_id = c.tier_id
    where c.deleted_at is null and c.code ~ '^M[0-9]+$'
    order by c.code`
  return rows.map((row) => ({
    customerId: row.customer_id,
    name: row.name,
    code: row.code,
    multiplier: row.multiplier_ppm / 1_000_000,
  }))
}

/** Pieces on hand by product, at one outlet. */
export async function readStock(sql: Sql, outletId: string): Promise<Map<string, number>> {
  const rows = await sql<{ product_id: string; on_hand: number }[]>`
    select product_id, on_hand from stock_level where outlet_id = ${outletId}`
  return new Map(rows.map((row) => [row.product_id, row.on_hand / 1000]))
}

export async function readPoints(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ customer_id: string; points: number }[]>`
    select customer_id, points from points_balance`
  return new Map(rows.map((row) => [row.customer_id, row.points]))
}

/** A sale as the ledger holds it, in the words of `ExpectedSale`. */
export async function readSales(sql: Sql, tillId: string) {
  const sales = await sql<
    {
      sale_id: string
      receipt_no: string
      customer_id: string | null
      gross: number
      discount: number
      net: number
      tax: number
      rounding: number
      total: number
      change: number
      points: number
    }[]
  >`
    select sale_id, receipt_no, customer_id, gross, discount, net, tax, rounding, total, change,
      points_earned as points
    from sale where till_id = ${tillId} order by receipt_no`
  const tenders = await sql<{ sale_id: string; method: string; cents: number }[]>`
    select sale_id, method_code as method, amount as cents
    from sale_tender where sale_id in ${sql(sales.map((sale) => sale.sale_id))}
    order by sale_id, tender_no`
  const lines = await sql<{ sale_id: string; product_id: string; quantity: number; tax: number }[]>`
    select sale_id, product_id, quantity, tax
    from sale_line where sale_id in ${sql(sales.map((sale) => sale.sale_id))}
    order by sale_id, line_no`
  return sales.map(({ sale_id, receipt_no, customer_id, ...amounts }) => ({
    saleId: sale_id,
    receiptNo: receipt_no,
    customerId: customer_id,
    ...amounts,
    tenders: tenders
      .filter((tender) => tender.sale_id === sale_id)
      .map(({ method, cents }) => ({ method, cents })),
    lines: lines.filter((line) => line.sale_id === sale_id),
  }))
}

/** Every row of every table but those that note who called when: its count and a fingerprint of its content. */
export async function fingerprint(
  sql: Sql,
): Promise<Record<string, { rows: number; content: string | null }>> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('till', 'auth_session', 'auth_rate_limit')
    order by c.relname`
  const found: Record<string, { rows: number; content: string | null }> = {}
  for (const { name } of tables) {
    const [row] = await sql<{ rows: number; content: string | null }[]>`
      select count(*) as rows, md5(string_agg(t::text, ' ' order by t::text)) as content from ${sql(name)} t`
    if (row !== undefined) found[name] = row
  }
  return found
}
