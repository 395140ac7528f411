import { zEnrolRequest } from '@evertill/shared/protocol/enrol'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { enrol } from '../tills/enrol.ts'
import type { AppDeps } from './app-deps.ts'
import { callerAddress } from './caller-address.ts'
import { badRequest, refuse, tooLarge } from './problem.ts'

const mostBytes = 10_000

/** POST /api/enrol: see protocol/enrol. Guesses are rationed per caller and in all. */
export function enrolRoute({ sql, config, now }: AppDeps): Hono {
  const perCaller = new RateLimiterMemory({ points: 20, duration: 60 })
  const inAll = new RateLimiterMemory({ points: 200, duration: 60 })

  return new Hono().post('/', bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) }), async (c) => {
    const caller = callerAddress(c, config)
    // What a caller is refused anyway must not use up what all others may try.
    const waitMs = (await consume(perCaller, caller)) || (await consume(inAll, 'all'))
    if (waitMs > 0) {
      return refuse(c, {
        code: 'too-many-requests',
        message: 'Too many enrolments were tried: wait a minute and try again.',
        retryAfterMs: waitMs,
      })
    }
    const request = zEnrolRequest.safeParse(await c.req.json().catch(() => undefined))
    if (!request.success) return refuse(c, badRequest(request.error, 'The enrolment cannot be read.'))
    const answer = await enrol(sql, request.data, now())
    if ('message' in answer) return refuse(c, answer)
    // A whole shop may be set up from one address: only what failed counts.
    await Promise.all([perCaller.reward(caller), inAll.reward('all')])
    return c.json(answer)
  })
}

async function consume(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext)
    throw refusal
  }
}
