import type { ProductDetail } from '@evertill/shared/protocol/office'
import type { CsvCell } from '../words/csv.ts'
import { plainMoneyText } from '../words/money-text.ts'

/** The columns of our own product file, as the import reads them: what is downloaded can be imported again. */
export const PRODUCT_FILE_HEADER = [
  'sku',
  'name',
  'category',
  'price',
  'cost',
  'tax code',
  'barcodes',
  'unit',
] as const

export const productFileCells = (product: ProductDetail, currency: string): readonly CsvCell[] => [
  product.sku,
  product.name,
  product.categoryName,
  plainMoneyText(product.price, currency),
  product.cost === null ? null : plainMoneyText(product.cost, currency),
  product.taxCode,
  product.barcodes.join(' '),
  product.unit,
]
