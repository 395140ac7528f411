import type { Sql } from '../src/db/connect.ts'
import type { World } from './world.ts'

/** What becomes of one statement on its way to the database and back. */
export type StatementFault =
  /** The connection breaks before the statement arrives, or after it was committed. */
  | 'lost-before'
  | 'lost-after'
  | 'deadlock'
  /** The server process dies at this point. */
  | 'crash-before'
  | 'crash-after'

export interface Gate {
  readonly world: World
  readonly latencyMs: () => number
  readonly faultOf: () => StatementFault | undefined
  readonly crash: () => void
  /** Sees every answer before the server does. */
  readonly onRows?: (rows: readonly Record<string, unknown>[]) => void
}

interface Interceptable {
  handler: (query: unknown) => unknown
  resolve: (rows: unknown) => void
  reject: (error: unknown) => void
}
type Answer = { readonly rows: unknown } | { readonly error: unknown }

const postgresError = (code: string, message: string) => Object.assign(new Error(message), { code })

/** The server's own connection pool, but each statement waits for its turn in the world and may meet a fault. */
export function gatedSql(sql: Sql, gate: Gate): Sql {
  return new Proxy(sql, {
    apply(target, self, args) {
      const made: unknown = Reflect.apply(target as unknown as (...given: unknown[]) => unknown, self, args)
      if (made instanceof Promise) intercept(made as unknown as Interceptable, gate)
      return made
    },
  })
}

function intercept(query: Interceptable, { world, latencyMs, faultOf, crash, onRows }: Gate): void {
  const { handler, resolve, reject } = query
  query.handler = () => {
    const actor = world.current
    if (actor === undefined) return handler(query)
    world.io(latencyMs(), actor, async () => {
      const fault = faultOf()
      if (fault !== undefined) {
        world.count(
          fault.startsWith('crash') ? `server crash ${fault.slice(6)} a statement` : `statement ${fault}`,
        )
        world.tell(`${actor.name}: statement meets ${fault}`)
      }
      if (fault === 'crash-before') return crash
      if (fault === 'lost-before')
        return () => reject(postgresError('CONNECTION_CLOSED', 'write CONNECTION_CLOSED'))
      if (fault === 'deadlock') return () => reject(postgresError('40P01', 'deadlock detected'))
      const answer = await new Promise<Answer>((settle) => {
        query.resolve = (rows) => settle({ rows })
        query.reject = (error) => settle({ error })
        handler(query)
      })
      if (fault === 'crash-after') return crash
      if (fault === 'lost-after')
        return () => reject(postgresError('CONNECTION_CLOSED', 'read CONNECTION_CLOSED'))
      return () => {
        if ('error' in answer) return reject(answer.error)
        onRows?.(answer.rows as Record<string, unknown>[])
        resolve(answer.rows)
      }
    })
  }
}
