import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '../src/db/connect.ts'

export type KillOptions = {
  everyMs: number
  forMs: number
  /** Goes on after `forMs` until so many have fallen: how often there is one to kill is the machine's affair. */
  atLeast?: number
  /** Only backends that connected under this name are killed. */
  applicationName: string
  /** Which share of them falls at each stroke; all by default. */
  share?: number
}

/** Terminates backends again and again, as a failing network or an impatient administrator would. Returns how many fell. */
export async function killBackends(
  adminSql: Sql,
  { everyMs, forMs, atLeast = 0, applicationName, share = 1 }: KillOptions,
): Promise<number> {
  let killed = 0
  for (const end = Date.now() + forMs; Date.now() < end || killed < atLeast; await sleep(everyMs)) {
    const victims = await adminSql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${applicationName} and pid <> pg_backend_pid() and random() < ${share}::float8`
    killed += victims.length
  }
  return killed
}
