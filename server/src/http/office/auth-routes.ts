import type { Problem } from '@evertill/shared/protocol/problem'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { CLIENT_ADDRESS_HEADER, PASSWORD_LENGTH } from '../../office/auth.ts'
import { officeUser, recordPassword, recordSignIn } from '../../office/office-user.ts'
import { callerAddress } from '../caller-address.ts'
import { badRequest, refuse, tooLarge } from '../problem.ts'
import type { OfficeDeps } from './office-deps.ts'
import { ownOriginOnly } from './own-origin.ts'

const mostBytes = 10_000
const { min, max } = PASSWORD_LENGTH

const zPassword = z.string().min(1).max(max)
const CHANGE_PASSWORD = '/change-password'
const doors = {
  '/sign-in/email': z.object({ email: z.email(), password: zPassword, rememberMe: z.boolean().optional() }),
  '/sign-out': z.object({}).default({}),
  [CHANGE_PASSWORD]: z.object({
    currentPassword: zPassword,
    newPassword: z.string().min(min, `must have at least ${min} characters`).max(max),
    revokeOtherSessions: z.boolean().optional(),
  }),
} as const satisfies Record<string, z.ZodType>

/**
 * Under /api/auth: the few doors of the auth library that head office uses, and no others. They answer 204
 * or one of our problems. The session is in the cookie, where scripts cannot read it, and nowhere else.
 */
export function authRoutes(deps: OfficeDeps): Hono {
  const { auth, config } = deps
  const app = new Hono().use(
    bodyLimit({ maxSize: mostBytes, onError: tooLarge(mostBytes) }),
    ownOriginOnly(deps),
  )
  for (const [door, schema] of Object.entries(doors)) {
    app.post(door, async (c) => {
      const input = schema.safeParse(await c.req.json().catch(() => undefined))
      if (!input.success) return refuse(c, badRequest(input.error))
      const headers = new Headers(c.req.raw.headers)
      headers.set(CLIENT_ADDRESS_HEADER, callerAddress(c, config))
      headers.set('content-type', 'application/json')
      headers.delete('content-length')
      const body = JSON.stringify(input.data)
      // Before the change, which makes another session of this one.
      const session = door === CHANGE_PASSWORD ? await auth.signedIn(c.req.raw.headers) : undefined
      const user = session && (await officeUser(deps.sql, session.userId))
      if (user !== undefined) await recordPassword(deps, user, 'change-asked')
      const answer = await auth.handler(new Request(c.req.url, { method: 'POST', headers, body }))
      // What the library has done is done: no trouble with its record makes another answer of it.
      if (user !== undefined && answer.status < 500)
        await recordPassword(deps, user, answer.ok ? 'changed' : 'change-refused').catch((error: unknown) =>
          deps.log.error({ err: error }, 'what became of a change of password is not in the audit log'),
        )
      if (!answer.ok) return refuse(c, await problemOf(answer, door))
      for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
      if ('email' in input.data)
        await recordSignIn(deps, input.data.email).catch((error: unknown) =>
          deps.log.error({ err: error }, 'when somebody signed in last is not known'),
        )
      return c.body(null, 204)
    })
  }
  return app
}

/** In the words of the auth library. */
const zRefusal = z.object({ message: z.string(), code: z.string().optional() })

async function problemOf(answer: Response, door: string): Promise<Problem> {
  switch (answer.status) {
    case 401:
      return door === '/sign-in/email'
        ? { code: 'unauthenticated', message: 'The e-mail address or the password is wrong.' }
        : { code: 'unauthenticated', message: 'Sign in to head office first.' }
    case 403:
      return { code: 'forbidden', message: 'This was not accepted.' }
    case 429:
      return {
        code: 'too-many-requests',
        message: 'Too many attempts: wait a little and try again.',
        retryAfterMs: 1000 * Number(answer.headers.get('x-retry-after') ?? 60),
      }
  }
  if (answer.status >= 500)
    return { code: 'unavailable', message: 'Signing in does not work just now: try again shortly.' }
  const words = zRefusal.safeParse(await answer.json().catch(() => undefined))
  if (!words.success) return { code: 'bad-request', message: 'This was not accepted.' }
  if (door === CHANGE_PASSWORD && words.data.code === 'INVALID_PASSWORD')
    return {
      code: 'bad-request',
      message: 'The password was not changed.',
      fields: [{ path: 'currentPassword', message: 'is not your password' }],
    }
  return { code: 'bad-request', message: words.data.message }
}
