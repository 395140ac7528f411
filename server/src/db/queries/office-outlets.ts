import type { NewOutlet, OutletDetail, OutletEdit } from '@evertill/shared/protocol/office/outlets'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Managed = Granted<'company.manage'>

export type StoredOutlet = Omit<OutletDetail, 'version'>

/** In the order in which every list has them. */
export async function readOutlets(sql: SqlOrTx, { companyId }: Managed): Promise<StoredOutlet[]> {
  return await sql<StoredOutlet[]>`
    select outlet_id as "outletId", code,
      jsonb_build_object('name', name, 'address', address, 'phone', phone, 'timeZone', time_zone,
        'dayCutHour', day_cut_hour) as outlet,
      (select count(*) from till t
       where t.company_id = ${companyId} and t.outlet_id = outlet.outlet_id and t.state <> 'revoked') as tills
    from outlet where company_id = ${companyId} order by code`
}

export async function insertNewOutlet(
  tx: Tx,
  { companyId }: Managed,
  { outletId, code, outlet: { name, address, phone, timeZone, dayCutHour } }: NewOutlet,
): Promise<void> {
  await tx`
    insert into outlet (company_id, outlet_id, code, name, address, phone, time_zone, day_cut_hour)
    values (${companyId}, ${outletId}, ${code}, ${name}, ${address}, ${phone}, ${timeZone}, ${dayCutHour})`
}

export async function updateOutlet(
  tx: Tx,
  { companyId }: Managed,
  outletId: string,
  { name, address, phone, timeZone, dayCutHour }: OutletEdit,
): Promise<void> {
  await tx`
    update outlet set name = ${name}, address = ${address}, phone = ${phone}, time_zone = ${timeZone},
      day_cut_hour = ${dayCutHour}
    where company_id = ${companyId} and outlet_id = ${outletId}`
}

/** Figures by the hour are reckoned by the database, which has names of its own. */
export async function knowsTimeZone(sql: SqlOrTx, timeZone: string): Promise<boolean> {
  const rows = await sql`select from pg_timezone_names where name = ${timeZone}`
  return rows.length > 0
}
