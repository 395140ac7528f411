import type { StockLine } from '@evertill/shared/protocol/office/stock'
import { zText, zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { listStock } from '../db/queries/office-stock.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'

export const zStockCursor = zCursor(z.tuple([zText(200), zUuid, zText(64)]))

export async function stockPage(
  sql: Sql,
  granted: Granted<'stock.view'>,
  {
    cursor,
    ...filter
  }: {
    q?: string | undefined
    outletId?: string | undefined
    cursor?: [string, string, string] | undefined
  },
): Promise<Page<StockLine>> {
  const after = cursor && { nameKey: cursor[0], productId: cursor[1], outletCode: cursor[2] }
  const rows = await listStock(sql, granted, filter, { after, limit: PAGE_SIZE + 1 })
  return pageOf(
    rows,
    (row) => [row.nameKey, row.productId, row.outletCode],
    ({ nameKey: _, outletCode: __, ...line }) => line,
  )
}
