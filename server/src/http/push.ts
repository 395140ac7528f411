import { MAX_PUSH_BYTES, MAX_PUSH_UNPACKED_BYTES } from '@evertill/shared/protocol/push'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { acceptPush } from '../replay/accept-push.ts'
import type { AppDeps } from './app-deps.ts'
import { refuse, tooLarge } from './problem.ts'
import { type TillEnv, tillAuth } from './till-auth.ts'
import { unpack } from './unpack.ts'

/** POST /api/push: see protocol/push. */
export const pushRoute = (deps: AppDeps) =>
  new Hono<TillEnv>().post(
    '/',
    bodyLimit({ maxSize: MAX_PUSH_BYTES, onError: tooLarge(MAX_PUSH_BYTES) }),
    tillAuth(deps),
    async (c) => {
      const body = await unpack(c.var.body, c.req.header('content-encoding'), MAX_PUSH_UNPACKED_BYTES)
      if ('code' in body) return refuse(c, body)
      const answer = await acceptPush(deps.sql, c.var.till, body, deps)
      return 'code' in answer ? refuse(c, answer) : c.json(answer)
    },
  )
