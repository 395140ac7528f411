import { MOST_ARRIVED, type PullResponse, type StaffRow } from '@evertill/shared/protocol/pull'
import type { Sql } from '../connect.ts'
import { traitsOf } from './product-traits.ts'

/** Where the database stands. */
export type FeedPlace = {
  /** This life of this database: another cluster, a timeline after a restore, or a copy has another. */
  identity: string
  /** Every transaction below it has ended: its rows are visible to whoever looks later. */
  horizon: string
  /** No transaction so far has this xid or a higher one. */
  next: string
  /** Made in the last minute; a backup from before it was made does not hold it. */
  token: string
  /** Whether this database holds the token that was asked about. */
  isKnown: boolean
}

/** @param asked the token of a till's cursor; without one there is nothing to know */
export async function feedPlace(
  sql: Sql,
  companyId: string,
  { asked, now }: { asked: string | undefined; now: Date },
): Promise<FeedPlace> {
  const [place] = await sql<FeedPlace[]>`
    with newest as (
      select token from feed_token
      where company_id = ${companyId}
        and made_at between ${now}::timestamptz - ${TOKEN_LASTS}::interval and ${now}::timestamptz + ${TOKEN_LASTS}::interval
      order by made_at desc limit 1
    ), made as (
      insert into feed_token (company_id, made_at) select ${companyId}, ${now} where not exists (select from newest)
      returning token
    ), forgotten as (
      delete from feed_token
      where company_id = ${companyId} and made_at < ${now}::timestamptz - ${TOKEN_KEPT}::interval
        and not exists (select from newest)
    )
    select (select token from newest union all select token from made) as token,
           ${asked === undefined} or exists (
             select from feed_token where company_id = ${companyId} and token = ${asked ?? null}) as "isKnown",
           system_identifier || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '-' || d.oid as identity,
           pg_snapshot_xmin(pg_current_snapshot()) as horizon,
           pg_snapshot_xmax(pg_current_snapshot()) as next
    from pg_control_system(), pg_database d where d.datname = current_database()`
  if (place === undefined) throw new Error('the database does not know itself')
  return place
}

const TOKEN_LASTS = '1 minute'
/** As long as tills keep what was settled: whoever comes later has nothing to send again. */
const TOKEN_KEPT = '90 days'

type Rows = PullResponse['rows']
type FeedStaff = Omit<StaffRow, 'pinVerifier'> & { pinBase: string }

export type Feed = Pick<PullResponse, 'company' | 'outlet' | 'till'> & { arrived: string[] | null } & Omit<
    Rows,
    'staff'
  > & { staff: FeedStaff[] }

/** A place in a till's journal. */
export interface JournalPlace {
  readonly epoch: number
  readonly seq: number
}

/**
 * What a till needs, all of one moment, for it is one statement: everything that lives, or what changed in
 * transactions from `since` on, tombstones included; and which entries after that place of its journal are in it. Retired payment methods and people who left always come: papers
 * name them.
 */
export async function readFeed(
  sql: Sql,
  { companyId, outletId, tillId }: { companyId: string; outletId: string; tillId: string },
  since: string | undefined,
  after?: JournalPlace,
): Promise<Feed> {
  // Rows restored from a dump may carry xids that this life has yet to reach: those are not news.
  const changed =
    since === undefined
      ? sql`true`
      : sql`changed_xid >= ${since}::xid8 and changed_xid < pg_snapshot_xmax(pg_current_snapshot())`
  const wanted = since === undefined ? sql`deleted_at is null` : changed
  const tombstone = sql`case when deleted_at is null then '{}'::jsonb else '{"deleted": true}' end`
  const customers =
    since === undefined
      ? wanted
      : sql`customer_id in (
          select customer_id from customer where company_id = ${companyId} and ${changed}
          union
          select customer_id from points_entry where company_id = ${companyId} and ${changed})`
  const counted =
    since === undefined
      ? sql`true`
      : sql`product_id in (
          select product_id from stock_movement
          where company_id = ${companyId} and outlet_id = ${outletId} and ${changed})`

  // What is used up is kept for ever, and no till needs to know.
  const valued =
    since === undefined
      ? sql`balance <> 0`
      : sql`code in (select code from value_entry where company_id = ${companyId} and ${changed})`

  const arrived =
    after === undefined
      ? sql`null::jsonb`
      : sql`(select coalesce(jsonb_agg(entry_id order by seq), '[]') from (
          select entry_id, seq from entry
          where company_id = ${companyId} and till_id = ${tillId} and epoch = ${after.epoch} and seq > ${after.seq}
          order by seq limit ${MOST_ARRIVED}) as arrived)`

  const [feed] = await sql<Feed[]>`
    select ${arrived} as arrived,
      (select jsonb_build_object('companyId', company_id, 'name', name, 'currency', currency,
         'taxInclusive', tax_inclusive, 'taxRounding', tax_rounding, 'cashStep', cash_step,
         'minorPerPoint', minor_per_point, 'gstRegistrationNo', gst_registration_no,
         'receiptFooter', receipt_footer, 'scaleLabels', scale_labels, 'blindCount', blind_count,
         'worksByShifts', works_by_shifts)
         || jsonb_strip_nulls(jsonb_build_object('varianceLimit', variance_limit,
              'voidWindowMinutes', void_window_minutes, 'receiptHeader', receipt_header,
              'receiptLanguage', nullif(receipt_language, 'en')))
         || case when value_offline_limit = 0 then '{}'
              else jsonb_build_object('valueOfflineLimit', value_offline_limit) end
         || case when point_value = 0 then '{}' else jsonb_build_object('points',
              jsonb_build_object('value', point_value, 'offlineLimit', points_offline_limit)) end
       from company where company_id = ${companyId}) as company,
      (select jsonb_build_object('outletId', outlet_id, 'code', code, 'name', name, 'address', address,
         'timeZone', time_zone, 'dayCutHour', day_cut_hour)
         || jsonb_strip_nulls(jsonb_build_object('phone', phone))
       from outlet where company_id = ${companyId} and outlet_id = ${outletId}) as outlet,
      (select jsonb_build_object('tillId', till_id, 'code', code, 'name', name, 'state', state)
       from till where company_id = ${companyId} and till_id = ${tillId}) as till,
      (select coalesce(jsonb_agg(jsonb_build_object('staffId', staff_id, 'name', name, 'role', role_name,
         'permissions', permissions, 'pinSalt', pin_salt, 'pinBase', pin_base)
         || jsonb_strip_nulls(jsonb_build_object('mostOpenPrice', most_open_price,
              'mostDiscountPpm', most_discount_ppm)) || ${tombstone}), '[]')
       from staff join (select company_id, role_id, name as role_name, permissions, most_open_price,
              most_discount_ppm from role) as role
         using (company_id, role_id)
       where company_id = ${companyId} and ${changed}) as staff,
      (select coalesce(jsonb_agg(jsonb_build_object('taxCodeId', tax_code_id, 'code', code, 'name', name,
         'kind', kind, 'rates', rates) || ${tombstone}), '[]')
       from tax_code where company_id = ${companyId} and ${wanted}) as "taxCode",
      (select coalesce(jsonb_agg(jsonb_build_object('categoryId', category_id, 'name', name,
         'position', position) || ${tombstone}), '[]')
       from category where company_id = ${companyId} and ${wanted}) as category,
      (select coalesce(jsonb_agg(jsonb_build_object('productId', product_id, 'sku', sku, 'name', name,
         'categoryId', category_id, 'taxCodeId', tax_code_id, 'price', price, 'unit', unit,
         'barcodes', array(select barcode from barcode b
                           where b.company_id = ${companyId} and b.product_id = product.product_id
                           order by barcode)) || ${traitsOf(sql)} || ${tombstone}), '[]')
       from product where company_id = ${companyId} and ${wanted}) as product,
      (select coalesce(jsonb_agg(jsonb_build_object('paymentMethodId', payment_method_id, 'code', code,
         'name', name, 'kind', kind, 'position', position)
         || case rest when 'forfeited' then jsonb_build_object('rest', rest) else '{}' end
         || case when paynow_proxy is null then '{}' else jsonb_build_object('payNowProxy', paynow_proxy) end
         || ${tombstone}), '[]')
       from payment_method where company_id = ${companyId} and ${changed}) as "paymentMethod",
      (select coalesce(jsonb_agg(jsonb_build_object('tierId', tier_id, 'name', name,
         'multiplierPpm', multiplier_ppm, 'spendFrom', spend_from) || ${tombstone}), '[]')
       from tier where company_id = ${companyId} and ${wanted}) as tier,
      (select coalesce(jsonb_agg(terms || jsonb_build_object('promotionId', promotion_id, 'name', name,
         'priority', priority, 'from', valid_from, 'until', valid_until) || ${tombstone}), '[]')
       from promotion where company_id = ${companyId} and ${wanted}) as promotion,
      (select coalesce(jsonb_agg(jsonb_build_object('customerId', customer_id, 'code', code, 'name', name,
         'phone', phone, 'tierId', tier_id, 'points', coalesce(points, 0))
         || case when email is null then '{}' else jsonb_build_object('email', email) end || ${tombstone}), '[]')
       from customer left join points_balance using (company_id, customer_id)
       where company_id = ${companyId} and ${customers}) as customer,
      (select coalesce(jsonb_agg(jsonb_build_object('productId', product_id, 'onHand', on_hand)), '[]')
       from stock_level
       where company_id = ${companyId} and outlet_id = ${outletId} and ${counted}) as stock,
      (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'kind', kind, 'balance', balance)
         || case when balance = 0 then '{"deleted": true}'::jsonb else '{}' end), '[]')
       from stored_value where company_id = ${companyId} and ${valued}) as "storedValue",
      (select coalesce(jsonb_agg(jsonb_build_object('logoId', logo_id, 'width', width, 'height', height,
         'dots', dots, 'picture', picture) || ${tombstone}), '[]')
       from receipt_logo where company_id = ${companyId} and ${wanted}) as logo`
  if (feed === undefined) throw new Error('the feed answered nothing')
  return feed
}
