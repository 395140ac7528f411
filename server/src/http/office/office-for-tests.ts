import { Hono } from 'hono'
import { type Logger, pino } from 'pino'
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts'
import { type Auth, createAuth } from '../../office/auth.ts'
import { DEMO_OFFICE } from '../../office/demo/demo-shop.ts'
import { seedDemo } from '../../office/demo/seed-demo.ts'
import { authRoutes } from './auth-routes.ts'
import { officeRoutes } from './office-routes.ts'

export const SETUP_CODE = 'SETP-CDE2'
export const ORIGIN = 'http://localhost:3300'
export const NOW = new Date('2026-03-10T04:00:00.000Z')

export interface TestOffice {
  readonly database: TestDatabase
  readonly auth: Auth
  readonly app: Hono
  /** Sends a request as the office's own page would; `cookie` is a session's. */
  call(path: string, request?: TestRequest): Promise<Response>
  /** The session cookie of a signed-in person. */
  signIn(email?: string, password?: string): Promise<string>
}

export interface TestRequest {
  readonly method?: string
  readonly cookie?: string
  readonly json?: unknown
  readonly text?: string | Uint8Array
  readonly headers?: Record<string, string>
}

let offices = 0

/** Head office's routes over a database of their own, with the demo shop in it unless told otherwise. */
export async function openTestOffice({
  demo = true,
  log = pino({ level: 'silent' }),
}: {
  readonly demo?: boolean
  readonly log?: Logger
} = {}): Promise<TestOffice> {
  const database = await createTestDatabase()
  const { sql } = database
  const now = () => NOW
  const auth = await createAuth({ sql, publicUrl: ORIGIN, log })
  if (demo) await seedDemo(sql, { now, auth })
  const deps = { sql, auth, log, now, config: { setupCode: SETUP_CODE, trustProxy: true } }
  // Attempts to sign in are counted by address, in one memory for all offices of a process.
  const address = `10.0.0.${++offices}`
  const app = new Hono().route('/api/auth', authRoutes(deps)).route('/api/office', officeRoutes(deps))

  const call = async (path: string, { method = 'GET', cookie, json, text, headers = {} }: TestRequest = {}) =>
    await app.request(`${ORIGIN}${path}`, {
      method,
      headers: {
        host: 'localhost:3300',
        origin: ORIGIN,
        'x-forwarded-for': address,
        ...(cookie !== undefined && { cookie }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(text !== undefined && { body: text }),
    })

  const signIn = async (email: string = DEMO_OFFICE.email, password: string = DEMO_OFFICE.password) => {
    const answer = await call('/api/auth/sign-in/email', { method: 'POST', json: { email, password } })
    if (answer.status !== 204) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
  return { database, auth, app, call, signIn }
}
