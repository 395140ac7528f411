import type { StaffEdit } from '@evertill/shared/protocol/office/staff'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Managed = Granted<'staff.manage'>

/** What is kept of a PIN: see shared/protocol/pin. Both lower-case hex. */
export interface KeptPin {
  readonly pinSalt: string
  readonly pinBase: string
}

export interface StoredStaff {
  readonly staffId: string
  readonly name: string
  readonly roleId: string
  readonly role: string
  readonly retiredAt: Date | null
}

const columnsOf = (sql: SqlOrTx) => sql`
  s.staff_id as "staffId", s.name, s.role_id as "roleId", r.name as role, s.deleted_at as "retiredAt"
  from staff s join role r using (company_id, role_id)`

/** By name, those off the list last. */
export async function listStaff(sql: SqlOrTx, { companyId }: Managed): Promise<StoredStaff[]> {
  return await sql<StoredStaff[]>`
    select ${columnsOf(sql)} where company_id = ${companyId}
    order by s.deleted_at is not null, lower(s.name), s.staff_id`
}

export async function findStaff(
  sql: SqlOrTx,
  { companyId }: Managed,
  staffId: string,
): Promise<StoredStaff | undefined> {
  const [row] = await sql<StoredStaff[]>`
    select ${columnsOf(sql)} where company_id = ${companyId} and s.staff_id = ${staffId}`
  return row
}

export interface PinOfStaff extends KeptPin {
  readonly staffId: string
}

/** Of everybody on the list. */
export async function listPins(sql: SqlOrTx, { companyId }: Managed): Promise<PinOfStaff[]> {
  return await sql<PinOfStaff[]>`
    select staff_id as "staffId", pin_salt as "pinSalt", pin_base as "pinBase"
    from staff where company_id = ${companyId} and deleted_at is null`
}

export async function insertStaffMember(
  tx: Tx,
  { companyId }: Managed,
  staffId: string,
  { name, roleId }: StaffEdit,
  { pinSalt, pinBase }: KeptPin,
): Promise<void> {
  await tx`
    insert into staff (company_id, staff_id, name, role_id, pin_salt, pin_base)
    values (${companyId}, ${staffId}, ${name}, ${roleId}, ${pinSalt}, ${pinBase})`
}

export async function updateStaff(
  tx: Tx,
  { companyId }: Managed,
  staffId: string,
  { name, roleId }: StaffEdit,
): Promise<void> {
  await tx`
    update staff set name = ${name}, role_id = ${roleId}
    where company_id = ${companyId} and staff_id = ${staffId}`
}

export async function updatePin(
  tx: Tx,
  { companyId }: Managed,
  staffId: string,
  { pinSalt, pinBase }: KeptPin,
): Promise<void> {
  await tx`
    update staff set pin_salt = ${pinSalt}, pin_base = ${pinBase}
    where company_id = ${companyId} and staff_id = ${staffId}`
}

/** A tombstone to the tills at that time; null puts them on the list again. */
export async function retireStaff(
  tx: Tx,
  { companyId }: Managed,
  staffId: string,
  at: Date | null,
): Promise<void> {
  await tx`
    update staff set deleted_at = ${at} where company_id = ${companyId} and staff_id = ${staffId}`
}

/** How often anybody sent a PIN since then, whatever became of it. */
export async function countPinsSince(tx: Tx, { companyId }: Managed, since: Date): Promise<number> {
  const [row] = await tx<{ pins: number }[]>`
    select count(*) as pins from audit_log
    where company_id = ${companyId} and at >= ${since}
      and action in ('staff.added', 'staff.pin-changed', 'staff.brought-back', 'staff.pin-refused',
        'staff.pin-tried')`
  return row?.pins ?? 0
}

/** Whether whoever asks did it to this person since then, and nobody else has done anything about them after it. */
export async function wasLastDoneBy(
  tx: Tx,
  { companyId, userId }: Managed,
  { staffId, action, since }: { readonly staffId: string; readonly action: string; readonly since: Date },
): Promise<boolean> {
  const [row] = await tx<{ done: boolean | null }[]>`
    with about as (
      select audit_id, action, detail->>'userId' is not distinct from ${userId}::text as own
      from audit_log
      where company_id = ${companyId} and at >= ${since} and detail->>'staffId' = ${staffId}
        and action not in ('staff.pin-tried', 'staff.pin-refused')
    )
    select bool_and(own) as done from about
    where audit_id >= (select audit_id from about where action = ${action} order by audit_id desc limit 1)`
  return row?.done ?? false
}
