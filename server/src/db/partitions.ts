import type { Logger } from 'pino'
import type { Sql } from './connect.ts'
import { retrying } from './retrying.ts'

const dayMs = 24 * 3_600_000
const monthsAhead = 2

/** Makes the ledgers' partitions of this month and the next ones, where they are missing. */
export async function ensurePartitions(sql: Sql, now: Date): Promise<void> {
  for (let ahead = 0; ahead <= monthsAhead; ahead++) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
    await retrying(() => sql`select ensure_month(${month.toISOString().slice(0, 10)}::date)`)
  }
}

/** Does so now and every day. Until it succeeds, entries go into the default partitions: nothing waits for it. */
export async function keepPartitionsAhead(
  sql: Sql,
  { log, now }: { log: Logger; now: () => Date },
): Promise<{ stop: () => void }> {
  const ensure = () =>
    ensurePartitions(sql, now()).catch((error: unknown) =>
      log.error({ err: error }, 'no partitions were made'),
    )
  await ensure()
  const timer = setInterval(ensure, dayMs).unref()
  return { stop: () => clearInterval(timer) }
}
