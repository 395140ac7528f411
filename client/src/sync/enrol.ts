import type { Problem } from '@evertill/shared/protocol/problem'
import type { Till } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import type { Fetch } from './request.ts'

/** How far this browser can be trusted to keep what it stores. */
export type StorageKind = 'persistent' | 'best-effort' | 'ephemeral'

export interface EnrolInput {
  readonly code: string
  readonly fetch: Fetch
  readonly now: () => Date
  /** `navigator.storage.persist()`. */
  readonly persist: () => Promise<boolean>
  readonly appVersion: string
}

export type EnrolOutcome =
  | {
      readonly code: 'enrolled'
      readonly till: Till
      readonly storage: StorageKind
      readonly pulled: boolean
    }
  | {
      readonly code: Problem['code'] | 'offline' | 'no-persistence'
      readonly message: string
      readonly fields?: readonly { path: string; message: string }[]
    }

export async function enrol(_db: TillDatabase, _input: EnrolInput): Promise<EnrolOutcome> {
  return { code: 'unavailable', message: 'Enrolment is being built.' }
}
