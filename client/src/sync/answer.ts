import { type Problem, zProblem } from '@evertill/shared/protocol/problem'
import type { z } from 'zod'

/** What came of a request. Only `answered` says anything about entries. */
export type Answer<T> =
  | { readonly code: 'answered'; readonly body: T }
  | { readonly code: 'refused'; readonly status: number; readonly problem: Problem }
  /** A 200 that is not what the server says: a captive portal, a cut body, another version. */
  | { readonly code: 'unreadable'; readonly message: string }
  /** No answer at all: nobody knows whether the request arrived. */
  | { readonly code: 'offline'; readonly message: string }
  /** None in time: no network, or one too slow for what was sent. */
  | { readonly code: 'too-slow'; readonly message: string }

export async function readAnswer<T>(response: Response, schema: z.ZodType<T>): Promise<Answer<T>> {
  const text = await response.text()
  const json = parseJson(text)
  if (response.ok) {
    const parsed = schema.safeParse(json)
    if (parsed.success) return { code: 'answered', body: parsed.data }
    return { code: 'unreadable', message: 'The answer was not one of the Evertill server’s.' }
  }
  const problem = zProblem.safeParse(json)
  return {
    code: 'refused',
    status: response.status,
    problem: problem.success ? problem.data : problemOf(response),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const CODE_BY_STATUS: { readonly [status: number]: Problem['code'] } = {
  400: 'bad-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many-requests',
  500: 'internal',
}

/** What a proxy between till and server meant when it answered in words of its own. */
function problemOf(response: Response): Problem {
  const { status } = response
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    code: CODE_BY_STATUS[status] ?? (status >= 500 ? 'unavailable' : 'bad-request'),
    message: `The server answered with status ${status}.`,
    ...(Number.isFinite(seconds) && { retryAfterMs: Math.round(seconds * 1000) }),
  }
}
