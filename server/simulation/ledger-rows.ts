import type { Sql } from '../src/db/connect.ts'

/** The rows of a company as they lie in the database. Adding them up is the checks' own work. */
export interface EntryRow {
  entry_id: string
  till_id: string
  outlet_id: string
  epoch: number
  seq: number
  kind: string
  business_date: string
  hash: string
  raw: string
}
export interface SaleRow {
  sale_id: string
  kind: string
  till_id: string
  outlet_id: string
  business_date: string
  receipt_no: string
  customer_id: string | null
  original_sale_id: string | null
  gross: number
  discount: number
  tax: number
  net: number
  rounding: number
  total: number
  change: number
  points_earned: number
  issued: number
}
export interface ShiftRow {
  shift_id: string
  till_id: string
  float_amount: number | null
  close_id: string | null
  complete: boolean
  sales: number
  sales_total: number
  refunds: number
  refunds_total: number
  cash_moved: number
}
type Amounts = Record<string, number>
export interface Ledger {
  entries: EntryRow[]
  sales: SaleRow[]
  lines: {
    sale_id: string
    line_no: number
    product_id: string
    quantity: number
    discount: number
    net: number
    tax: number
    original_line_no: number | null
    restock: boolean | null
  }[]
  tenders: {
    sale_id: string
    tender_no: number
    method_code: string
    kind: string
    amount: number
    change: number
    points: number | null
    value_code: string | null
  }[]
  movements: {
    source_id: string
    line_no: number
    outlet_id: string
    product_id: string
    quantity: number
    reason: string
  }[]
  points: { source_id: string; customer_id: string; points: number }[]
  stock: { outlet_id: string; product_id: string; on_hand: number }[]
  valueEntries: { source_id: string; code: string; amount: number }[]
  values: { code: string; kind: string; balance: number }[]
  balances: { customer_id: string; points: number }[]
  days: ({ outlet_id: string; business_date: string; till_id: string } & Amounts)[]
  dayTenders: {
    outlet_id: string
    business_date: string
    till_id: string
    method_code: string
    amount: number
  }[]
  journals: { till_id: string; epoch: number; high_water: number; last_seq: number }[]
  shifts: ShiftRow[]
  shiftTenders: { shift_id: string; method_code: string; kind: string; amount: number }[]
  cash: { source_id: string; shift_id: string | null; till_id: string; amount: number }[]
  customers: {
    customer_id: string
    code: string
    name: string
    phone: string | null
    email: string | null
  }[]
  buyers: {
    entry_id: string
    till_id: string
    paper_id: string
    name: string
    address: string
    registration_no: string | null
  }[]
  emails: { email_id: string; paper_id: string; till_id: string; address: string | null }[]
  exceptions: { type: string; subject: string; state: string }[]
  /** What is kept unread; not what has been replayed since. */
  held: { line: string; type: string }[]
  products: { product_id: string; name: string; price: number; deleted: boolean }[]
}

export async function readLedger(sql: Sql, companyId: string): Promise<Ledger> {
  const [row] = await sql<{ ledger: Ledger }[]>`
    with c as (select ${companyId}::uuid as id)
    select jsonb_build_object(
      'entries', (select jsonb_agg(jsonb_build_object('entry_id', entry_id, 'till_id', till_id,
          'outlet_id', outlet_id, 'epoch', epoch, 'seq', seq, 'kind', kind, 'business_date', business_date,
          'hash', encode(hash, 'hex'), 'raw', raw))
        from entry, c where company_id = c.id),
      'sales', (select jsonb_agg(to_jsonb(s)) from sale s, c where company_id = c.id),
      'lines', (select jsonb_agg(to_jsonb(l)) from sale_line l, c where company_id = c.id),
      'tenders', (select jsonb_agg(to_jsonb(t)) from sale_tender t, c where company_id = c.id),
      'movements', (select jsonb_agg(to_jsonb(m)) from stock_movement m, c where company_id = c.id),
      'points', (select jsonb_agg(to_jsonb(p)) from points_entry p, c where company_id = c.id),
      'stock', (select jsonb_agg(to_jsonb(s)) from stock_level s, c where company_id = c.id),
      'valueEntries', (select jsonb_agg(to_jsonb(v)) from value_entry v, c where company_id = c.id),
      'values', (select jsonb_agg(to_jsonb(v)) from stored_value v, c where company_id = c.id),
      'balances', (select jsonb_agg(to_jsonb(b)) from points_balance b, c where company_id = c.id),
      'days', (select jsonb_agg(to_jsonb(d)) from day_total d, c where company_id = c.id),
      'dayTenders', (select jsonb_agg(to_jsonb(d)) from day_tender d, c where company_id = c.id),
      'journals', (select jsonb_agg(to_jsonb(j)) from journal j, c where company_id = c.id),
      'shifts', (select jsonb_agg(to_jsonb(s)) from shift s, c where company_id = c.id),
      'shiftTenders', (select jsonb_agg(to_jsonb(s)) from shift_tender s, c where company_id = c.id),
      'cash', (select jsonb_agg(to_jsonb(m)) from cash_movement m, c where company_id = c.id),
      'customers', (select jsonb_agg(to_jsonb(m)) from customer m, c where company_id = c.id),
      'buyers', (select jsonb_agg(to_jsonb(b)) from buyer_named b, c where company_id = c.id),
      'emails', (select jsonb_agg(to_jsonb(m)) from receipt_email m, c where company_id = c.id),
      'exceptions', (select jsonb_agg(jsonb_build_object('type', type, 'subject', subject, 'state', state))
        from exception, c where company_id = c.id),
      'held', (select jsonb_agg(jsonb_build_object('line', encode(line, 'hex'), 'type', type))
        from quarantine, c where company_id = c.id and state = 'held'),
      'products', (select jsonb_agg(jsonb_build_object('product_id', product_id, 'name', name, 'price', price,
          'deleted', deleted_at is not null)) from product, c where company_id = c.id)
    ) as ledger`
  if (row === undefined) throw new Error('no ledger')
  for (const table of Object.keys(row.ledger) as (keyof Ledger)[]) row.ledger[table] ??= [] as never
  return row.ledger
}
