import type { Promotion } from '@evertill/shared/domain/promotion'
import type { Moment } from '@evertill/shared/domain/promotion-time'
import type { PromotionEdit, PromotionState } from '@evertill/shared/protocol/office/promotions'
import type { PromotionTerms } from '@evertill/shared/protocol/promotion'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { wordPatterns } from './office-search.ts'

type Reader = Granted<'catalogue.view'> | Granted<'catalogue.edit'>

/** A promotion as it is stored, and how it stands at a moment of the company's clock. */
export interface StoredPromotion {
  readonly promotionId: string
  readonly name: string
  readonly priority: number
  readonly from: string | null
  readonly until: string | null
  readonly terms: PromotionTerms
  readonly state: PromotionState
  readonly endedAt: Date | null
  /** Another after every change. */
  readonly version: string
}

/** Where it stands in the list. */
export interface PromotionPlace {
  readonly rank: number
  readonly listKey: string
  readonly promotionId: string
}

/** Hours that go past midnight keep the night after the last day. */
const standingAt = (sql: SqlOrTx, { date, minute }: Moment) => sql`
  select promotion_id as "promotionId", name, priority, valid_from as "from", valid_until as "until", terms,
    deleted_at as "endedAt", changed_xid::text as version,
    case
      when deleted_at is not null then 'ended'
      when valid_until + case
          when (terms #>> '{hours,untilMinute}')::int <= (terms #>> '{hours,fromMinute}')::int
            and ${minute} < (terms #>> '{hours,untilMinute}')::int then 1 else 0 end < ${date}::date then 'ended'
      when valid_from > ${date}::date then 'coming'
      else 'running'
    end as state
  from promotion`

/** Running ones by name, then those to come by their first day, then those that ended, the last one first. */
export async function listPromotions(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.view'>,
  { q, state }: { q: string | undefined; state: PromotionState | undefined },
  moment: Moment,
  { after, limit }: { after: PromotionPlace | undefined; limit: number },
): Promise<(StoredPromotion & PromotionPlace)[]> {
  const words = wordPatterns(q)
  return await sql<(StoredPromotion & PromotionPlace)[]>`
    with standing as (${standingAt(sql, moment)} where company_id = ${companyId}),
    placed as (
      select *,
        case state when 'running' then 0 when 'coming' then 1 else 2 end as rank,
        case state
          when 'running' then lower(name)
          when 'coming' then "from"::text
          else lpad((date '9999-12-31' - least("until", "endedAt"::date))::text, 8, '0')
        end as "listKey"
      from standing)
    select * from placed
    where true
      ${words.length === 0 ? sql`` : sql`and name ilike all (${words})`}
      ${state === undefined ? sql`` : sql`and state = ${state}`}
      ${
        after === undefined
          ? sql``
          : sql`and (rank, "listKey", "promotionId") > (${after.rank}, ${after.listKey}, ${after.promotionId}::uuid)`
      }
    order by rank, "listKey", "promotionId"
    limit ${limit}`
}

export async function findPromotion(
  sql: SqlOrTx,
  { companyId }: Reader,
  promotionId: string,
  moment: Moment,
): Promise<StoredPromotion | undefined> {
  const [row] = await sql<StoredPromotion[]>`
    ${standingAt(sql, moment)} where company_id = ${companyId} and promotion_id = ${promotionId}`
  return row
}

/** Those that are on or still to come: what the tills of the company have, without those that are over. */
export async function livePromotions(
  sql: SqlOrTx,
  { companyId }: Reader,
  moment: Moment,
): Promise<Promotion[]> {
  const rows = await sql<StoredPromotion[]>`
    select * from (${standingAt(sql, moment)} where company_id = ${companyId} and deleted_at is null) as standing
    where state <> 'ended' order by priority, "promotionId"`
  return rows.map(({ promotionId, name, priority, from, until, terms }) => ({
    promotionId,
    name,
    priority,
    from,
    until,
    ...terms,
  }))
}

const termsOf = ({ goods, offer, stacking, withBillDiscount, tierIds, hours }: PromotionEdit): string =>
  JSON.stringify({ goods, offer, stacking, withBillDiscount, tierIds, hours } satisfies PromotionTerms)

/** @returns whether it was not there yet */
export async function insertPromotion(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  promotionId: string,
  edit: PromotionEdit,
): Promise<boolean> {
  const { count } = await tx`
    insert into promotion (company_id, promotion_id, name, priority, valid_from, valid_until, terms)
    values (${companyId}, ${promotionId}, ${edit.name}, ${edit.priority}, ${edit.from}, ${edit.until},
      ${termsOf(edit)}::text::jsonb)
    on conflict (company_id, promotion_id) do nothing`
  return count > 0
}

export async function updatePromotion(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  promotionId: string,
  edit: PromotionEdit,
): Promise<void> {
  await tx`
    update promotion
    set name = ${edit.name}, priority = ${edit.priority}, valid_from = ${edit.from}, valid_until = ${edit.until},
      terms = ${termsOf(edit)}::text::jsonb
    where company_id = ${companyId} and promotion_id = ${promotionId}`
}

/** A tombstone to the tills; head office keeps it among those that ended. */
export async function endPromotion(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  promotionId: string,
  now: Date,
): Promise<void> {
  await tx`
    update promotion set deleted_at = ${now}
    where company_id = ${companyId} and promotion_id = ${promotionId} and deleted_at is null`
}
