import type { PromotionTerms } from '@evertill/shared/protocol/promotion'
import type { SqlOrTx, Tx } from '../connect.ts'

export interface DemoCustomer {
  readonly customerId: string
  readonly code: string
  readonly name: string
  readonly phone: string
  readonly tierId: string
  readonly points: number
}

export interface DemoPromotion {
  readonly promotionId: string
  readonly name: string
  readonly terms: PromotionTerms
}

export async function insertPromotions(
  tx: Tx,
  companyId: string,
  promotions: readonly DemoPromotion[],
): Promise<void> {
  for (const { promotionId, name, terms } of promotions)
    await tx`
      insert into promotion (company_id, promotion_id, name, terms)
      values (${companyId}, ${promotionId}, ${name}, ${tx.json(terms)})`
}

/** Customers with the points they start with, in ledger and counter. */
export async function insertCustomers(
  tx: Tx,
  companyId: string,
  customers: readonly DemoCustomer[],
  { sourceId, at }: { sourceId: string; at: Date },
): Promise<void> {
  await tx`insert into customer ${tx(
    customers.map(({ customerId, code, name, phone, tierId }) => ({
      company_id: companyId,
      customer_id: customerId,
      code,
      name,
      phone,
      tier_id: tierId,
    })),
  )}`
  const withPoints = customers.filter(({ points }) => points > 0)
  await tx`insert into points_entry ${tx(
    withPoints.map(({ customerId, points }, i) => ({
      company_id: companyId,
      source_id: sourceId,
      line_no: i + 1,
      customer_id: customerId,
      points,
      reason: 'opening',
      at,
    })),
  )}`
  await tx`insert into points_balance ${tx(
    withPoints.map(({ customerId, points }) => ({ company_id: companyId, customer_id: customerId, points })),
  )}`
}

export interface WaitingTill {
  readonly tillId: string
  readonly name: string
  readonly outletName: string
}

export async function listWaitingTills(sql: SqlOrTx, companyId: string): Promise<WaitingTill[]> {
  return await sql<WaitingTill[]>`
    select t.till_id as "tillId", t.name, o.name as "outletName"
    from till t join outlet o using (company_id, outlet_id)
    where t.company_id = ${companyId} and t.state = 'waiting-for-enrolment'
    order by o.code, t.code`
}

export async function findPasswordHash(sql: SqlOrTx, email: string): Promise<string | undefined> {
  const [row] = await sql<{ password: string }[]>`
    select a.password from auth_user u join auth_account a on a.user_id = u.id
    where u.email = ${email} and a.provider_id = 'credential'`
  return row?.password
}
