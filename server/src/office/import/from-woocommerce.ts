import { plainText, readPicture, unescaped } from './cells.ts'
import type { Cell, ImportProblem, SourceRow } from './import-row.ts'
import { inBreaths } from './in-breaths.ts'
import type { CsvRow, CsvTable } from './read-csv.ts'
import { type Columns, cellOr, optional } from './table.ts'

/*
 * WooCommerce's built-in product export.
 *
 * Types: `simple` is a product, `variation` one under its `Parent` (named by SKU or `id:44`), `variable` the
 * parent itself and `grouped` a shelf of others, which are not sold. Categories are `Food > Snacks, Offers`.
 * Cells that begin with = + - @ carry an apostrophe in front against spreadsheets.
 */

export const isWooCommerce = (columns: Columns): boolean =>
  columns.has('id', 'type', 'sku', 'name', 'regular price')

export async function fromWooCommerce(
  { rows }: CsvTable,
  columns: Columns,
): Promise<{ rows: SourceRow[]; problems: ImportProblem[] }> {
  const sources: SourceRow[] = []
  const problems: ImportProblem[] = []
  const textOf = (row: CsvRow, name: string) => unescaped(columns.cell(row, name)?.text ?? '')
  const typesOf = (row: CsvRow) =>
    textOf(row, 'type')
      .toLowerCase()
      .split(',')
      .map((type) => type.trim())
  const parents = new Map<string, CsvRow>()
  for await (const row of inBreaths(rows)) {
    if (!typesOf(row).includes('variable')) continue
    parents.set(`id:${textOf(row, 'id')}`, row)
    if (textOf(row, 'sku') !== '') parents.set(textOf(row, 'sku'), row)
  }
  for await (const row of inBreaths(rows)) {
    const types = typesOf(row)
    if (types.includes('variable') || types.includes('grouped')) continue
    if (types.includes('external')) {
      const value = textOf(row, 'type')
      problems.push({ line: row.line, column: 'Type', value, reason: 'is sold on another site: left out' })
      continue
    }
    sources.push(sourceOf(row, parents.get(textOf(row, 'parent')), columns))
  }
  return { rows: sources, problems }
}

function sourceOf(row: CsvRow, parent: CsvRow | undefined, columns: Columns): SourceRow {
  const cell = (name: string): Cell | undefined => {
    const found = columns.cell(row, name)
    return found && { ...found, text: unescaped(found.text) }
  }
  const sku = cellOr(cell('sku'), 'SKU')
  const name = cellOr(cell('name'), 'Name')
  const category = categoryOf(cell('categories')) ?? categoryOf(parent && columns.cell(parent, 'categories'))
  const tax = taxOf(row, parent, columns)
  const stock = cell('stock')
  return {
    line: row.line,
    sku: { ...sku, text: sku.text || `WC-${cell('id')?.text ?? ''}` },
    name: { ...name, text: nameOf(name.text, row, parent, columns) },
    price: cellOr(cell('regular price'), 'Regular price'),
    ...optional('category', category),
    ...optional('cost', cell('cost of goods')),
    ...(tax && { tax }),
    ...optional('barcodes', cell('gtin, upc, ean, or isbn')),
    // A variation may share its parent's stock, which is no number of its own.
    ...(stock?.text.toLowerCase() === 'parent' ? {} : optional('openingStock', stock)),
    ...(parent !== undefined && variantOf(row, parent, columns)),
    ...optional('picture', pictureOf(cell('images')) ?? pictureOf(parent && columns.cell(parent, 'images'))),
    listsAllBarcodes: false,
  }
}

/** A variation whose name does not tell it from its parent gets its attributes added. */
function nameOf(own: string, row: CsvRow, parent: CsvRow | undefined, columns: Columns): string {
  const name = plainText(own)
  if (parent === undefined) return name
  const base = plainText(unescaped(columns.cell(parent, 'name')?.text ?? ''))
  if (name !== '' && name !== base) return name
  const attributes: string[] = []
  for (let n = 1; columns.has(`attribute ${n} value(s)`); n++)
    attributes.push(plainText(columns.cell(row, `attribute ${n} value(s)`)?.text ?? ''))
  return [base, attributes.filter(Boolean).join(', ')].filter(Boolean).join(' – ')
}

/** What a variation is one of, and what tells it from the others. */
function variantOf(row: CsvRow, parent: CsvRow, columns: Columns): Pick<SourceRow, 'variantOf' | 'options'> {
  const of = cellOr(columns.cell(parent, 'name'), 'Name')
  const pairs: string[] = []
  for (let n = 1; n <= 3; n++) {
    const [name, value] = [`attribute ${n} name`, `attribute ${n} value(s)`].map((column) =>
      plainText(unescaped(columns.cell(row, column)?.text ?? '')).replace(/\s*[\\:;]\s*/g, ' '),
    )
    if (name && value) pairs.push(`${name}: ${value}`)
  }
  if (of.text === '' || pairs.length === 0) return {}
  return {
    variantOf: { column: of.column, text: plainText(unescaped(of.text)) },
    options: { column: 'Attribute 1 value(s)', text: pairs.join('; ') },
  }
}

/** The first of its pictures, where it has an address that a till may load. */
function pictureOf(cell: Cell | undefined): Cell | undefined {
  const text = cell?.text.split(',')[0]?.trim() ?? ''
  return cell !== undefined && 'value' in readPicture(text) ? { ...cell, text } : undefined
}

/** The first category, by the innermost of its names; a comma within a name is written `\,`. */
function categoryOf(cell: Cell | undefined): Cell | undefined {
  if (cell === undefined || cell.text === '') return undefined
  const [first = ''] = unescaped(cell.text).split(/(?<!\\),/)
  const innermost = plainText(first.split('>').at(-1)?.replaceAll('\\,', ',') ?? '')
  return innermost.toLowerCase() === 'uncategorized' ? undefined : { ...cell, text: innermost }
}

function taxOf(row: CsvRow, parent: CsvRow | undefined, columns: Columns): SourceRow['tax'] | undefined {
  const status = columns.cell(row, 'tax status')
  if (status?.text.toLowerCase() === 'none') return { ...status, kind: 'exempt' }
  const own = columns.cell(row, 'tax class')
  const taxClass = own?.text.toLowerCase() === 'parent' ? parent && columns.cell(parent, 'tax class') : own
  if (taxClass === undefined) return undefined
  if (taxClass.text === '' || taxClass.text === 'standard') return { ...taxClass, kind: 'standard' }
  if (taxClass.text === 'zero-rate') return { ...taxClass, kind: 'zero' }
  return taxClass
}
