import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { v7 as uuidv7 } from 'uuid'
import type { SqlOrTx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { barcodeOwners, productsBySku } from '../../db/queries/office-import.ts'
import { listCategories, listTaxCodes } from '../../db/queries/office-products.ts'
import { findCurrency } from '../../db/queries/office-users.ts'
import { differences } from '../differences.ts'
import { categoriesByName } from '../named-category.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { FORMATS, formatOf } from './formats.ts'
import type { ImportFormat, ImportProblem, SourceRow } from './import-row.ts'
import { type ImportPlan, type PlannedRow, planImport } from './plan-import.ts'
import { MOST_ROWS, readCsv } from './read-csv.ts'
import { minorDigits, readRows } from './read-row.ts'
import { storePlan } from './store-plan.ts'
import { columnsOf } from './table.ts'

export interface ImportOptions {
  readonly format: 'auto' | ImportFormat
  /** False only looks. */
  readonly commit: boolean
  /** Where opening stock lies. */
  readonly outletId?: string | undefined
}

/** Rows of the preview; a person looks at some, not at ten thousand. */
const PREVIEW_ROWS = 100

/** Reads a file of products and, unless this is a preview, stores its good rows in one transaction. */
export async function importProducts(
  write: OfficeWrite,
  granted: Granted<'catalogue.edit'>,
  file: Uint8Array,
  { format: asked, commit, outletId }: ImportOptions,
): Promise<ImportReport | Refused> {
  const table = await readCsv(file)
  if (table.rows.length + table.problems.length > MOST_ROWS)
    return refused('too-large', `A file can hold ${MOST_ROWS} rows at most: split it and import the parts.`)
  const columns = columnsOf(table.header)
  const known = formatOf(asked, columns, table.header)
  if ('lacks' in known) {
    const fields = [{ path: 'format', message: known.lacks }]
    return refused(
      'bad-request',
      'The first line of the file does not name the columns that are needed.',
      fields,
    )
  }
  const { format } = known
  const { rows, problems = [] } = await FORMATS[format].read(table, columns)
  const leftOut = [...table.problems, ...problems]
  const head = { format, committed: commit, total: rows.length + leftOut.length }
  const report = (plan: NamedPlan) => reportOf(head, leftOut, plan)
  if (!commit) return report(await planFor(write.sql, granted, rows))

  return recordedChange<ImportReport | Refused>(write, granted, async (tx) => {
    const plan = await planFor(tx, granted, rows)
    const refusal = await storePlan(tx, granted, plan, { outletId, now: write.now() })
    if (refusal !== undefined) return { answer: refusal }
    const answer = report(plan)
    if (answer.created + answer.updated === 0) return { answer }
    return { answer, changed: { action: 'products.imported', detail: auditOf(answer, plan) } }
  })
}

/** What the audit log keeps: the counts, and of products that were there before what changed from what. */
function auditOf({ format, created, updated, unchanged }: ImportReport, { rows }: ImportPlan): object {
  const updates = rows.flatMap(({ action, known, product, barcodesToAdd, barcodesToRemove }) =>
    action === 'update' && known !== undefined
      ? [{ sku: product.sku, changes: differences(known, product), barcodesToAdd, barcodesToRemove }]
      : [],
  )
  return { format, created, updated, unchanged, updates }
}

/** A plan with the names that people know its ids by. */
interface NamedPlan extends ImportPlan {
  readonly taxCodeNames: ReadonlyMap<string, string>
  readonly categoryNames: ReadonlyMap<string, string>
}

async function planFor(
  sql: SqlOrTx,
  granted: Granted<'catalogue.edit'>,
  sources: readonly SourceRow[],
): Promise<NamedPlan> {
  const taxCodes = await listTaxCodes(sql, granted)
  const categories = await listCategories(sql, granted)
  const digits = minorDigits(await findCurrency(sql, granted))
  const { rows, problems } = await readRows(sources, { taxCodes, digits })
  const skus = rows.map((row) => row.sku)
  const barcodes = rows.flatMap((row) => row.barcodes ?? [])
  const products = await productsBySku(sql, granted, skus)
  const owners = await barcodeOwners(sql, granted, barcodes)
  const [defaultTaxCode] = taxCodes
  if (defaultTaxCode === undefined) throw new Error('a company has tax codes from its founding')
  const catalogue = {
    products: new Map(products.map((product) => [product.sku, product])),
    barcodes: new Map(owners.map((owner) => [owner.barcode, owner])),
    categories: categoriesByName(categories),
    defaultTaxCodeId: defaultTaxCode.taxCodeId,
  }
  const plan = await planImport(rows, catalogue, uuidv7)
  return {
    ...plan,
    problems: [...problems, ...plan.problems],
    taxCodeNames: new Map(taxCodes.map(({ taxCodeId, code }) => [taxCodeId, code])),
    categoryNames: new Map(
      [...categories, ...plan.newCategories].map(({ categoryId, name }) => [categoryId, name]),
    ),
  }
}

function reportOf(
  head: Pick<ImportReport, 'format' | 'committed' | 'total'>,
  earlier: readonly ImportProblem[],
  plan: NamedPlan,
): ImportReport {
  const count = (action: PlannedRow['action']) => plan.rows.filter((row) => row.action === action).length
  return {
    ...head,
    created: count('create'),
    updated: count('update'),
    unchanged: count('unchanged'),
    problems: [...earlier, ...plan.problems].sort((a, b) => a.line - b.line),
    preview: plan.rows.slice(0, PREVIEW_ROWS).map(({ source, action, product, barcodes }) => ({
      line: source.line,
      action,
      sku: product.sku,
      name: product.name,
      category: product.categoryId === null ? null : (plan.categoryNames.get(product.categoryId) ?? null),
      taxCode: plan.taxCodeNames.get(product.taxCodeId) ?? '',
      price: source.price,
      barcodes: [...barcodes],
      openingStock: action === 'create' ? source.openingStock : null,
    })),
  }
}
