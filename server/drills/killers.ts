import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../simulation/random.ts'
import type { Sql } from '../src/db/connect.ts'
import type { SupervisedServer } from './supervised-server.ts'

export interface KillerOptions {
  /** Backends of this name fall; the drill's own do not. */
  readonly applicationName: string
  readonly everyMs: number
  /** Every so often a backend is killed with SIGKILL: Postgres then throws out all others and recovers. */
  readonly crashEveryMs: number
  readonly until: number
  readonly random: Random
}

export interface Strokes {
  strokes: number
  terminated: number
  crashes: number
}

/** Every other stroke falls on a backend at work, if there is one: most of a pool is idle most of the time. */
export async function killBackends(admin: Sql, options: KillerOptions): Promise<Strokes> {
  const { applicationName, everyMs, crashEveryMs, until, random } = options
  const count: Strokes = { strokes: 0, terminated: 0, crashes: 0 }
  let nextCrashAt = Date.now() + crashEveryMs * (0.5 + random.next())
  while (Date.now() < until) {
    const strokeAt = Date.now()
    count.strokes++
    const busyFirst = random.chance(0.5)
    const crash = strokeAt >= nextCrashAt
    // Postgres may be recovering just now.
    const [victim] = await admin<{ pid: number; fell: boolean }[]>`
      with victim as materialized (
        select pid from pg_stat_activity
        where application_name = ${applicationName} and pid <> pg_backend_pid()
        order by ${busyFirst}::boolean and state = 'active' desc, random()
        limit 1
      )
      select pid, case when ${crash}::boolean then true else pg_terminate_backend(pid) end as fell from victim`.catch(
      () => [],
    )
    if (victim?.fell && !crash) count.terminated++
    if (victim !== undefined && crash) {
      process.kill(victim.pid, 'SIGKILL')
      count.crashes++
      nextCrashAt = Date.now() + crashEveryMs * (0.5 + random.next())
    }
    await sleep(Math.max(0, strokeAt + everyMs - Date.now()))
  }
  return count
}

export async function killServer(
  server: SupervisedServer,
  { everyMs, until }: { everyMs: number; until: number },
): Promise<void> {
  while (Date.now() + everyMs < until) {
    await sleep(everyMs)
    server.kill9()
  }
}
