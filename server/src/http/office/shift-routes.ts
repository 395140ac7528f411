import { zEntryKind } from '@evertill/shared/protocol/office/journal'
import { zDate, zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import { zJournalCursor } from '../../office/journal.ts'
import { entriesOfShift, shiftDetail, shiftsPage, zShiftCursor } from '../../office/shifts.ts'
import { answer } from './answer.ts'
import { params, query } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const zShifts = z.object({
  outletId: zUuid.optional(),
  tillId: zUuid.optional(),
  from: zDate.optional(),
  to: zDate.optional(),
  cursor: zShiftCursor.optional(),
})
/** What a list of journal entries can be narrowed to. */
export const zEntries = z.object({ kind: zEntryKind.optional(), cursor: zJournalCursor.optional() })
const oneShift = params(z.object({ shiftId: zUuid }))

/** Under /shifts: who had which drawer, and what was in it at the end. */
export function shiftRoutes(deps: OfficeDeps): Hono {
  const { sql } = deps
  const reports = requireOffice(deps, 'report.view')
  const app = new Hono()

  app.get('/', reports, query(zShifts), async (c) =>
    c.json(await shiftsPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/:shiftId', reports, oneShift, async (c) =>
    answer(c, await shiftDetail(sql, c.var.granted, c.req.valid('param').shiftId)),
  )
  app.get('/:shiftId/entries', reports, oneShift, query(zEntries), async (c) =>
    answer(c, await entriesOfShift(sql, c.var.granted, c.req.valid('param').shiftId, c.req.valid('query'))),
  )
  return app
}
