import type { SourceRow } from './import-row.ts'
import type { CsvTable } from './read-csv.ts'
import { type Columns, cellOr, optional } from './table.ts'

/**
 * Our own columns: sku, name, category, price, cost, tax code, barcode(s), unit, opening stock, open price, favourite,
 * picture, variant of, options.
 */
export const isEvertill = (columns: Columns): boolean => columns.has('sku', 'name', 'price')

export function fromEvertill({ rows }: CsvTable, columns: Columns): { rows: SourceRow[] } {
  return {
    rows: rows.map((row) => ({
      line: row.line,
      sku: cellOr(columns.cell(row, 'sku'), 'sku'),
      name: cellOr(columns.cell(row, 'name'), 'name'),
      price: cellOr(columns.cell(row, 'price'), 'price'),
      ...optional('category', columns.cell(row, 'category')),
      ...optional('cost', columns.cell(row, 'cost')),
      ...optional('tax', columns.cell(row, 'tax code', 'taxcode', 'tax')),
      ...optional('barcodes', columns.cell(row, 'barcodes', 'barcode', 'barcode(s)')),
      ...optional('unit', columns.cell(row, 'unit')),
      ...optional('openingStock', columns.cell(row, 'opening stock', 'stock')),
      ...optional('openPrice', columns.cell(row, 'open price')),
      ...optional('favourite', columns.cell(row, 'favourite', 'favorite')),
      ...optional('picture', columns.cell(row, 'picture', 'image')),
      ...optional('variantOf', columns.cell(row, 'variant of', 'group')),
      ...optional('options', columns.cell(row, 'options')),
      listsAllBarcodes: true,
    })),
  }
}
