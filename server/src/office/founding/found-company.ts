import type { Tx } from '../../db/connect.ts'
import { insertCompany } from '../../db/queries/office-founding.ts'
import { PAYMENT_METHODS, ROLES, SINGAPORE, TAX_CODES, TIERS } from './singapore.ts'

/** Gives the row of a name its id: random for a new company, derived from the name for the demo. */
export type IdOf = (kind: string, name: string) => string

export interface NewCompany {
  readonly companyId: string
  readonly name: string
  readonly gstRegistrationNo?: string
  readonly receiptFooter?: string
  /** UEN, or a mobile number as +6591234567. */
  readonly payNowProxy?: string
}

/** A company with what it needs before it can have outlets, people and goods. */
export async function foundCompany(tx: Tx, company: NewCompany, idOf: IdOf): Promise<void> {
  await insertCompany(
    tx,
    {
      company_id: company.companyId,
      name: company.name,
      currency: SINGAPORE.currency,
      tax_inclusive: SINGAPORE.taxInclusive,
      tax_rounding: SINGAPORE.taxRounding,
      cash_step: SINGAPORE.cashStep,
      minor_per_point: SINGAPORE.minorPerPoint,
      point_value: SINGAPORE.pointValue,
      points_offline_limit: SINGAPORE.pointsOfflineLimit,
      value_offline_limit: SINGAPORE.valueOfflineLimit,
      gst_registration_no: company.gstRegistrationNo ?? null,
      receipt_footer: company.receiptFooter ?? null,
    },
    {
      role: ROLES.map((role) => ({ role_id: idOf('role', role.name), ...role })),
      tax_code: TAX_CODES.map((taxCode) => ({ tax_code_id: idOf('tax code', taxCode.code), ...taxCode })),
      payment_method: PAYMENT_METHODS.map((method, position) => ({
        payment_method_id: idOf('payment method', method.code),
        ...method,
        rest: 'rest' in method ? method.rest : 'kept',
        position,
        paynow_proxy: method.kind === 'paynow' ? (company.payNowProxy ?? null) : null,
      })),
      tier: TIERS.map((tier) => ({
        tier_id: idOf('tier', tier.name),
        name: tier.name,
        multiplier_ppm: tier.multiplierPpm,
        spend_from: tier.spendFrom,
      })),
    },
  )
}

/** An id for each name, the same when asked again. */
export function rememberedIds(newId: () => string): IdOf {
  const ids = new Map<string, string>()
  return (kind, name) => {
    const key = `${kind} ${name}`
    const id = ids.get(key) ?? newId()
    ids.set(key, id)
    return id
  }
}
