import { z } from 'zod'
import { typedProductTraits } from '../product-traits.ts'
import { zCode, zName, zPrice, zTypedName, zTypedText, zUuid } from '../scalars.ts'
import { zScaleLabels } from '../scale-label.ts'

export const zProductEdit = z.object({
  sku: zTypedText(64).min(1),
  name: zTypedName,
  categoryId: z.nullable(zUuid),
  taxCodeId: zUuid,
  price: zPrice,
  cost: z.nullable(zPrice),
  unit: z.enum(['each', 'kg']),
  barcodes: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,48}$/, 'must be 1 to 48 printable characters'),
    )
    .max(20),
  ...typedProductTraits,
})
export type ProductEdit = z.infer<typeof zProductEdit>
export const zProductDetail = z.object({
  productId: zUuid,
  ...zProductEdit.shape,
  categoryName: z.nullable(z.string()),
  taxCode: zCode,
})
export type ProductDetail = z.infer<typeof zProductDetail>

export const zProductOptions = z.object({
  categories: z.array(z.object({ categoryId: zUuid, name: zName })),
  taxCodes: z.array(z.object({ taxCodeId: zUuid, code: zCode, name: zName })),
})
export type ProductOptions = z.infer<typeof zProductOptions>

/** What of the shop tills need to know to sell goods that are not one at their price. */
export const zProductSettings = z.object({
  scaleLabels: zScaleLabels,
  /** The most a role may ask for a product without a price of its own; null is any price. */
  openPriceLimits: z.array(z.object({ roleId: zUuid, role: z.string(), most: z.nullable(zPrice) })).max(100),
})
export type ProductSettings = z.infer<typeof zProductSettings>
