import { setTimeout as wait } from 'node:timers/promises'
import { isTransient } from './transaction.ts'

export type RetryingPorts = {
  readonly sleep?: (ms: number) => Promise<unknown>
  readonly random?: () => number
  readonly onRetry?: (error: unknown) => void
  readonly isWorthAnother?: (error: unknown) => boolean
}

const tries = 8
const firstDelayMs = 10
const longestDelayMs = 1_000

/**
 * Runs one statement again where the database asks for it or the connection was lost, with full jitter.
 * Whether a lost statement took effect is unknown, so only what is safe to repeat may come here.
 */
export async function retrying<T>(
  statement: () => Promise<T>,
  {
    sleep = wait,
    random = Math.random,
    onRetry = () => {},
    isWorthAnother = isTransient,
  }: RetryingPorts = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await statement()
    } catch (error) {
      if (attempt >= tries || !isWorthAnother(error)) throw error
      onRetry(error)
    }
    await sleep(Math.min(longestDelayMs, firstDelayMs * 2 ** attempt) * random())
  }
}

/** Whether the data itself cannot be stored (SQLSTATE classes 22 and 23): trying again would not help. */
export function isDataError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code))
}
