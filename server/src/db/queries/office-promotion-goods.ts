import type { PromotionGoods } from '@evertill/shared/domain/promotion'
import type { GoodsAtPrice } from '@evertill/shared/domain/promotion-review'
import type { PromotionOptions, PromotionProduct } from '@evertill/shared/protocol/office/promotions'
import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Reader = Granted<'catalogue.view'> | Granted<'catalogue.edit'>

const uuid = 2950
const ids = (sql: SqlOrTx, some: readonly string[]) => sql.array([...some], uuid)

/** Products that are sold and that a promotion on these goods is about. */
const isAbout = (sql: SqlOrTx, goods: PromotionGoods) =>
  goods.kind === 'all'
    ? sql`p.deleted_at is null`
    : sql`p.deleted_at is null and (p.product_id = any (${ids(sql, goods.productIds)})
        or p.category_id = any (${ids(sql, goods.categoryIds)}))`

/** How many products it is about, whether they have a price of their own or not. */
export async function countGoods(
  sql: SqlOrTx,
  { companyId }: Reader,
  goods: PromotionGoods,
): Promise<number> {
  const [row] = await sql<{ products: number }[]>`
    select count(*) as products from product p where p.company_id = ${companyId} and ${isAbout(sql, goods)}`
  return row?.products ?? 0
}

/** Those that have a price of their own; of many products at one price only how many. */
export async function goodsByPrice(
  sql: SqlOrTx,
  { companyId }: Reader,
  goods: PromotionGoods,
): Promise<GoodsAtPrice[]> {
  return await sql<GoodsAtPrice[]>`
    select p.price, p.cost, p.unit, count(*) as products, min(p.name) as name
    from product p
    where p.company_id = ${companyId} and not p.open_price and ${isAbout(sql, goods)}
    group by p.price, p.cost, p.unit
    order by p.price desc, name`
}

const productColumns = (sql: SqlOrTx) => sql`
  p.product_id as "productId", p.sku, p.name, p.price, p.unit, p.category_id as "categoryId",
  x.code as "taxCode", p.deleted_at is not null as gone
  from product p join tax_code x on x.company_id = p.company_id and x.tax_code_id = p.tax_code_id`

/** A few goods that a customer could buy under it, the dearest first; `inSets` leaves out what is sold by weight. */
export async function exampleGoods(
  sql: SqlOrTx,
  { companyId }: Reader,
  goods: PromotionGoods,
  { inSets, most }: { inSets: boolean; most: number },
): Promise<PromotionProduct[]> {
  return await sql<PromotionProduct[]>`
    select ${productColumns(sql)}
    where p.company_id = ${companyId} and not p.open_price and p.price > 0 and ${isAbout(sql, goods)}
      ${inSets ? sql`and p.unit = 'each'` : sql``}
    order by p.price desc, lower(p.name), p.product_id
    limit ${most}`
}

/** Products by id, those that are no longer sold among them. */
export async function productsNamed(
  sql: SqlOrTx,
  { companyId }: Reader,
  productIds: readonly string[],
): Promise<PromotionProduct[]> {
  if (productIds.length === 0) return []
  return await sql<PromotionProduct[]>`
    select ${productColumns(sql)}
    where p.company_id = ${companyId} and p.product_id = any (${ids(sql, productIds)})
    order by lower(p.name), p.product_id`
}

/** Which category each product is in; those in none are left out. */
export async function categoriesOf(
  sql: SqlOrTx,
  { companyId }: Reader,
  productIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ productId: string; categoryId: string }[]>`
    select product_id as "productId", category_id as "categoryId" from product
    where company_id = ${companyId} and product_id = any (${ids(sql, productIds)}) and category_id is not null`
  return new Map(rows.map(({ productId, categoryId }) => [productId, categoryId]))
}

export interface NamedIds {
  readonly categories: ReadonlyMap<string, string>
  readonly tiers: ReadonlyMap<string, string>
  readonly products: ReadonlyMap<string, string>
}

/** Names of what promotions point at, those that are gone among them. */
export async function namesOf(
  sql: SqlOrTx,
  { companyId }: Reader,
  of: Readonly<Record<keyof NamedIds, readonly string[]>>,
): Promise<NamedIds> {
  const mapOf = (rows: readonly { id: string; name: string }[]) =>
    new Map(rows.map(({ id, name }) => [id, name]))
  const categories = await sql<{ id: string; name: string }[]>`
    select category_id as id, name from category
    where company_id = ${companyId} and category_id = any (${ids(sql, of.categories)})`
  const tiers = await sql<{ id: string; name: string }[]>`
    select tier_id as id, name from tier
    where company_id = ${companyId} and tier_id = any (${ids(sql, of.tiers)})`
  const products = await sql<{ id: string; name: string }[]>`
    select product_id as id, name from product
    where company_id = ${companyId} and product_id = any (${ids(sql, of.products)})`
  return { categories: mapOf(categories), tiers: mapOf(tiers), products: mapOf(products) }
}

export async function listTiers(
  sql: SqlOrTx,
  { companyId }: { companyId: string },
): Promise<PromotionOptions['tiers']> {
  return [
    ...(await sql<PromotionOptions['tiers']>`
      select tier_id as "tierId", name from tier
      where company_id = ${companyId} and deleted_at is null order by spend_from, lower(name)`),
  ]
}

/** What the price of a basket depends on besides what is in it. */
export async function pricingRules(
  sql: SqlOrTx,
  { companyId }: Reader,
): Promise<Pick<PromotionOptions, 'rules' | 'taxCodes'>> {
  const [rules] = await sql<PromotionOptions['rules'][]>`
    select tax_inclusive as inclusive, tax_rounding as rounding, currency, cash_step as "cashStep",
      minor_per_point as "minorPerPoint"
    from company where company_id = ${companyId}`
  if (rules === undefined) throw new Error('there is no such company')
  const taxCodes = await sql<PromotionOptions['taxCodes']>`
    select code, kind, rates from tax_code where company_id = ${companyId} and deleted_at is null order by code`
  return { rules, taxCodes: [...taxCodes] }
}
