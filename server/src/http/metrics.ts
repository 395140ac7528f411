import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { AppDeps } from './app-deps.ts'
import { type AuditMetric, createAuditMetric } from './audit-metric.ts'
import { peerAddress } from './caller-address.ts'
import { refuse } from './problem.ts'

/** What the server counts; one set an app, so that two apps in a process do not add up. */
export type Metrics = {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly outcomes: Counter<'outcome'>
  readonly raised: Counter<'type'>
  readonly retries: Counter
  readonly audit: AuditMetric
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'evertill_request_seconds',
      help: 'Time to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    outcomes: new Counter({
      name: 'evertill_entries_total',
      help: 'Entries that tills sent, by what became of them.',
      labelNames: ['outcome'],
      registers,
    }),
    raised: new Counter({
      name: 'evertill_exceptions_total',
      help: 'Exceptions of entries that tills sent, by type.',
      labelNames: ['type'],
      registers,
    }),
    retries: new Counter({
      name: 'evertill_replay_retries_total',
      help: 'Statements run again after a lost connection, a deadlock or a serialization failure.',
      registers,
    }),
    audit: createAuditMetric(registry),
  }
}

export const measureRequests = ({ requests }: Metrics) =>
  createMiddleware(async (c, next) => {
    const startedAt = performance.now()
    await next()
    // The route's pattern, not the path: ids in it would make a series each.
    requests.observe(
      { method: c.req.method, route: routePath(c), status: c.res.status },
      (performance.now() - startedAt) / 1000,
    )
  })

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** GET /metrics for Prometheus: by token where one is configured, else from this machine and not through a proxy. */
export const metricsRoute = (deps: AppDeps, { registry, audit }: Metrics) =>
  new Hono().get('/', async (c) => {
    const { metricsToken } = deps.config
    const allowed =
      metricsToken === undefined
        ? loopback.has(peerAddress(c)) && c.req.header('x-forwarded-for') === undefined
        : isSame(c.req.header('authorization') ?? '', `Bearer ${metricsToken}`)
    if (!allowed) return refuse(c, { code: 'forbidden', message: 'Metrics are not for everyone.' })
    audit.refresh(deps)
    return c.text(await registry.metrics(), 200, { 'content-type': registry.contentType })
  })

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
