import type { TillReport } from '@evertill/shared/protocol/push'
import type { Sql } from '../connect.ts'

export type TillRow = {
  company_id: string
  till_id: string
  outlet_id: string
  code: string
  name: string
  state: 'waiting-for-enrolment' | 'active' | 'revoked'
  epoch: number
  public_key: { kty: 'EC'; crv: 'P-256'; x: string; y: string } | null
  /** Every outlet of the till's company: an entry may have been made before the till was moved. */
  outlet_ids: string[]
}

export async function findTill(sql: Sql, companyId: string, tillId: string): Promise<TillRow | undefined> {
  const [row] = await sql<TillRow[]>`
    select company_id, till_id, outlet_id, code, name, state, epoch, public_key,
           array(select o.outlet_id from outlet o where o.company_id = till.company_id) as outlet_ids
    from till where company_id = ${companyId} and till_id = ${tillId}`
  return row
}

export type Contact = {
  readonly companyId: string
  readonly tillId: string
  readonly report: TillReport
  readonly now: Date
}

/** Keeps what the till says of itself. Not worth a flush to disk: the next contact says it again. */
export async function recordContact(sql: Sql, { companyId, tillId, report, now }: Contact): Promise<void> {
  await sql`
    with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
    update till
    set last_contact_at = ${now},
        reported_waiting = ${report.waiting},
        reported_oldest_waiting_at = ${report.oldestWaitingAt},
        reported_clock_offset_ms = ${report.clockOffsetMs},
        reported_app_version = ${report.appVersion},
        reported_persisted = ${report.persisted},
        reported_storage = ${report.storage ?? null},
        reported_free_bytes = ${report.freeBytes ?? null}
    from relaxed
    where company_id = ${companyId} and till_id = ${tillId}`
}
