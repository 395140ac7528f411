import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeDataDir } from '../../../test/data-dir.ts'
import { BootError } from '../../boot-error.ts'
import { connect } from '../connect.ts'
import { passwordFile } from './init-cluster.ts'
import { isAlive } from './process-identity.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts'

const holder = fileURLToPath(new URL('../../../test/hold-embedded-postgres.ts', import.meta.url))
let dataDir: string
let undo: (() => Promise<unknown>)[]

beforeEach(async () => {
  dataDir = await makeDataDir()
  undo = []
})

afterEach(async () => {
  for (const step of undo.reverse()) await step()
  await rm(dataDir, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  undo.push(() => postgres.stop())
  return postgres
}

/** Another process on the same folder: a second `npm start`, or the one that will be killed. */
async function startElsewhere(): Promise<{ child: ChildProcess; url: string; pid: number; error: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', holder, dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, error] = ['', '']
  child.stderr.on('data', (chunk) => {
    error += chunk
  })
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (out.includes('\n')) resolve()
    })
    child.once('close', () => resolve())
  })
  undo.push(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  })
  return { child, error, ...(out ? JSON.parse(out) : { url: '', pid: 0 }) }
}

async function writeNote(url: string, text: string): Promise<void> {
  const sql = connect(url, { max: 1 })
  await sql`create table if not exists note (text text not null)`
  await sql`insert into note values (${text})`
  await sql.end()
}

async function notes(url: string): Promise<string[]> {
  const sql = connect(url, { max: 1 })
  const rows = await sql<{ text: string }[]>`select text from note order by text`
  await sql.end()
  return rows.map((row) => row.text)
}

test('what was written is there after a stop and a start', async () => {
  const first = await start()
  await writeNote(first.url, 'kept')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)
  const second = await start()
  expect(await notes(second.url)).toEqual(['kept'])
})

test('it is durable, checksummed, on loopback, and asks for its password', async () => {
  const postgres = await start()
  const sql = connect(postgres.url, { max: 1 })
  const [row] = await sql`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as addresses, current_setting('server_encoding') as encoding,
      current_setting('TimeZone') as zone, lower('ÀÉ') as lowered`
  await sql.end()
  expect(row).toEqual({
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    addresses: '127.0.0.1',
    encoding: 'UTF8',
    zone: 'UTC',
    lowered: 'àé',
  })
  const stranger = connect(postgres.url.replace(/:[^:@]+@/, ':guess@'), { max: 1 })
  await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' })
  await stranger.end()
  expect((await stat(passwordFile(join(dataDir, 'postgres')))).mode & 0o777).toBe(0o600)
})

test('after kill -9 the next start stops the orphan and finds every committed row', async () => {
  const killed = await startElsewhere()
  await writeNote(killed.url, 'committed')
  killed.child.kill('SIGKILL')
  await once(killed.child, 'close')
  expect(isAlive(killed.pid)).toBe(true)
  const next = await start()
  expect(isAlive(killed.pid)).toBe(false)
  expect(await notes(next.url)).toEqual(['committed'])
})

test('after Postgres itself was killed too, the next start recovers', async () => {
  const killed = await startElsewhere()
  await writeNote(killed.url, 'committed')
  killed.child.kill('SIGKILL')
  process.kill(killed.pid, 'SIGKILL')
  await once(killed.child, 'close')
  const next = await start()
  expect(await notes(next.url)).toEqual(['committed'])
})

test('a second server on the same folder is refused with a sentence and the first one is left alone', async () => {
  const first = await startElsewhere()
  await writeNote(first.url, 'first')
  const refusal = await startEmbeddedPostgres({ dataDir }).catch((error) => error)
  expect(refusal).toBeInstanceOf(BootError)
  expect(refusal.message).toBe(
    `Evertill is already running on ${dataDir} (process ${first.child.pid}): stop it first, or set another DATA_DIR.`,
  )
  expect(await notes(first.url)).toEqual(['first'])
})

test('a pid file that names a stranger is not believed, and the stranger lives', async () => {
  const postgres = await start()
  await writeNote(postgres.url, 'kept')
  await postgres.stop()
  const stranger = spawn('sleep', ['60'])
  undo.push(async () => stranger.kill())
  const data = join(dataDir, 'postgres')
  await writeFile(
    join(data, 'postmaster.pid'),
    `${stranger.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`,
  )
  const next = await start()
  expect(await notes(next.url)).toEqual(['kept'])
  expect(isAlive(stranger.pid ?? 0)).toBe(true)
})

test('a first start that was cut off leaves nothing that the next one trips over', async () => {
  await mkdir(join(dataDir, 'postgres.new', 'data'), { recursive: true })
  await writeFile(join(dataDir, 'postgres.new', 'data', 'PG_VERSION'), '18\n')
  const postgres = await start()
  await writeNote(postgres.url, 'fresh')
  expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false)
})

test('the death of Postgres is noticed, a stop is not taken for one', async () => {
  const first = await start()
  process.kill(first.pid, 'SIGQUIT')
  expect(await first.died).toMatch(/\w/)
  await first.stop()
  const second = await start()
  let died = false
  void second.died.then(() => {
    died = true
  })
  await second.stop()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(died).toBe(false)
})

test('a damaged cluster stops the boot with a sentence that names the log', async () => {
  const first = await start()
  await first.stop()
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '12\n')
  const refusal = await startEmbeddedPostgres({ dataDir }).catch((error) => error)
  expect(refusal).toBeInstanceOf(BootError)
  expect(refusal.message).toMatch(/did not start \(.*incompatible.*\): see .*postgres\.log\.$/)
  expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).toContain('incompatible')
})

test.runIf(process.getuid?.() === 0)(
  'root under a 0700 folder keeps the database where its user can reach it',
  async () => {
    await chmod(dataDir, 0o700)
    const notices: string[] = []
    const notice = (line: string) => notices.push(line)
    const first = await startEmbeddedPostgres({ dataDir, notice })
    const base = dirname(await realpath(join(dataDir, 'postgres')))
    undo.push(() => rm(base, { recursive: true, force: true }))
    expect(base).toMatch(/^\/var\/lib\/evertill\//)
    expect(notices.join('\n')).toContain(`the database is kept in ${base}`)
    await writeNote(first.url, 'kept')
    await first.stop()
    const second = await startEmbeddedPostgres({ dataDir })
    undo.push(() => second.stop())
    expect(await notes(second.url)).toEqual(['kept'])
  },
)
