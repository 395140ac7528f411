import type { Permission } from '@evertill/shared/domain/permission'
import type { Granted } from '../db/queries/office-granted.ts'
import type { OfficeUser } from './office-user.ts'

/** The one place that makes a `Granted`: the check itself. */
export function grant<P extends Permission>(user: OfficeUser, permission: P): Granted<P> | undefined {
  if (!user.permissions.includes(permission)) return undefined
  const { companyId, userId, name } = user
  return { companyId, userId, userName: name } as Granted<P>
}

/**
 * Whoever runs the server has its database in their hands, and may do what anybody may. For commands of that machine;
 * no request is granted anything this way.
 */
export const grantToOperator = <P extends Permission>(companyId: string, _permission: P): Granted<P> =>
  ({ companyId, userId: 'operator', userName: 'Whoever runs the server' }) as Granted<P>

export type Grant<P extends Permission> = NonNullable<ReturnType<typeof grant<P>>>
