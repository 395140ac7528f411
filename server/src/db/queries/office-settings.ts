import type {
  LoyaltySettings,
  OfflineLimits,
  ReceiptSettings,
  ShiftSettings,
} from '@evertill/shared/protocol/office/settings'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Managed = Granted<'company.manage'>

const uuids = (sql: SqlOrTx, some: readonly string[]) => sql.array([...some], 2950)

const the = <T>(row: T | undefined): T => {
  if (row === undefined) throw new Error('there is no such company')
  return row
}

export async function readShiftSettings(sql: SqlOrTx, { companyId }: Managed): Promise<ShiftSettings> {
  const [row] = await sql<ShiftSettings[]>`
    select works_by_shifts as "worksByShifts", blind_count as "blindCount", variance_limit as "varianceLimit",
      void_window_minutes as "voidWindowMinutes"
    from company where company_id = ${companyId}`
  return the(row)
}

export async function updateShiftSettings(
  tx: Tx,
  { companyId }: Managed,
  { worksByShifts, blindCount, varianceLimit, voidWindowMinutes }: ShiftSettings,
): Promise<void> {
  await tx`
    update company set works_by_shifts = ${worksByShifts}, blind_count = ${blindCount}, variance_limit = ${varianceLimit},
      void_window_minutes = ${voidWindowMinutes}
    where company_id = ${companyId}`
}

export async function readOfflineLimits(sql: SqlOrTx, { companyId }: Managed): Promise<OfflineLimits> {
  const [row] = await sql<OfflineLimits[]>`
    select points_offline_limit as points, value_offline_limit as value
    from company where company_id = ${companyId}`
  return the(row)
}

export async function updateOfflineLimits(
  tx: Tx,
  { companyId }: Managed,
  { points, value }: OfflineLimits,
): Promise<void> {
  await tx`
    update company set points_offline_limit = ${points}, value_offline_limit = ${value}
    where company_id = ${companyId}`
}

export async function readLoyaltySettings(sql: SqlOrTx, { companyId }: Managed): Promise<LoyaltySettings> {
  const [row] = await sql<Omit<LoyaltySettings, 'tiers'>[]>`
    select minor_per_point as "minorPerPoint", point_value as "pointValue"
    from company where company_id = ${companyId}`
  const tiers = await sql<LoyaltySettings['tiers']>`
    select tier_id as "tierId", name, multiplier_ppm as "multiplierPpm", spend_from as "spendFrom"
    from tier where company_id = ${companyId} and deleted_at is null order by spend_from, name`
  return { ...the(row), tiers: [...tiers] }
}

/** Of the tiers only those that change: each goes to the tills again. */
export async function updateLoyaltySettings(
  tx: Tx,
  { companyId }: Managed,
  { minorPerPoint, pointValue, tiers }: LoyaltySettings,
): Promise<void> {
  await tx`
    update company set minor_per_point = ${minorPerPoint}, point_value = ${pointValue}
    where company_id = ${companyId}`
  await tx`
    update tier set deleted_at = now()
    where company_id = ${companyId} and deleted_at is null
      and tier_id <> all (${uuids(
        tx,
        tiers.map(({ tierId }) => tierId),
      )})`
  // Two that swap their names would meet on the way.
  await tx`
    update tier set name = tier_id::text
    where company_id = ${companyId} and deleted_at is null
      and not exists (
        select from jsonb_to_recordset(${JSON.stringify(tiers)}::text::jsonb) as t("tierId" uuid, name text)
        where t."tierId" = tier.tier_id and t.name = tier.name)`
  for (const { tierId, name, multiplierPpm, spendFrom } of tiers)
    await tx`
      insert into tier (company_id, tier_id, name, multiplier_ppm, spend_from)
      values (${companyId}, ${tierId}, ${name}, ${multiplierPpm}, ${spendFrom})
      on conflict (company_id, tier_id) do update
        set name = excluded.name, multiplier_ppm = excluded.multiplier_ppm, spend_from = excluded.spend_from,
            deleted_at = null
        where tier.deleted_at is not null or (tier.name, tier.multiplier_ppm, tier.spend_from)
          is distinct from (excluded.name, excluded.multiplier_ppm, excluded.spend_from)`
}

export interface TierUse {
  readonly name: string
  readonly customers: number
  /** One that is for it and has not ended. */
  readonly promotion: string | null
}

/** Who and what needs these tiers. Until the transaction ends nobody is put into them. */
export async function usesOfTiers(
  tx: Tx,
  { companyId }: Managed,
  tierIds: readonly string[],
): Promise<TierUse[]> {
  await tx`
    select from tier where company_id = ${companyId} and tier_id = any (${uuids(tx, tierIds)})
    order by tier_id for update`
  return tx<TierUse[]>`
    select t.name,
      (select count(*) from customer c
       where c.company_id = ${companyId} and c.tier_id = t.tier_id and c.deleted_at is null) as customers,
      (select min(p.name) from promotion p
       where p.company_id = ${companyId} and p.deleted_at is null
         and (p.valid_until is null or p.valid_until >= current_date)
         and p.terms -> 'tierIds' ? t.tier_id::text) as promotion
    from tier t where t.company_id = ${companyId} and t.tier_id = any (${uuids(tx, tierIds)})
    order by t.spend_from`
}

export async function readReceiptSettings(sql: SqlOrTx, { companyId }: Managed): Promise<ReceiptSettings> {
  const [row] = await sql<ReceiptSettings[]>`
    select name as "companyName", receipt_header as header, receipt_footer as footer,
      gst_registration_no as "gstRegistrationNo", receipt_language as language
    from company where company_id = ${companyId}`
  return the(row)
}

export async function updateReceiptSettings(
  tx: Tx,
  { companyId }: Managed,
  { companyName, header, footer, gstRegistrationNo, language }: ReceiptSettings,
): Promise<void> {
  await tx`
    update company set name = ${companyName}, receipt_header = ${header}, receipt_footer = ${footer},
      gst_registration_no = ${gstRegistrationNo}, receipt_language = ${language}
    where company_id = ${companyId}`
}
