import type { TaxCodeOption } from '../../db/queries/office-products.ts'
import {
  excelDamage,
  oneLine,
  type Read,
  readBarcodes,
  readFlag,
  readMoney,
  readOptions,
  readPicture,
  readQuantity,
  readUnit,
} from './cells.ts'
import type { Cell, ImportProblem, ImportRow, SourceRow } from './import-row.ts'
import { inBreaths } from './in-breaths.ts'

/** What of the company the cells are read by. */
export interface RowRules {
  readonly taxCodes: readonly TaxCodeOption[]
  /** Minor digits of its currency: 2 for SGD. */
  readonly digits: number
}

export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** The good rows of a file, and what is wrong with the others. */
export async function readRows(
  sources: readonly SourceRow[],
  rules: RowRules,
): Promise<{ rows: ImportRow[]; problems: ImportProblem[] }> {
  const rows: ImportRow[] = []
  const problems: ImportProblem[] = []
  for await (const source of inBreaths(sources)) {
    const row = readRow(source, rules)
    if ('problems' in row) problems.push(...row.problems)
    else rows.push(row)
  }
  return { rows, problems }
}

/** Understands every cell of a row, or says of each bad one what is wrong with it. */
function readRow(
  source: SourceRow,
  { taxCodes, digits }: RowRules,
): ImportRow | { problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const read = <T>(cell: Cell, reading: Read<T>): T | undefined => {
    if ('value' in reading) return reading.value
    const { column, text } = cell
    problems.push({ line: source.line, column, value: text.slice(0, 200), reason: reading.reason })
    return undefined
  }
  /** An optional cell: null where the file has nothing to say. */
  const readIfGiven = <T>(cell: Cell | undefined, reader: (text: string) => Read<T>): T | null =>
    cell === undefined || cell.text === '' ? null : (read(cell, reader(cell.text)) ?? null)

  const { price } = source
  const row = {
    line: source.line,
    sku: read(source.sku, readSku(source.sku.text)),
    name: read(source.name, readName(source.name.text)),
    category: readIfGiven(source.category, readName),
    price: read(price, price.text === '' ? { reason: 'is missing' } : readMoney(price.text, digits)),
    cost: readIfGiven(source.cost, (text) => readMoney(text, digits)),
    taxCodeId: readIfGiven(source.tax, () => readTaxCode(source.tax, taxCodes)),
    barcodes: readIfGiven(source.barcodes, readBarcodes),
    listsAllBarcodes: source.listsAllBarcodes,
    unit: readIfGiven(source.unit, readUnit),
    openingStock: readIfGiven(source.openingStock, readQuantity),
    openPrice: readIfGiven(source.openPrice, readFlag),
    favourite: readIfGiven(source.favourite, readFlag),
    picture: readIfGiven(source.picture, readPicture),
    variantOf: readIfGiven(source.variantOf, readName),
    options: readIfGiven(source.options, readOptions),
    columns: { sku: source.sku.column, barcodes: source.barcodes?.column ?? '' },
  }
  if (row.variantOf !== null && row.options === null && problems.length === 0)
    read(source.variantOf ?? source.sku, { reason: 'is a variant, and no options tell it from the others' })
  if (row.options !== null && row.variantOf === null && problems.length === 0)
    read(source.options ?? source.sku, { reason: 'are options of a variant, and nothing says of what' })
  const { sku, name, price: amount } = row
  if (problems.length > 0 || sku === undefined || name === undefined || amount === undefined)
    return { problems }
  return { ...row, sku, name, price: amount }
}

function readSku(text: string): Read<string> {
  const sku = text.replace(/^'/, '').trim()
  if (sku === '') return { reason: 'is missing' }
  if (sku.length > 64) return { reason: 'is longer than 64 characters' }
  const intact = excelDamage(sku)
  return 'reason' in intact ? intact : storable(sku)
}

/** Postgres holds no NUL; a file that is no text is full of them. */
const storable = (text: string): Read<string> =>
  text.includes('\0') ? { reason: 'contains a NUL character: is this file a CSV file?' } : { value: text }

function readName(text: string): Read<string> {
  const name = oneLine(text)
  if (name === '') return { reason: 'is missing' }
  if (name.length > 200) return { reason: 'is longer than 200 characters' }
  return storable(name)
}

function readTaxCode(tax: SourceRow['tax'], taxCodes: readonly TaxCodeOption[]): Read<string> {
  // A shop without exempt goods of its own may still keep them under zero-rated: no tax either way.
  const kinds = tax?.kind === 'exempt' ? ['exempt', 'zero'] : [tax?.kind]
  const found =
    tax?.kind === undefined
      ? taxCodes.find(({ code }) => code.toLowerCase() === tax?.text.toLowerCase())
      : kinds.map((kind) => taxCodes.find((taxCode) => taxCode.kind === kind)).find(Boolean)
  if (found !== undefined) return { value: found.taxCodeId }
  return { reason: `is not a tax code of yours (${taxCodes.map(({ code }) => code).join(', ')})` }
}
