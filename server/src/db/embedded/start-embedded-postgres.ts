import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BootError } from '../../boot-error.ts'
import { as, postgresEnv } from './account.ts'
import { lockData } from './data-lock.ts'
import { initCluster, passwordFile, urlOf } from './init-cluster.ts'
import { choosePlaces, type Places } from './places.ts'
import { openPostgresLog } from './postgres-log.ts'
import { clearOldPostmaster, readPostmaster, signal, stopPostmaster } from './postmaster.ts'

export type EmbeddedPostgres = {
  /** Superuser on the database `evertill`; loopback only. */
  url: string
  pid: number
  /** Settles if Postgres ends by itself; never after `stop`. */
  died: Promise<string>
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dataDir: string
  /** One line for the person at the terminal. */
  notice?: (line: string) => void
  settings?: Record<string, string>
}

// Durability is said out loud: an acknowledged sale survives a power cut.
const defaults: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // A new file of the log is else filled with 16 MB of zeros within somebody's commit, while all others wait.
  min_wal_size: '512MB',
  wal_init_zero: 'off',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
}

/** Starts the Postgres of `dataDir`/postgres, making it first if needed. Throws a BootError with a sentence. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir)
  const notice = options.notice ?? (() => {})
  const places = await choosePlaces(dataDir, notice)
  const lock = lockData(join(dirname(places.data), 'postgres.lock'), dataDir)
  try {
    await clearOldPostmaster(places.data)
    if (!existsSync(places.data)) await initCluster(places, notice)
    refuseForeignOwner(places)
    const running = await launch(
      places,
      join(dataDir, 'postgres.log'),
      { ...defaults, ...options.settings },
      notice,
    )
    return {
      ...running,
      stop: async () => {
        await running.stop()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function launch(
  { native, data, account }: Places,
  logPath: string,
  settings: Record<string, string>,
  notice: (line: string) => void,
): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const log = openPostgresLog(logPath)
    const child = spawn(
      join(native, 'bin', 'postgres'),
      ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
      // A session of its own: Ctrl-C must reach the server first, which then stops Postgres in order.
      { ...as(account), cwd: '/', env: postgresEnv(), stdio: ['ignore', log.fd, log.fd], detached: true },
    )
    log.close()
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', () => resolve(log.lastWords()))
    })
    if (await becomesReady(child, data, ended, notice)) return running(child, port, data, ended)
    const last = await ended
    // The port may have been taken since we looked; backends of a killed postmaster may need a moment.
    if (attempt < 5 && /could not (bind|create any)|shared memory block/.test(last)) {
      await sleep(300 * attempt)
      continue
    }
    throw new BootError(`The embedded Postgres did not start (${last}): see ${logPath}.`)
  }
}

function running(child: ChildProcess, port: number, data: string, ended: Promise<string>): EmbeddedPostgres {
  const pid = child.pid ?? 0
  const password = readFileSync(passwordFile(data), 'utf8').trim()
  // The last net for an exit nobody planned; kill -9 is left to the next start.
  const lastResort = () => signal(pid, 'SIGINT')
  process.on('exit', lastResort)
  let stopping = false
  return {
    url: urlOf(port, password),
    pid,
    died: ended.then((last) => (stopping ? new Promise<string>(() => {}) : last)),
    stop: async () => {
      stopping = true
      if (child.exitCode === null && child.signalCode === null) await stopPostmaster(pid)
      process.off('exit', lastResort)
    },
  }
}

async function becomesReady(
  child: ChildProcess,
  data: string,
  ended: Promise<string>,
  notice: (line: string) => void,
): Promise<boolean> {
  let failed = false
  void ended.then(() => {
    failed = true
  })
  const began = Date.now()
  let told = false
  while (!failed) {
    const status = readPostmaster(data)
    if (status?.pid === child.pid && status?.ready) return true
    if (!told && Date.now() - began > 3_000) {
      told = true
      notice('Postgres is recovering after an unclean stop …')
    }
    await sleep(10)
  }
  return false
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function refuseForeignOwner({ data, account }: Places): void {
  const us = account?.uid ?? process.getuid?.()
  const owner = statSync(data).uid
  if (us === undefined || owner === us) return
  throw new BootError(
    `The database in ${data} belongs to another user (uid ${owner}): start Evertill as that user or as root, or set another DATA_DIR.`,
  )
}
