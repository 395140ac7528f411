import type { PointsKnown } from '@evertill/shared/domain/points'
import { isCountFresh } from './contact.ts'
import type { PointsHere, TillDatabase } from './till-database.ts'

/** What an entry did to a customer's points. */
export interface PointsMoved {
  readonly customerId: string
  readonly change: number
  readonly spent: number
}

/** What this till knows of a customer's points: the server's count with its own entries laid over it. */
export async function readPoints(db: TillDatabase, customerId: string, now: Date): Promise<PointsKnown> {
  const customer = await db.customer.get(customerId)
  const here = await db.pointsHere.get(customerId)
  return {
    balance: (customer?.points ?? 0) + (here?.change ?? 0),
    unconfirmed: here?.spent ?? 0,
    isFresh: await isCountFresh(db, now),
  }
}

/** Lays moved points over the server's counts (`direction` 1), or lifts them off again (−1). In a transaction. */
export async function overlayPoints(
  db: TillDatabase,
  moved: readonly PointsMoved[],
  direction: 1 | -1,
): Promise<void> {
  for (const { customerId, change, spent } of moved) {
    const here = await db.pointsHere.get(customerId)
    const next: PointsHere = {
      customerId,
      change: (here?.change ?? 0) + change * direction,
      spent: (here?.spent ?? 0) + spent * direction,
    }
    if (next.change === 0 && next.spent === 0) await db.pointsHere.delete(customerId)
    else await db.pointsHere.put(next)
  }
}
