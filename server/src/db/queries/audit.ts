import type { SqlOrTx, Tx } from '../connect.ts'
import type { AuditCheck, Covered } from './audit-check.ts'
import { counterChecks } from './audit-counters.ts'
import { journalChecks } from './audit-journal.ts'
import { kindChecks } from './audit-kinds.ts'
import { saleChecks } from './audit-sales.ts'
import { shiftChecks } from './audit-shifts.ts'
import { valueChecks } from './audit-value.ts'

/** What must always be true, in the order in which a person would ask. */
export const AUDIT_CHECKS: readonly AuditCheck[] = [
  ...journalChecks,
  ...saleChecks,
  ...kindChecks,
  ...shiftChecks,
  ...counterChecks,
  ...valueChecks,
]

/** One contradiction with the names of what it is about, null where there are none. */
export type FoundDifference = {
  readonly says: string
  readonly unit: 'money' | 'quantity' | 'text'
  readonly expected: string | null
  readonly actual: string | null
  readonly entryId: string | null
  readonly saleId: string | null
  readonly receiptNo: string | null
  readonly epoch: number | null
  readonly seq: number | null
  readonly day: string | null
  readonly shiftId: string | null
  readonly tillId: string | null
  readonly tillName: string | null
  readonly outletName: string | null
  readonly productId: string | null
  readonly productName: string | null
  readonly customerId: string | null
  readonly customerName: string | null
}

const atATime = 500

/** Hands over what contradicts a check, a few hundred at a time: a ruined ledger must not fill the memory. */
export async function findDifferences(
  tx: Tx,
  check: AuditCheck,
  companyId: string,
  take: (rows: readonly FoundDifference[]) => void,
): Promise<void> {
  const found = tx<FoundDifference[]>`
    select f.says, f.unit, f.expected, f.actual, f.about ->> 'entryId' as "entryId", s.sale_id as "saleId",
           s.receipt_no as "receiptNo", coalesce((f.about ->> 'epoch')::integer, e.epoch) as epoch, e.seq,
           f.about ->> 'day' as day, f.about ->> 'shiftId' as "shiftId", t.till_id as "tillId", t.name as "tillName", o.name as "outletName",
           f.about ->> 'productId' as "productId", p.name as "productName",
           f.about ->> 'customerId' as "customerId", c.name as "customerName"
    from (${check.find(tx, companyId)}) f
    left join entry e on e.company_id = ${companyId} and e.entry_id = (f.about ->> 'entryId')::uuid
    left join sale s on s.company_id = ${companyId} and s.sale_id = (f.about ->> 'entryId')::uuid
    left join till t on t.company_id = ${companyId}
      and t.till_id = coalesce((f.about ->> 'tillId')::uuid, e.till_id, s.till_id)
    left join outlet o on o.company_id = ${companyId}
      and o.outlet_id = coalesce((f.about ->> 'outletId')::uuid, e.outlet_id, s.outlet_id, t.outlet_id)
    left join product p on p.company_id = ${companyId} and p.product_id = (f.about ->> 'productId')::uuid
    left join customer c on c.company_id = ${companyId} and c.customer_id = (f.about ->> 'customerId')::uuid`
  for await (const rows of found.cursor(atATime)) take(rows)
}

/** How many rows of each kind a company has. */
export async function countCovered(sql: SqlOrTx, companyId: string): Promise<Record<Covered, number>> {
  const [row] = await sql<Record<Covered, number>[]>`
    select
      (select count(*) from entry where company_id = ${companyId}) as entries,
      (select count(*) from journal where company_id = ${companyId}) as journals,
      (select count(*) from quarantine where company_id = ${companyId}) as held,
      (select count(*) from sale where company_id = ${companyId}) as sales,
      (select count(*) from sale_line where company_id = ${companyId}) as lines,
      (select count(*) from sale_tender where company_id = ${companyId}) as tenders,
      (select count(*) from stock_movement
       where company_id = ${companyId} and reason in ('sale', 'refund', 'void')) as movements,
      (select count(*) from points_balance where company_id = ${companyId}) as customers,
      (select count(*) from stock_level where company_id = ${companyId}) as products,
      (select count(*) from day_total where company_id = ${companyId}) as days,
      (select count(*) from day_tender where company_id = ${companyId}) as "dayMethods",
      (select count(*) from sale where company_id = ${companyId} and kind <> 'sale') as refunds,
      (select count(*) from shift where company_id = ${companyId}) as shifts,
      (select count(*) from shift_tender where company_id = ${companyId}) as "shiftMethods",
      (select count(*) from cash_movement where company_id = ${companyId}) as "cashMovements",
      (select count(*) from stock_movement where company_id = ${companyId} and reason = 'count') as counted,
      (select count(*) from entry
       where company_id = ${companyId} and kind = 'customer-registered') as registered,
      (select count(*) from receipt_email where company_id = ${companyId}) as emailed,
      (select count(*) from buyer_named where company_id = ${companyId}) as "madeOut",
      (select count(*) from stored_value where company_id = ${companyId}) as codes`
  if (row === undefined) throw new Error('nothing was counted')
  return row
}

export type AuditedCompany = {
  readonly companyId: string
  /** Null where the ledger holds rows of a company that is not there. */
  readonly name: string | null
  readonly currency: string
}

export async function findCompany(sql: SqlOrTx, companyId: string): Promise<AuditedCompany | undefined> {
  const [row] = await sql<AuditedCompany[]>`
    select company_id as "companyId", name, currency from company where company_id = ${companyId}`
  return row
}

/** Every company, and every id in a ledger that is none. */
export async function listAuditedCompanies(sql: SqlOrTx): Promise<AuditedCompany[]> {
  return await sql<AuditedCompany[]>`
    select i.company_id as "companyId", c.name, coalesce(c.currency, 'XXX') as currency
    from (
      select company_id from company union select company_id from entry union select company_id from sale
      union select company_id from sale_line union select company_id from sale_tender
      union select company_id from stock_movement union select company_id from points_entry
      union select company_id from stock_level union select company_id from points_balance
      union select company_id from day_total union select company_id from day_tender
      union select company_id from journal union select company_id from quarantine
      union select company_id from shift union select company_id from shift_tender
      union select company_id from cash_movement union select company_id from refunded_sale
      union select company_id from value_entry union select company_id from stored_value
      union select company_id from receipt_email
    ) i left join company c using (company_id)
    order by c.name, i.company_id`
}
