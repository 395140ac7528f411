import { zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import { emailState, sendEmailAgain } from '../../office/receipt-emails.ts'
import { answer, formSized } from './answer.ts'
import { params } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const oneException = params(z.object({ exceptionId: zUuid }))

/** Under /emails: receipts that go out by e-mail. */
export function emailRoutes(deps: OfficeDeps): Hono {
  const { sql, config } = deps
  const reports = requireOffice(deps, 'report.view')
  const resolving = requireOffice(deps, 'exception.resolve')
  const app = new Hono()

  app.get('/', reports, async (c) => c.json(await emailState(sql, c.var.granted, config.sendsMail ?? false)))
  app.post('/:exceptionId/send-again', formSized, resolving, oneException, async (c) =>
    answer(c, await sendEmailAgain(deps, c.var.granted, c.req.valid('param').exceptionId), 204),
  )
  return app
}
