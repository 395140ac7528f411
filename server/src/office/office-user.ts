import { PERMISSIONS } from '@evertill/shared/domain/permission'
import type { OfficeSession } from '@evertill/shared/protocol/office'
import type { Sql } from '../db/connect.ts'
import { findOfficeUser, type OfficeUserRow } from '../db/queries/office-users.ts'

/** A signed-in person, with the company and the role that are theirs. */
export type OfficeUser = OfficeUserRow

export const officeUser = (sql: Sql, userId: string): Promise<OfficeUser | undefined> =>
  findOfficeUser(sql, userId)

export const officeSession = (user: OfficeUser): OfficeSession => ({
  userName: user.name,
  email: user.email,
  companyName: user.companyName,
  currency: user.currency,
  permissions: PERMISSIONS.filter((permission) => user.permissions.includes(permission)),
})
