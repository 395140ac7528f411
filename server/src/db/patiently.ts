import { setTimeout as wait } from 'node:timers/promises'
import { isTransient } from './transaction.ts'

export type PatiencePorts = {
  readonly forMs?: number
  readonly sleep?: (ms: number) => Promise<unknown>
  readonly now?: () => number
  /** What is worth waiting for; whatever may pass by itself, unless said otherwise. */
  readonly isWorthWaiting?: (error: unknown) => boolean
  /** Once, when it takes longer than a moment. */
  readonly onWaiting?: (error: unknown) => void
}

const betweenMs = 500

/**
 * Takes a step of the start until it succeeds: after a power cut Postgres may recover for minutes, and connections
 * that it drops meanwhile are no reason for a server not to start. Only for what is safe to repeat.
 * @throws what the step threw, at once if it is not of that kind, else when patience ends
 */
export async function patiently<T>(
  step: () => Promise<T>,
  {
    forMs = 300_000,
    sleep = wait,
    now = Date.now,
    isWorthWaiting = mayPass,
    onWaiting = () => {},
  }: PatiencePorts = {},
): Promise<T> {
  const until = now() + forMs
  for (let told = false; ; told = true) {
    try {
      return await step()
    } catch (error) {
      if (!isWorthWaiting(error) || now() >= until) throw error
      if (!told) onWaiting(error)
    }
    await sleep(betweenMs)
  }
}

const mayPass = (error: unknown): boolean => isTransient(rootOf(error))

/** Whether a database is there, and says that it is not ready: starting, recovering or going down. */
export const isGettingReady = (error: unknown): boolean => {
  const root = rootOf(error)
  return root instanceof Error && 'code' in root && root.code === '57P03'
}

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
