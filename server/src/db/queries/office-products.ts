import type { ProductDetail, ProductEdit } from '@evertill/shared/protocol/office/products'
import type { ProductTraits } from '@evertill/shared/protocol/product-traits'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { prefixPattern, wordPatterns } from './office-search.ts'
import { everyTrait, traitsOf } from './product-traits.ts'

export interface ProductPlace {
  readonly nameKey: string
  readonly productId: string
}

type StoredProduct = Omit<ProductDetail, keyof ProductTraits> & { traits: ProductTraits }

const columnsOf = (sql: SqlOrTx) => sql`
  p.product_id as "productId", p.sku, p.name, p.category_id as "categoryId", c.name as "categoryName",
  p.tax_code_id as "taxCodeId", x.code as "taxCode", p.price, p.cost, p.unit, p.changed_xid::text as version,
  array(select b.barcode from barcode b
        where b.company_id = p.company_id and b.product_id = p.product_id order by b.barcode) as barcodes,
  ${traitsOf(sql)} as traits
  from product p
  join tax_code x on x.company_id = p.company_id and x.tax_code_id = p.tax_code_id
  left join category c on c.company_id = p.company_id and c.category_id = p.category_id`

/** By name. Every word typed must be in the name, the SKU or the category; or it is the start of a barcode. */
export async function listProducts(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.view'>,
  q: string | undefined,
  { after, limit }: { after: ProductPlace | undefined; limit: number },
): Promise<(ProductDetail & { nameKey: string })[]> {
  const words = wordPatterns(q)
  const rows = await sql<(StoredProduct & { nameKey: string })[]>`
    select lower(p.name) as "nameKey", ${columnsOf(sql)}
    where p.company_id = ${companyId} and p.deleted_at is null
      ${
        words.length === 0
          ? sql``
          : sql`and (concat_ws(' ', p.name, p.sku, c.name) ilike all (${words})
          or p.product_id in (select b.product_id from barcode b
                              where b.company_id = ${companyId} and b.barcode like ${prefixPattern(q ?? '')}))`
      }
      ${
        after === undefined
          ? sql``
          : sql`and (lower(p.name), p.product_id) > (${after.nameKey}, ${after.productId}::uuid)`
      }
    order by lower(p.name), p.product_id
    limit ${limit}`
  return rows.map(({ traits, ...row }) => ({ ...row, ...traits }))
}

export async function findProduct(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.view'> | Granted<'catalogue.edit'>,
  productId: string,
): Promise<ProductDetail | undefined> {
  const [row] = await sql<StoredProduct[]>`
    select ${columnsOf(sql)}
    where p.company_id = ${companyId} and p.product_id = ${productId} and p.deleted_at is null`
  if (row === undefined) return undefined
  const { traits, ...product } = row
  return { ...product, ...traits }
}

export async function listCategories(sql: SqlOrTx, { companyId }: { companyId: string }) {
  return await sql<{ categoryId: string; name: string }[]>`
    select category_id as "categoryId", name from category
    where company_id = ${companyId} and deleted_at is null order by position, lower(name)`
}

export interface TaxCodeOption {
  readonly taxCodeId: string
  readonly code: string
  readonly name: string
  readonly kind: 'standard' | 'zero' | 'exempt'
}

export async function listTaxCodes(
  sql: SqlOrTx,
  { companyId }: { companyId: string },
): Promise<TaxCodeOption[]> {
  return await sql<TaxCodeOption[]>`
    select tax_code_id as "taxCodeId", code, name, kind from tax_code
    where company_id = ${companyId} and deleted_at is null order by kind = 'standard' desc, code`
}

/** The product, other than `productId`, that has the SKU. */
export async function ownerOfSku(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  sku: string,
  productId: string,
): Promise<string | undefined> {
  const [row] = await tx<{ name: string }[]>`
    select name from product
    where company_id = ${companyId} and sku = ${sku} and deleted_at is null and product_id <> ${productId}`
  return row?.name
}

/** The products, other than `productId`, that have some of the barcodes. */
export async function ownersOfBarcodes(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  barcodes: readonly string[],
  productId: string,
): Promise<{ barcode: string; name: string }[]> {
  return await tx<{ barcode: string; name: string }[]>`
    select b.barcode, p.name
    from barcode b join product p using (company_id, product_id)
    where b.company_id = ${companyId} and b.barcode = any (${tx.array([...barcodes], 25)})
      and b.product_id <> ${productId}`
}

export async function insertProduct(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  productId: string,
  product: ProductEdit,
): Promise<void> {
  const traits = everyTrait(product)
  await tx`
    insert into product (company_id, product_id, sku, name, category_id, tax_code_id, price, cost, unit,
      open_price, favourite, picture, variant_of, options)
    values (${companyId}, ${productId}, ${product.sku}, ${product.name}, ${product.categoryId},
      ${product.taxCodeId}, ${product.price}, ${product.cost}, ${product.unit}, ${traits.openPrice},
      ${traits.favourite}, ${traits.picture}, ${traits.variantOf}, ${JSON.stringify(traits.options)}::text::jsonb)`
}

export async function updateProduct(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  productId: string,
  product: ProductEdit,
): Promise<void> {
  const traits = everyTrait(product)
  await tx`
    update product
    set sku = ${product.sku}, name = ${product.name}, category_id = ${product.categoryId},
      tax_code_id = ${product.taxCodeId}, price = ${product.price}, cost = ${product.cost},
      unit = ${product.unit}, open_price = ${traits.openPrice}, favourite = ${traits.favourite},
      picture = ${traits.picture}, variant_of = ${traits.variantOf}, options = ${JSON.stringify(traits.options)}::text::jsonb
    where company_id = ${companyId} and product_id = ${productId}`
}

/** Leaves the product with these barcodes and no others. */
export async function setBarcodes(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  productId: string,
  barcodes: readonly string[],
): Promise<void> {
  const wanted = tx.array([...barcodes], 25)
  await tx`
    delete from barcode
    where company_id = ${companyId} and product_id = ${productId} and not barcode = any (${wanted})`
  await tx`
    insert into barcode (company_id, barcode, product_id)
    select ${companyId}, wanted, ${productId} from unnest(${wanted}) wanted
    where not exists (select 1 from barcode b
                      where b.company_id = ${companyId} and b.barcode = wanted and b.product_id = ${productId})`
}

/** A tombstone: past sales and the stock ledger still name the product. Its barcodes are free again. */
export async function buryProduct(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  productId: string,
  now: Date,
): Promise<void> {
  await tx`delete from barcode where company_id = ${companyId} and product_id = ${productId}`
  await tx`
    update product set deleted_at = ${now} where company_id = ${companyId} and product_id = ${productId}`
}

/** The other variant of that name with the same options. */
export async function ownerOfOptions(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  productId: string,
  product: Pick<ProductTraits, 'variantOf' | 'options'>,
): Promise<string | undefined> {
  if (product.variantOf === undefined) return undefined
  const [row] = await tx<{ sku: string }[]>`
    select sku from product
    where company_id = ${companyId} and variant_of = ${product.variantOf} and deleted_at is null
      and options = ${JSON.stringify(product.options)}::text::jsonb and product_id <> ${productId}
    limit 1`
  return row?.sku
}
