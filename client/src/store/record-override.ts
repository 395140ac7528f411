import type { Approval } from './permit.ts'
import { append, type EntryRefusal, type Recorded, type RecordInput, recording } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

/** Most characters of what an override was given for: see zOverrideGivenBody. */
const MAX_ABOUT = 500

/**
 * Writes down at once that somebody let something pass whose own entry comes later, or never: the price of a line in
 * a sale that is still open.
 */
export const recordOverride = (
  db: TillDatabase,
  input: RecordInput & { readonly approval: Approval; readonly about: string },
): Promise<Recorded<'override-given'> | EntryRefusal> =>
  recording(db, [], input, (desk) =>
    append(db, desk, 'override-given', { ...input.approval, about: input.about.slice(0, MAX_ABOUT) }),
  )
