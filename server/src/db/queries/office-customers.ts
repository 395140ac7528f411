import type { CustomerDetail } from '@evertill/shared/protocol/office/customers'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { wordPatterns } from './office-search.ts'

export type StoredCustomer = Omit<CustomerDetail, 'registeredAt'>

export interface CustomerPlace {
  readonly nameKey: string
  readonly customerId: string
}

const columnsOf = (sql: SqlOrTx) => sql`
  c.customer_id as "customerId", c.code, c.name, c.phone, c.email, c.tier_id as "tierId",
  t.name as "tierName", coalesce(b.points, 0) as points
  from customer c
  left join tier t on t.company_id = c.company_id and t.tier_id = c.tier_id
  left join points_balance b on b.company_id = c.company_id and b.customer_id = c.customer_id`

/**
 * By name. Every word typed must be in the name, the phone, the code or the e-mail address; a phone is found
 * without its spaces too.
 */
export async function listCustomers(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  q: string | undefined,
  { after, limit }: { after: CustomerPlace | undefined; limit: number },
): Promise<(StoredCustomer & { nameKey: string })[]> {
  const words = wordPatterns(q)
  return await sql<(StoredCustomer & { nameKey: string })[]>`
    select lower(c.name) as "nameKey", ${columnsOf(sql)}
    where c.company_id = ${companyId} and c.deleted_at is null
      ${
        words.length === 0
          ? sql``
          : sql`and concat_ws(' ', c.name, c.phone, regexp_replace(c.phone, '[^0-9+]', '', 'g'), c.code, c.email)
              ilike all (${words})`
      }
      ${
        after === undefined
          ? sql``
          : sql`and (lower(c.name), c.customer_id) > (${after.nameKey}, ${after.customerId}::uuid)`
      }
    order by lower(c.name), c.customer_id
    limit ${limit}`
}

export async function findCustomer(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'> | Granted<'company.manage'>,
  customerId: string,
): Promise<StoredCustomer | undefined> {
  const [row] = await sql<StoredCustomer[]>`
    select ${columnsOf(sql)}
    where c.company_id = ${companyId} and c.customer_id = ${customerId} and c.deleted_at is null`
  return row
}

export async function setTier(
  tx: Tx,
  { companyId }: Granted<'company.manage'>,
  customerId: string,
  tierId: string | null,
): Promise<void> {
  await tx`
    update customer set tier_id = ${tierId}
    where company_id = ${companyId} and customer_id = ${customerId}`
}
