import { GENESIS, type SealedEntry, sealEntry } from '@evertill/shared/domain/journal-hash'
import type { SaleBody } from '@evertill/shared/domain/sale'
import type { EntryKind, EntryOf, SaleEntry } from '@evertill/shared/protocol/entry'
import { type PushHeader, pushText } from '@evertill/shared/protocol/push'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { cartOf, cash, saleOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import type { Sql } from '../src/db/connect.ts'
import { findTill } from '../src/db/queries/till.ts'
import type { AuthenticatedTill } from '../src/tills/authenticate-till.ts'

/** A company with one outlet, ready to sell: what tests and benchmarks of the server start from. */
export type Shop = {
  readonly companyId: string
  readonly outletId: string
  readonly staffId: string
  readonly customerId: string
  /** In the order of `products`; each stocked with `openingStock`. */
  readonly productIds: readonly string[]
}

export type ShopOptions = { products?: number; openingStock?: number }

export async function createShop(
  sql: Sql,
  { products = 5, openingStock = 1_000_000 }: ShopOptions = {},
): Promise<Shop> {
  const shop: Shop = {
    companyId: uuidV7(),
    outletId: uuidV7(),
    staffId: uuidV7(),
    customerId: uuidV7(),
    productIds: Array.from({ length: products }, () => uuidV7()),
  }
  const { companyId, outletId } = shop
  const [roleId, taxCodeId, tierId] = [uuidV7(), uuidV7(), uuidV7()]
  await sql`
    insert into company (company_id, name, currency, tax_inclusive, tax_rounding, cash_step, minor_per_point)
    values (${companyId}, 'Bedok Minimart', 'SGD', true, 'line', 5, 1000)`
  await sql`
    insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
    values (${companyId}, ${outletId}, 'BED', 'Bedok', 'Asia/Singapore', 4)`
  await sql`
    insert into role (company_id, role_id, name, permissions)
    values (${companyId}, ${roleId}, 'Cashier', ${sql.array(['sale.make', 'sale.discount'], 25)})`
  await sql`
    insert into staff (company_id, staff_id, name, role_id, pin_salt, pin_base)
    values (${companyId}, ${shop.staffId}, 'Aisyah', ${roleId}, ${'ab'.repeat(16)}, ${'cd'.repeat(32)})`
  await sql`
    insert into tax_code (company_id, tax_code_id, code, name, kind, rates)
    values (${companyId}, ${taxCodeId}, 'SR', 'GST', 'standard',
      ${sql.json([{ from: '2024-01-01', ratePpm: 90_000 }])})`
  await sql`
    insert into tier (company_id, tier_id, name, multiplier_ppm, spend_from)
    values (${companyId}, ${tierId}, 'Bronze', 1000000, 0)`
  await sql`
    insert into customer (company_id, customer_id, code, name, tier_id)
    values (${companyId}, ${shop.customerId}, 'C1', 'Tan Mei Ling', ${tierId})`
  await sql`
    insert into payment_method (company_id, payment_method_id, code, name, kind)
    values (${companyId}, ${uuidV7()}, 'CASH', 'Cash', 'cash')`
  const ids = sql.array([...shop.productIds], 2950)
  await sql`
    insert into product (company_id, product_id, sku, name, tax_code_id, price)
    select ${companyId}, id, 'SKU-' || no, 'Product ' || no, ${taxCodeId}, 100 * no
    from unnest(${ids}) with ordinality as p(id, no)`
  // Tests sell on days of their own, at prices of their own: whether those were right is no matter of today's date.
  await sql`delete from product_price where company_id = ${companyId}`
  await sql`
    insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
    select ${companyId}, ${uuidV7()}, no, ${outletId}, id, ${openingStock}, 'opening', now()
    from unnest(${ids}) with ordinality as p(id, no)`
  await sql`
    insert into stock_level (company_id, outlet_id, product_id, on_hand)
    select ${companyId}, ${outletId}, id, ${openingStock} from unnest(${ids}) as p(id)`
  return shop
}

/** A till that waits for its enrolment. */
export async function addTill(sql: Sql, { companyId, outletId }: Shop, code = 'T1'): Promise<string> {
  const tillId = uuidV7()
  await sql`
    insert into till (company_id, till_id, outlet_id, code, name)
    values (${companyId}, ${tillId}, ${outletId}, ${code}, ${`Till ${code}`})`
  return tillId
}

/** What authenticateTill would answer for that till, for tests that begin behind it. */
export async function authenticated(sql: Sql, companyId: string, tillId: string): Promise<AuthenticatedTill> {
  const till = await findTill(sql, companyId, tillId)
  if (till === undefined) throw new Error(`no till ${tillId}`)
  return till as AuthenticatedTill
}

export type Journal = {
  /** Seals the next entry of the journal: a sale of one piece for $1.00, unless said otherwise. */
  sell(body?: SaleBody, rest?: Partial<SaleEntry>): SealedEntry
  /** Seals the next entry of the journal. */
  write<K extends EntryKind>(kind: K, body: EntryOf<K>['body'], rest?: Partial<EntryOf<K>>): SealedEntry
}

/** The journal of one till, as the till itself would keep it. */
export function journalOf(shop: Shop, tillId: string, { epoch = 1, now = Date.now } = {}): Journal {
  let seq = 0
  let prev = GENESIS
  const write: Journal['write'] = (kind, body, rest = {}) => {
    seq += 1
    const at = new Date(now()).toISOString()
    const entry = {
      v: PROTOCOL_VERSION,
      id: uuidV7(),
      tillId,
      outletId: shop.outletId,
      epoch,
      seq,
      at,
      clockOffsetMs: 0,
      businessDate: at.slice(0, 10),
      staffId: shop.staffId,
      prev,
      kind,
      body,
      ...rest,
    }
    const sealed = sealEntry(entry)
    prev = sealed.hash
    return sealed
  }
  return {
    write,
    sell: (body = oneMilo(shop), rest = {}) => write('sale', body as SaleEntry['body'], rest),
  }
}

/** One piece of the shop's first product, paid with a five-dollar note. */
export const oneMilo = (shop: Shop): SaleBody =>
  saleOf(cartOf([{ productId: shop.productIds[0] ?? '' }]), [cash(500)])

export const header = (epoch = 1): PushHeader => ({
  version: PROTOCOL_VERSION,
  epoch,
  report: {
    waiting: 0,
    oldestWaitingAt: null,
    clockOffsetMs: 0,
    appVersion: 'test',
    persisted: true,
  },
})

/** The bytes of a push of these entries or lines. */
export const pushBytes = (
  entries: readonly Pick<SealedEntry, 'hash' | 'raw'>[],
  { epoch = 1 } = {},
): Uint8Array => Buffer.from(pushText(header(epoch), entries))
