import { zEnrolAgainRequest, zEnrolRequest } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { z } from 'zod'
import { enrol, enrolAgain } from '../tills/enrol.ts'
import type { AppDeps } from './app-deps.ts'
import { callerAddress } from './caller-address.ts'
import { badRequest, refuse, tooLarge } from './problem.ts'

const mostBytes = 10_000

/**
 * POST /api/enrol and /api/enrol/again: see protocol/enrol. Guesses at codes are rationed per caller and in all. Nobody
 * guesses a certificate, but browsers whose till another has become show theirs for ever: each caller has a ration of
 * these for itself, and the codes are not short of it.
 */
export function enrolRoute({ sql, config, now }: AppDeps): Hono {
  const perCaller = () => new RateLimiterMemory({ points: 20, duration: 60 })
  const ofCodes = { perCaller: perCaller(), inAll: new RateLimiterMemory({ points: 200, duration: 60 }) }
  const ofCertificates = { perCaller: perCaller() }

  async function rationed<T>(
    c: Context,
    { perCaller, inAll }: Ration,
    schema: z.ZodType<T>,
    answerTo: (request: T) => Promise<object | Problem>,
  ): Promise<Response> {
    const caller = callerAddress(c, config)
    // What a caller is refused anyway must not use up what all others may try.
    const waitMs = (await consume(perCaller, caller)) || (inAll ? await consume(inAll, 'all') : 0)
    if (waitMs > 0) {
      return refuse(c, {
        code: 'too-many-requests',
        message: 'Too many enrolments were tried: wait a minute and try again.',
        retryAfterMs: waitMs,
      })
    }
    const request = schema.safeParse(await c.req.json().catch(() => undefined))
    if (!request.success) return refuse(c, badRequest(request.error, 'The enrolment cannot be read.'))
    const answer = await answerTo(request.data)
    if ('message' in answer) return refuse(c, answer as Problem)
    // A whole shop may be set up from one address: only what failed counts.
    await Promise.all([perCaller.reward(caller), inAll?.reward('all')])
    return c.json(answer)
  }

  return new Hono()
    .use(bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) }))
    .post('/', (c) => rationed(c, ofCodes, zEnrolRequest, (request) => enrol(sql, request, now())))
    .post('/again', (c) =>
      rationed(c, ofCertificates, zEnrolAgainRequest, (request) => enrolAgain(sql, request, now())),
    )
}

interface Ration {
  readonly perCaller: RateLimiterAbstract
  readonly inAll?: RateLimiterAbstract
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
