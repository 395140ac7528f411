import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../../db/connect.ts'
import { planForEveryRow } from '../../db/plan-for-every-row.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import {
  deleteBarcodes,
  insertBarcodes,
  insertCategories,
  insertProducts,
  insertStock,
  type StockEntry,
  updateProducts,
} from '../../db/queries/office-import.ts'
import { listOutlets } from '../../db/queries/office-today.ts'
import { type Refused, refused } from '../refused.ts'
import type { ImportPlan, PlannedRow } from './plan-import.ts'

/** Stores a plan, or says why not before anything is written. */
export async function storePlan(
  tx: Tx,
  granted: Granted<'catalogue.edit'>,
  plan: ImportPlan,
  { outletId, now }: { outletId: string | undefined; now: Date },
): Promise<Refused | undefined> {
  const created = plan.rows.filter((row) => row.action === 'create')
  const updated = plan.rows.filter((row) => row.action === 'update')
  const stock = await stockOf(tx, granted, created, outletId)
  if ('refused' in stock) return stock
  const productsOf = (rows: readonly PlannedRow[]) => rows.map((row) => row.product)
  const freed = updated.flatMap((row) => row.barcodesToRemove)
  const barcodes = plan.rows.flatMap(({ product: { productId }, barcodesToAdd }) =>
    barcodesToAdd.map((barcode) => ({ barcode, productId })),
  )
  await planForEveryRow(tx)
  await insertCategories(tx, granted, plan.newCategories)
  await insertProducts(tx, granted, productsOf(created))
  await updateProducts(tx, granted, productsOf(updated))
  await deleteBarcodes(tx, granted, freed)
  await insertBarcodes(tx, granted, barcodes)
  await insertStock(tx, granted, stock.entries, { sourceId: uuidv7(), reason: 'import', at: now })
  return undefined
}

/** Opening stock of new products. A company with one outlet need not say where it lies. */
async function stockOf(
  tx: Tx,
  granted: Granted<'catalogue.edit'>,
  created: readonly PlannedRow[],
  asked: string | undefined,
): Promise<{ readonly entries: readonly StockEntry[] } | Refused> {
  const outlets = await listOutlets(tx, granted)
  if (asked !== undefined && !outlets.some((outlet) => outlet.outletId === asked))
    return refusedOutlet('There is no such outlet.', 'is not one of your outlets')
  const outletId = asked ?? (outlets.length === 1 ? outlets[0]?.outletId : undefined)
  const quantities = created.flatMap(({ product: { productId }, source: { openingStock } }) =>
    openingStock === null || openingStock === 0 ? [] : [{ productId, quantity: openingStock }],
  )
  if (outletId !== undefined) return { entries: quantities.map((entry) => ({ outletId, ...entry })) }
  if (quantities.length === 0) return { entries: [] }
  return refusedOutlet(
    'The file has opening stock: choose the outlet where it lies.',
    'is needed, because the file has opening stock',
  )
}

const refusedOutlet = (message: string, why: string): Refused =>
  refused('bad-request', message, [{ path: 'outletId', message: why }])
