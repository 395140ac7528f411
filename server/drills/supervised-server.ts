import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** The real server as a process of its own, started again whenever it ends, as a container's restart policy does. */
export class SupervisedServer {
  readonly origin: string
  kills = 0
  /** Ends nobody asked for: a start that came to nothing, or a crash. */
  ends = 0
  /** What it said while it ended by itself. */
  readonly lastWords: string[] = []
  readonly #env: NodeJS.ProcessEnv
  #child: ChildProcess
  #stopping = false

  private constructor(port: number, env: NodeJS.ProcessEnv) {
    this.origin = `http://127.0.0.1:${port}`
    this.#env = { ...process.env, ...env, PORT: String(port) }
    this.#child = this.#spawn()
  }

  static async start(env: NodeJS.ProcessEnv): Promise<SupervisedServer> {
    const server = new SupervisedServer(await freePort(), env)
    await server.untilHealthy()
    return server
  }

  async untilHealthy(): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
      const answer = await fetch(`${this.origin}/healthz`).catch(() => undefined)
      await answer?.arrayBuffer()
      if (answer?.ok) return
    }
    throw new Error(`the server does not answer: ${this.lastWords.at(-1) ?? 'it said nothing'}`)
  }

  /** SIGKILL, in the middle of whatever it does. It comes back by itself. */
  kill9(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.kills++
    this.#child.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await exited
  }

  #spawn(): ChildProcess {
    // As under npm: it ends by itself when the drill that started it is gone.
    const env = { ...this.#env, npm_lifecycle_event: 'drill' }
    const child = spawn(process.execPath, [MAIN], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-2000)
    })
    child.once('exit', async (_, signal) => {
      if (this.#stopping) return
      if (signal !== 'SIGKILL') {
        this.ends++
        this.lastWords.push(said.trim())
        // Docker waits a little longer each time; this is its first wait.
        await sleep(100)
      }
      if (!this.#stopping) this.#child = this.#spawn()
    })
    return child
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
