import { fromEvertill, isEvertill } from './from-evertill.ts'
import { fromShopify, isShopify } from './from-shopify.ts'
import { fromWooCommerce, isWooCommerce } from './from-woocommerce.ts'
import type { ImportFormat, ImportProblem, SourceRow } from './import-row.ts'
import type { CsvTable } from './read-csv.ts'
import type { Columns } from './table.ts'

interface Format {
  readonly is: (columns: Columns) => boolean
  readonly read: (
    table: CsvTable,
    columns: Columns,
  ) => Promise<{ readonly rows: readonly SourceRow[]; readonly problems?: readonly ImportProblem[] }>
  /** The columns it is known by, in words. */
  readonly needs: string
}

/** In the order in which a header row is tried. */
export const FORMATS: Readonly<Record<ImportFormat, Format>> = {
  shopify: {
    is: isShopify,
    read: fromShopify,
    needs: 'Handle, Title and Variant Price (or URL handle, Title and Price)',
  },
  woocommerce: { is: isWooCommerce, read: fromWooCommerce, needs: 'ID, Type, SKU, Name and Regular price' },
  evertill: { is: isEvertill, read: fromEvertill, needs: 'sku, name and price' },
}

const names = Object.keys(FORMATS) as ImportFormat[]

/** The format whose columns the file has, or in words what the header row lacks. */
export function formatOf(
  asked: 'auto' | ImportFormat,
  columns: Columns,
  header: readonly string[],
): { format: ImportFormat } | { lacks: string } {
  const candidates = asked === 'auto' ? names : [asked]
  const format = candidates.find((name) => FORMATS[name].is(columns))
  if (format !== undefined) return { format }
  const needs = candidates.map((name) => `${FORMATS[name].needs} (${name})`).join('; or ')
  const found = header.length === 0 ? 'the file is empty' : `found ${header.slice(0, 12).join(', ')}`
  return { lacks: `needs the columns ${needs}; ${found}` }
}
