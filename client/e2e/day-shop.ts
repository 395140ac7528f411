import { minor, ppm } from '@evertill/shared/domain/money'
import { momentAt } from '@evertill/shared/domain/promotion-time'
import type { TaxKind } from '@evertill/shared/domain/tax'
import type { PromotionTerms } from '@evertill/shared/protocol/promotion'
import type { Item } from './expectation.ts'
import type { Sql } from './server-process.ts'

/** Something the shop sells, as its head office has it. */
export interface Goods extends Item {
  readonly sku: string
  readonly category: string
  readonly categoryId: string
  readonly unit: 'each' | 'kg'
  readonly openPrice: boolean
  readonly taxCode: string
  readonly taxKind: TaxKind
  /** Pieces, or kilograms. */
  readonly onHand: number
}

/** All goods, in the order of their SKUs. */
export async function readGoods(sql: Sql, outletId: string): Promise<Goods[]> {
  const rows = await sql<
    {
      product_id: string
      sku: string
      name: string
      price: number
      unit: 'each' | 'kg'
      open_price: boolean
      category: string
      category_id: string
      tax_code: string
      tax_kind: TaxKind
      barcode: string
      on_hand: number
    }[]
  >`
    select p.product_id, p.sku, p.name, p.price, p.unit, p.open_price, c.name as category, c.category_id,
      t.code as tax_code, t.kind as tax_kind, coalesce(l.on_hand, 0) as on_hand,
      (select max(barcode) from barcode b where b.company_id = p.company_id and b.product_id = p.product_id
         and length(barcode) >= 8) as barcode
    from product p
    join category c using (company_id, category_id)
    join tax_code t using (company_id, tax_code_id)
    left join stock_level l on l.company_id = p.company_id and l.product_id = p.product_id
      and l.outlet_id = ${outletId}
    where p.deleted_at is null order by p.sku`
  return rows.map((row) => ({
    productId: row.product_id,
    sku: row.sku,
    name: row.name,
    barcode: row.barcode,
    price: row.price,
    taxPercent: row.tax_kind === 'standard' ? 9 : 0,
    category: row.category,
    categoryId: row.category_id,
    unit: row.unit,
    openPrice: row.open_price,
    taxCode: row.tax_code,
    taxKind: row.tax_kind,
    onHand: Number(row.on_hand) / 1000,
  }))
}

/** What is sold on offer on the day, besides the demo's own set of nuts and its price for gold members. */
export interface DayOffers {
  /** 20 % off, and the hours are now. */
  readonly happyHour: string
  /** Two paid for, a third for nothing. */
  readonly threeForTwo: Goods
  /** 30 cents off each piece. */
  readonly centsOff: Goods
  readonly centsOffEach: number
  /** At this price for silver members. */
  readonly memberPrice: Goods
  readonly silverPays: number
}

/** Puts the offers into force: the demo's happy hour is moved to where the clock stands, and three are new. */
export async function makeOffers(sql: Sql, goods: readonly Goods[]): Promise<DayOffers> {
  const [threeForTwo, centsOff, memberPrice] = goods.filter(
    ({ category, onHand, price, unit }) =>
      category === 'Household' && unit === 'each' && onHand > 40 && price > 200,
  )
  if (!threeForTwo || !centsOff || !memberPrice) throw new Error('the demo company has too little to offer')
  const silverPays = memberPrice.price - 55
  const about = ({ productId }: Goods): PromotionTerms['goods'] => ({
    kind: 'some',
    productIds: [productId],
    categoryIds: [],
  })
  const always = { stacking: 'best' as const, withBillDiscount: true, tierIds: [], hours: null }
  const [silver] = await sql<{ tier_id: string }[]>`select tier_id from tier where name = 'Silver'`
  const offers: Record<string, PromotionTerms> = {
    'Two, and a third for nothing': {
      ...always,
      goods: about(threeForTwo),
      offer: { kind: 'buy-get', buy: 2, get: 1, ratePpm: ppm(1_000_000), mixed: false },
    },
    '30 cents off': {
      ...always,
      goods: about(centsOff),
      offer: { kind: 'off', discount: { kind: 'amount', amount: minor(30) } },
    },
    'Silver members’ price': {
      ...always,
      goods: about(memberPrice),
      offer: { kind: 'price', price: minor(silverPays) },
      tierIds: silver === undefined ? [] : [silver.tier_id],
    },
  }
  for (const [name, terms] of Object.entries(offers))
    await sql`
      insert into promotion (company_id, promotion_id, name, terms)
      select company_id, gen_random_uuid(), ${name}, ${sql.json(terms)} from company`
  // From this hour on, for as long as a day on the till takes at most.
  const { minute } = momentAt(new Date(), 'Asia/Singapore')
  const fromMinute = minute - (minute % 60)
  const hours = { days: [1, 2, 3, 4, 5, 6, 7], fromMinute, untilMinute: (fromMinute + 240) % 1440 || 1440 }
  const moved = await sql`
    update promotion set terms = jsonb_set(terms, '{hours}', ${sql.json(hours)})
    where name like 'Tea time%' returning promotion_id`
  if (moved.length !== 1) throw new Error('the demo company has no happy hour')
  return { happyHour: 'Hot Counter', threeForTwo, centsOff, centsOffEach: 30, memberPrice, silverPays }
}
