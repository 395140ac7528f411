import type { CartProduct } from '@evertill/shared/domain/cart'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import type { Catalogue } from '../../store/catalogue.ts'

/** A product as a line carries it; undefined for one whose tax code is not known. */
export function cartProductOf(
  row: ProductRow,
  { taxCodes }: Pick<Catalogue, 'taxCodes'>,
): CartProduct | undefined {
  const taxCode = taxCodes.find((tax) => tax.taxCodeId === row.taxCodeId)
  if (taxCode === undefined) return undefined
  return {
    productId: row.productId,
    sku: row.sku,
    name: row.name,
    unitPrice: row.price,
    taxCode: taxCode.code,
    taxKind: taxCode.kind,
    unit: row.unit,
    ...(row.categoryId !== null && { categoryId: row.categoryId }),
  }
}
