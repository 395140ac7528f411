import { zNewTill } from '@evertill/shared/protocol/office/tills'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import { journalOfTill } from '../../office/journal.ts'
import { addTill, enrolmentCode, revokeTill, tillSummaries } from '../../office/tills.ts'
import { answer, formSized } from './answer.ts'
import { body, params, query } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'
import { zEntries } from './shift-routes.ts'

const oneTill = params(z.object({ tillId: zUuid }))

/** Under /tills: who may sell, and how far their journals have come. */
export function tillRoutes(deps: OfficeDeps): Hono {
  const viewing = requireOffice(deps, 'till.view')
  const enrolling = requireOffice(deps, 'till.enrol')
  const reports = requireOffice(deps, 'report.view')
  const app = new Hono()

  app.get('/', viewing, async (c) => c.json({ rows: await tillSummaries(deps.sql, c.var.granted) }))
  app.post('/', formSized, enrolling, body(zNewTill), async (c) =>
    answer(c, await addTill(deps, c.var.granted, c.var.body), 201),
  )
  app.post('/:tillId/enrolment-code', formSized, enrolling, oneTill, async (c) => {
    // The address head office is open at is one that tills can reach too; ownOriginOnly has checked it.
    const origin = c.req.header('origin') ?? ''
    return answer(c, await enrolmentCode(deps, c.var.granted, c.req.valid('param').tillId, origin), 201)
  })
  app.post('/:tillId/revoke', formSized, enrolling, oneTill, async (c) =>
    answer(c, await revokeTill(deps, c.var.granted, c.req.valid('param').tillId), 204),
  )
  app.get('/:tillId/entries', reports, oneTill, query(zEntries), async (c) => {
    const filter = { ...c.req.valid('param'), ...c.req.valid('query') }
    return answer(c, await journalOfTill(deps.sql, c.var.granted, filter))
  })
  return app
}
