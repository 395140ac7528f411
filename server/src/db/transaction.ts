import { setTimeout as wait } from 'node:timers/promises'
import type { Sql, Tx } from './connect.ts'

export type RetryPorts = {
  sleep: (ms: number) => Promise<unknown>
  random: () => number
}

const tries = 8
const firstDelayMs = 10
const longestDelayMs = 2_000

const timersAndDice: RetryPorts = { sleep: wait, random: Math.random }

/**
 * Runs `work` in one READ COMMITTED transaction, again from the start where the database asks for it.
 *
 * A connection lost during COMMIT leaves the outcome unknown, so `work` may run once more after it was
 * committed: it must be safe to repeat (ids made outside, `on conflict do nothing`, set rather than add).
 * Everything it does must go through its `tx`.
 */
export async function withTransaction<T>(
  sql: Sql,
  work: (tx: Tx) => Promise<T>,
  { sleep, random }: RetryPorts = timersAndDice,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let running: Promise<unknown> = Promise.resolve()
    try {
      return (await sql.begin('isolation level read committed', (tx) => {
        const result = work(tx)
        running = result.catch(() => {})
        return result
      })) as T
    } catch (error) {
      // A lost connection is known before `work` has noticed: two runs of it must not overlap.
      await running
      if (attempt >= tries || !isTransient(error)) throw error
    }
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt)
    await sleep(ceiling * random())
  }
}

const lostConnection = new Set([
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
])

/** Whether doing the same again may succeed: a lost or refused connection, a deadlock, a serialization failure. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isTransient)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // 08: connection exceptions; 57P: shutdown and terminated backends; 53300: too many connections.
  return lostConnection.has(code) || /^(40001|40P01|53300|08...|57P0[1-5])$/.test(code)
}

/** Reads everything as it was at one moment, however long it takes; whoever writes meanwhile is not held up. */
export async function withSnapshot<T>(sql: Sql, read: (tx: Tx) => Promise<T>): Promise<T> {
  return (await sql.begin('isolation level repeatable read read only', read)) as T
}
