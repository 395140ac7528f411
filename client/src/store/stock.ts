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
  const levels = await db.stock.bulkGet([...productIds])
  return new Map(
    productIds.map((productId, i) => [productId, (levels[i]?.onHand ?? 0) - (levels[i]?.sold ?? 0)]),
  )
}

/** Lays sold lines over the server's counts (`direction` 1), or lifts them off again (−1). In a transaction. */
export async function overlaySold(
  db: TillDatabase,
  lines: readonly Sold[],
  direction: 1 | -1,
): Promise<void> {
  const byProduct = new Map<string, number>()
  for (const { productId, quantity } of lines)
    byProduct.set(productId, (byProduct.get(productId) ?? 0) + quantity * direction)
  if (byProduct.size === 0) return
  const ids = [...byProduct.keys()]
  const levels = await db.stock.bulkGet(ids)
  const next = ids.map((productId, i): StockLevel => {
    const level = levels[i] ?? { productId, onHand: 0, sold: 0 }
    return { ...level, sold: level.sold + (byProduct.get(productId) ?? 0) }
  })
  await db.stock.bulkPut(next)
}
