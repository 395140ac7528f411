import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import {
  type ExceptionListRow,
  listExceptions,
  resolveOpenException,
} from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
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

export async function resolveException(
  write: OfficeWrite,
  granted: Granted<'exception.resolve'>,
  exceptionId: string,
  note: string,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const found = await resolveOpenException(tx, granted, exceptionId, { note, now: write.now() })
    if (found === undefined) return { answer: refused('not-found', 'There is no such exception.') }
    if (found.state === 'resolved')
      return { answer: refused('conflict', 'This exception has already been resolved.') }
    const leftOut = found.held === 0 ? {} : { leftOut: found.held }
    const detail = { exceptionId, type: found.type, note, ...leftOut }
    return { answer: undefined, changed: { action: 'exception.resolved', detail } }
  })
}
