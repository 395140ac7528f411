import type { ExceptionRow, zResolve } from '@evertill/shared/protocol/office/exceptions'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import {
  type ExceptionListRow,
  exceptionById,
  listExceptions,
  resolveOpenException,
} from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { countHeldSince, leaveOut, lockException } from '../db/queries/quarantine.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

export const zExceptionCursor = zCursor(z.tuple([z.iso.datetime(), zUuid]))

export async function exceptionsPage(
  sql: Sql,
  granted: Granted<'report.view'>,
  { state, cursor }: { state?: 'open' | 'resolved' | undefined; cursor?: [string, string] | undefined },
): Promise<Page<ExceptionRow>> {
  const before = cursor && { raisedAt: cursor[0], exceptionId: cursor[1] }
  const rows = await listExceptions(sql, granted, state, { before, limit: PAGE_SIZE + 1 })
  return pageOf(rows, (row) => [row.raisedAtKey, row.exceptionId], exceptionRow)
}

const noSuchException = () => refused('not-found', 'There is no such exception.')

export async function exception(
  sql: Sql,
  granted: Granted<'report.view'>,
  exceptionId: string,
): Promise<ExceptionRow | Refused> {
  const row = await exceptionById(sql, granted, exceptionId)
  return row === undefined ? noSuchException() : exceptionRow(row)
}

export const exceptionRow = ({
  raisedAtKey: _,
  raisedAt,
  resolvedAt,
  ...row
}: ExceptionListRow): ExceptionRow => ({
  ...row,
  raisedAt: raisedAt.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
})

/** Closes an exception. What is held for it is left out, unless some of it came later than `upTo`. */
export async function resolveException(
  write: OfficeWrite,
  granted: Granted<'exception.resolve'>,
  exceptionId: string,
  { note, upTo }: z.output<typeof zResolve>,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    await lockException(tx, granted.companyId, exceptionId)
    const since = await countHeldSince(tx, granted.companyId, { exceptionId, upTo })
    if (since > 0) return { answer: refused('conflict', moreCame(since)) }
    const found = await resolveOpenException(tx, granted, exceptionId, { note, now: write.now() })
    if (found === undefined) return { answer: noSuchException() }
    if (found.state === 'resolved')
      return { answer: refused('conflict', 'This exception has already been resolved.') }
    if (found.held > 0) await leaveOut(tx, granted.companyId, exceptionId, write.now())
    const leftOut = found.held === 0 ? {} : { leftOut: found.held }
    const detail = { exceptionId, type: found.type, note, ...leftOut }
    return { answer: undefined, changed: { action: 'exception.resolved', detail } }
  })
}

const moreCame = (entries: number): string =>
  `${entries === 1 ? 'One more entry has' : `${entries} more entries have`} come meanwhile, and nothing was decided: look at all of it first.`
