import { isGtin } from '@evertill/shared/domain/barcode'
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

/** The import takes an apostrophe off a code, where others put one against spreadsheets. */
const code = (text: string): string => (text.startsWith("'") ? `'${text}` : text)

function barcodesCell(barcodes: readonly string[]): string {
  const cell = barcodes.map((barcode) => code(barcode).replace(/[\\|;,]/g, '\\$&')).join('|')
  // Alone and with hyphens, it would be read as an ISBN is that was written with them.
  return cell.includes('-') && isGtin(cell.replaceAll('-', '')) ? `${cell}|` : cell
}

const optionsCell = (options: ProductDetail['options'] = []): string =>
  options
    .map(({ name, value }) => [name, value].map((part) => part.replace(/[\\:;]/g, '\\$&')).join(': '))
    .join('; ')

export const productFileCells = (product: ProductDetail, currency: string): readonly CsvCell[] => [
  code(product.sku),
  product.name,
  product.categoryName,
  plainMoneyText(product.price, currency),
  product.cost === null ? null : plainMoneyText(product.cost, currency),
  product.taxCode,
  barcodesCell(product.barcodes),
  product.unit,
  product.openPrice ? 'yes' : 'no',
  product.favourite ? 'yes' : 'no',
  product.picture ?? null,
  product.variantOf ?? null,
  optionsCell(product.options),
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
