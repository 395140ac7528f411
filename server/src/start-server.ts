import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { Logger } from 'pino'
import { BootError } from './boot-error.ts'
import type { Config, MailConfig } from './config.ts'
import { checkServer, connect, type Sql } from './db/connect.ts'
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { keepPartitionsAhead } from './db/partitions.ts'
import { isGettingReady, patiently } from './db/patiently.ts'
import { createApp } from './http/app.ts'
import { isApiPath, serveClient } from './http/serve-client.ts'
import { startMailSender } from './mail/mail-sender.ts'
import type { MailPorts } from './mail/send-due.ts'
import { connectSmtp } from './mail/smtp.ts'
import { createAuth } from './office/auth.ts'
import { type DemoPorts, type DemoSummary, demoSummary, seedDemo } from './office/demo/seed-demo.ts'
import { isFirstRunNeeded, newSetupCode } from './office/founding/first-run.ts'
import { serverFolder } from './server-folder.ts'

export type RunningServer = {
  /** Where it listens; the public address may be another. */
  port: number
  /** Undefined where the database holds no demo. */
  demo: DemoSummary | undefined
  /** What creating the first company asks for; undefined once there is one. */
  setupCode: string | undefined
  /** Settles, with a sentence, only if the server cannot go on by itself. */
  failed: Promise<string>
  stop(): Promise<void>
}

export type StartPorts = {
  log: Logger
  now: () => Date
  /** One line for the person at the terminal. */
  notice: (line: string) => void
  /** Aborted when nobody waits for the start any more: it goes no further, undoes what it did and throws. */
  signal?: AbortSignal
}

const clientFolder = join(serverFolder, '../client/dist')
const openRequestsGraceMs = 1_000

/** Database, migrations, HTTP: whatever fails on the way, what was started before it is stopped again. */
export async function startServer(config: Config, ports: StartPorts): Promise<RunningServer> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  try {
    // Before the database is touched: a port in use should cost nobody a wait.
    await (await listen(createServer(), config)).close()
    const { url, failed } = await openDatabase(config, ports, undo)
    ports.signal?.throwIfAborted()
    const sql = connect(url)
    undo.push(() => sql.end({ timeout: 1 }))
    const { log, now, notice } = ports
    const waiting = {
      onWaiting: () =>
        notice('The database is recovering or restarting: waiting for it, up to five minutes.'),
    }
    // A database that does not answer at all is more likely the wrong address than a restart.
    await patiently(() => checkServer(sql, url), { ...waiting, isWorthWaiting: isGettingReady })
    const { applied } = await patiently(() => migrate(sql), waiting)
    if (applied.length > 0) log.info({ applied }, 'migrated')
    ports.signal?.throwIfAborted()

    const partitions = await keepPartitionsAhead(sql, { log, now })
    undo.push(async () => partitions.stop())
    const { publicUrl } = config
    const auth = await patiently(() => createAuth({ sql, publicUrl, log: forAuth(log) }), waiting)
    const demo = config.demo ? await patiently(() => openDemo(sql, { now, auth }), waiting) : undefined
    const setupCode = (await patiently(() => isFirstRunNeeded(sql), waiting)) ? newSetupCode() : undefined

    const app = createApp({
      sql,
      config: {
        ...config,
        sendsMail: config.mail !== undefined,
        ...(setupCode !== undefined && { setupCode }),
      },
      log,
      now,
      auth,
    })
    if (config.mail !== undefined) openMail(config.mail, { sql, now, log }, undo)
    const client = serveClient(clientFolder)
    const server = createAdaptorServer({
      fetch: (request, env) => (isApiPath(new URL(request.url).pathname) ? app : client).fetch(request, env),
    }) as Server
    const listening = await listen(server, config)
    undo.push(listening.close)
    return { port: listening.port, demo, setupCode, failed, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The demo goes into an empty database only, never beside somebody's company. */
async function openDemo(sql: Sql, ports: DemoPorts): Promise<DemoSummary | undefined> {
  return (await isFirstRunNeeded(sql)) ? seedDemo(sql, ports) : demoSummary(sql, ports)
}

/** Sends what customers asked for while the server runs. */
function openMail(
  { smtpUrl, from }: MailConfig,
  ports: Pick<MailPorts, 'sql' | 'now' | 'log'>,
  undo: (() => Promise<void>)[],
): void {
  const smtp = connectSmtp(smtpUrl)
  const sender = startMailSender({ ...ports, send: smtp.send, from })
  undo.push(async () => {
    await sender.stop()
    smtp.close()
  })
}

function forAuth(log: Logger) {
  return { warn: (message: string) => log.warn(message), error: (message: string) => log.error(message) }
}

async function openDatabase(
  { databaseUrl, dataDir }: Config,
  { notice }: StartPorts,
  undo: (() => Promise<void>)[],
): Promise<{ url: string; failed: Promise<string> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, failed: new Promise(() => {}) }
  const postgres = await startEmbeddedPostgres({ dataDir, notice })
  undo.push(postgres.stop)
  const failed = postgres.died.then((last) => `The embedded Postgres ended (${last}): start Evertill again.`)
  return { url: postgres.url, failed }
}

function listen(
  server: Server,
  { port, host }: Config,
): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(notListening(cause, port, host)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () => close(server),
      })
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // Live nudges never end by themselves; a push in flight gets a moment to be answered.
    const cut = setTimeout(() => server.closeAllConnections(), openRequestsGraceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function notListening(cause: Error, port: number, host: string): Error {
  const code = 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    return new BootError(
      `Port ${port} is in use, perhaps by an Evertill that still runs: stop it, or set PORT to another number.`,
      { cause },
    )
  }
  if (code === 'EACCES') {
    return new BootError(`Port ${port} is not allowed to this user: set PORT to a number above 1023.`, {
      cause,
    })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new BootError(`${host} is not an address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.`, {
      cause,
    })
  }
  return cause
}
