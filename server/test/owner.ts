import type { Permission } from '@evertill/shared/domain/permission'
import { PERMISSIONS } from '@evertill/shared/domain/permission'
import { type Grant, grant } from '../src/office/grant.ts'

/** What a company's owner, who may do everything, is granted; for tests that begin behind the sign-in. */
export function grantToOwner<P extends Permission>(companyId: string, permission: P): Grant<P> {
  const owner = {
    userId: 'owner',
    name: 'Mei',
    email: 'mei@example.com',
    companyId,
    companyName: 'Bedok Minimart',
    currency: 'SGD',
    firstPassword: false,
    permissions: [...PERMISSIONS],
  }
  const granted = grant(owner, permission)
  if (granted === undefined) throw new Error(`the owner may not ${permission}`)
  return granted as Grant<P>
}
