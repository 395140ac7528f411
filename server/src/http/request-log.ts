import { createMiddleware } from 'hono/factory'
import type { AppDeps } from './app-deps.ts'
import type { TillEnv } from './till-auth.ts'

// Asked every few seconds by whatever watches the server.
const quiet = new Set(['/healthz', '/metrics'])

/** One line a request: never the query, headers or body, for they hold tokens, codes and names. */
export const requestLog = ({ log }: AppDeps) =>
  createMiddleware<{ Variables: Partial<TillEnv['Variables']> }>(async (c, next) => {
    const startedAt = performance.now()
    await next()
    const { method, path } = c.req
    const line = {
      method,
      path,
      status: c.res.status,
      ms: Math.round(performance.now() - startedAt),
      tillId: c.get('till')?.till_id,
    }
    if (c.res.status >= 500) log.error(line, 'request failed')
    else if (quiet.has(path)) log.debug(line, 'request')
    else log.info(line, 'request')
  })
