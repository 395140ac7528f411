import { pino } from 'pino'
import { afterAll, beforeAll, test } from 'vitest'
import { checkServer, connect } from '../src/db/connect.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { createAuth } from '../src/office/auth.ts'
import { isFirstRunNeeded } from '../src/office/founding/first-run.ts'
import { killBackends } from './kill-backends.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('every step of the start comes through while backends are killed under it', async () => {
  const applicationName = 'killed-start'
  const sql = connect(database.url, { applicationName })
  const log = pino({ level: 'silent' })
  let isKilling = true
  const killing = async () => {
    await killBackends(database.sql, { everyMs: 50, forMs: 5000, atLeast: 3, applicationName, share: 0.1 })
    isKilling = false
  }
  const starting = async () => {
    do {
      await checkServer(sql, database.url)
      await migrate(sql)
      await ensurePartitions(sql, new Date())
      await createAuth({ sql, publicUrl: 'http://localhost:3300', log })
      await isFirstRunNeeded(sql)
    } while (isKilling)
  }
  try {
    await Promise.all([killing(), starting()])
  } finally {
    await sql.end({ timeout: 1 })
  }
})
