import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { BootError } from '../../boot-error.ts'

/** Whom Postgres runs as. Undefined: as the server itself, which is not root. */
export type Account = { uid: number; gid: number; name: string } | undefined

/** Postgres refuses to run as root; root hands it to the data's owner, else to `postgres`, else to `nobody`. */
export function chooseAccount(dataPath: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(dataPath, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) }
  }
  const known = accounts().find((a) => a.name === 'postgres') ?? accounts().find((a) => a.name === 'nobody')
  if (known) return known
  throw new BootError(
    'Postgres cannot run as root and this machine has neither a postgres nor a nobody user: add one, start as another user, or set DATABASE_URL.',
  )
}

/** Asks the kernel rather than mode bits, so that ACLs, mount options and parents all count. */
export function canRun(account: Account, command: string, args: string[]): boolean {
  const result = spawnSync(command, args, {
    ...as(account),
    cwd: '/',
    env: postgresEnv(),
    stdio: 'ignore',
  })
  return result.status === 0
}

export function canSearch(account: Account, folder: string): boolean {
  if (!account) return true
  return canRun(account, '/bin/sh', ['-c', 'test -x "$1"', 'sh', folder])
}

export function as(account: Account): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

/** Our environment without the PG* variables, which would point Postgres elsewhere. */
export function postgresEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

function nameOf(uid: number): string {
  return accounts().find((account) => account.uid === uid)?.name ?? `uid ${uid}`
}

function accounts(): { uid: number; gid: number; name: string }[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([name, , uid, gid]) =>
      name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [],
    )
    .filter((account) => account.uid !== 0)
}
