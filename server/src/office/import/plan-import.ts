import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import type { EveryTrait } from '../../db/queries/product-traits.ts'
import type { ImportProblem, ImportRow } from './import-row.ts'
import { inBreaths } from './in-breaths.ts'

/** What the company has of the products a file names. */
export interface Catalogue {
  /** By SKU. */
  readonly products: ReadonlyMap<string, KnownProduct>
  /** By barcode: whose it is. */
  readonly barcodes: ReadonlyMap<string, { readonly productId: string; readonly name: string }>
  /** By name in lower case. */
  readonly categories: ReadonlyMap<string, string>
  /** New products get this one where the file names none. */
  readonly defaultTaxCodeId: string
}

/** A product as it is, or as it will be. */
export interface ProductRow extends EveryTrait {
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly categoryId: string | null
  readonly taxCodeId: string
  readonly price: number
  readonly cost: number | null
  readonly unit: 'each' | 'kg'
}

export interface KnownProduct extends ProductRow {
  readonly barcodes: readonly string[]
}

export interface PlannedRow {
  readonly source: ImportRow
  readonly action: ImportReport['preview'][number]['action']
  /** The product as it was; undefined for a new one. */
  readonly known: KnownProduct | undefined
  readonly product: ProductRow
  readonly barcodes: readonly string[]
  readonly barcodesToAdd: readonly string[]
  readonly barcodesToRemove: readonly string[]
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[]
  readonly newCategories: readonly { readonly categoryId: string; readonly name: string }[]
  readonly problems: readonly ImportProblem[]
}

/**
 * Decides what each row does. Products are matched by SKU. What a row leaves blank stays as it is, so that
 * importing the same file again changes nothing; opening stock belongs to new products only.
 */
export async function planImport(
  rows: readonly ImportRow[],
  catalogue: Catalogue,
  newId: () => string,
): Promise<ImportPlan> {
  const planned: PlannedRow[] = []
  const problems: ImportProblem[] = []
  const newCategories = new Map<string, { categoryId: string; name: string }>()
  const seenSkus = new Map<string, number>()
  const seenBarcodes = new Map<string, number>()

  const categoryIdOf = (name: string): string => {
    const key = name.toLowerCase()
    const known = catalogue.categories.get(key) ?? newCategories.get(key)?.categoryId
    if (known !== undefined) return known
    const category = { categoryId: newId(), name }
    newCategories.set(key, category)
    return category.categoryId
  }

  for await (const row of inBreaths(rows)) {
    const known = catalogue.products.get(row.sku)
    const problem = conflictOf(row, known, catalogue, seenSkus, seenBarcodes)
    if (problem !== undefined) {
      problems.push(problem)
      continue
    }
    seenSkus.set(row.sku, row.line)
    for (const barcode of row.barcodes ?? []) seenBarcodes.set(barcode, row.line)
    planned.push(planRow(row, known, catalogue.defaultTaxCodeId, categoryIdOf, newId))
  }
  return { rows: planned, newCategories: [...newCategories.values()], problems }
}

function conflictOf(
  row: ImportRow,
  known: KnownProduct | undefined,
  catalogue: Catalogue,
  seenSkus: ReadonlyMap<string, number>,
  seenBarcodes: ReadonlyMap<string, number>,
): ImportProblem | undefined {
  const { line, sku, columns } = row
  const earlier = seenSkus.get(sku)
  if (earlier !== undefined)
    return { line, column: columns.sku, value: sku, reason: `is already on line ${earlier}` }
  for (const barcode of row.barcodes ?? []) {
    const at = { line, column: columns.barcodes, value: barcode }
    const earlierBarcode = seenBarcodes.get(barcode)
    if (earlierBarcode !== undefined) return { ...at, reason: `is already on line ${earlierBarcode}` }
    const owner = catalogue.barcodes.get(barcode)
    if (owner !== undefined && owner.productId !== known?.productId)
      return { ...at, reason: `belongs to another product, ${owner.name}` }
  }
  return undefined
}

function planRow(
  row: ImportRow,
  known: KnownProduct | undefined,
  defaultTaxCodeId: string,
  categoryIdOf: (name: string) => string,
  newId: () => string,
): PlannedRow {
  const product: ProductRow = {
    productId: known?.productId ?? newId(),
    sku: row.sku,
    name: row.name,
    categoryId: row.category === null ? (known?.categoryId ?? null) : categoryIdOf(row.category),
    taxCodeId: row.taxCodeId ?? known?.taxCodeId ?? defaultTaxCodeId,
    price: row.price,
    cost: row.cost ?? known?.cost ?? null,
    unit: row.unit ?? known?.unit ?? 'each',
    openPrice: row.openPrice ?? known?.openPrice ?? false,
    favourite: row.favourite ?? known?.favourite ?? false,
    picture: row.picture ?? known?.picture ?? null,
    variantOf: row.variantOf ?? known?.variantOf ?? null,
    options: row.options ?? known?.options ?? [],
  }
  const had = known?.barcodes ?? []
  const wanted = row.barcodes ?? had
  const barcodesToAdd = wanted.filter((barcode) => !had.includes(barcode))
  const barcodesToRemove = row.listsAllBarcodes ? had.filter((barcode) => !wanted.includes(barcode)) : []
  const barcodes = [...had.filter((barcode) => !barcodesToRemove.includes(barcode)), ...barcodesToAdd]
  const changed =
    barcodesToAdd.length > 0 || barcodesToRemove.length > 0 || (known && !isSame(known, product))
  const action = known === undefined ? 'create' : changed ? 'update' : 'unchanged'
  return { source: row, action, known, product, barcodes, barcodesToAdd, barcodesToRemove }
}

const isSame = (known: KnownProduct, wanted: ProductRow): boolean =>
  (Object.keys(wanted) as (keyof ProductRow)[]).every(
    (field) => JSON.stringify(known[field]) === JSON.stringify(wanted[field]),
  )
