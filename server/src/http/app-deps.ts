import type { Logger } from 'pino'
import type { Sql } from '../db/connect.ts'
import type { Auth } from '../office/auth.ts'

/** What the HTTP side needs of the configuration. */
export type AppConfig = {
  /** Behind a reverse proxy that sets X-Forwarded-For: the last address in it is the caller's. */
  readonly trustProxy?: boolean
  /** With it /metrics asks for `Authorization: Bearer <token>`; without, it answers loopback only. */
  readonly metricsToken?: string
  /** Asked of whoever creates the first company; without one nobody can. */
  readonly setupCode?: string
  /** Whether there is a mail server that takes receipts. */
  readonly sendsMail?: boolean
}

/** What every route may use; made once in main.ts. */
export type AppDeps = {
  readonly sql: Sql
  readonly config: AppConfig
  readonly log: Logger
  readonly now: () => Date
  /** Without it there is no head office: a benchmark needs none. */
  readonly auth?: Auth
}
