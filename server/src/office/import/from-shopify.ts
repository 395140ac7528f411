import { plainText, readPicture } from './cells.ts'
import type { Cell, ImportProblem, SourceRow } from './import-row.ts'
import { inBreaths } from './in-breaths.ts'
import type { CsvRow, CsvTable } from './read-csv.ts'
import { type Columns, cellOr, optional } from './table.ts'

/*
 * Shopify's product export, in its long-standing columns (`Handle`, `Variant SKU`, `Variant Price` …) and in
 * those of its newer template (`URL handle`, `SKU`, `Price` …).
 *
 * A product takes as many rows as it has variants or pictures, whichever are more; all begin with its handle,
 * and only the first has its title. A row without a price is a picture.
 */

export const isShopify = (columns: Columns): boolean =>
  columns.has('handle', 'title', 'variant price') || columns.has('url handle', 'title', 'price')

interface Parent {
  readonly title: Cell
  readonly category: Cell | undefined
  /** `Colour`, `Size`: only the first row of a product names them. */
  readonly optionNames: readonly string[]
  readonly picture: Cell | undefined
  readonly leftOut: { readonly column: string; readonly value: string; readonly reason: string } | undefined
}

export async function fromShopify(
  { rows }: CsvTable,
  columns: Columns,
): Promise<{ rows: SourceRow[]; problems: ImportProblem[] }> {
  const sources: SourceRow[] = []
  const problems: ImportProblem[] = []
  const parents = new Map<string, Parent>()
  const leftOutSaid = new Set<string>()
  for await (const row of inBreaths(rows)) {
    const handle = cellOr(columns.cell(row, 'handle', 'url handle'), 'Handle').text
    const title = cellOr(columns.cell(row, 'title'), 'Title')
    if (title.text !== '' && !parents.has(handle)) parents.set(handle, parentOf(row, title, columns))
    const price = cellOr(columns.cell(row, 'variant price', 'price'), 'Variant Price')
    const sku = columns.cell(row, 'variant sku', 'sku')
    const options = optionsOf(row, columns)
    const isPicture = price.text === '' && !sku?.text && options.length === 0 && title.text === ''
    if (isPicture) continue
    const parent = parents.get(handle)
    if (parent?.leftOut !== undefined) {
      if (!leftOutSaid.has(handle)) problems.push({ line: row.line, ...parent.leftOut })
      leftOutSaid.add(handle)
      continue
    }
    sources.push(sourceOf(row, { handle, parent, price, options, columns }))
  }
  return { rows: sources, problems }
}

function parentOf(row: CsvRow, title: Cell, columns: Columns): Parent {
  const type = columns.cell(row, 'type', 'custom product type')
  const standard = columns.cell(row, 'product category', 'standardized product type')
  const status = columns.cell(row, 'status')
  const giftCard = columns.cell(row, 'gift card')
  const leftOut =
    status?.text.toLowerCase() === 'archived'
      ? { column: status.column, value: status.text, reason: 'is archived in Shopify: left out' }
      : giftCard?.text.toLowerCase() === 'true'
        ? { column: giftCard.column, value: title.text, reason: 'gift cards are not goods: left out' }
        : undefined
  return {
    title,
    category: plain(type?.text ? type : standard && lastPart(standard)),
    optionNames: [1, 2, 3].map((n) => plainText(columns.cell(row, `option${n} name`)?.text ?? '')),
    picture: columns.cell(row, 'image src', 'product image url'),
    leftOut,
  }
}

/** `Food, Beverages & Tobacco > Food Items > Snack Foods` → `Snack Foods` */
const lastPart = ({ column, text }: Cell): Cell => ({ column, text: text.split('>').at(-1)?.trim() ?? '' })

const plain = (cell: Cell | undefined): Cell | undefined => cell && { ...cell, text: plainText(cell.text) }

/** The same as a cell of our own format. */
function optionsCell(row: CsvRow, parent: Parent | undefined, columns: Columns): Cell | undefined {
  const pairs = [1, 2, 3].flatMap((n) => {
    const value = plainText(columns.cell(row, `option${n} value`)?.text ?? '').replace(/\s*[\\:;]\s*/g, ' ')
    const name = (parent?.optionNames[n - 1] || `Option ${n}`).replace(/\s*[\\:;]\s*/g, ' ')
    return value === '' || value === 'Default Title' ? [] : [`${name}: ${value}`]
  })
  return pairs.length === 0 ? undefined : { column: 'Option1 Value', text: pairs.join('; ') }
}

/** What tells this variant from the others; Shopify calls the only one `Default Title`. */
function optionsOf(row: CsvRow, columns: Columns): string[] {
  return [1, 2, 3]
    .map((n) => plainText(columns.cell(row, `option${n} value`)?.text ?? ''))
    .filter((option) => option !== '' && option !== 'Default Title')
}

function sourceOf(
  row: CsvRow,
  {
    handle,
    parent,
    price,
    options,
    columns,
  }: { handle: string; parent: Parent | undefined; price: Cell; options: string[]; columns: Columns },
): SourceRow {
  const title = parent?.title ?? { column: 'Title', text: '' }
  const base = plainText(title.text)
  const barcodes = columns.cell(row, 'variant barcode', 'barcode')
  const sku = cellOr(columns.cell(row, 'variant sku', 'sku'), 'Variant SKU')
  const tracker = columns.cell(row, 'variant inventory tracker', 'inventory tracker')
  const stock = columns.cell(row, 'variant inventory qty', 'inventory quantity')
  const taxable = columns.cell(row, 'variant taxable', 'charge tax')
  return {
    line: row.line,
    sku: { column: sku.column, text: sku.text || derivedSku(handle, options) },
    name: { column: title.column, text: base && [base, options.join(' / ')].filter(Boolean).join(' – ') },
    price,
    ...optional('category', parent?.category),
    ...optional('cost', columns.cell(row, 'cost per item')),
    ...(taxable?.text && {
      tax: { ...taxable, kind: taxable.text.toLowerCase() === 'false' ? 'exempt' : 'standard' },
    }),
    ...optional('barcodes', barcodes),
    // Without a tracker Shopify counts nothing and writes 0.
    ...(tracker === undefined || tracker.text !== '' ? optional('openingStock', stock) : {}),
    ...(options.length > 0 && base !== '' && { variantOf: { column: title.column, text: base } }),
    ...(base !== '' && optional('options', optionsCell(row, parent, columns))),
    ...optional(
      'picture',
      pictureOf(columns.cell(row, 'variant image', 'variant image url'), parent?.picture),
    ),
    listsAllBarcodes: false,
  }
}

/** Shops link pictures of their own site over https; anything else is left out rather than the product. */
const pictureOf = (...cells: readonly (Cell | undefined)[]): Cell | undefined =>
  cells.find((cell) => cell !== undefined && 'value' in readPicture(cell.text))

/** Many shops give no SKUs; handle and options name a variant for good, so importing again finds it. */
const derivedSku = (handle: string, options: readonly string[]): string =>
  [handle, ...options]
    .map((part) =>
      part
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-')
