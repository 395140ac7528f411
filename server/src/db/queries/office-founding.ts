import type { SqlOrTx, Tx } from '../connect.ts'

/** One founding at a time: the first person to name the shop owns it. */
export async function lockFounding(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(4715202)`
}

/** The one query that may ask across companies whether there is any. */
export async function findCompanyIds(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ company_id: string }[]>`select company_id from company`
  return rows.map((row) => row.company_id)
}

export interface CompanyRow {
  readonly company_id: string
  readonly name: string
  readonly currency: string
  readonly tax_inclusive: boolean
  readonly tax_rounding: 'line' | 'total'
  readonly cash_step: number
  readonly minor_per_point: number
  readonly point_value: number
  readonly points_offline_limit: number
  readonly value_offline_limit: number
  readonly gst_registration_no: string | null
  readonly receipt_footer: string | null
}

export interface FoundingRows {
  readonly role: readonly { role_id: string; name: string; permissions: readonly string[] }[]
  readonly tax_code: readonly {
    tax_code_id: string
    code: string
    name: string
    kind: string
    rates: readonly { from: string; ratePpm: number }[]
  }[]
  readonly payment_method: readonly {
    payment_method_id: string
    code: string
    name: string
    kind: string
    rest: string
    position: number
    paynow_proxy: string | null
  }[]
  readonly tier: readonly { tier_id: string; name: string; multiplier_ppm: number; spend_from: number }[]
}

export async function insertCompany(tx: Tx, company: CompanyRow, rows: FoundingRows): Promise<void> {
  const { company_id } = company
  await tx`insert into company ${tx(company)}`
  for (const role of rows.role)
    await tx`insert into role ${tx({ ...role, permissions: [...role.permissions], company_id })}`
  for (const { rates, ...taxCode } of rows.tax_code)
    await tx`insert into tax_code ${tx({ ...taxCode, company_id, rates: tx.json([...rates]) as never })}`
  await tx`insert into payment_method ${tx(rows.payment_method.map((row) => ({ ...row, company_id })))}`
  await tx`insert into tier ${tx(rows.tier.map((row) => ({ ...row, company_id })))}`
}

export interface NewOutlet {
  readonly outlet_id: string
  readonly code: string
  readonly name: string
  readonly address: string | null
  readonly time_zone: string
  readonly day_cut_hour: number
}

export async function insertOutlet(tx: Tx, company_id: string, outlet: NewOutlet): Promise<void> {
  await tx`insert into outlet ${tx({ ...outlet, company_id })}`
}

export interface NewStaff {
  readonly staff_id: string
  readonly name: string
  readonly role_id: string
  readonly pin_salt: string
  readonly pin_base: string
}

export async function insertStaff(tx: Tx, company_id: string, staff: readonly NewStaff[]): Promise<void> {
  await tx`insert into staff ${tx(staff.map((row) => ({ ...row, company_id })))}`
}
