import type { SaleBody } from '@evertill/shared/domain/sale'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import type { Sql } from '../src/db/connect.ts'
import { ledgerDifferences } from '../test/ledger.ts'

export interface Comparison {
  readonly entries: number
  /** Recorded on a till and not on the server, or there with another text. */
  readonly lost: readonly string[]
  /** More than once on the server, or there though no till recorded it. */
  readonly doubled: readonly string[]
  /** With a part missing or one too many. */
  readonly torn: readonly string[]
  /** Sums kept beside the ledger that are not what the tills' journals make. */
  readonly wrongSums: readonly string[]
  readonly auditDifferences: readonly string[]
  readonly exceptions: readonly { readonly type: string; readonly count: number }[]
}

/** The ledger against the tills' journals, added up here and not by the product's SQL. */
export async function compare(
  sql: Sql,
  companyId: string,
  journals: readonly (readonly JournalRow[])[],
  openingStock: number,
): Promise<Comparison> {
  const rows = journals.flat()
  const entries = await sql<{ id: string; raw: string }[]>`
    select entry_id as id, raw from entry where company_id = ${companyId}`
  const sales = await sql<{ id: string }[]>`select sale_id as id from sale where company_id = ${companyId}`
  const lines = await partsOf(sql, companyId, 'sale_line')
  const tenders = await partsOf(sql, companyId, 'sale_tender')
  const movements = new Map(
    (
      await sql<{ id: string; count: number; sum: number }[]>`
        select source_id as id, count(*) as count, sum(quantity)::bigint as sum from stock_movement
        where company_id = ${companyId} and reason <> 'opening' group by source_id`
    ).map((row) => [row.id, row]),
  )

  const lost: string[] = []
  const doubled: string[] = []
  const torn: string[] = []
  const stored = new Map(entries.map((entry) => [entry.id, entry.raw]))
  const soldOnce = new Set(sales.map(({ id }) => id))
  if (stored.size < entries.length) doubled.push(`${entries.length - stored.size} entries under a used id`)
  if (soldOnce.size < sales.length) doubled.push(`${sales.length - soldOnce.size} sales under a used id`)
  const recorded = new Set(rows.map(({ id }) => id))
  for (const id of stored.keys()) if (!recorded.has(id)) doubled.push(`${id}: no till recorded it`)
  for (const id of soldOnce) if (!recorded.has(id)) doubled.push(`${id}: a sale of no till`)

  const onHand = new Map<string, number>()
  let total = 0
  for (const { id, raw, fate } of rows) {
    if (fate !== 'applied' && fate !== 'duplicate') lost.push(`${id}: is ${fate} on its till`)
    if (stored.get(id) !== raw) lost.push(`${id}: ${stored.has(id) ? 'has another text' : 'is not there'}`)
    const { body } = JSON.parse(raw) as { body: SaleBody }
    const pieces = sumOf(body.lines, ({ quantity }) => quantity)
    total += body.total
    for (const { productId, quantity } of body.lines)
      onHand.set(productId, (onHand.get(productId) ?? openingStock) - quantity)
    const whole =
      soldOnce.has(id) &&
      lines.get(id)?.count === body.lines.length &&
      lines.get(id)?.sum === sumOf(body.lines, ({ net }) => net) &&
      tenders.get(id)?.count === body.tenders.length &&
      tenders.get(id)?.sum === sumOf(body.tenders, ({ amount }) => amount) &&
      movements.get(id)?.count === body.lines.length &&
      movements.get(id)?.sum === -pieces
    if (stored.has(id) && !whole) torn.push(`${id}: some of it is missing or there twice`)
  }
  return {
    entries: rows.length,
    lost,
    doubled,
    torn,
    wrongSums: await wrongSums(sql, companyId, { onHand, total, sales: rows.length }),
    auditDifferences: (await ledgerDifferences(sql, companyId)).map(({ law, what }) => `${law}: ${what}`),
    exceptions: await sql<{ type: string; count: number }[]>`
      select type, count(*) as count from exception
      where company_id = ${companyId} and state = 'open' group by type order by type`,
  }
}

type Parts = ReadonlyMap<string, { readonly count: number; readonly sum: number }>

async function partsOf(sql: Sql, companyId: string, table: 'sale_line' | 'sale_tender'): Promise<Parts> {
  const amount = table === 'sale_line' ? sql`net` : sql`amount`
  const rows = await sql<{ id: string; count: number; sum: number }[]>`
    select sale_id as id, count(*) as count, sum(${amount})::bigint as sum from ${sql(table)}
    where company_id = ${companyId} group by sale_id`
  return new Map(rows.map((row) => [row.id, row]))
}

async function wrongSums(
  sql: Sql,
  companyId: string,
  expected: { onHand: ReadonlyMap<string, number>; total: number; sales: number },
): Promise<string[]> {
  const wrong: string[] = []
  const levels = await sql<{ product_id: string; on_hand: number }[]>`
    select product_id, on_hand from stock_level where company_id = ${companyId}`
  for (const { product_id, on_hand } of levels) {
    const should = expected.onHand.get(product_id)
    if (should !== undefined && should !== on_hand)
      wrong.push(`stock of ${product_id}: ${on_hand} instead of ${should}`)
  }
  const [days] = await sql<{ sales: number; total: number }[]>`
    select coalesce(sum(sales), 0)::bigint as sales, coalesce(sum(total), 0)::bigint as total
    from day_total where company_id = ${companyId}`
  if (days?.sales !== expected.sales)
    wrong.push(`the days count ${days?.sales} sales instead of ${expected.sales}`)
  if (days?.total !== expected.total)
    wrong.push(`the days sum to ${days?.total} instead of ${expected.total}`)
  return wrong
}

const sumOf = <T>(rows: readonly T[], amount: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + amount(row), 0)
