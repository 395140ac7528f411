import { z } from 'zod'
import { zAmount } from '../scalars.ts'

/** Which file it is; `auto` goes by the header row. */
export const zImportFormat = z.enum(['auto', 'evertill', 'shopify', 'woocommerce'])

export const zImportReport = z.object({
  format: z.enum(['evertill', 'shopify', 'woocommerce']),
  committed: z.boolean(),
  total: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Bad rows, by their line in the file (the header is line 1). They are left out; the rest is imported. */
  problems: z.array(
    z.object({ line: z.int(), column: z.nullable(z.string()), value: z.string(), reason: z.string() }),
  ),
  /** The first rows as they will be stored. */
  preview: z.array(
    z.object({
      line: z.int(),
      action: z.enum(['create', 'update', 'unchanged']),
      sku: z.string(),
      name: z.string(),
      category: z.nullable(z.string()),
      taxCode: z.string(),
      price: zAmount,
      barcodes: z.array(z.string()),
      openingStock: z.nullable(z.int()),
    }),
  ),
})
export type ImportReport = z.infer<typeof zImportReport>
