import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { CLIENT_ADDRESS_HEADER } from '../../office/auth.ts'
import { callerAddress } from '../caller-address.ts'
import { badRequest, refuse, tooLarge } from '../problem.ts'
import type { OfficeDeps } from './office-deps.ts'
import { ownOriginOnly } from './own-origin.ts'

const mostBytes = 10_000

const zPassword = z.string().min(1).max(200)
const bodyOf: Record<string, z.ZodType> = {
  'POST /sign-in/email': z.object({
    email: z.email(),
    password: zPassword,
    rememberMe: z.boolean().optional(),
  }),
  'POST /sign-out': z.unknown(),
  'POST /change-password': z.object({
    currentPassword: zPassword,
    newPassword: z.string().min(10, 'must have at least 10 characters').max(200),
    revokeOtherSessions: z.boolean().optional(),
  }),
  'GET /get-session': z.unknown(),
}

/**
 * Under /api/auth: the few doors of the auth library that head office uses, and no others.
 * Its refusals are answered as our problems.
 */
export function authRoutes(deps: OfficeDeps): Hono {
  const { auth, config } = deps
  const app = new Hono().use(
    bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) }),
    ownOriginOnly(deps),
  )
  for (const [door, schema] of Object.entries(bodyOf)) {
    const [method = '', path = ''] = door.split(' ')
    app.on(method, path, async (c) => {
      const text = method === 'GET' ? undefined : (await c.req.text()) || '{}'
      const parsed = schema.safeParse(text === undefined ? undefined : jsonOrNothing(text))
      if (!parsed.success) return refuse(c, badRequest(parsed.error))
      const headers = new Headers(c.req.raw.headers)
      headers.set(CLIENT_ADDRESS_HEADER, callerAddress(c, config))
      headers.set('content-type', 'application/json')
      headers.delete('content-length')
      const { url } = c.req
      const answer = await auth.handler(new Request(url, { method, headers, ...(text && { body: text }) }))
      if (answer.ok) return answer
      if (answer.status === 401)
        return refuse(c, { code: 'unauthenticated', message: 'The e-mail address or the password is wrong.' })
      if (answer.status === 403) return refuse(c, { code: 'forbidden', message: 'This was not accepted.' })
      if (answer.status === 429) {
        const retryAfterMs = 1000 * Number(answer.headers.get('x-retry-after') ?? 60)
        return refuse(c, {
          code: 'too-many-requests',
          message: 'Too many attempts: wait a little and try again.',
          retryAfterMs,
        })
      }
      if (answer.status < 500) return refuse(c, { code: 'bad-request', message: await wordsOf(answer) })
      return refuse(c, {
        code: 'unavailable',
        message: 'Signing in does not work just now: try again shortly.',
      })
    })
  }
  return app
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function wordsOf(answer: Response): Promise<string> {
  const words = z.object({ message: z.string() }).safeParse(await answer.json().catch(() => undefined))
  return words.success ? words.data.message : 'This was not accepted.'
}
