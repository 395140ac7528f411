import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeDataDir } from '../test/data-dir.ts'
import { createEmptyDatabase } from '../test/test-database.ts'
import { readPostmaster } from './db/embedded/postmaster.ts'
import { isAlive } from './db/embedded/process-identity.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
let dataDir: string
let started: Started[]

beforeEach(async () => {
  dataDir = await makeDataDir()
  started = []
})

afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGTERM')
    await ended
  }
  await rm(dataDir, { recursive: true, force: true })
})

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> }

function start(env: Record<string, string>, command = [process.execPath, '--import', 'tsx', main]): Started {
  const [file = '', ...args] = command
  const child = spawn(file, args, {
    env: { ...process.env, DATABASE_URL: '', DEMO: 'off', DATA_DIR: dataDir, LOG_LEVEL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const process_ = { child, output: () => output, ended }
  started.push(process_)
  return process_
}

async function untilHealthy(port: number, { output }: Started): Promise<void> {
  const isHealthy = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      (answer) => answer.status,
      () => output(),
    )
  await expect.poll(isHealthy, { timeout: 20_000 }).toBe(200)
}

function postgresPid(): number {
  return readPostmaster(`${dataDir}/postgres`)?.pid ?? 0
}

async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return { server, port: typeof address === 'object' && address ? address.port : 0 }
}

async function freePort(): Promise<number> {
  const { server, port } = await occupy()
  server.close()
  await once(server, 'close')
  return port
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s ends the server and its Postgres, even with a request open',
  async (signal) => {
    const port = await freePort()
    const server = start({ PORT: String(port) })
    await untilHealthy(port, server)
    const postgres = postgresPid()
    expect(isAlive(postgres)).toBe(true)
    const openRequest = fetch(`http://127.0.0.1:${port}/api/push`, {
      method: 'POST',
      body: new ReadableStream({ start: () => {} }),
      duplex: 'half',
    } as RequestInit).catch(() => 'cut off')
    server.child.kill(signal)
    expect(await server.ended).toBe(0)
    expect(isAlive(postgres)).toBe(false)
    await openRequest
  },
)

test('a signal during the start is obeyed and leaves no Postgres', async () => {
  const server = start({ PORT: String(await freePort()) })
  await expect.poll(server.output, { timeout: 10_000 }).toContain('Creating the database')
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  const next = start({ PORT: '0' })
  await expect.poll(next.output, { timeout: 20_000 }).toContain('Evertill serves')
})

test('a server whose npm was killed ends by itself', async () => {
  const port = await freePort()
  // The shell stands for npm: it starts the server and is then killed outright.
  const shell = ['/bin/sh', '-c', `"${process.execPath}" --import tsx "${main}"; true`]
  const npm = start({ PORT: String(port), npm_lifecycle_event: 'start' }, shell)
  await untilHealthy(port, npm)
  const postgres = postgresPid()
  npm.child.kill('SIGKILL')
  await expect.poll(() => isAlive(postgres), { timeout: 8_000 }).toBe(false)
  await npm.ended
})

test('after kill -9 the same command serves again', async () => {
  const port = await freePort()
  const killed = start({ PORT: String(port) })
  await untilHealthy(port, killed)
  killed.child.kill('SIGKILL')
  await killed.ended
  const next = start({ PORT: String(port) })
  await untilHealthy(port, next)
})

test('a server whose Postgres dies says so and ends with 1', async () => {
  const port = await freePort()
  const server = start({ PORT: String(port) })
  await untilHealthy(port, server)
  process.kill(postgresPid(), 'SIGQUIT')
  expect(await server.ended).toBe(1)
  expect(server.output()).toMatch(/The embedded Postgres ended \(.*\): start Evertill again\./)
})

test('a port in use is told in one sentence', async () => {
  const { server: other, port } = await occupy()
  const server = start({ PORT: String(port) })
  expect(await server.ended).toBe(1)
  expect(server.output()).toBe(
    `Port ${port} is in use, perhaps by an Evertill that still runs: stop it, or set PORT to another number.\n`,
  )
  other.close()
})

test('a second server on the same data is told in one sentence', async () => {
  const port = await freePort()
  const first = start({ PORT: String(port) })
  await untilHealthy(port, first)
  const second = start({ PORT: '0' })
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(/^Evertill is already running on .* set another DATA_DIR\.\n$/)
  await untilHealthy(port, first)
})

test('an unreachable database is told in one sentence', async () => {
  const server = start({ PORT: '0', DATABASE_URL: `postgres://a:b@127.0.0.1:${await freePort()}/x` })
  expect(await server.ended).toBe(1)
  expect(server.output()).toMatch(
    /^Cannot use the database at postgres:\/\/a:\*\*\*@.*correct DATABASE_URL\.\n$/,
  )
})

test('a contradiction in the configuration is told in one sentence', async () => {
  const server = start({ PORT: 'many' })
  expect(await server.ended).toBe(1)
  expect(server.output()).toBe('PORT must be a port number; it is "many".\n')
})

test('DATABASE_URL replaces the embedded Postgres', async () => {
  const database = await createEmptyDatabase()
  const port = await freePort()
  const server = start({ PORT: String(port), DATABASE_URL: database.url })
  await untilHealthy(port, server)
  expect(postgresPid()).toBe(0)
  const [row] = await database.sql`select max(version) as version from schema_version`
  expect(row?.version).toBeGreaterThan(0)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  await database.drop()
})
