import { betterAuth } from 'better-auth'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Kysely } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../db/connect.ts'
import { loadAuthSecret } from '../db/queries/office-users.ts'
import { retrying } from '../db/retrying.ts'
import { isOwnOrigin, trustedOrigins } from './origin.ts'

/** Who the session cookie of a request belongs to. */
export interface SignedIn {
  readonly userId: string
  /** Set-Cookie headers to pass on: a session in use is prolonged. */
  readonly setCookies: readonly string[]
}

/** Office sign-in. The library stays behind this: nothing else knows it. */
export interface Auth {
  /** Answers a request under /api/auth. */
  handler(request: Request): Promise<Response>
  /** Whether a request that changes something comes from our own pages. */
  isOwnOrigin(headers: Headers): boolean
  signedIn(headers: Headers): Promise<SignedIn | undefined>
  hashPassword(password: string): Promise<string>
  isPassword(password: string, hash: string): Promise<boolean>
}

export interface AuthOptions {
  readonly sql: Sql
  /** Where browsers reach this server, such as `https://pos.example.sg`. */
  readonly publicUrl: string
  readonly log: { warn(message: string): void; error(message: string): void }
}

/** The header in which our own HTTP layer names the client's address; whatever a client sends in it is replaced. */
export const CLIENT_ADDRESS_HEADER = 'x-evertill-client-address'

export const PASSWORD_LENGTH = { min: 10, max: 200 } as const

export async function createAuth({ sql, publicUrl, log }: AuthOptions): Promise<Auth> {
  const auth = betterAuth({
    appName: 'Evertill',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: await retrying(() => loadAuthSecret(sql)),
    trustedOrigins: (request) => (request ? trustedOrigins(request.headers, publicUrl) : []),
    database: {
      db: new Kysely({ dialect: new PostgresJSDialect({ postgres: () => singleStatements(sql) }) }),
      type: 'postgres',
      transaction: false,
    },
    // Users come from the first run and from head office, never from outside.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 30 }, '/change-password': { window: 60, max: 10 } },
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', ...stamps },
      additionalFields: {
        companyId: { type: 'string', required: true, input: false, fieldName: 'company_id' },
        roleId: { type: 'string', required: true, input: false, fieldName: 'role_id' },
      },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...stamps } },
    advanced: {
      cookiePrefix: 'evertill',
      useSecureCookies: publicUrl.startsWith('https:'),
      // The library drops this check under a test runner unless told.
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { generateId: () => uuidv7(), validateSchema: false },
    },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log[level === 'error' ? 'error' : 'warn'](message) },
  })

  return {
    handler: (request) => auth.handler(request),
    isOwnOrigin: (headers) => isOwnOrigin(headers, publicUrl),
    async signedIn(headers) {
      const { response, headers: answer } = await auth.api
        .getSession({ headers, returnHeaders: true })
        .catch(async (error: unknown) => {
          // The library keeps the reason to itself; where it is the database, this tells.
          await sql`select 1`
          throw error
        })
      if (response === null) return undefined
      return { userId: response.user.id, setCookies: answer.getSetCookie() }
    },
    hashPassword,
    isPassword: (password, hash) => verifyPassword({ hash, password }),
  }
}

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

/**
 * Every statement of the library goes to the pool by itself: they need no common transaction, and the driver
 * does not tell a reserved connection from its successor when the socket breaks.
 */
function singleStatements(sql: Sql) {
  return {
    reserve: async () => ({
      release() {},
      unsafe: (query: string, parameters: never[] = []) => sql.unsafe(query, parameters),
    }),
    end: async () => {},
  }
}
