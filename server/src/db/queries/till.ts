import type { TillReport } from '@evertill/shared/protocol/push'
import { plainArray, textArray } from '../array-literal.ts'
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

const oid = { uuids: 2951, bigints: 1016, texts: 1009, instants: 1185, booleans: 1000 }

/** Keeps what the till says of itself. Not worth a flush to disk: the next contact says it again. */
export const recordContact = (sql: Sql, contact: Contact): Promise<void> =>
  recordContacts(sql, contact.companyId, [contact])

/** The same of several tills of one company, one contact each. */
export async function recordContacts(
  sql: Sql,
  companyId: string,
  contacts: readonly Omit<Contact, 'companyId'>[],
): Promise<void> {
  const reports = contacts.map(({ report }) => report)
  const plain = (values: readonly (string | number | boolean | null)[], type: number) =>
    sql.typed(plainArray(values), type)
  const texts = (values: readonly (string | null)[]) => sql.typed(textArray(values), oid.texts)
  const ids = contacts.map(({ tillId }) => tillId)
  await sql`
    with relaxed as materialized (
      select set_config('synchronous_commit', 'off', true)
    ), known as materialized (
      select till_id from till
      where company_id = ${companyId} and till_id = any(${plain(ids, oid.uuids)})
      order by till_id
      for no key update
    )
    update till t
    set last_contact_at = c.at,
        -- Nobody's nonsense keeps the others' from being kept.
        reported_waiting = least(c.waiting, 2147483647),
        reported_oldest_waiting_at = c.oldest_waiting_at,
        reported_clock_offset_ms = c.clock_offset_ms,
        reported_app_version = c.app_version,
        reported_persisted = c.persisted,
        reported_storage = c.storage,
        reported_free_bytes = c.free_bytes
    from relaxed, known k
    join unnest(
      ${plain(ids, oid.uuids)},
      ${plain(
        contacts.map(({ now }) => now.toISOString()),
        oid.instants,
      )},
      ${plain(
        reports.map(({ waiting }) => waiting),
        oid.bigints,
      )},
      ${plain(
        reports.map(({ oldestWaitingAt }) => oldestWaitingAt),
        oid.instants,
      )},
      ${plain(
        reports.map(({ clockOffsetMs }) => clockOffsetMs),
        oid.bigints,
      )},
      ${texts(reports.map(({ appVersion }) => appVersion))},
      ${plain(
        reports.map(({ persisted }) => persisted),
        oid.booleans,
      )},
      ${texts(reports.map(({ storage }) => storage ?? null))},
      ${plain(
        reports.map(({ freeBytes }) => freeBytes ?? null),
        oid.bigints,
      )}
    ) as c(till_id, at, waiting, oldest_waiting_at, clock_offset_ms, app_version, persisted, storage, free_bytes)
      on c.till_id = k.till_id
    where t.company_id = ${companyId} and t.till_id = k.till_id`
}
