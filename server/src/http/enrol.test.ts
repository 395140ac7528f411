import { type EnrolResponse, zEnrolResponse } from '@evertill/shared/protocol/enrol'
import { type Problem, zProblem } from '@evertill/shared/protocol/problem'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  addTill,
  authenticated,
  createShop,
  journalOf,
  oneMilo,
  pushBytes,
  type Shop,
} from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { enrolRequest, newTillKey, type TillKey } from '../../test/till-client.ts'
import type { Sql } from '../db/connect.ts'
import { createEnrolmentCode, revokeTill } from '../db/queries/enrolment.ts'
import { acceptPush } from '../replay/accept-push.ts'
import { createApp } from './app.ts'

const start = Date.parse('2026-11-21T04:00:00.000Z')
let nowMs: number
let database: TestDatabase
let sql: Sql
let shop: Shop
let tillId: string
let app: ReturnType<typeof createApp>
let key: TillKey

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
})
afterAll(() => database.drop())
beforeEach(async () => {
  nowMs = start
  app = createApp({
    sql,
    config: { trustProxy: true },
    log: pino({ level: 'silent' }),
    now: () => new Date(nowMs),
  })
  shop = await createShop(sql)
  tillId = await addTill(sql, shop)
  key = await newTillKey()
})

const newCode = async () =>
  (await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: new Date(nowMs) })).code

const enrol = async (code: string, by = key, rest: object = {}) =>
  app.request('/api/enrol', enrolRequest(code, by, rest))

async function problemOf(answer: Response): Promise<Problem & { status: number }> {
  return { status: answer.status, ...zProblem.parse(await answer.json()) }
}

const epochOf = async (answer: Response) => zEnrolResponse.parse(await answer.json()).epoch

test('a code makes a till with a first epoch, an empty journal and what it says of itself', async () => {
  const answer = await enrol(await newCode(), key, { persisted: false, appVersion: '9.9' })
  expect(zEnrolResponse.parse(await answer.json())).toMatchObject({
    tillId,
    epoch: 1,
    serverTime: new Date(start).toISOString(),
  })
  expect(
    await sql`select state, epoch, enrolled_at, reported_persisted, reported_app_version, public_key from till
    where till_id = ${tillId}`,
  ).toMatchObject([
    {
      state: 'active',
      epoch: 1,
      enrolled_at: new Date(start),
      reported_persisted: false,
      reported_app_version: '9.9',
      public_key: key.publicKey,
    },
  ])
  expect(await sql`select epoch, high_water, last_seq from journal where till_id = ${tillId}`).toMatchObject([
    { epoch: 1, high_water: 0, last_seq: 0 },
  ])
})

test('a till that gets a new browser goes on after the last receipt that arrived', async () => {
  expect(zEnrolResponse.parse(await (await enrol(await newCode())).json()).receipts).toBe(0)
  const journal = journalOf(shop, tillId)
  const numbers = ['BED-T1-000009', 'BED-T1-1000010', 'BED-T11-2000000', 'OLD-T1-3000000']
  const sales = numbers.map((receiptNo) => journal.sell({ ...oneMilo(shop), receiptNo }))
  const till = await authenticated(sql, shop.companyId, tillId)
  const ports = { now: () => new Date(nowMs), log: pino({ level: 'silent' }) }
  expect(await acceptPush(sql, till, pushBytes(sales), ports)).toMatchObject({ highWater: 4 })
  const again = zEnrolResponse.parse(await (await enrol(await newCode(), await newTillKey())).json())
  expect(again).toMatchObject({ epoch: 2, receipts: 1_000_010 })
})

test('a code is read however it is typed', async () => {
  const code = await newCode()
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/)
  expect((await enrol(` ${code.toLowerCase().replace('-', ' ')} `)).status).toBe(200)
})

test('the same code with the same key answers the same again, for its answer may have been lost', async () => {
  const code = await newCode()
  const first = await enrol(code)
  const again = await enrol(code)
  expect(await again.json()).toEqual(await first.json())
  expect(await sql`select epoch from till where till_id = ${tillId}`).toMatchObject([{ epoch: 1 }])
})

test('a code works for one browser only, also when two try at once', async () => {
  const code = await newCode()
  const others = await Promise.all(Array.from({ length: 6 }, () => newTillKey()))
  const answers = await Promise.all(others.map((other) => enrol(code, other)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410, 410])
  const problems = await Promise.all(answers.filter(({ status }) => status === 410).map(problemOf))
  for (const problem of problems) expect(problem.code).toBe('enrolment-code-used')
  expect(await sql`select epoch from till where till_id = ${tillId}`).toMatchObject([{ epoch: 1 }])
})

test('a code expires', async () => {
  const code = await newCode()
  nowMs += 24 * 3_600_000
  expect(await problemOf(await enrol(code))).toMatchObject({ status: 410, code: 'enrolment-code-expired' })
  expect(await sql`select state, epoch from till where till_id = ${tillId}`).toMatchObject([
    { state: 'waiting-for-enrolment', epoch: 0 },
  ])
})

test('a new code makes an older unused one worthless', async () => {
  const old = await newCode()
  const code = await newCode()
  expect(await problemOf(await enrol(old))).toMatchObject({ status: 404, code: 'enrolment-code-unknown' })
  expect((await enrol(code)).status).toBe(200)
})

test('every enrolment of a till begins a new epoch', async () => {
  expect(await epochOf(await enrol(await newCode()))).toBe(1)
  expect(await epochOf(await enrol(await newCode(), await newTillKey()))).toBe(2)
  expect(await sql`select epoch from journal where till_id = ${tillId} order by epoch`).toMatchObject([
    { epoch: 1 },
    { epoch: 2 },
  ])
})

test('revoking a till voids its open code, and its old one with the old key too', async () => {
  const used = await newCode()
  await enrol(used)
  const open = await newCode()
  await revokeTill(sql, { companyId: shop.companyId, tillId })
  expect(await problemOf(await enrol(open))).toMatchObject({ code: 'enrolment-code-unknown' })
  expect(await problemOf(await enrol(used))).toMatchObject({ code: 'enrolment-code-used' })
})

test('only the hash of a code is stored', async () => {
  const code = (await newCode()).replace('-', '')
  const [row] = await sql`select to_jsonb(c) as row from enrolment_code c where till_id = ${tillId}`
  expect(JSON.stringify(row)).not.toContain(code)
})

test.each([
  ['code', { code: 'ABC' }],
  ['publicKey.crv', { publicKey: { kty: 'EC', crv: 'P-384', x: 'A'.repeat(43), y: 'A'.repeat(43) } }],
  ['publicKey', { publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }],
  ['persisted', { persisted: 'yes' }],
])('an enrolment with a wrong %s is refused with the field named', async (path, change) => {
  const answer = await problemOf(await enrol(await newCode(), key, change))
  expect(answer).toMatchObject({ status: 400, code: 'bad-request', fields: [{ path }] })
})

test('an enrolment that is no JSON, or far too large, is refused', async () => {
  const post = (body: string) => app.request('/api/enrol', { method: 'POST', body })
  expect(await problemOf(await post('{'))).toMatchObject({ status: 400, code: 'bad-request' })
  expect(await problemOf(await post('x'.repeat(20_000)))).toMatchObject({ status: 413, code: 'too-large' })
})

const from = (address: string, code: string) => {
  const request = enrolRequest(code, key)
  return app.request('/api/enrol', {
    ...request,
    headers: { ...request.headers, 'x-forwarded-for': address },
  })
}

test('guessing is rationed per caller, and enrolling a whole shop is not guessing', async () => {
  for (let i = 0; i < 40; i++) expect((await from('10.0.0.1', await newCode())).status).toBe(200)
  let status = 0
  for (let i = 0; i < 40 && status !== 429; i++) status = (await from('10.0.0.2', '22222222')).status
  expect(status).toBe(429)
  const refused = await problemOf(await from('10.0.0.2', await newCode()))
  expect(refused).toMatchObject({ code: 'too-many-requests' })
  expect(refused.retryAfterMs).toBeGreaterThan(0)
  expect((await from('10.0.0.1', await newCode())).status).toBe(200)
})

test('one caller who never stops guessing does not use up what all others may try', async () => {
  for (let i = 0; i < 250; i++) await from('10.0.0.1', '22222222')
  expect((await from('10.0.0.2', await newCode())).status).toBe(200)
})

const enrolledNow = async (by = key) => zEnrolResponse.parse(await (await enrol(await newCode(), by)).json())

const enrolAgain = ({ companyId, epoch, certificate }: EnrolResponse, change: object = {}, by = key) =>
  app.request('/api/enrol/again', {
    method: 'POST',
    body: JSON.stringify({ companyId, tillId, epoch, publicKey: by.publicKey, certificate, ...change }),
  })

/** As a backup from before the enrolment has it. */
const forget = async () => {
  await sql`
    update till set state = 'waiting-for-enrolment', epoch = 0, public_key = null where till_id = ${tillId}`
  await sql`delete from journal where till_id = ${tillId}`
}
const tillNow = async () => {
  const [row] = await sql`select state, epoch, public_key from till where till_id = ${tillId}`
  return row
}

test('a till whose enrolment was forgotten is let in again by its certificate, once and as it was', async () => {
  const enrolled = await enrolledNow()
  await forget()
  for (let i = 0; i < 2; i++) expect((await enrolAgain(enrolled)).status).toBe(200)
  expect(await tillNow()).toEqual({ state: 'active', epoch: 1, public_key: key.publicKey })
  expect(await sql`select epoch, high_water from journal where till_id = ${tillId}`).toMatchObject([
    { epoch: 1, high_water: 0 },
  ])
  expect(await sql`select action, detail from audit_log where company_id = ${shop.companyId}`).toEqual([
    { action: 'till.enrolled-again', detail: { tillId, epoch: 1 } },
  ])
})

test('a database that knows the browser before is told of the one after it', async () => {
  const before = await newTillKey()
  await enrolledNow(before)
  const later = await enrolledNow()
  await sql`update till set epoch = 1, public_key = ${sql.json(JSON.parse(JSON.stringify(before.publicKey)))}`
  expect((await enrolAgain(later)).status).toBe(200)
  expect(await tillNow()).toMatchObject({ epoch: 2, public_key: key.publicKey })
})

test('a browser is not let in again where another was enrolled after it, and a revoked till not at all', async () => {
  const enrolled = await enrolledNow()
  const later = await newTillKey()
  await enrolledNow(later)
  expect(await problemOf(await enrolAgain(enrolled))).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect(await tillNow()).toMatchObject({ epoch: 2, public_key: later.publicKey })
  await forget()
  await revokeTill(sql, { companyId: shop.companyId, tillId })
  expect((await enrolAgain(enrolled)).status).toBe(401)
  expect(await tillNow()).toEqual({ state: 'revoked', epoch: 0, public_key: null })
})

test('a certificate is good for nothing but what it says', async () => {
  const enrolled = await enrolledNow()
  const other = await newTillKey()
  const otherTill = await addTill(sql, shop, 'T2')
  await forget()
  for (const change of [
    { epoch: 2 },
    { publicKey: other.publicKey },
    { tillId: otherTill },
    { companyId: (await createShop(sql)).companyId },
    { certificate: 'A'.repeat(43) },
  ])
    expect(await problemOf(await enrolAgain(enrolled, change))).toMatchObject({ status: 401 })
  expect(await problemOf(await enrolAgain(enrolled, { certificate: '' }))).toMatchObject({ status: 400 })
  expect(await tillNow()).toMatchObject({ state: 'waiting-for-enrolment', public_key: null })
})

test('browsers that are not let in again do not use up what may be tried of codes', async () => {
  const enrolled = await enrolledNow()
  await enrolledNow(await newTillKey())
  const statuses = new Set<number>()
  for (let i = 0; i < 40; i++) statuses.add((await enrolAgain(enrolled)).status)
  expect([...statuses]).toEqual([401, 429])
  expect((await enrol(await newCode(), await newTillKey())).status).toBe(200)
})
