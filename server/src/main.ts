import { pino } from 'pino'
import { watchParent } from '../bin/parent-watch.mjs'
import { BootError } from './boot-error.ts'
import { readConfig } from './config.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { welcome } from './welcome.ts'

// The server process: start, say where it is, stop on a signal and leave nothing behind.

const stopDeadlineMs = 4_300
const say = (line: string) => console.log(line)

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = pino({ level: config.logLevel })
  const leaving = new AbortController()
  const { signal } = leaving
  const starting = startServer(config, { log, now: () => new Date(), notice: say, signal })
  const stop = stopOnce(starting, leaving)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop(0))
  watchParent()

  const server = await starting.catch((error: unknown) => {
    if (signal.aborted) return undefined
    throw error
  })
  // Told to stop before it stood: whoever told it sees to the end.
  if (server === undefined) return
  void server.failed.then((sentence) => {
    console.error(sentence)
    return stop(1)
  })
  say(`\n${welcome({ publicUrl: config.publicUrl, ...server })}`)
}

function stopOnce(
  starting: Promise<RunningServer>,
  leaving: AbortController,
): (code: number) => Promise<void> {
  let stopping: Promise<void> | undefined
  return (code) => {
    stopping ??= (async () => {
      setTimeout(() => process.exit(1), stopDeadlineMs).unref()
      // A signal during the start is obeyed as soon as there is something to stop in order.
      leaving.abort()
      const server = await starting.catch(() => undefined)
      await server?.stop()
      process.exit(code)
    })()
    return stopping
  }
}

main().catch((error: unknown) => {
  if (process.env.LOG_LEVEL === 'debug') console.error(error)
  else if (error instanceof BootError) console.error(error.message)
  else console.error(`Evertill could not start (${error}): set LOG_LEVEL=debug to see where.`)
  process.exit(1)
})
