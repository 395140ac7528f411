import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

const ROOT = resolve(import.meta.dirname, '../..')
const START_DEADLINE_MS = 240_000

export type Sql = postgres.Sql<{ bigint: number; calendarDate: string }>

/** The real server, as a process of its own over a Postgres and a data folder of its own, with the demo company. */
export class ServerProcess {
  readonly #dataDir: string
  readonly #port: number
  #child: ChildProcess
  #output = ''
  #sql: Sql | undefined

  private constructor(dataDir: string, port: number) {
    this.#dataDir = dataDir
    this.#port = port
    this.#child = this.#spawn()
  }

  static async start(): Promise<ServerProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'evertill-e2e-'))
    // Where the tests run as root, Postgres runs as another user who must get there.
    chmodSync(dataDir, 0o755)
    const server = new ServerProcess(dataDir, await freePort())
    await server.#ready()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** All that it has printed, of all its lives. */
  get output(): string {
    return this.#output
  }

  /** What the database holds, asked directly; the connection is made anew after a restart. */
  get sql(): Sql {
    this.#sql ??= connect(this.#dataDir)
    return this.#sql
  }

  /** The server's process is gone at once; its Postgres is not told. */
  async kill9(): Promise<void> {
    await this.#disconnect()
    if (!this.#isRunning()) return
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }

  async restart(): Promise<void> {
    await this.kill9()
    this.#child = this.#spawn()
    await this.#ready()
  }

  async stop(): Promise<void> {
    await this.#disconnect()
    if (this.#isRunning()) {
      const exited = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await exited
    }
    rmSync(this.#dataDir, { recursive: true, force: true })
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, [join(ROOT, 'server/dist/main.js')], {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: String(this.#port),
        DATA_DIR: this.#dataDir,
        DATABASE_URL: '',
        DEMO: 'on',
        // As under npm, it ends by itself when the tests that started it are gone.
        npm_lifecycle_event: 'test:e2e',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    return child
  }

  async #ready(): Promise<void> {
    for (const end = Date.now() + START_DEADLINE_MS; Date.now() < end; await sleep(50)) {
      if (!this.#isRunning()) throw new Error(`the server ended while it started:\n${this.#output}`)
      const response = await fetch(`${this.url}/healthz`).catch(() => undefined)
      if (response?.ok) return
    }
    throw new Error(`the server does not answer:\n${this.#output}`)
  }

  #isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async #disconnect(): Promise<void> {
    await this.#sql?.end({ timeout: 1 })
    this.#sql = undefined
  }
}

function connect(dataDir: string): Sql {
  const cluster = join(dataDir, 'postgres')
  const password = readFileSync(join(cluster, 'evertill.password'), 'utf8').trim()
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3])
  return postgres({
    host: '127.0.0.1',
    port,
    user: 'evertill',
    database: 'evertill',
    password,
    max: 2,
    onnotice: () => {},
    types: {
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
      calendarDate: { to: 1082, from: [1082], serialize: String, parse: String },
    },
  })
}

/**
 * A port to listen on, now and again after a restart. None of those that the system gives to outgoing connections: one
 * of them may have it while nobody listens.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_768)
    if (await isFree(port)) return port
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
