import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BootError } from '../../boot-error.ts'
import { passwordFile, urlOf } from './init-cluster.ts'
import { isPostmasterOf, readPostmaster } from './postmaster.ts'
import { isAlive } from './process-identity.ts'

/**
 * Where the Postgres of `dataDir` answers if one is running, for a second process that wants to look.
 * Undefined if none is. Throws a BootError where there is no database, or another user's.
 */
export function runningPostgresUrl(dataDir: string): string | undefined {
  const link = join(resolve(dataDir), 'postgres')
  if (!existsSync(link)) {
    throw new BootError(
      `There is no database in ${resolve(dataDir)}: set DATA_DIR to the folder of a server that has run, or DATABASE_URL.`,
    )
  }
  const data = realpathSync(link)
  let password: string
  try {
    password = readFileSync(passwordFile(data), 'utf8').trim()
  } catch (cause) {
    throw new BootError(
      `The database in ${data} belongs to another user: run this as the user who starts Evertill.`,
      { cause },
    )
  }
  const postmaster = readPostmaster(data)
  const isRunning = postmaster?.ready && isAlive(postmaster.pid) && isPostmasterOf(postmaster.pid, data)
  return isRunning ? urlOf(postmaster.port, password) : undefined
}
