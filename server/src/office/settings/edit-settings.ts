import { createHash } from 'node:crypto'
import type { Permission } from '@evertill/shared/domain/permission'
import type { Versioned } from '@evertill/shared/protocol/office/settings'
import type { Sql, SqlOrTx, Tx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { differences } from '../differences.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'

/** One page of settings, and what it takes to change and to see it. */
export interface Subject<
  T extends object,
  Edit extends Permission = 'company.manage',
  View extends Permission = Edit,
> {
  /** What the audit log calls a change of it. */
  readonly action: string
  readonly read: (sql: SqlOrTx, granted: Granted<View> | Granted<Edit>) => Promise<T>
  readonly write: (tx: Tx, granted: Granted<Edit>, settings: T) => Promise<void>
  /** What of an edit cannot be, beyond what its schema says. */
  readonly refuse?: (
    before: T,
    edit: T,
    tx: Tx,
    granted: Granted<Edit>,
  ) => Refused | undefined | Promise<Refused | undefined>
}

/** Of the same settings always the same. */
export const versionOf = (settings: object): string =>
  createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16)

export async function settingsOf<T extends object, Edit extends Permission, View extends Permission>(
  sql: Sql,
  granted: Granted<View>,
  subject: Subject<T, Edit, View>,
): Promise<Versioned<T>> {
  const settings = await subject.read(sql, granted)
  return { version: versionOf(settings), settings }
}

export async function editSettings<T extends object, Edit extends Permission, View extends Permission>(
  write: OfficeWrite,
  granted: Granted<Edit>,
  subject: Subject<T, Edit, View>,
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
