import type { LabelledGoods, ScaleLabel, ScaleLabelLayout } from '@evertill/shared/domain/scale-label'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { findByBarcode, findByCode } from './catalogue.ts'
import { searchPapers } from './journal.ts'
import type { TillDatabase } from './till-database.ts'

/** What a code that was scanned or typed stands for. */
export type Scanned =
  | { readonly code: 'product'; readonly product: ProductRow }
  /** A scale printed it: how much of the product, or at what price. */
  | {
      readonly code: 'labelled'
      readonly product: ProductRow
      readonly label: ScaleLabel
      readonly goods: LabelledGoods
    }
  /** A scale's label of something that the till does not have. */
  | { readonly code: 'unknown-label'; readonly label: ScaleLabel }
  /** A receipt, as it comes back with goods: by its entry, or by its number where this till has no such. */
  | { readonly code: 'receipt'; readonly paper: string }
  | { readonly code: 'unknown' }

/**
 * A product's own code comes first: a shop may number its goods with 20 to 29 without having a scale. Then a scale's
 * label, by its item code; or a receipt, by its number.
 * @param layouts of the shop's scales
 * @param minorDigits decimals of the currency
 */
export async function findScanned(
  db: TillDatabase,
  code: string,
  layouts: readonly ScaleLabelLayout[],
  minorDigits: number,
): Promise<Scanned> {
  const own = await findByCode(db, code)
  if (own !== undefined) return { code: 'product', product: own }
  if (isReceiptNo(code)) return findReceipt(db, code.trim())
  if (!/^\d{12,13}$/.test(code.trim())) return { code: 'unknown' }
  // Not needed to ring up what has a code of its own.
  const { goodsOnLabel, readScaleLabel } = await import('@evertill/shared/domain/scale-label')
  const label = readScaleLabel(code.trim(), layouts, minorDigits)
  if (label === undefined) return { code: 'unknown' }
  for (const candidate of label.codes) {
    // An item code is a barcode: what happens to have that SKU is something else.
    const product = await findByBarcode(db, candidate)
    if (product === undefined) continue
    const goods = goodsOnLabel(label, { unit: product.unit, unitPrice: product.price })
    return { code: 'labelled', product, label, goods }
  }
  return { code: 'unknown-label', label }
}

/** Whether it looks like one: looking for it takes reading the journal, or asking the server. */
export const isReceiptNo = (code: string): boolean =>
  /^\S+-\S+-\d{6,}$/.test(code.trim()) && !isEntryId(code.trim())

// One in three hundred ends in digits alone.
const isEntryId = (code: string) => /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(code)

async function findReceipt(db: TillDatabase, receiptNo: string): Promise<Scanned> {
  const [paper] = await searchPapers(db, ({ entry }) => entry.body.receiptNo === receiptNo, 1)
  return { code: 'receipt', paper: paper?.entry.id ?? receiptNo }
}
