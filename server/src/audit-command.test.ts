import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { built } from '../test/built-server.ts'
import { makeDataDir } from '../test/data-dir.ts'
import { addTill, authenticated, createShop, journalOf, pushBytes } from '../test/shop.ts'
import { createEmptyDatabase, createTestDatabase } from '../test/test-database.ts'
import { connect, type Sql } from './db/connect.ts'
import { startEmbeddedPostgres } from './db/embedded/start-embedded-postgres.ts'
import { migrate } from './db/migrate.ts'
import { acceptPush } from './replay/accept-push.ts'

const command = built('audit-command')
const root = fileURLToPath(new URL('../..', import.meta.url))
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (let step = cleanUps.pop(); step; step = cleanUps.pop()) await step()
})

function runAudit(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { DATABASE_URL: _, DATA_DIR: __, ...rest } = process.env
  const child = spawn(process.execPath, [command], { cwd: root, env: { ...rest, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

async function sellTwo(sql: Sql): Promise<string> {
  const shop = await createShop(sql)
  const tillId = await addTill(sql, shop)
  const journal = journalOf(shop, tillId)
  const till = await authenticated(sql, shop.companyId, tillId)
  const ports = { now: () => new Date(), log: pino({ level: 'silent' }) }
  await acceptPush(sql, till, pushBytes([journal.sell(), journal.sell()]), ports)
  return shop.companyId
}

test('it prints every check, then every difference with the receipt it is about, and exits 0 or 1', async () => {
  const database = await createTestDatabase()
  cleanUps.push(database.drop)
  await sellTwo(database.sql)
  const clean = await runAudit({ DATABASE_URL: database.url })
  expect(clean.said).toContain(
    'Bedok Minimart\n✓ Every entry is, byte for byte, the one its till sealed. (2 entries)',
  )
  expect(clean.said).toMatch(/\nNo differences in 1 company \(\d+\.\d s\)\.\n$/)
  expect(clean.code).toBe(0)

  await sellTwo(database.sql)
  await database.sql`update sale_tender set amount = amount + 5`
  const tampered = await runAudit({ DATABASE_URL: database.url })
  const sentence =
    'Receipt BED-T1-000001 (Till T1, Bedok): its tenders less change are $1.05, but its total is $1.00.'
  expect(tampered.said.split(sentence)).toHaveLength(5)
  expect(tampered.said).toContain(`✗ For every sale, tenders less change are its total.\n    ${sentence}`)
  expect(tampered.said).toContain('    2 differences in 2 sales\n')
  expect(tampered.said).toMatch(/\n10 differences in 2 companies \(/)
  expect(tampered.code).toBe(1)
})

test('it exits 2 with one sentence where it cannot run', async () => {
  const missing = await runAudit({ DATA_DIR: join(tmpdir(), 'evertill-never-was') })
  expect(missing.said).toMatch(/^There is no database in .*evertill-never-was: set DATA_DIR .*\n$/)
  expect(missing.code).toBe(2)

  const unreachable = await runAudit({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/nowhere' })
  expect(unreachable.said).toMatch(/^Cannot use the database at postgres:\/\/me:\*\*\*@127\.0\.0\.1:1/)
  expect(unreachable.code).toBe(2)

  const empty = await createEmptyDatabase()
  cleanUps.push(empty.drop)
  const noLedger = await runAudit({ DATABASE_URL: empty.url })
  expect(noLedger.said).toMatch(/^This database holds no Evertill ledger: [^\n]*\n$/)
  expect(noLedger.code).toBe(2)
})

test('the embedded database is audited while its server runs, and started for the audit where none does', async () => {
  const dataDir = await makeDataDir()
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres({ dataDir })
  const sql = connect(postgres.url)
  await migrate(sql)
  await sellTwo(sql)
  const whileRunning = await runAudit({ DATA_DIR: dataDir })
  expect(whileRunning).toMatchObject({ code: 0, said: expect.stringContaining('(2 sales)') })
  await sql.end()
  await postgres.stop()

  const stopped = await runAudit({ DATA_DIR: dataDir })
  expect(stopped).toMatchObject({ code: 0, said: expect.stringContaining('(2 sales)') })
  const again = await startEmbeddedPostgres({ dataDir })
  await again.stop()
})
