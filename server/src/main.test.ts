import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { built } from '../test/built-server.ts'
import { makeDataDir } from '../test/data-dir.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../test/test-database.ts'
import { readPostmaster } from './db/embedded/postmaster.ts'
import { isAlive } from './db/embedded/process-identity.ts'

const main = built('main')
let dataDir: string
let started: Started[]
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

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

function start(env: Record<string, string>, command = [process.execPath, main]): Started {
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
  await expect.poll(isHealthy, { timeout: 60_000 }).toBe(200)
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

test('SIGTERM ends the server and its Postgres, even with a request open', async () => {
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
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(isAlive(postgres)).toBe(false)
  await openRequest
})

test.each(['SIGINT', 'SIGHUP'] as const)('%s ends the server as well', async (signal) => {
  const port = await freePort()
  const server = start({ PORT: String(port), DATABASE_URL: database.url })
  await untilHealthy(port, server)
  server.child.kill(signal)
  expect(await server.ended).toBe(0)
})

test('a signal during the start is obeyed and leaves no Postgres', async () => {
  const server = start({ PORT: String(await freePort()) })
  await expect.poll(server.output, { timeout: 10_000 }).toContain('Creating the database')
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  const next = start({ PORT: '0' })
  await expect.poll(next.output, { timeout: 60_000 }).toContain('Evertill serves')
})

test('a server whose npm was killed ends by itself', async () => {
  const port = await freePort()
  // The shell stands for npm: it starts the server and is then killed outright.
  const shell = ['/bin/sh', '-c', `"${process.execPath}" "${main}"; true`]
  const env = { PORT: String(port), DATABASE_URL: database.url, npm_lifecycle_event: 'start' }
  const npm = start(env, shell)
  await untilHealthy(port, npm)
  npm.child.kill('SIGKILL')
  // The output ends with the last process that writes to it.
  await npm.ended
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
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

test('DATABASE_URL replaces the embedded Postgres, and an empty database is filled with the demo', async () => {
  const empty = await createEmptyDatabase()
  const port = await freePort()
  const env = { PORT: String(port), DATABASE_URL: empty.url, DEMO: 'on' }
  const first = start(env)
  await expect.poll(first.output, { timeout: 60_000 }).toContain('Ctrl-C')
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
  expect(first.output()).toMatch(new RegExp(`http://localhost:${port}/enrol#[A-Z0-9]{4}-[A-Z0-9]{4}`))
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const counts = () =>
    empty.sql`select (select count(*) from product) as products, count(*) as companies from company`
  const before = await counts()
  const second = start(env)
  await expect.poll(second.output, { timeout: 60_000 }).toContain('/enrol#')
  expect(await counts()).toEqual(before)
  expect(before[0]?.products).toBeGreaterThan(250)
  second.child.kill('SIGTERM')
  await second.ended
  await empty.drop()
})

test('DEMO=off begins with a company of your own, with partitions for the entries of this month and of the next two', async () => {
  const empty = await createEmptyDatabase()
  const server = start({ PORT: '0', DATABASE_URL: empty.url })
  await expect.poll(server.output, { timeout: 60_000 }).toContain('Create your company')
  const today = new Date()
  const months = [0, 1, 2].map((ahead) =>
    new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + ahead)).toISOString().slice(0, 7),
  )
  const made = await empty.sql`
    select relname from pg_class where relkind = 'r' and relname like 'entry\\_20%' order by relname`
  expect(made.map(({ relname }) => relname)).toEqual(
    months.map((month) => `entry_${month.replace('-', '_')}`),
  )
  server.child.kill('SIGTERM')
  await server.ended
  await empty.drop()
})
