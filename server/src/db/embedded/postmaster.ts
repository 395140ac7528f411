import { readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BootError } from '../../boot-error.ts'
import { commandOf, isAlive } from './process-identity.ts'

export type PostmasterStatus = { pid: number; port: number; ready: boolean }

/** What `postmaster.pid` says; null when there is none or it is still being written. */
export function readPostmaster(data: string): PostmasterStatus | null {
  let lines: string[]
  try {
    lines = readFileSync(pidFile(data), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * After kill -9 of the server its Postgres lives on, or its pid file does. Call it under the data lock:
 * a Postgres still running on `data` is stopped (fast), a pid file that names a stranger is removed.
 * A pid file of a dead process is left to Postgres, which checks shared memory for surviving backends.
 */
export async function clearOldPostmaster(data: string): Promise<void> {
  const old = readPostmaster(data)
  if (!old || !isAlive(old.pid)) return
  if (!isPostmasterOf(old.pid, data)) {
    rmSync(pidFile(data))
    return
  }
  // Nobody waits for it: let the checkpoint finish.
  await stopPostmaster(old.pid, 30_000)
  if (isAlive(old.pid)) {
    throw new BootError(`An earlier Postgres (process ${old.pid}) on ${data} does not stop: end it by hand.`)
  }
}

/** Fast shutdown; if its checkpoint takes too long the immediate one, from which Postgres recovers at its next start. */
export async function stopPostmaster(pid: number, patienceMs = 2_000): Promise<void> {
  signal(pid, 'SIGINT')
  if (await diesWithin(pid, patienceMs)) return
  signal(pid, 'SIGQUIT')
  await diesWithin(pid, 6_000)
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}

async function diesWithin(pid: number, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
    if (!isAlive(pid)) return true
  }
  return !isAlive(pid)
}

export function isPostmasterOf(pid: number, data: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === data
    } catch {
      // Another user's process: its command line has to do.
    }
  }
  const command = commandOf(pid)
  return command === null || (command.includes('postgres') && command.includes(data))
}

function pidFile(data: string): string {
  return join(data, 'postmaster.pid')
}
