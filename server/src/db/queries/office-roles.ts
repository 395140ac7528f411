import type { RoleDetail, RoleEdit } from '@evertill/shared/protocol/office/roles'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Managed = Granted<'staff.manage'>

export type StoredRole = Omit<RoleDetail, 'version' | 'role'> & {
  readonly role: Omit<RoleEdit, 'permissions'> & { readonly permissions: readonly string[] }
}

const columnsOf = (sql: SqlOrTx, companyId: string) => sql`
  role_id as "roleId",
  jsonb_build_object('name', name, 'permissions', permissions, 'mostOpenPrice', most_open_price,
    'mostDiscountPpm', most_discount_ppm) as role,
  array(select s.name from staff s
        where s.company_id = ${companyId} and s.role_id = role.role_id and s.deleted_at is null
        order by lower(s.name)) as people,
  array(select u.name from auth_user u
        where u.company_id = ${companyId} and u.role_id = role.role_id order by lower(u.name)) as "signIns"
  from role`

/** By name. */
export async function listRoles(sql: SqlOrTx, { companyId }: Managed): Promise<StoredRole[]> {
  return await sql<StoredRole[]>`
    select ${columnsOf(sql, companyId)} where company_id = ${companyId} and deleted_at is null
    order by lower(name), role_id`
}

/** @returns whether it was not there yet */
export async function insertRole(
  tx: Tx,
  { companyId }: Managed,
  roleId: string,
  { name, permissions, mostOpenPrice, mostDiscountPpm }: RoleEdit,
): Promise<boolean> {
  const { count } = await tx`
    insert into role (company_id, role_id, name, permissions, most_open_price, most_discount_ppm)
    values (${companyId}, ${roleId}, ${name}, ${permissions}, ${mostOpenPrice}, ${mostDiscountPpm})
    on conflict (company_id, role_id) do nothing`
  return count > 0
}

/** Its people go to the tills again with it. */
export async function updateRole(
  tx: Tx,
  { companyId }: Managed,
  roleId: string,
  { name, permissions, mostOpenPrice, mostDiscountPpm }: RoleEdit,
): Promise<void> {
  await tx`
    update role set name = ${name}, permissions = ${permissions}, most_open_price = ${mostOpenPrice},
      most_discount_ppm = ${mostDiscountPpm}
    where company_id = ${companyId} and role_id = ${roleId}`
}

/** Whoever had it and is off the list keeps it; nobody gets it any more. */
export async function removeRole(tx: Tx, { companyId }: Managed, roleId: string, at: Date): Promise<void> {
  await tx`
    update role set deleted_at = ${at} where company_id = ${companyId} and role_id = ${roleId}`
}

/** How far somebody goes: what they may do, and their limits at it; null is none. */
export type Reach = Pick<StoredRole['role'], 'permissions'> & {
  readonly mostOpenPrice: number | null
  readonly mostDiscountPpm: number | null
}

/** Of whoever asks, if they still sign in here. */
export async function findOwnReach(sql: SqlOrTx, { companyId, userId }: Managed): Promise<Reach | undefined> {
  const [row] = await sql<Reach[]>`
    select r.permissions, r.most_open_price as "mostOpenPrice", r.most_discount_ppm as "mostDiscountPpm"
    from auth_user u join role r using (company_id, role_id)
    where company_id = ${companyId} and u.id = ${userId}`
  return row
}

/** Who may do what, in all of the company. */
export interface RoleHolder {
  readonly at: 'tills' | 'head-office'
  readonly personId: string
  readonly roleId: string
  readonly permissions: readonly string[]
}

export async function listRoleHolders(sql: SqlOrTx, { companyId }: Managed): Promise<RoleHolder[]> {
  return await sql<RoleHolder[]>`
    select 'tills' as at, s.staff_id as "personId", role_id as "roleId", r.permissions
    from staff s join role r using (company_id, role_id)
    where company_id = ${companyId} and s.deleted_at is null
    union all
    select 'head-office', u.id, role_id, r.permissions
    from auth_user u join role r using (company_id, role_id)
    where company_id = ${companyId}`
}
