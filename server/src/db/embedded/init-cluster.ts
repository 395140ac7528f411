import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BootError } from '../../boot-error.ts'
import { type Account, as, postgresEnv } from './account.ts'
import type { Places } from './places.ts'

/** Name of the superuser and of its database. */
const user = 'evertill'

/** Kept inside the cluster, so that the two are moved, backed up and deleted together. */
export function passwordFile(data: string): string {
  return join(data, 'evertill.password')
}

/** The superuser's way in; loopback only. */
export const urlOf = (port: number, password: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${user}`

/** Makes the cluster beside its place and moves it there whole, so that a killed first start leaves nothing half made. */
export async function initCluster(
  { native, data, account }: Places,
  notice: (line: string) => void,
): Promise<void> {
  notice('Creating the database …')
  const staging = `${data}.new`
  const fresh = join(staging, 'data')
  const password = join(staging, 'password')
  const secret = `${randomBytes(24).toString('base64url')}\n`
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true, mode: 0o700 })
  await give(staging, account)
  await writeFile(password, secret, { mode: 0o600 })
  await give(password, account)
  await run(account, join(native, 'bin', 'initdb'), [
    ...['-D', fresh, '--username', user, '--pwfile', password, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    '--data-checksums',
  ])
  const singleUser = ['--single', '-D', fresh, '-c', 'log_min_messages=fatal', 'postgres']
  await run(account, join(native, 'bin', 'postgres'), singleUser, `create database ${user}\n`)
  await rename(password, passwordFile(fresh))
  await rename(fresh, data)
  await rm(staging, { recursive: true, force: true })
}

async function give(path: string, account: Account): Promise<void> {
  if (account) await chown(path, account.uid, account.gid)
}

function run(account: Account, command: string, args: string[], input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...as(account), cwd: '/', env: postgresEnv(), stdio: 'pipe' })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.once('error', (cause) =>
      reject(new BootError(`Cannot run ${command}: ${cause.message}.`, { cause })),
    )
    child.once('close', (code) => {
      if (code === 0) return resolve()
      const said = output.trim().split('\n').slice(-3).join(' ')
      reject(new BootError(`The database could not be created: ${said || `${command} ended with ${code}`}`))
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
