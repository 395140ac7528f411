import type { Permission } from '@evertill/shared/domain/permission'
import { v7 as uuidv7 } from 'uuid'
import type { Sql, Tx } from '../db/connect.ts'
import { insertAudit, isAudited, lockCompany } from '../db/queries/office-audit.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { withTransaction } from '../db/transaction.ts'

export interface OfficeWrite {
  readonly sql: Sql
  readonly now: () => Date
}

/** What a change answers, and what the audit log keeps of it; without `changed` nothing was changed. */
export interface Change<T> {
  readonly answer: T
  readonly changed?: { readonly action: string; readonly detail: object }
}

/**
 * Runs a change of head office in one transaction with its audit row. The row's id also tells a repeat: when
 * the connection broke during commit and the change had been committed, it is not made again.
 */
export async function recordedChange<T>(
  { sql, now }: OfficeWrite,
  granted: Granted<Permission>,
  change: (tx: Tx) => Promise<Change<T>>,
): Promise<T> {
  const auditId = uuidv7()
  let earlier: Change<T> | undefined
  return withTransaction(sql, async (tx) => {
    await lockCompany(tx, granted.companyId)
    if (earlier !== undefined && (await isAudited(tx, granted.companyId, auditId))) return earlier.answer
    earlier = await change(tx)
    const { answer, changed } = earlier
    if (changed !== undefined) {
      const { companyId, userName: actor } = granted
      await insertAudit(tx, { companyId, auditId, at: now(), actor, ...changed })
    }
    return answer
  })
}
