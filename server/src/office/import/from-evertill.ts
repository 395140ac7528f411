import { unescaped } from './cells.ts'
import type { Cell, SourceRow } from './import-row.ts'
import { inBreaths } from './in-breaths.ts'
import type { CsvTable } from './read-csv.ts'
import { type Columns, cellOr, optional } from './table.ts'

/**
 * Our own columns: sku, name, category, price, cost, tax code, barcode(s), unit, opening stock, open price, favourite,
 * picture, variant of, options. What head office has written, client/src/office/products/product-file.ts, is read as
 * it was.
 */
export const isEvertill = (columns: Columns): boolean => columns.has('sku', 'name', 'price')

export async function fromEvertill({ rows }: CsvTable, columns: Columns): Promise<{ rows: SourceRow[] }> {
  const sources: SourceRow[] = []
  for await (const row of inBreaths(rows)) {
    const cell = (...names: string[]): Cell | undefined => {
      const found = columns.cell(row, ...names)
      return found && { ...found, text: unescaped(found.text) }
    }
    sources.push({
      line: row.line,
      sku: cellOr(cell('sku'), 'sku'),
      name: cellOr(cell('name'), 'name'),
      price: cellOr(cell('price'), 'price'),
      ...optional('category', cell('category')),
      ...optional('cost', cell('cost')),
      ...optional('tax', cell('tax code', 'taxcode', 'tax')),
      ...optional('barcodes', cell('barcodes', 'barcode', 'barcode(s)')),
      ...optional('unit', cell('unit')),
      ...optional('openingStock', cell('opening stock', 'stock')),
      ...optional('openPrice', cell('open price')),
      ...optional('favourite', cell('favourite', 'favorite')),
      ...optional('picture', cell('picture', 'image')),
      ...optional('variantOf', cell('variant of', 'group')),
      ...optional('options', cell('options')),
      listsAllBarcodes: true,
    })
  }
  return { rows: sources }
}
