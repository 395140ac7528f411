import { z } from 'zod'
import { barcodeFault } from '../barcode.ts'
import { typedProductTraits } from '../product-traits.ts'
import { zCode, zName, zPrice, zTypedName, zTypedText, zUuid } from '../scalars.ts'
import { zScaleLabels } from '../scale-label.ts'

const zBarcode = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,48}$/, 'must be 1 to 48 printable characters')

export const zProductEdit = z.object({
  sku: zTypedText(64).min(1),
  name: zTypedName,
  categoryId: z.nullable(zUuid),
  taxCodeId: zUuid,
  price: zPrice,
  cost: z.nullable(zPrice),
  unit: z.enum(['each', 'kg']),
  barcodes: z.array(zBarcode).max(20),
  ...typedProductTraits,
})
export type ProductEdit = z.infer<typeof zProductEdit>
/** As typed into the form, with what must hold from now on; a product of before may have a wrong barcode. */
export const zTypedProduct = zProductEdit.extend({
  barcodes: z
    .array(
      zBarcode.check((typed) => {
        const fault = barcodeFault(typed.value)
        if (fault !== undefined) typed.issues.push({ code: 'custom', message: fault, input: typed.value })
      }),
    )
    .max(20),
  /** The name of a category that is made with the product, instead of `categoryId`; one there already is taken. */
  newCategory: z.optional(zTypedName),
})
export type TypedProduct = z.infer<typeof zTypedProduct>
/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zProductChange = zTypedProduct.extend({ version: z.string().max(20) })
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
export const zProductSettings = z.object({ scaleLabels: zScaleLabels })
export type ProductSettings = z.infer<typeof zProductSettings>
