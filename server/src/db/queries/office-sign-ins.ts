import type { SignInEdit } from '@evertill/shared/protocol/office/sign-ins'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import type { Reach } from './office-roles.ts'

type Managed = Granted<'staff.manage'>

export interface StoredSignIn {
  readonly signInId: string
  readonly name: string
  readonly email: string
  readonly roleId: string
  readonly role: string
  readonly reach: Reach
  readonly firstPassword: boolean
  readonly lastSignedInAt: Date | null
}

const columnsOf = (sql: SqlOrTx) => sql`
  u.id as "signInId", u.name, u.email, u.role_id as "roleId", r.name as role,
  jsonb_build_object('permissions', r.permissions, 'mostOpenPrice', r.most_open_price,
    'mostDiscountPpm', r.most_discount_ppm) as reach,
  u.first_password as "firstPassword", u.last_signed_in_at as "lastSignedInAt"
  from auth_user u join role r using (company_id, role_id)`

/** By name. */
export async function listSignIns(sql: SqlOrTx, { companyId }: Managed): Promise<StoredSignIn[]> {
  return await sql<StoredSignIn[]>`
    select ${columnsOf(sql)} where company_id = ${companyId} order by lower(u.name), u.id`
}

export async function findSignIn(
  sql: SqlOrTx,
  { companyId }: Managed,
  signInId: string,
): Promise<StoredSignIn | undefined> {
  const [row] = await sql<StoredSignIn[]>`
    select ${columnsOf(sql)} where company_id = ${companyId} and u.id = ${signInId}`
  return row
}

/** Of whatever company: an address is one for all of them. */
export async function findSignInAt(
  sql: SqlOrTx,
  email: string,
): Promise<{ companyId: string; companyName: string; signInId: string } | undefined> {
  const [row] = await sql<{ companyId: string; companyName: string; signInId: string }[]>`
    select c.company_id as "companyId", c.name as "companyName", u.id as "signInId"
    from auth_user u join company c using (company_id)
    where u.email = ${email.trim().toLowerCase()}`
  return row
}

/** @returns whether the address, which is one for all companies of the server, was free */
export async function insertSignIn(
  tx: Tx,
  { companyId }: Managed,
  signInId: string,
  { name, email, roleId }: SignInEdit & { readonly email: string },
  now: Date,
): Promise<boolean> {
  const { count } = await tx`
    insert into auth_user (id, company_id, role_id, name, email, created_at, updated_at)
    values (${signInId}, ${companyId}, ${roleId}, ${name}, ${email}, ${now}, ${now})
    on conflict do nothing`
  return count > 0
}

export async function updateSignIn(
  tx: Tx,
  { companyId }: Managed,
  signInId: string,
  { name, roleId }: SignInEdit,
  now: Date,
): Promise<void> {
  await tx`
    update auth_user set name = ${name}, role_id = ${roleId}, updated_at = ${now}
    where company_id = ${companyId} and id = ${signInId}`
}

export interface MadePassword {
  readonly accountId: string
  /** As the auth library hashes it. */
  readonly passwordHash: string
}

/** What they had before opens nothing any more, and whoever is signed in with it is signed out. */
export async function keepFirstPassword(
  tx: Tx,
  { companyId }: Managed,
  signInId: string,
  { accountId, passwordHash }: MadePassword,
  now: Date,
): Promise<void> {
  const { count } = await tx`
    update auth_user set first_password = true, updated_at = ${now}
    where company_id = ${companyId} and id = ${signInId}`
  if (count === 0) throw new Error(`there is no sign-in ${signInId}`)
  await tx`
    insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (${accountId}, ${signInId}, ${signInId}, 'credential', ${passwordHash}, ${now}, ${now})
    on conflict (provider_id, account_id) do update
    set password = excluded.password, updated_at = excluded.updated_at`
  await tx`delete from auth_session where user_id = ${signInId}`
}

/** Their sessions and their password go with it. What they did is kept under their name. */
export async function deleteSignIn(tx: Tx, { companyId }: Managed, signInId: string): Promise<void> {
  await tx`delete from auth_user where company_id = ${companyId} and id = ${signInId}`
}

/** How often passwords were made, or addresses were refused, since then. */
export async function countPasswordsSince(tx: Tx, { companyId }: Managed, since: Date): Promise<number> {
  const [row] = await tx<{ passwords: number }[]>`
    select count(*) as passwords from audit_log
    where company_id = ${companyId} and at >= ${since}
      and action in ('sign-in.added', 'sign-in.password-made', 'sign-in.email-refused')`
  return row?.passwords ?? 0
}
