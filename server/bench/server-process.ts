import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type ServerState = {
  readonly rssMb: number
  /** For how long its event loop was held, since this was asked last. */
  readonly heldP99Ms: number
  readonly heldMostMs: number
}

/** The server of a benchmark, running. */
export type ServerProcess = {
  readonly origin: string
  readonly pid: number
  state(): Promise<ServerState>
  stop(): Promise<void>
}

export async function startServerProcess(url: string): Promise<ServerProcess> {
  const child = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), {
    env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' },
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    state: async () => {
      const answer = once(child, 'message')
      child.send('state')
      const [state] = (await answer) as [ServerState]
      return state
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
