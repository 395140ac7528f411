import postgres from 'postgres'
import { BootError } from '../boot-error.ts'
import { retrying } from './retrying.ts'
import { isTransient } from './transaction.ts'

/**
 * The pool. What comes back from Postgres:
 * bigint → number (an error beyond 2^53), date → 'YYYY-MM-DD', timestamptz → Date, json → parsed,
 * numeric and xid8 → string, bytea → Buffer. Column names stay as they are (snake_case).
 */
export type Sql = postgres.Sql<{ bigint: number; calendarDate: string }>

/** The same inside a transaction: what writes takes a Tx, so a write cannot be left outside one. */
export type Tx = postgres.TransactionSql<{ bigint: number; calendarDate: string }>

/** For reads that are used both inside and outside a transaction. */
export type SqlOrTx = postgres.ISql<{ bigint: number; calendarDate: string }>

export type ConnectOptions = {
  max?: number
  applicationName?: string
}

const oldestVersion = 15

export function connect(url: string, { max = 10, applicationName = 'evertill' }: ConnectOptions = {}): Sql {
  return postgres(url, {
    max,
    connect_timeout: 10,
    backoff: reconnectDelaySeconds,
    onnotice: () => {},
    connection: { application_name: applicationName },
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: parseBigint },
      calendarDate: { to: 1082, from: [1082], serialize: String, parse: String },
    },
  })
}

/** Throws a BootError unless the database answers and is new enough. */
export async function checkServer(sql: Sql, url: string, oldest = oldestVersion): Promise<void> {
  let version: number
  try {
    const [row] = await retrying(
      () => sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`,
      { isWorthAnother: isSoonAnsweredAgain },
    )
    version = Math.floor((row?.version ?? 0) / 10_000)
  } catch (error) {
    throw new BootError(
      `Cannot use the database at ${withoutPassword(url)} (${reason(error)}): start it or correct DATABASE_URL.`,
      { cause: error },
    )
  }
  if (version < oldest) {
    throw new BootError(
      `The database at ${withoutPassword(url)} is Postgres ${version}, but Evertill needs ${oldest} or newer: upgrade it or point DATABASE_URL at another.`,
    )
  }
}

/** A database that is starting or recovering; one that swallowed ten seconds in silence is somewhere else. */
const isSoonAnsweredAgain = (error: unknown): boolean =>
  isTransient(error) && !(error instanceof Error && 'code' in error && error.code === 'CONNECT_TIMEOUT')

function parseBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}

// The driver's own back-off reaches 20 s, and every broken connection of the pool counts as a try:
// a restart of Postgres would leave the tills waiting long after it is back.
function reconnectDelaySeconds(tries: number): number {
  return (0.5 + Math.random() / 2) * Math.min(0.02 * 2 ** Math.min(tries, 10), 1)
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url)
    if (parsed.password) parsed.password = '***'
    return parsed.href
  } catch {
    return 'DATABASE_URL'
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
