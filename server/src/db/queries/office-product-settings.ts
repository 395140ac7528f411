import type { ProductSettings } from '@evertill/shared/protocol/office/products'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

export async function readProductSettings(
  sql: SqlOrTx,
  { companyId }: Granted<'catalogue.view'> | Granted<'catalogue.edit'>,
): Promise<ProductSettings> {
  const [company] = await sql<Pick<ProductSettings, 'scaleLabels'>[]>`
    select scale_labels as "scaleLabels" from company where company_id = ${companyId}`
  const roles = await sql<ProductSettings['roleLimits']>`
    select role_id as "roleId", name as role, most_open_price as "mostOpenPrice",
      most_discount_ppm as "mostDiscountPpm"
    from role
    where company_id = ${companyId} order by lower(name)`
  if (company === undefined) throw new Error('there is no such company')
  // Postgres keeps no order of a document's keys; the schema has one.
  const scaleLabels = company.scaleLabels.map(({ prefix, carries, itemDigits, decimals, verified }) => ({
    prefix,
    carries,
    itemDigits,
    decimals,
    verified,
  }))
  return { scaleLabels, roleLimits: [...roles] }
}

export async function updateScaleLabels(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  scaleLabels: ProductSettings['scaleLabels'],
): Promise<void> {
  await tx`
    update company set scale_labels = ${JSON.stringify(scaleLabels)}::text::jsonb where company_id = ${companyId}`
}

/** Only those that change: each brings its staff to the tills again. */
export async function updateRoleLimits(
  tx: Tx,
  { companyId }: Granted<'catalogue.edit'>,
  { roleId, mostOpenPrice, mostDiscountPpm }: ProductSettings['roleLimits'][number],
): Promise<void> {
  await tx`
    update role set most_open_price = ${mostOpenPrice}, most_discount_ppm = ${mostDiscountPpm}
    where company_id = ${companyId} and role_id = ${roleId}
      and (most_open_price is distinct from ${mostOpenPrice}
        or most_discount_ppm is distinct from ${mostDiscountPpm})`
}
