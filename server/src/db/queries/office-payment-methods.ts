import type { MethodKind } from '@evertill/shared/domain/tender'
import type { PaymentMethodDetail, PaymentMethodName } from '@evertill/shared/protocol/office/settings'
import type { SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'
import type { OfficeUserRow } from './office-users.ts'

type Managed = Granted<'company.manage'>
export type StoredMethod = Omit<PaymentMethodDetail, 'version'>

/** In the order of the tills, the retired ones last. */
export async function listPaymentMethods(sql: SqlOrTx, { companyId }: Managed): Promise<StoredMethod[]> {
  return await sql<StoredMethod[]>`
    select payment_method_id as "paymentMethodId", code, name, kind, paynow_proxy as "payNowProxy", rest,
      deleted_at is not null as retired, owed
    from payment_method m
    left join (
      select kind, sum(balance)::bigint as owed from stored_value
      where company_id = ${companyId} and balance > 0 group by kind
    ) as on_codes using (kind)
    where company_id = ${companyId}
    order by deleted_at is not null, position, lower(name), code`
}

export async function listPaymentMethodNames(
  sql: SqlOrTx,
  { companyId }: Pick<OfficeUserRow, 'companyId'>,
): Promise<PaymentMethodName[]> {
  return await sql<PaymentMethodName[]>`
    select code as "methodCode", name from payment_method where company_id = ${companyId} order by code`
}

export interface NewMethodRow {
  readonly paymentMethodId: string
  readonly code: string
  readonly name: string
  readonly kind: MethodKind
  readonly payNowProxy: string | null
  readonly rest: PaymentMethodDetail['rest']
}

/** After all others. */
export async function insertPaymentMethod(
  tx: Tx,
  { companyId }: Managed,
  { paymentMethodId, code, name, kind, payNowProxy, rest }: NewMethodRow,
): Promise<void> {
  await tx`
    insert into payment_method (company_id, payment_method_id, code, name, kind, paynow_proxy, rest, position)
    select ${companyId}, ${paymentMethodId}, ${code}, ${name}, ${kind}, ${payNowProxy}, ${rest},
      coalesce(max(position), 0) + 1
    from payment_method where company_id = ${companyId}`
}

export async function updatePaymentMethod(
  tx: Tx,
  { companyId }: Managed,
  paymentMethodId: string,
  { name, payNowProxy, rest }: Pick<PaymentMethodDetail, 'name' | 'payNowProxy' | 'rest'>,
): Promise<void> {
  await tx`
    update payment_method set name = ${name}, paynow_proxy = ${payNowProxy}, rest = ${rest}
    where company_id = ${companyId} and payment_method_id = ${paymentMethodId}`
}

/** Retired at that time; null brings it back. */
export async function retirePaymentMethod(
  tx: Tx,
  { companyId }: Managed,
  paymentMethodId: string,
  at: Date | null,
): Promise<void> {
  await tx`
    update payment_method set deleted_at = ${at}
    where company_id = ${companyId} and payment_method_id = ${paymentMethodId}`
}

export async function placePaymentMethod(
  tx: Tx,
  { companyId }: Managed,
  paymentMethodId: string,
  position: number,
): Promise<void> {
  await tx`
    update payment_method set position = ${position}
    where company_id = ${companyId} and payment_method_id = ${paymentMethodId} and position <> ${position}`
}
