import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

export async function readProductSettings(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.view'> | Granted<'catalogue.edit'>,
): Promise<ProductSettings> {
  const [company] = await sql<ProductSettings[]>`
    select scale_labels as "scaleLabels" from company where company_id = ${companyId}`
  if (company === undefined) throw new Error('there is no such company')
  // Postgres keeps no order of a document's keys; the schema has one.
  const scaleLabels = company.scaleLabels.map(({ prefix, carries, itemDigits, decimals, verified }) => ({
    prefix,
    carries,
    itemDigits,
    decimals,
    verified,
  }))
  return { scaleLabels }
}

export async function updateScaleLabels(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  scaleLabels: ProductSettings['scaleLabels'],
): Promise<void> {
  await tx`
    update company set scale_labels = ${JSON.stringify(scaleLabels)}::text::jsonb where company_id = ${companyId}`
}
