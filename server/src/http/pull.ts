import type { Problem } from '@evertill/shared/protocol/problem'
import { zPullQuery } from '@evertill/shared/protocol/pull'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { pull } from '../feed/pull.ts'
import type { AppDeps } from './app-deps.ts'
import { badRequest, refuse } from './problem.ts'
import { type TillEnv, tillAuth } from './till-auth.ts'

/** GET /api/pull?cursor=&after=: see protocol/pull. */
export const pullRoute = (deps: AppDeps) =>
  new Hono<TillEnv>().get('/', compress({ encoding: 'gzip' }), tillAuth(deps), async (c) => {
    // Prices, customers and stock are no longer this device's business.
    if (c.var.till.state === 'revoked') return refuse(c, revoked)
    const asked = zPullQuery.safeParse(c.req.query())
    if (!asked.success) return refuse(c, badRequest(asked.error))
    const { cursor, after } = asked.data
    return c.json(await pull(deps.sql, c.var.till, cursor, deps.now, after))
  })

export const revoked: Problem = {
  code: 'till-revoked',
  message: 'Head office has revoked this till. What it still sends is kept for head office to decide about.',
}
