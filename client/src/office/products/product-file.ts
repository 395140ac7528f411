import type { ProductDetail } from '@evertill/shared/protocol/office/products'
import { type CsvCell, csvText } from '../words/csv.ts'
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
  'open price',
  'favourite',
  'picture',
  'variant of',
  'options',
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
  product.openPrice ? 'yes' : 'no',
  product.favourite ? 'yes' : 'no',
  product.picture ?? null,
  product.variantOf ?? null,
  product.options?.map(({ name, value }) => `${name}: ${value}`).join('; ') ?? null,
]

/** An example to fill in: the columns, and one product. */
export const PRODUCT_FILE_TEMPLATE = csvText(
  [...PRODUCT_FILE_HEADER, 'opening stock'],
  [
    [
      'MILO-1KG',
      'Milo tin, 1 kg',
      'Drinks',
      '12.40',
      '9.10',
      'SR',
      '9556001000019',
      'each',
      'no',
      'yes',
      '',
      '',
      '',
      24,
    ],
  ],
)
