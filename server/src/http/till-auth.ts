import { createMiddleware } from 'hono/factory'
import { type AuthenticatedTill, authenticateTill } from '../tills/authenticate-till.ts'
import { tillReader } from '../tills/till-reader.ts'
import type { AppDeps } from './app-deps.ts'
import { refuse } from './problem.ts'

export type TillEnv = { Variables: { till: AuthenticatedTill; body: Uint8Array } }

/** Lets a till's signed request through, with the till and the body it signed. */
export function tillAuth({ sql, now }: AppDeps) {
  const findTill = tillReader(sql)
  return createMiddleware<TillEnv>(async (c, next) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const till = await authenticateTill(
      findTill,
      {
        authorization: c.req.header('authorization'),
        method: c.req.method,
        target: targetOf(c.req.url),
        body,
      },
      now(),
    )
    if ('message' in till) return refuse(c, till)
    c.set('till', till)
    c.set('body', body)
    return await next()
  })
}

/** Path and query of an address that is whole already. */
const targetOf = (url: string): string => url.slice(url.indexOf('/', url.indexOf('://') + 3))
