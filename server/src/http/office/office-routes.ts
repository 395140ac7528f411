import { zFirstRun, zImportFormat, zNewTill, zProductEdit, zResolve } from '@evertill/shared/protocol/office'
import { zDate, zUuid } from '@evertill/shared/protocol/scalars'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { exceptionsPage, resolveException, zExceptionCursor } from '../../office/exceptions.ts'
import { firstRun, isFirstRunNeeded } from '../../office/founding/first-run.ts'
import { importProducts } from '../../office/import/import-products.ts'
import { officeSession } from '../../office/office-user.ts'
import {
  addProduct,
  editProduct,
  product,
  productOptions,
  productsPage,
  removeProduct,
  zProductCursor,
} from '../../office/products.ts'
import { isRefused, type Refused } from '../../office/refused.ts'
import { saleDetail, salesPage, zSaleCursor } from '../../office/sales.ts'
import { stockPage, zStockCursor } from '../../office/stock.ts'
import { addTill, enrolmentCode, revokeTill, tillSummaries } from '../../office/tills.ts'
import { outletOptions, today } from '../../office/today.ts'
import { refuse, tooLarge } from '../problem.ts'
import { body, params, query, zSearch } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { ownOriginOnly } from './own-origin.ts'
import { requireOffice, requireSignedIn } from './require-office.ts'

const mostBytes = 200_000
const MOST_IMPORT_BYTES = 20_000_000

/** Under /api/office: see protocol/office. */
export function officeRoutes(deps: OfficeDeps): Hono {
  const { sql, now } = deps
  const app = new Hono().use(ownOriginOnly(deps))
  const limited = bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) })
  const may = {
    seeReports: requireOffice(deps, 'report.view'),
    seeStock: requireOffice(deps, 'stock.view'),
    seeTills: requireOffice(deps, 'till.view'),
    enrolTills: requireOffice(deps, 'till.enrol'),
    resolve: requireOffice(deps, 'exception.resolve'),
    seeCatalogue: requireOffice(deps, 'catalogue.view'),
    editCatalogue: requireOffice(deps, 'catalogue.edit'),
  }

  app.get('/first-run', async (c) => c.json({ needed: await isFirstRunNeeded(sql) }))
  app.post('/first-run', limited, body(zFirstRun), async (c) =>
    answer(c, (await firstRun(deps, c.var.body)) ?? {}, 201),
  )
  app.get('/session', requireSignedIn(deps), (c) => c.json(officeSession(c.var.user)))
  app.get('/outlets', requireSignedIn(deps), async (c) =>
    c.json({ rows: await outletOptions(sql, c.var.user) }),
  )

  app.get('/today', may.seeReports, query(z.object({ date: zDate.optional() })), async (c) =>
    c.json(await today(sql, c.var.granted, { date: c.req.valid('query').date, now: now() })),
  )
  const zSales = z.object({
    q: zSearch.optional(),
    outletId: zUuid.optional(),
    from: zDate.optional(),
    to: zDate.optional(),
    cursor: zSaleCursor.optional(),
  })
  app.get('/sales', may.seeReports, query(zSales), async (c) =>
    c.json(await salesPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/sales/:saleId', may.seeReports, params(z.object({ saleId: zUuid })), async (c) =>
    answer(c, await saleDetail(sql, c.var.granted, c.req.valid('param').saleId)),
  )
  const zStock = z.object({
    q: zSearch.optional(),
    outletId: zUuid.optional(),
    cursor: zStockCursor.optional(),
  })
  app.get('/stock', may.seeStock, query(zStock), async (c) =>
    c.json(await stockPage(sql, c.var.granted, c.req.valid('query'))),
  )

  app.get('/tills', may.seeTills, async (c) => c.json({ rows: await tillSummaries(sql, c.var.granted) }))
  app.post('/tills', limited, may.enrolTills, body(zNewTill), async (c) =>
    answer(c, await addTill(deps, c.var.granted, c.var.body), 201),
  )
  const oneTill = params(z.object({ tillId: zUuid }))
  app.post('/tills/:tillId/enrolment-code', limited, may.enrolTills, oneTill, async (c) => {
    // The address head office is open at is one that tills can reach too; ownOriginOnly has checked it.
    const origin = c.req.header('origin') ?? ''
    return answer(c, await enrolmentCode(deps, c.var.granted, c.req.valid('param').tillId, origin), 201)
  })
  app.post('/tills/:tillId/revoke', limited, may.enrolTills, oneTill, async (c) =>
    answer(c, await revokeTill(deps, c.var.granted, c.req.valid('param').tillId), 204),
  )

  const zExceptions = z.object({
    state: z.enum(['open', 'resolved']).optional(),
    cursor: zExceptionCursor.optional(),
  })
  app.get('/exceptions', may.seeReports, query(zExceptions), async (c) =>
    c.json(await exceptionsPage(sql, c.var.granted, c.req.valid('query'))),
  )
  const oneException = params(z.object({ exceptionId: zUuid }))
  app.post(
    '/exceptions/:exceptionId/resolve',
    limited,
    may.resolve,
    oneException,
    body(zResolve),
    async (c) =>
      answer(
        c,
        await resolveException(deps, c.var.granted, c.req.valid('param').exceptionId, c.var.body.note),
        204,
      ),
  )

  const zProducts = z.object({ q: zSearch.optional(), cursor: zProductCursor.optional() })
  app.get('/products', may.seeCatalogue, query(zProducts), async (c) =>
    c.json(await productsPage(sql, c.var.granted, c.req.valid('query'))),
  )
  app.get('/products/options', may.seeCatalogue, async (c) =>
    c.json(await productOptions(sql, c.var.granted)),
  )
  const oneProduct = params(z.object({ productId: zUuid }))
  app.get('/products/:productId', may.seeCatalogue, oneProduct, async (c) =>
    answer(c, await product(sql, c.var.granted, c.req.valid('param').productId)),
  )
  app.post('/products', limited, may.editCatalogue, body(zProductEdit), async (c) =>
    answer(c, await addProduct(deps, c.var.granted, c.var.body), 201),
  )
  app.put('/products/:productId', limited, may.editCatalogue, oneProduct, body(zProductEdit), async (c) =>
    answer(c, await editProduct(deps, c.var.granted, c.req.valid('param').productId, c.var.body), 204),
  )
  app.delete('/products/:productId', limited, may.editCatalogue, oneProduct, async (c) =>
    answer(c, await removeProduct(deps, c.var.granted, c.req.valid('param').productId), 204),
  )
  const zImport = z.object({
    format: zImportFormat.default('auto'),
    commit: z.stringbool().default(false),
    outletId: zUuid.optional(),
  })
  const upload = bodyLimit({ maxSize: MOST_IMPORT_BYTES, onError: tooLarge(MOST_IMPORT_BYTES) })
  app.post('/products/import', upload, may.editCatalogue, query(zImport), async (c) => {
    const file = new Uint8Array(await c.req.arrayBuffer())
    return answer(c, await importProducts(deps, c.var.granted, file, c.req.valid('query')))
  })
  return app
}

function answer(c: Context, result: object | undefined | Refused, status: 200 | 201 | 204 = 200): Response {
  if (isRefused(result)) return refuse(c, result.refused)
  return result === undefined || status === 204 ? c.body(null, 204) : c.json(result, status)
}
