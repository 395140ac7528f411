import { z } from 'zod'
import { zInstant } from './scalars.ts'

/** Every refusal of the API: a literal code, a sentence for a person, and the fields at fault. */
export const zProblem = z.object({
  code: z.enum([
    'bad-request', // 400: `fields` says where
    'unauthenticated', // 401
    'token-stale', // 401: sign again by `serverTime`
    'forbidden', // 403
    'till-revoked', // 403
    'not-found', // 404
    'conflict', // 409: `fields` says where
    'enrolment-code-unknown', // 404
    'enrolment-code-expired', // 410
    'enrolment-code-used', // 410
    'too-large', // 413
    'too-many-requests', // 429: `retryAfterMs`
    'unavailable', // 503: try again
    'internal', // 500
  ]),
  message: z.string(),
  fields: z.exactOptional(z.array(z.object({ path: z.string(), message: z.string() }))),
  serverTime: z.exactOptional(zInstant),
  retryAfterMs: z.exactOptional(z.int()),
})
export type Problem = z.infer<typeof zProblem>
