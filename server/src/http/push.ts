import { MAX_PUSH_BYTES, MAX_PUSH_UNPACKED_BYTES } from '@evertill/shared/protocol/push'
import { Hono } from 'hono'
import { acceptPush } from '../replay/accept-push.ts'
import { applier } from '../replay/apply-lines.ts'
import { createReplayQueue } from '../replay/replay-queue.ts'
import { contactKeeper } from '../tills/keep-contact.ts'
import type { AppDeps } from './app-deps.ts'
import { limitBody } from './limit-body.ts'
import type { Metrics } from './metrics.ts'
import { refuse } from './problem.ts'
import { type TillEnv, tillAuth } from './till-auth.ts'
import { unpack } from './unpack.ts'

/** POST /api/push: see protocol/push. */
export function pushRoute(deps: AppDeps, { outcomes, raised, retries }: Metrics): Hono<TillEnv> {
  const retrying = { ...deps, onRetry: () => retries.inc() }
  const keepContact = contactKeeper(deps.sql, {
    ...deps,
    onLost: (error) => deps.log.warn({ err: error }, "a till's report was not kept"),
  })
  const ports = { ...retrying, keepContact, ...createReplayQueue(applier(deps.sql, retrying), deps) }
  return new Hono<TillEnv>().post('/', limitBody(MAX_PUSH_BYTES), tillAuth(deps), async (c) => {
    const body = await unpack(c.get('body'), c.req.header('content-encoding'), MAX_PUSH_UNPACKED_BYTES)
    if ('code' in body) return refuse(c, body)
    const answer = await acceptPush(deps.sql, c.get('till'), body, ports)
    if ('code' in answer) return refuse(c, answer)
    for (const { outcome, exceptions = [] } of answer.outcomes) {
      outcomes.inc({ outcome })
      for (const type of exceptions) raised.inc({ type })
    }
    return c.json(answer)
  })
}
