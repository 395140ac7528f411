import { expect, test } from 'vitest'
import { becomeTill, enrolmentKey } from '../store/enrolment.ts'
import { formerTillsWithUnsent } from '../store/former-tills.ts'
import { readHealth } from '../store/journal.ts'
import { writeState } from '../store/state.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { COMPANY, enrolledTill, NOW, OUTLET, sellMany, TILL } from '../store/till-for-tests.ts'
import { drainFormerTills, type FormerDeps, type Tryings } from './drain-former.ts'
import { ServerForTests } from './server-for-tests.ts'

const OTHER = TILL.replace(/.$/, 'e')

/** A browser that was one till, sold on it, and is another one now. */
async function changedTill(sales: number) {
  const db = await enrolledTill()
  await sellMany(db, sales)
  await writeState(db, 'tillState', 'revoked')
  const named = { companyId: COMPANY, companyName: 'T', outletId: OUTLET, outletCode: 'BR', tillName: 'Two' }
  await becomeTill(
    db,
    { ...named, tillId: OTHER, tillCode: 'T2', epoch: 1, receipts: 0, serverTime: NOW.toISOString() },
    await enrolmentKey(db),
    { persisted: true, now: NOW },
  )
  const server = new ServerForTests()
  server.clockMs = () => NOW.getTime()
  // It checks that requests are signed in the name of TILL: the former one.
  server.publicKey = (await enrolmentKey(db)).publicKey
  return { db, server }
}

const deps = (db: TillDatabase, server: ServerForTests, now = () => NOW): FormerDeps => ({
  db,
  fetch: server.fetch,
  now,
  sleep: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  random: () => 0,
  appVersion: 'test',
})

test('what a former till left is sent in its name, and counts once', async () => {
  const { db, server } = await changedTill(3)
  server.faults = ['lost-response']
  const tryings: Tryings = new Map()
  await drainFormerTills(deps(db, server), tryings)
  expect(await formerTillsWithUnsent(db)).toMatchObject([{ unsent: 3 }])
  const later = () => new Date(NOW.getTime() + 300_001)
  server.clockMs = () => later().getTime()
  await drainFormerTills(deps(db, server, later), tryings)
  expect(await formerTillsWithUnsent(db)).toEqual([])
  expect(server.applied).toHaveLength(3)
  expect((await db.journal.toArray()).map((row) => row.fate)).toEqual(['duplicate', 'duplicate', 'duplicate'])
})

test('a former till that is turned away is left alone for a while, and says nothing about the present one', async () => {
  const { db, server } = await changedTill(2)
  const refusal = { status: 401, problem: { code: 'unauthenticated', message: 'not enrolled here' } } as const
  server.faults = [refusal, refusal]
  const before = await readHealth(db)
  const tryings: Tryings = new Map()
  await drainFormerTills(deps(db, server), tryings)
  await drainFormerTills(deps(db, server), tryings)
  expect(server.faults).toHaveLength(1)
  const { serverTime: _, ...after } = await readHealth(db)
  expect(after).toEqual(before)
  expect(await formerTillsWithUnsent(db)).toMatchObject([{ unsent: 2 }])
})

test('an entry the server fails on does not keep its neighbours', async () => {
  const { db, server } = await changedTill(5)
  server.crashesOn = (entry) => entry.seq === 2
  const tryings: Tryings = new Map()
  for (let i = 0; i < 20; i++) {
    const at = () => new Date(NOW.getTime() + i * 300_001)
    server.clockMs = () => at().getTime()
    await drainFormerTills(deps(db, server, at), tryings)
  }
  expect(await formerTillsWithUnsent(db)).toMatchObject([{ unsent: 1 }])
  expect(server.applied).toHaveLength(4)
})
