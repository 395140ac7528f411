import type { StorageKind } from '@evertill/shared/protocol/push'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

export interface TillListRow {
  readonly tillId: string
  readonly code: string
  readonly name: string
  readonly outletId: string
  readonly outletName: string
  readonly state: 'waiting-for-enrolment' | 'active' | 'revoked'
  readonly lastContactAt: Date | null
  readonly waiting: number | null
  readonly oldestWaitingAt: Date | null
  readonly clockOffsetMs: number | null
  readonly appVersion: string | null
  readonly persisted: boolean | null
  readonly storage: StorageKind | null
  readonly freeBytes: number | null
  readonly epoch: number
  readonly highWater: number
  readonly lastSeq: number
}

export async function listTills(sql: SqlOrTx, { companyId }: Granted<'till.view'>): Promise<TillListRow[]> {
  return await sql<TillListRow[]>`
    select t.till_id as "tillId", t.code, t.name, t.outlet_id as "outletId", o.name as "outletName", t.state,
      t.last_contact_at as "lastContactAt", t.reported_waiting as waiting,
      t.reported_oldest_waiting_at as "oldestWaitingAt", t.reported_clock_offset_ms as "clockOffsetMs",
      t.reported_app_version as "appVersion", t.reported_persisted as persisted,
      t.reported_storage as storage, t.reported_free_bytes as "freeBytes",
      t.epoch, coalesce(j.high_water, 0) as "highWater", coalesce(j.last_seq, 0) as "lastSeq"
    from till t
    join outlet o on o.company_id = t.company_id and o.outlet_id = t.outlet_id
    left join journal j on j.company_id = t.company_id and j.till_id = t.till_id and j.epoch = t.epoch
    where t.company_id = ${companyId}
    order by t.state = 'revoked', o.code, t.code`
}

export async function hasTill(
  sql: SqlOrTx,
  { companyId }: { companyId: string },
  tillId: string,
): Promise<boolean> {
  const rows = await sql`select 1 from till where company_id = ${companyId} and till_id = ${tillId}`
  return rows.length > 0
}

export interface TillState {
  readonly state: 'waiting-for-enrolment' | 'active' | 'revoked'
  readonly name: string
  readonly outletId: string
}

export async function lockTill(
  tx: Tx,
  { companyId }: Granted<'till.enrol'>,
  tillId: string,
): Promise<TillState | undefined> {
  const [row] = await tx<TillState[]>`
    select state, name, outlet_id as "outletId" from till where company_id = ${companyId} and till_id = ${tillId} for update`
  return row
}

export async function hasOutlet(
  tx: SqlOrTx,
  { companyId }: { companyId: string },
  outletId: string,
): Promise<boolean> {
  const rows = await tx`select 1 from outlet where company_id = ${companyId} and outlet_id = ${outletId}`
  return rows.length > 0
}

/**
 * Adds a till under the outlet's next free number; receipts carry it. Callers hold the company's lock.
 * @returns whether it was not there yet
 */
/** Whether another till of the outlet, not revoked, has that name in any case. */
export async function hasTillNamed(
  tx: Tx,
  { companyId }: { companyId: string },
  { tillId, outletId, name }: { tillId: string; outletId: string; name: string },
): Promise<boolean> {
  const [found] = await tx`
    select from till
    where company_id = ${companyId} and outlet_id = ${outletId} and till_id <> ${tillId}
      and state <> 'revoked' and lower(name) = lower(${name})
    limit 1`
  return found !== undefined
}

export async function insertTill(
  tx: Tx,
  { companyId }: { companyId: string },
  till: { tillId: string; outletId: string; name: string },
): Promise<boolean> {
  const { count } = await tx`
    insert into till (company_id, till_id, outlet_id, code, name)
    select ${companyId}, ${till.tillId}, ${till.outletId},
      (coalesce(max(code::int) filter (where code ~ '^[0-9]{1,6}$'), 0) + 1)::text, ${till.name}
    from till where company_id = ${companyId} and outlet_id = ${till.outletId}
    on conflict (company_id, till_id) do nothing`
  return count > 0
}
