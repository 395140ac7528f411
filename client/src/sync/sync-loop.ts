import type { TillDatabase } from '../store/till-database.ts'
import type { Fetch } from './request.ts'

export interface SyncDeps {
  readonly db: TillDatabase
  readonly fetch: Fetch
  readonly now: () => Date
  /** 0 ≤ x < 1. */
  readonly random: () => number
  /** `navigator.locks`, where the browser has it. */
  readonly locks: Pick<LockManager, 'request'> | undefined
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly isOnline: () => boolean
  readonly isVisible?: () => boolean
  readonly appVersion: string
}

export interface Sync {
  /** Look now: something was recorded, the page came back, a person asked. */
  wake(): void
  stop(): Promise<void>
}

export function startSync(_deps: SyncDeps): Sync {
  return { wake: () => undefined, stop: async () => undefined }
}
