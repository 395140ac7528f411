import type { Permission } from '@evertill/shared/domain/permission'
import type { Granted } from '../db/queries/office-granted.ts'
import type { OfficeUser } from './office-user.ts'

/** The one place that makes a `Granted`: the check itself. */
export function grant<P extends Permission>(user: OfficeUser, permission: P): Granted<P> | undefined {
  if (!user.permissions.includes(permission)) return undefined
  const { companyId, userId, name } = user
  return { companyId, userId, userName: name } as Granted<P>
}

export type Grant<P extends Permission> = NonNullable<ReturnType<typeof grant<P>>>
