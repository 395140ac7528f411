import { MAX_RESCUE_BYTES } from '@evertill/shared/protocol/rescue'
import { Hono } from 'hono'
import { z } from 'zod'
import { importRescue } from '../../office/rescue/import-rescue.ts'
import { tooLarge } from '../problem.ts'
import { answer } from './answer.ts'
import { query } from './input.ts'
import type { OfficeDeps } from './office-deps.ts'
import { requireOffice } from './require-office.ts'

const zImport = z.object({ commit: z.stringbool().default(false), addTill: z.stringbool().default(false) })

/** POST /tills/rescue: see protocol/rescue. The body is read as it comes and never held whole. */
export function rescueRoutes(deps: OfficeDeps): Hono {
  const app = new Hono()
  app.post('/', requireOffice(deps, 'till.enrol'), query(zImport), async (c) => {
    // Told before it is sent, where the browser says how large it is.
    if (Number(c.req.header('content-length') ?? 0) > MAX_RESCUE_BYTES) return tooLarge(MAX_RESCUE_BYTES)(c)
    const upload = c.req.raw.body ?? new Blob([]).stream()
    return answer(c, await importRescue(deps, c.var.granted, upload, c.req.valid('query')))
  })
  return app
}
