import { Hono } from 'hono'
import { isTransient } from '../db/transaction.ts'
import type { AppDeps } from './app-deps.ts'
import { enrolRoute } from './enrol.ts'
import { healthz } from './healthz.ts'
import { createMetrics, measureRequests, metricsRoute } from './metrics.ts'
import { authRoutes } from './office/auth-routes.ts'
import { officeRoutes } from './office/office-routes.ts'
import { papersRoute } from './papers.ts'
import { refuse } from './problem.ts'
import { pullRoute } from './pull.ts'
import { pushRoute } from './push.ts'
import { requestLog } from './request-log.ts'

/** The HTTP side of the server. No CORS: the till's page comes from the same origin. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono()
  const metrics = createMetrics()
  app.use(requestLog(deps), measureRequests(metrics))
  app.route('/healthz', healthz(deps))
  app.route('/metrics', metricsRoute(deps, metrics))
  app.route('/api/enrol', enrolRoute(deps))
  app.route('/api/push', pushRoute(deps, metrics))
  app.route('/api/pull', pullRoute(deps))
  app.route('/api/papers', papersRoute(deps))
  if (deps.auth !== undefined) {
    const officeDeps = { ...deps, auth: deps.auth }
    app.route('/api/auth', authRoutes(officeDeps))
    app.route('/api/office', officeRoutes(officeDeps))
  }
  app.all('/api/*', (c) => refuse(c, { code: 'not-found', message: 'There is nothing at this address.' }))

  app.onError((error, c) => {
    if (isTransient(error)) {
      deps.log.warn({ err: error }, 'the database does not answer')
      return refuse(c, { code: 'unavailable', message: 'The database does not answer: try again shortly.' })
    }
    deps.log.error({ err: error }, 'unexpected error')
    return refuse(c, {
      code: 'internal',
      message: 'Something went wrong on the server. Nothing was half-written.',
    })
  })
  return app
}
