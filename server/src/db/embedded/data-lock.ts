import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { BootError } from '../../boot-error.ts'
import { isAlive, startOf } from './process-identity.ts'

export type DataLock = { release(): void }

/** At most one server may run, or stop, the database of a data folder. Survives kill -9: a dead holder's lock is taken over. */
export function lockData(path: string, folder: string): DataLock {
  const mine = `${process.pid} ${startOf(process.pid) ?? '-'}\n`
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o644 })
      return { release: () => releaseIfMine(path, mine) }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const held = read(path)
    const [pid, start] = (held ?? '').trim().split(' ')
    if (isHeldBy(Number(pid), start)) {
      throw new BootError(
        `Evertill is already running on ${folder} (process ${pid}): stop it first, or set another DATA_DIR.`,
      )
    }
    takeAway(path, held)
  }
  throw new BootError(`Another Evertill is starting on ${folder}: wait for it, or set another DATA_DIR.`)
}

function isHeldBy(pid: number, start: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false
  const now = startOf(pid)
  // Without start times, our own number can only be left over from an earlier life (a container's pid 1).
  return start === '-' || now === null ? pid !== process.pid : now === start
}

// Renaming first makes sure that the stale lock is removed and not one taken in between.
function takeAway(path: string, held: string | null): void {
  if (held === null) return
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
    if (read(aside) === held) rmSync(aside)
    else renameSync(aside, path)
  } catch {
    // Another starter was faster; the next attempt sees its lock.
  }
}

function releaseIfMine(path: string, mine: string): void {
  if (read(path) === mine) rmSync(path, { force: true })
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
