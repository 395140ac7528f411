import { randomBytes } from 'node:crypto'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'

/** The key that signs session cookies; made by whichever server asks first. */
export async function loadAuthSecret(sql: Sql): Promise<string> {
  await sql`
    insert into auth_secret (secret) values (${randomBytes(32).toString('base64url')})
    on conflict do nothing`
  const [row] = await sql<{ secret: string }[]>`select secret from auth_secret`
  if (row === undefined) throw new Error('auth_secret is empty')
  return row.secret
}

export interface OfficeUserRow {
  readonly companyId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly companyName: string
  readonly currency: string
  readonly permissions: string[]
  /** Whether their password was made for them. */
  readonly firstPassword: boolean
}

export async function findOfficeUser(sql: SqlOrTx, userId: string): Promise<OfficeUserRow | undefined> {
  const [row] = await sql<OfficeUserRow[]>`
    select u.company_id as "companyId", u.id as "userId", u.name, u.email,
      c.name as "companyName", c.currency, r.permissions,
      u.first_password as "firstPassword"
    from auth_user u
    join company c using (company_id)
    join role r using (company_id, role_id)
    where u.id = ${userId}`
  return row
}

/** That somebody came in with this address. */
export async function updateLastSignedIn(sql: SqlOrTx, email: string, at: Date): Promise<void> {
  await sql`update auth_user set last_signed_in_at = ${at} where email = ${email.toLowerCase()}`
}

/** The password is now one that they chose. */
export async function updateChosenPassword(
  tx: Tx,
  { companyId, userId }: Pick<OfficeUserRow, 'companyId' | 'userId'>,
): Promise<void> {
  await tx`
    update auth_user set first_password = false where company_id = ${companyId} and id = ${userId}`
}

export async function findCurrency(
  sql: SqlOrTx,
  { companyId }: { readonly companyId: string },
): Promise<string> {
  const [row] = await sql<{ currency: string }[]>`
    select currency from company where company_id = ${companyId}`
  if (row === undefined) throw new Error(`there is no company ${companyId}`)
  return row.currency
}

export interface NewOfficeUser {
  readonly companyId: string
  readonly userId: string
  readonly roleId: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
}

/** Adds a user who signs in by password, as the auth library would. */
export async function insertOfficeUser(
  tx: Tx,
  user: NewOfficeUser,
  accountId: string,
  now: Date,
): Promise<void> {
  await tx`
    insert into auth_user (id, company_id, role_id, name, email, created_at, updated_at)
    values (${user.userId}, ${user.companyId}, ${user.roleId}, ${user.name}, ${user.email.toLowerCase()},
      ${now}, ${now})`
  await tx`
    insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (${accountId}, ${user.userId}, ${user.userId}, 'credential', ${user.passwordHash}, ${now}, ${now})`
}
