import type { Logo } from '@evertill/shared/protocol/logo'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type Managed = Granted<'company.manage'>

export async function findLogo(sql: SqlOrTx, { companyId }: Managed): Promise<Logo | undefined> {
  const [logo] = await sql<Logo[]>`
    select width, height, dots, picture from receipt_logo
    where company_id = ${companyId} and deleted_at is null`
  return logo
}

/** In the place of the one before, deleted or not, so that a till never has two. */
export async function putLogo(
  tx: Tx,
  { companyId }: Managed,
  logoId: string,
  { width, height, dots, picture }: Logo,
): Promise<void> {
  const replaced = await tx`
    update receipt_logo set width = ${width}, height = ${height}, dots = ${dots}, picture = ${picture},
      deleted_at = null
    where company_id = ${companyId} returning logo_id`
  if (replaced.length > 0) return
  await tx`
    insert into receipt_logo (company_id, logo_id, width, height, dots, picture)
    values (${companyId}, ${logoId}, ${width}, ${height}, ${dots}, ${picture})`
}

export async function buryLogo(tx: Tx, { companyId }: Managed, at: Date): Promise<void> {
  await tx`update receipt_logo set deleted_at = ${at} where company_id = ${companyId} and deleted_at is null`
}
