import { PERMISSIONS } from '@evertill/shared/domain/permission'
import type { OfficeSession } from '@evertill/shared/protocol/office'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../db/connect.ts'
import { insertAudit, isAudited } from '../db/queries/office-audit.ts'
import {
  findOfficeUser,
  type OfficeUserRow,
  updateChosenPassword,
  updateLastSignedIn,
} from '../db/queries/office-users.ts'
import { retrying } from '../db/retrying.ts'
import { withTransaction } from '../db/transaction.ts'
import type { OfficeWrite } from './recorded-change.ts'

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
  firstPassword: user.firstPassword,
})

/** For the list of who signs in. */
export const recordSignIn = ({ sql, now }: OfficeWrite, email: string): Promise<void> =>
  retrying(() => updateLastSignedIn(sql, email, now()))

export type PasswordStep = 'change-asked' | 'change-refused' | 'changed'

/**
 * The auth library changes it, in no transaction of ours: so the audit log has that somebody asked before it is done,
 * and what became of it after. Where the second is missing, nobody was left to write it. It is their own once changed.
 */
export async function recordPassword(
  { sql, now }: OfficeWrite,
  { companyId, userId, name: actor }: OfficeUser,
  step: PasswordStep,
): Promise<void> {
  const auditId = uuidv7()
  await withTransaction(sql, async (tx) => {
    if (await isAudited(tx, companyId, auditId)) return
    const action = `password.${step}`
    if (step === 'changed') await updateChosenPassword(tx, { companyId, userId })
    await insertAudit(tx, { companyId, auditId, at: now(), actor, action, detail: { userId } })
  })
}
