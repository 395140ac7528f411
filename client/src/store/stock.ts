import type { StockLevel, TillDatabase } from './till-database.ts'

export interface Sold {
  readonly productId: string
  readonly quantity: number
}

/** Stock of these products, thousandths: the server's count less what this till sold since; 0 of an unknown one. */
export async function readStockOf(
  db: TillDatabase,
  productIds: readonly string[],
): Promise<Map<string, number>> {
  const levels = await readLevels(db, productIds)
  return new Map(
    [...levels].map(([productId, level]) => [productId, (level?.onHand ?? 0) - (level?.sold ?? 0)]),
  )
}

/** What is kept of each of some products; of an unknown one, nothing. */
export type Levels = ReadonlyMap<string, StockLevel | undefined>

export async function readLevels(db: TillDatabase, productIds: readonly string[]): Promise<Levels> {
  const ids = [...new Set(productIds)]
  const levels = await db.stock.bulkGet(ids)
  return new Map(ids.map((productId, i) => [productId, levels[i]]))
}

/**
 * Lays sold lines over the server's counts (`direction` 1), or lifts them off again (−1). In a transaction.
 * @param known levels that it has read and not written since
 */
export async function overlaySold(
  db: TillDatabase,
  lines: readonly Sold[],
  direction: 1 | -1,
  known?: Levels,
): Promise<void> {
  const byProduct = new Map<string, number>()
  for (const { productId, quantity } of lines)
    byProduct.set(productId, (byProduct.get(productId) ?? 0) + quantity * direction)
  if (byProduct.size === 0) return
  const ids = [...byProduct.keys()]
  const levels = known !== undefined && ids.every((id) => known.has(id)) ? known : await readLevels(db, ids)
  const next = [...byProduct].map(([productId, sold]): StockLevel => {
    const level = levels.get(productId) ?? { productId, onHand: 0, sold: 0 }
    return { ...level, sold: level.sold + sold }
  })
  await db.stock.bulkPut(next)
}
