import { createHash } from 'node:crypto'
import type { Versioned } from '@evertill/shared/protocol/office/settings'
import type { Sql, SqlOrTx, Tx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { differences } from '../differences.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'

type Managed = Granted<'company.manage'>

/** One page of settings. */
export interface Subject<T extends object> {
  /** What the audit log calls a change of it. */
  readonly action: string
  readonly read: (sql: SqlOrTx, granted: Managed) => Promise<T>
  readonly write: (tx: Tx, granted: Managed, settings: T) => Promise<void>
  /** What of an edit cannot be, beyond what its schema says. */
  readonly refuse?: (
    before: T,
    edit: T,
    tx: Tx,
    granted: Managed,
  ) => Refused | undefined | Promise<Refused | undefined>
}

/** Of the same settings always the same. */
const versionOf = (settings: object): string =>
  createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16)

export async function settingsOf<T extends object>(
  sql: Sql,
  granted: Managed,
  subject: Subject<T>,
): Promise<Versioned<T>> {
  const settings = await subject.read(sql, granted)
  return { version: versionOf(settings), settings }
}

export async function editSettings<T extends object>(
  write: OfficeWrite,
  granted: Managed,
  subject: Subject<T>,
  { version, settings }: Versioned<T>,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const before = await subject.read(tx, granted)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (differences(before, settings).length === 0) return { answer: undefined }
    if (versionOf(before) !== version)
      return {
        answer: refused(
          'conflict',
          'Somebody else has changed these settings meanwhile. Nothing of yours was saved: load the page anew, look at theirs, then change what you still want.',
        ),
      }
    const refusal = await subject.refuse?.(before, settings, tx, granted)
    if (refusal !== undefined) return { answer: refusal }
    await subject.write(tx, granted, settings)
    const changes = differences(before, await subject.read(tx, granted))
    if (changes.length === 0) return { answer: undefined }
    return { answer: undefined, changed: { action: subject.action, detail: { changes } } }
  })
}
