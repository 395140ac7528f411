import { zPapersQuery } from '@evertill/shared/protocol/papers'
import { Hono } from 'hono'
import { findPapers } from '../tills/find-papers.ts'
import type { AppDeps } from './app-deps.ts'
import { badRequest, refuse } from './problem.ts'
import { revoked } from './pull.ts'
import { type TillEnv, tillAuth } from './till-auth.ts'

/** GET /api/papers?receiptNo= or ?saleId=: see protocol/papers. */
export const papersRoute = (deps: AppDeps) =>
  new Hono<TillEnv>().get('/', tillAuth(deps), async (c) => {
    const { till } = c.var
    if (till.state === 'revoked') return refuse(c, revoked)
    const query = zPapersQuery.safeParse(c.req.query())
    if (!query.success) return refuse(c, badRequest(query.error))
    return c.json(await findPapers(deps.sql, till, query.data, deps.now()))
  })
