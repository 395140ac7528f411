import { z } from 'zod'
import { zName, zUuid } from '../scalars.ts'

export const zStockLine = z.object({
  productId: zUuid,
  sku: z.string(),
  name: zName,
  categoryName: z.nullable(z.string()),
  outletId: zUuid,
  outletName: zName,
  onHand: z.int(),
})
export type StockLine = z.infer<typeof zStockLine>
