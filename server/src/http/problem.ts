import type { Problem } from '@evertill/shared/protocol/problem'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'

const statusOf: Record<Problem['code'], ContentfulStatusCode> = {
  'bad-request': 400,
  unauthenticated: 401,
  'token-stale': 401,
  forbidden: 403,
  'till-revoked': 403,
  'not-found': 404,
  conflict: 409,
  'enrolment-code-unknown': 404,
  'enrolment-code-expired': 410,
  'enrolment-code-used': 410,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 503,
  internal: 500,
}

/** Answers with a problem and the status that belongs to its code. */
export function refuse(c: Context, problem: Problem): Response {
  if (problem.retryAfterMs !== undefined)
    c.header('retry-after', String(Math.ceil(problem.retryAfterMs / 1000)))
  return c.json(problem, statusOf[problem.code])
}

/** Names the fields at fault, so that a person or a till can mend them. */
export function badRequest(error: z.ZodError, message = 'The request has wrong fields.'): Problem {
  return {
    code: 'bad-request',
    message,
    fields: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  }
}

/** The onError of Hono's bodyLimit. */
export const tooLarge = (limit: number) => (c: Context) =>
  refuse(c, { code: 'too-large', message: `The body is larger than ${limit} bytes.` })
