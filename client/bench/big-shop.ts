import type { Item } from '../e2e/expectation.ts'
import { readItems } from '../e2e/ledger.ts'
import type { Sql } from '../e2e/server-process.ts'

const WORDS = {
  maker: [
    'Ah Huat',
    'Golden Bowl',
    'Tiger Hill',
    'Nanyang',
    'Kampung',
    'Merlion',
    'Red Lantern',
    'Sunrise',
    'Old Chang',
    'Pandan',
  ],
  goods: [
    'coffee',
    'tea',
    'noodles',
    'rice',
    'biscuits',
    'sambal',
    'soya sauce',
    'shampoo',
    'detergent',
    'batteries',
    'tofu',
    'sardines',
    'oat drink',
    'crackers',
    'tissue',
    'toothpaste',
    'coconut milk',
    'curry paste',
    'green beans',
    'fish balls',
  ],
  sort: [
    'original',
    'less sugar',
    'spicy',
    'family pack',
    'refill',
    'mini',
    'organic',
    'extra strong',
    'twin pack',
    'limited',
  ],
} as const

/** Fills the demo company up to a big shop's range, every product with a name of its own, a barcode and stock. */
export async function stockBigShop(sql: Sql, products: number): Promise<Item[]> {
  // Most tills sell with a shift open: none of them says before every sale that there is none.
  await sql`update company set works_by_shifts = false`
  const before = await readItems(sql)
  const [model, shelves, maker, goods, sort] = [
    before[0]?.productId ?? '',
    await sql`select category_id from category where deleted_at is null order by position`,
    sql.array([...WORDS.maker]),
    sql.array([...WORDS.goods]),
    sql.array([...WORDS.sort]),
  ]
  await sql`
    insert into product (company_id, product_id, sku, name, category_id, tax_code_id, price)
    select company_id, gen_random_uuid(), 'BIG-' || lpad(n::text, 6, '0'),
      (${maker}::text[])[1 + n % 10] || ' ' || (${goods}::text[])[1 + n / 10 % 20] || ' ' ||
        (${sort}::text[])[1 + n / 200 % 10] || ' ' || n || ' g',
      (${sql.array(shelves.map((row) => row.category_id as string))}::uuid[])[1 + n % ${shelves.length}::int],
      tax_code_id, 100 + n % 4900
    from product, generate_series(1, ${products - before.length}::int) as n
    where product_id = ${model}`
  // Without it the foreign keys of the rows below are looked up row by row through all of them.
  await sql`analyze product`
  await sql`
    insert into barcode (company_id, barcode, product_id)
    select company_id, '9' || lpad(substr(sku, 5), 12, '0'), product_id from product where sku like 'BIG-%'`
  await sql`
    insert into stock_level (company_id, outlet_id, product_id, on_hand)
    select company_id, outlet_id, product_id, 1000000
    from product join outlet using (company_id) where sku like 'BIG-%'`
  await sql`analyze`
  return readItems(sql)
}
