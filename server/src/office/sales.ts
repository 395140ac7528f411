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
import { exceptionRow } from './exceptions.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type Refused, refused } from './refused.ts'

export const zSaleCursor = zCursor(z.tuple([zUuid]))

export async function salesPage(
  sql: Sql,
  granted: Granted<'report.view'>,
  { cursor, ...filter }: SaleFilter & { cursor?: [string] | undefined },
): Promise<Page<SaleSummary>> {
  const rows = await listSales(sql, granted, filter, { before: cursor?.[0], limit: PAGE_SIZE + 1 })
  return pageOf(rows, (row) => [row.saleId], summary)
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
