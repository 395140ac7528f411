import type {
  CustomerDetail,
  CustomerEdit,
  CustomerSummary,
} from '@evertill/shared/protocol/office/customers'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import { wordPatterns } from './office-search.ts'

export type Registration = NonNullable<CustomerDetail['registeredBy']>

type Managed = Granted<'company.manage'>

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
): Promise<(CustomerSummary & { nameKey: string })[]> {
  const words = wordPatterns(q)
  return await sql<(CustomerSummary & { nameKey: string })[]>`
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
  { companyId }: Granted<'report.view'> | Managed,
  customerId: string,
): Promise<CustomerSummary | undefined> {
  const [row] = await sql<CustomerSummary[]>`
    select ${columnsOf(sql)}
    where c.company_id = ${companyId} and c.customer_id = ${customerId} and c.deleted_at is null`
  return row
}

export async function setTier(
  tx: Tx,
  { companyId }: Managed,
  customerId: string,
  tierId: string | null,
): Promise<void> {
  await tx`
    update customer set tier_id = ${tierId}
    where company_id = ${companyId} and customer_id = ${customerId}`
}

/** What tills keep for somebody waits until a change of them is through, so that neither undoes the other. */
export async function lockCustomer(tx: Tx, { companyId }: Managed, customerId: string): Promise<void> {
  await tx`
    select from customer where company_id = ${companyId} and customer_id = ${customerId} for update`
}

/**
 * @param emailFrom stands where entries do that want an address kept (`keep_emails`): those made before it change
 *   nothing any more, however late they come
 */
export async function updateCustomer(
  tx: Tx,
  { companyId }: Managed,
  customerId: string,
  { name, phone, email, code, tierId }: CustomerEdit,
  emailFrom: string,
): Promise<void> {
  await tx`
    update customer set name = ${name}, phone = ${phone}, code = ${code}, tier_id = ${tierId},
      email_from = case when email is distinct from ${email} then ${emailFrom}::uuid else email_from end,
      email = ${email}
    where company_id = ${companyId} and customer_id = ${customerId}`
}

/** Who else has the code, in whatever case: tills find it in any. The code of somebody removed is never free again. */
export async function holderOfCode(
  tx: Tx,
  { companyId }: Managed,
  code: string,
  customerId: string,
): Promise<{ name: string; removed: boolean } | undefined> {
  const [holder] = await tx<{ name: string; removed: boolean }[]>`
    select name, deleted_at is not null as removed from customer
    where company_id = ${companyId} and customer_id <> ${customerId} and lower(code) = lower(${code})
    order by removed, code limit 1`
  return holder
}

/** Who else has the phone, however it is written: `+65 8000 1001` is `80001001`. */
export async function holderOfPhone(
  tx: Tx,
  { companyId }: Managed,
  phone: string,
  customerId: string,
): Promise<string | undefined> {
  const digits = phoneDigits(phone)
  if (digits === '') return undefined
  const [holder] = await tx<{ name: string }[]>`
    select name from customer
    where company_id = ${companyId} and customer_id <> ${customerId} and deleted_at is null
      and regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), ${SINGAPORE}, '') = ${digits}
    order by lower(name), customer_id limit 1`
  return holder?.name
}

/** Eight digits are a number of Singapore, with 65 before them or without. */
const SINGAPORE = '^65(?=[0-9]{8}$)'

const phoneDigits = (phone: string) => phone.replace(/[^0-9]/g, '').replace(new RegExp(SINGAPORE), '')

/**
 * The entry that registered them. Its till made both ids in one go, so that only the entries of that minute are looked
 * at, of however many years there are.
 * @param until an id of a minute later
 */
export async function findRegistration(
  sql: SqlOrTx,
  { companyId }: Granted<'report.view'>,
  customerId: string,
  until: string,
): Promise<Registration | undefined> {
  const [found] = await sql<Registration[]>`
    select coalesce(t.name, '?') as "tillName", coalesce(o.name, '?') as "outletName", st.name as "staffName"
    from entry e
    left join till t on t.company_id = e.company_id and t.till_id = e.till_id
    left join outlet o on o.company_id = e.company_id and o.outlet_id = e.outlet_id
    left join staff st on st.company_id = e.company_id and st.staff_id = e.staff_id
    where e.company_id = ${companyId} and e.entry_id >= ${customerId} and e.entry_id < ${until}
      and e.kind = 'customer-registered' and e.raw::json #>> '{body,customerId}' = ${customerId}
    order by e.entry_id limit 1`
  return found
}
