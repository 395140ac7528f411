import { z } from 'zod'
import { typedProductTraits } from '../product-traits.ts'
import { zCode, zName, zPrice, zRatePpm, zTypedName, zTypedText, zUuid } from '../scalars.ts'
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
/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zProductChange = zProductEdit.extend({ version: z.string().max(20) })
export type ProductChange = z.infer<typeof zProductChange>
export const zProductDetail = z.object({
  productId: zUuid,
  /** Another after every change. */
  version: z.string(),
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
  /**
   * What a role is trusted with: the most it may ask for a product without a price of its own, and take off by a
   * discount; null is any.
   */
  roleLimits: z
    .array(
      z.object({
        roleId: zUuid,
        role: z.string(),
        mostOpenPrice: z.nullable(zPrice),
        mostDiscountPpm: z.nullable(zRatePpm),
      }),
    )
    .max(100),
})
export type ProductSettings = z.infer<typeof zProductSettings>
