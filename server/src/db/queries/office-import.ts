import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import type { EveryTrait } from './product-traits.ts'

const oid = { uuid: 2950, text: 25, int8: 20 } as const

// Long lists are joined, not compared by `= any`: once Postgres has made a plan for any list, that compares
// every row with every element.
const textsOf = (sql: SqlOrTx, texts: readonly string[]) =>
  sql`unnest(${sql.array([...new Set(texts)], oid.text)}::text[])`

interface ProductRow extends EveryTrait {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly categoryId: string | null
  readonly taxCodeId: string
  readonly price: number
  readonly cost: number | null
  readonly unit: 'each' | 'kg'
}

export async function productsBySku(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.edit'>,
  skus: readonly string[],
): Promise<(ProductRow & { barcodes: string[] })[]> {
  return await sql<(ProductRow & { barcodes: string[] })[]>`
    select p.product_id as "productId", p.sku, p.name, p.category_id as "categoryId",
      p.tax_code_id as "taxCodeId", p.price, p.cost, p.unit, p.open_price as "openPrice", p.favourite, p.picture,
      p.variant_of as "variantOf", p.options,
      coalesce(array_agg(b.barcode order by b.barcode) filter (where b.barcode is not null), '{}') as barcodes
    from product p
    join ${textsOf(sql, skus)} wanted(sku) on wanted.sku = p.sku
    left join barcode b using (company_id, product_id)
    where p.company_id = ${companyId} and p.deleted_at is null
    group by p.company_id, p.product_id`
}

export async function barcodeOwners(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.edit'>,
  barcodes: readonly string[],
): Promise<{ barcode: string; productId: string; name: string }[]> {
  return await sql<{ barcode: string; productId: string; name: string }[]>`
    select b.barcode, b.product_id as "productId", p.name
    from barcode b
    join ${textsOf(sql, barcodes)} wanted(barcode) on wanted.barcode = b.barcode
    join product p using (company_id, product_id)
    where b.company_id = ${companyId}`
}

export async function insertCategories(
  tx: Tx,
  { companyId }: { companyId: string },
  categories: readonly { readonly categoryId: string; readonly name: string }[],
): Promise<void> {
  await tx`
    insert into category (company_id, category_id, name, position)
    select ${companyId}, new.category_id, new.name,
      new.place + (select coalesce(max(position), 0) from category where company_id = ${companyId})
    from unnest(
      ${tx.array(
        categories.map((category) => category.categoryId),
        oid.uuid,
      )}::uuid[],
      ${tx.array(
        categories.map((category) => category.name),
        oid.text,
      )}::text[]
    ) with ordinality as new (category_id, name, place)`
}

const productArrays = (tx: Tx, products: readonly ProductRow[]) => tx`unnest(
  ${tx.array(
    products.map((product) => product.productId),
    oid.uuid,
  )}::uuid[],
  ${tx.array(
    products.map((product) => product.sku),
    oid.text,
  )}::text[],
  ${tx.array(
    products.map((product) => product.name),
    oid.text,
  )}::text[],
  ${tx.array(
    products.map((product) => product.categoryId),
    oid.uuid,
  )}::uuid[],
  ${tx.array(
    products.map((product) => product.taxCodeId),
    oid.uuid,
  )}::uuid[],
  ${tx.array(
    products.map((product) => product.price),
    oid.int8,
  )}::int8[],
  ${tx.array(
    products.map((product) => product.cost),
    oid.int8,
  )}::int8[],
  ${tx.array(
    products.map((product) => product.unit),
    oid.text,
  )}::text[],
  ${tx.array(
    products.map((product) => product.picture),
    oid.text,
  )}::text[],
  ${tx.array(
    products.map((product) => product.variantOf),
    oid.text,
  )}::text[],
  ${tx.array(
    products.map(({ openPrice, favourite, options }) => JSON.stringify({ openPrice, favourite, options })),
    oid.text,
  )}::text[]
) as new (product_id, sku, name, category_id, tax_code_id, price, cost, unit, picture, variant_of, traits)`

export async function insertProducts(
  tx: Tx,
  { companyId }: { companyId: string },
  products: readonly ProductRow[],
): Promise<void> {
  await tx`
    insert into product (company_id, product_id, sku, name, category_id, tax_code_id, price, cost, unit, picture,
      variant_of, open_price, favourite, options)
    select ${companyId}, product_id, sku, name, category_id, tax_code_id, price, cost, unit, picture, variant_of,
      (traits::jsonb -> 'openPrice')::boolean, (traits::jsonb -> 'favourite')::boolean, traits::jsonb -> 'options'
    from ${productArrays(tx, products)}`
}

export async function updateProducts(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  products: readonly ProductRow[],
): Promise<void> {
  await tx`
    update product
    set name = new.name, category_id = new.category_id, tax_code_id = new.tax_code_id,
      price = new.price, cost = new.cost, unit = new.unit, picture = new.picture, variant_of = new.variant_of,
      open_price = (new.traits::jsonb -> 'openPrice')::boolean,
      favourite = (new.traits::jsonb -> 'favourite')::boolean, options = new.traits::jsonb -> 'options'
    from ${productArrays(tx, products)}
    where product.company_id = ${companyId} and product.product_id = new.product_id`
}

export async function deleteBarcodes(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  barcodes: readonly string[],
): Promise<void> {
  await tx`
    delete from barcode b
    using ${textsOf(tx, barcodes)} unwanted(barcode)
    where b.company_id = ${companyId} and b.barcode = unwanted.barcode`
}

export async function insertBarcodes(
  tx: Tx,
  { companyId }: { companyId: string },
  barcodes: readonly { readonly barcode: string; readonly productId: string }[],
): Promise<void> {
  await tx`
    insert into barcode (company_id, barcode, product_id)
    select ${companyId}, new.* from unnest(
      ${tx.array(
        barcodes.map((row) => row.barcode),
        oid.text,
      )}::text[],
      ${tx.array(
        barcodes.map((row) => row.productId),
        oid.uuid,
      )}::uuid[]
    ) as new`
}

export interface StockEntry {
  readonly outletId: string
  readonly productId: string
  readonly quantity: number
}

/** Writes movements and, in the order in which replay() locks them, the counters that are their sums. */
export async function insertStock(
  tx: Tx,
  { companyId }: { companyId: string },
  entries: readonly StockEntry[],
  { sourceId, reason, at }: { sourceId: string; reason: 'opening' | 'import'; at: Date },
): Promise<void> {
  const outletIds = tx.array(
    entries.map((entry) => entry.outletId),
    oid.uuid,
  )
  const productIds = tx.array(
    entries.map((entry) => entry.productId),
    oid.uuid,
  )
  const quantities = tx.array(
    entries.map((entry) => entry.quantity),
    oid.int8,
  )
  await tx`
    insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
    select ${companyId}, ${sourceId}, new.line_no, new.outlet_id, new.product_id, new.quantity, ${reason}, ${at}
    from unnest(${outletIds}::uuid[], ${productIds}::uuid[], ${quantities}::int8[])
      with ordinality as new (outlet_id, product_id, quantity, line_no)`
  await tx`
    insert into stock_level (company_id, outlet_id, product_id, on_hand)
    select ${companyId}, new.outlet_id, new.product_id, sum(new.quantity)
    from unnest(${outletIds}::uuid[], ${productIds}::uuid[], ${quantities}::int8[])
      as new (outlet_id, product_id, quantity)
    group by new.outlet_id, new.product_id
    order by new.outlet_id, new.product_id
    on conflict (company_id, outlet_id, product_id)
      do update set on_hand = stock_level.on_hand + excluded.on_hand`
}
