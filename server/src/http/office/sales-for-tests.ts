import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../../db/connect.ts'
import { DEMO_COMPANY, DEMO_STAFF, demoId } from '../../office/demo/demo-shop.ts'

export interface TestSale {
  readonly at: string
  readonly businessDate: string
  readonly outlet?: 'TB' | 'TP'
  readonly till?: string
  readonly customer?: string
  readonly receiptNo: string
  readonly lines: readonly {
    readonly sku: string
    readonly quantity: number
    readonly unitPrice: number
    readonly tax: number
  }[]
  readonly tenders: readonly { readonly code: string; readonly amount: number; readonly reference?: string }[]
}

/** Puts a sale into the ledger as replay leaves it: entry, sale, lines, tenders and the day's totals. */
export async function insertTestSale(sql: Sql, sale: TestSale): Promise<{ saleId: string; hash: string }> {
  const { outlet = 'TB', till = 'Counter 1' } = sale
  const saleId = uuidv7({ msecs: new Date(sale.at).getTime() })
  const hash = randomBytes(32)
  const at = new Date(sale.at)
  const total = sale.lines.reduce((sum, line) => sum + (line.unitPrice * line.quantity) / 1000, 0)
  const tax = sale.lines.reduce((sum, line) => sum + line.tax, 0)
  const key = {
    company_id: DEMO_COMPANY.companyId,
    outlet_id: demoId('outlet', outlet),
    till_id: demoId('till', `${outlet} ${till}`),
    business_date: sale.businessDate,
  }
  const { company_id } = key
  await sql.begin(async (tx) => {
    await tx`insert into entry ${tx({
      ...key,
      entry_id: saleId,
      epoch: 1,
      seq: 1,
      kind: 'sale',
      at,
      clock_offset_ms: 0,
      staff_id: demoId('staff', DEMO_STAFF[3].name),
      prev: Buffer.alloc(32),
      hash,
      raw: '{}',
      received_at: at,
    })}`
    await tx`insert into sale ${tx({
      ...key,
      sale_id: saleId,
      staff_id: demoId('staff', DEMO_STAFF[3].name),
      customer_id: sale.customer === undefined ? null : demoId('customer', sale.customer),
      receipt_no: sale.receiptNo,
      at,
      currency: 'SGD',
      gross: total,
      discount: 0,
      tax,
      net: total,
      rounding: 0,
      total,
      change: 0,
      points_earned: 0,
    })}`
    await tx`insert into sale_line ${tx(
      sale.lines.map((line, i) => ({
        company_id,
        sale_id: saleId,
        line_no: i + 1,
        product_id: demoId('product', line.sku),
        sku: line.sku,
        name: `Product ${line.sku}`,
        quantity: line.quantity,
        unit_price: line.unitPrice,
        discount: 0,
        net: (line.unitPrice * line.quantity) / 1000,
        tax_code: 'SR',
        rate_ppm: 90_000,
        tax: line.tax,
      })),
    )}`
    await tx`insert into sale_tender ${tx(
      sale.tenders.map(({ code, amount, reference = null }, i) => ({
        company_id,
        sale_id: saleId,
        tender_no: i + 1,
        method_code: code,
        kind: code.toLowerCase(),
        amount,
        change: 0,
        reference,
      })),
    )}`
    await tx`
      insert into day_total ${tx({ ...key, sales: 1, gross: total, discount: 0, tax, net: total, rounding: 0, total })}
      on conflict (company_id, outlet_id, business_date, till_id) do update
      set sales = day_total.sales + 1, gross = day_total.gross + excluded.gross, tax = day_total.tax + excluded.tax,
        net = day_total.net + excluded.net, total = day_total.total + excluded.total`
    for (const { code, amount } of sale.tenders)
      await tx`
        insert into day_tender ${tx({ ...key, method_code: code, amount })}
        on conflict (company_id, outlet_id, business_date, till_id, method_code) do update
        set amount = day_tender.amount + excluded.amount`
  })
  return { saleId, hash: hash.toString('hex') }
}

export interface TestException {
  readonly type: string
  readonly subject: string
  readonly raisedAt: string
  readonly entryId?: string
  readonly state?: 'open' | 'resolved'
  readonly detail?: { readonly productId: string; readonly onHand: number }
}

export async function insertTestException(sql: Sql, exception: TestException): Promise<string> {
  const exceptionId = uuidv7()
  await sql`insert into exception ${sql({
    company_id: DEMO_COMPANY.companyId,
    exception_id: exceptionId,
    type: exception.type,
    state: exception.state ?? 'open',
    outlet_id: demoId('outlet', 'TB'),
    till_id: demoId('till', 'TB Counter 1'),
    entry_id: exception.entryId ?? null,
    subject: exception.subject,
    detail: sql.json(exception.detail ?? { sku: 'HOT-001', onHand: -2000 }) as never,
    raised_at: exception.raisedAt,
  })}`
  return exceptionId
}
