import type { Tx } from '../connect.ts'

export interface AuditEntry {
  readonly companyId: string
  readonly auditId: string
  readonly at: Date
  readonly actor: string
  readonly action: string
  readonly detail: object
}

export async function insertAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx`
    insert into audit_log (company_id, audit_id, at, actor, action, detail)
    values (${entry.companyId}, ${entry.auditId}, ${entry.at}, ${entry.actor}, ${entry.action},
      ${tx.json(JSON.parse(JSON.stringify(entry.detail)))})`
}

export async function isAudited(tx: Tx, companyId: string, auditId: string): Promise<boolean> {
  const rows = await tx`select 1 from audit_log where company_id = ${companyId} and audit_id = ${auditId}`
  return rows.length > 0
}

/** Makes changes of one company's catalogue wait for each other, so that what is checked still holds when written. */
export async function lockCompany(tx: Tx, companyId: string): Promise<void> {
  await tx`select 1 from company where company_id = ${companyId} for no key update`
}
