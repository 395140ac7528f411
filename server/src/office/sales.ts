import type { SaleDetail, SaleSummary } from '@evertill/shared/protocol/office/sales'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { exceptionsOfEntry } from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import {
  findSale,
  linesOfSale,
  listSales,
  type SaleFilter,
  type SaleSummaryRow,
  takenBackOf,
  tendersOfSale,
} from '../db/queries/office-sales.ts'
import { findCurrency } from '../db/queries/office-users.ts'
import { exceptionRow } from './exceptions.ts'
import { minorDigits } from './import/read-row.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type Refused, refused } from './refused.ts'

export const zSaleCursor = zCursor(z.tuple([zUuid]))

export async function salesPage(
  sql: Sql,
  granted: Granted<'report.view'>,
  { cursor, ...filter }: SaleFilter & { cursor?: [string] | undefined },
): Promise<Page<SaleSummary>> {
  const amount = amountOf(filter.q, await findCurrency(sql, granted))
  const page = { before: cursor?.[0], limit: PAGE_SIZE + 1 }
  const rows = await listSales(sql, granted, { ...filter, amount }, page)
  return pageOf(rows, (row) => [row.saleId], summary)
}

/** `$1,234.5`, `1234.50` or `-12`, in minor units. */
function amountOf(typed: string | undefined, currency: string): number | undefined {
  const [, whole, parts = ''] = /^[-−]?\D?(\d[\d,]{0,11})(?:\.(\d{1,3}))?$/.exec(typed?.trim() ?? '') ?? []
  const digits = minorDigits(currency)
  if (whole === undefined || parts.length > digits) return undefined
  return Number(whole.replaceAll(',', '') + parts.padEnd(digits, '0'))
}

const summary = ({ at, ...row }: SaleSummaryRow): SaleSummary => ({ ...row, at: at.toISOString() })

export async function saleDetail(
  sql: Sql,
  granted: Granted<'report.view'>,
  saleId: string,
): Promise<SaleDetail | Refused> {
  const found = await findSale(sql, granted, saleId)
  if (found === undefined) return refused('not-found', 'There is no such sale.')
  const { at, receivedAt, buyer, buyerNamedAt, ...row } = found
  const exceptions = await exceptionsOfEntry(sql, granted, saleId)
  const takenBack = await takenBackOf(sql, granted, saleId)
  return {
    ...row,
    at: at.toISOString(),
    receivedAt: receivedAt.toISOString(),
    buyer: buyer && { ...buyer, namedAt: buyerNamedAt?.toISOString() ?? null },
    lines: await linesOfSale(sql, granted, saleId),
    tenders: await tendersOfSale(sql, granted, saleId),
    takenBack: takenBack.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })),
    exceptionRows: exceptions.map(exceptionRow),
  }
}
