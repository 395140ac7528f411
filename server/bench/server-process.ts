import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The server of a benchmark, running. */
export type ServerProcess = {
  readonly origin: string
  readonly pid: number
  rssMb(): Promise<number>
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
    rssMb: async () => {
      const answer = once(child, 'message')
      child.send('rss')
      const [{ rss }] = (await answer) as [{ rss: number }]
      return rss / 1e6
    },
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
