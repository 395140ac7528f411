import type { Tx } from './connect.ts'

/**
 * For a transaction that fills a table from next to nothing. What each row's foreign keys are looked up by is planned
 * for the first five and kept; planned while nothing was known of the table, it reads all rows of the company, for
 * every row: 24 s and more for ten thousand products, and with the square of their number. So no plan is kept: 3 s.
 */
export async function planForEveryRow(tx: Tx): Promise<void> {
  await tx`set local plan_cache_mode = force_custom_plan`
}
