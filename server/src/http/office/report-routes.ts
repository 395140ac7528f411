import { zReplayKind, zResolve } from '@evertill/shared/protocol/office/exceptions'
import { zSaleKind } from '@evertill/shared/protocol/office/sales'
import { zDate, zUuid } from '@evertill/shared/protocol/scalars'
import { Hono } from 'hono'
import { z } from 'zod'
import { companyAudit } from '../../office/audit.ts'
import { exception, exceptionsPage, resolveException, zExceptionCursor } from '../../office/exceptions.ts'
import { heldEntries, replayAllHeld, replayHeld } from '../../office/held-entries.ts'
import { saleDetail, salesPage, zSaleCursor } from '../../office/sales.ts'
import { stockPage, zStockCursor } from '../../office/stock.ts'
import { today } from '../../office/today.ts'
import { answer, formSized } from './answer.ts'
import { body, params, query, zSearch } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const zToday = z.object({ date: zDate.optional() })
const zSales = z.object({
  q: zSearch.optional(),
  kind: zSaleKind.optional(),
  outletId: zUuid.optional(),
  from: zDate.optional(),
  to: zDate.optional(),
  cursor: zSaleCursor.optional(),
})
const zStock = z.object({
  q: zSearch.optional(),
  outletId: zUuid.optional(),
  cursor: zStockCursor.optional(),
})
const zExceptions = z.object({
  state: z.enum(['open', 'resolved']).optional(),
  cursor: zExceptionCursor.optional(),
})
const zReplay = z.object({
  upTo: zUuid,
  after: z.union([z.literal('start'), zUuid]).optional(),
})
const oneSale = params(z.object({ saleId: zUuid }))
const oneException = params(z.object({ exceptionId: zUuid }))

/** What happened: today, sales, stock, exceptions. */
export function reportRoutes(deps: OfficeDeps): Hono {
  const { sql, now } = deps
  const reports = requireOffice(deps, 'report.view')
  const stock = requireOffice(deps, 'stock.view')
  const resolving = requireOffice(deps, 'exception.resolve')
  const app = new Hono()

  app.get('/today', reports, query(zToday), async (c) =>
    c.json(await today(sql, c.var.granted, { date: c.req.valid('query').date, now: now() })),
  )
  app.get('/sales', reports, query(zSales), async (c) =>
    c.json(await salesPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/sales/:saleId', reports, oneSale, async (c) =>
    answer(c, await saleDetail(sql, c.var.granted, c.req.valid('param').saleId)),
  )
  app.get('/stock', stock, query(zStock), async (c) =>
    c.json(await stockPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/audit', reports, async (c) => c.json(await companyAudit(sql, c.var.granted, now)))
  app.get('/exceptions', reports, query(zExceptions), async (c) =>
    c.json(await exceptionsPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/exceptions/:exceptionId', reports, oneException, async (c) =>
    answer(c, await exception(sql, c.var.granted, c.req.valid('param').exceptionId)),
  )
  app.post(
    '/exceptions/:exceptionId/resolve',
    formSized,
    resolving,
    oneException,
    body(zResolve),
    async (c) =>
      answer(
        c,
        await resolveException(deps, c.var.granted, c.req.valid('param').exceptionId, c.var.body),
        204,
      ),
  )
  app.get('/exceptions/:exceptionId/held', reports, oneException, async (c) =>
    answer(c, await heldEntries(deps, c.var.granted, c.req.valid('param').exceptionId)),
  )
  app.post(
    '/exceptions/:exceptionId/replay',
    formSized,
    resolving,
    oneException,
    query(zReplay),
    async (c) => {
      const { exceptionId } = c.req.valid('param')
      return answer(c, await replayHeld(deps, c.var.granted, exceptionId, c.req.valid('query')))
    },
  )
  app.post('/exceptions/replay', formSized, resolving, body(zReplayKind), async (c) =>
    c.json(await replayAllHeld(deps, c.var.granted, c.var.body.type)),
  )
  return app
}
