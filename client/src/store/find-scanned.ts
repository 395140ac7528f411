import { readScaleLabel, type ScaleLabel, type ScaleLabelLayout } from '@evertill/shared/domain/scale-label'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { findByCode } from './catalogue.ts'
import type { TillDatabase } from './till-database.ts'

/** What a code that was scanned or typed stands for. */
export interface Scanned {
  readonly product: ProductRow | undefined
  /** What a scale printed on it besides. */
  readonly label: ScaleLabel | undefined
}

/**
 * A product's own code comes first: a shop may number its goods with 20 to 29 without having a scale. Then a scale's
 * label, by its item code.
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
  if (own !== undefined) return { product: own, label: undefined }
  const label = readScaleLabel(code.trim(), layouts, minorDigits)
  for (const candidate of label?.codes ?? []) {
    const product = await findByCode(db, candidate)
    if (product !== undefined) return { product, label }
  }
  return { product: undefined, label }
}
