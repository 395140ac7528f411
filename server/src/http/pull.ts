import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { pull } from '../feed/pull.ts'
import type { AppDeps } from './app-deps.ts'
import { type TillEnv, tillAuth } from './till-auth.ts'

/** GET /api/pull?cursor=: see protocol/pull. */
export const pullRoute = (deps: AppDeps) =>
  new Hono<TillEnv>().get('/', compress({ encoding: 'gzip' }), tillAuth(deps), async (c) =>
    c.json(await pull(deps.sql, c.var.till, c.req.query('cursor'), deps.now)),
  )
