import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

const DAYS = 30
const MOST = 24
/** Reading a month of sales must not hold up a scan. */
const AT_A_TIME = 50

/** What was in most sales of this till lately, the most frequent first. */
export const readMostSold = async (db: TillDatabase): Promise<readonly string[]> =>
  (await readState(db, 'mostSold'))?.productIds ?? []

/**
 * Counts anew, once a day: a sale counts once for each product in it, however many of it were sold.
 * @param rest lets others go first
 */
export async function refreshMostSold(db: TillDatabase, now: Date, rest: () => Promise<void>): Promise<void> {
  const day = now.toISOString().slice(0, 10)
  if ((await readState(db, 'mostSold'))?.day === day) return
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString()
  const counts = new Map<string, number>()
  const keys = await db.journal.toCollection().reverse().primaryKeys()
  for (let at = 0; at < keys.length; at += AT_A_TIME) {
    await rest()
    const rows = (await db.journal.bulkGet(keys.slice(at, at + AT_A_TIME))).filter((row) => row !== undefined)
    for (const { kind, raw, at: when } of rows) {
      if (kind !== 'sale' || when < since) continue
      for (const productId of productsIn(raw)) counts.set(productId, (counts.get(productId) ?? 0) + 1)
    }
    if (rows.length > 0 && rows.every((row) => row.at < since)) break
  }
  const productIds = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([productId]) => productId)
  await writeState(db, 'mostSold', { day, productIds })
}

const productsIn = (raw: string): Set<string> =>
  new Set(
    (JSON.parse(raw) as { body: { lines: { productId: string }[] } }).body.lines.map(
      (line) => line.productId,
    ),
  )
