import type { SqlOrTx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

type PublicKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

/** Every key a till has ever been enrolled with: a browser that was this till before may still hold its journal. */
export async function keysOfTill(
  sql: SqlOrTx,
  { companyId }: Granted<'till.enrol'>,
  tillId: string,
): Promise<PublicKey[]> {
  const rows = await sql<{ key: PublicKey }[]>`
    select public_key as key from till
    where company_id = ${companyId} and till_id = ${tillId} and public_key is not null
    union
    select used_by_key from enrolment_code
    where company_id = ${companyId} and till_id = ${tillId} and used_by_key is not null`
  return rows.map(({ key }) => key)
}

export async function outletName(
  sql: SqlOrTx,
  { companyId }: Granted<'till.enrol'>,
  outletId: string,
): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    select name from outlet where company_id = ${companyId} and outlet_id = ${outletId}`
  return row?.name
}
