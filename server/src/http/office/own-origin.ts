import { createMiddleware } from 'hono/factory'
import { refuse } from '../problem.ts'
import type { OfficeDeps } from './office-deps.ts'

const reads = new Set(['GET', 'HEAD'])

/** Stops other sites from making a signed-in browser change something (CSRF). */
export const ownOriginOnly = ({ auth }: Pick<OfficeDeps, 'auth'>) =>
  createMiddleware(async (c, next) => {
    if (reads.has(c.req.method) || auth.isOwnOrigin(c.req.raw.headers)) return await next()
    return refuse(c, {
      code: 'forbidden',
      message: 'Changes are accepted from Evertill’s own pages only: open head office at its own address.',
    })
  })
