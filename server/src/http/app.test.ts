import { once } from 'node:events'
import { connect as dial } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type Problem, zProblem } from '@evertill/shared/protocol/problem'
import { zPullResponse } from '@evertill/shared/protocol/pull'
import { MAX_PUSH_BYTES, zPushResponse } from '@evertill/shared/protocol/push'
import { createAdaptorServer } from '@hono/node-server'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addTill, createShop, type Journal, journalOf, pushBytes, type Shop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import {
  enrolTillClient,
  newTillKey,
  type Send,
  type TillClient,
  tillClient,
} from '../../test/till-client.ts'
import { connect, type Sql } from '../db/connect.ts'
import { createEnrolmentCode, revokeTill } from '../db/queries/enrolment.ts'
import { createApp } from './app.ts'

let database: TestDatabase
let sql: Sql
let shop: Shop
let client: TillClient
let journal: Journal
let app: ReturnType<typeof createApp>
let logged: string[]
const send: Send = (path, init) => app.request(path, init)

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
})
afterAll(() => database.drop())
beforeEach(async () => {
  logged = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  app = createApp({ sql, config: {}, log, now: () => new Date() })
  shop = await createShop(sql)
  const tillId = await addTill(sql, shop)
  const { code } = await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: new Date() })
  client = await enrolTillClient(send, code)
  journal = journalOf(shop, tillId)
})

async function problemOf(answer: Response): Promise<Problem & { status: number }> {
  return { status: answer.status, ...zProblem.parse(await answer.json()) }
}

async function entryCount(): Promise<number> {
  return (await sql`select 1 from entry where company_id = ${shop.companyId}`).length
}

test.each([true, false])('a signed push is taken (gzip: %s)', async (gzip) => {
  const answer = await client.push(pushBytes([journal.sell(), journal.sell()]), { gzip })
  expect(answer.status).toBe(200)
  const { outcomes, highWater } = zPushResponse.parse(await answer.json())
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
  expect(highWater).toBe(2)
})

test('a pull is answered with the catalogue, gzipped for whoever takes it', async () => {
  const answer = await client.pull()
  const first = zPullResponse.parse(await answer.json())
  expect(first.snapshot).toBe(true)
  const next = zPullResponse.parse(await (await client.pull(first.cursor)).json())
  expect(next.snapshot).toBe(false)
  const authorization = await client.authorization('GET', '/api/pull', new Uint8Array())
  const packed = await app.request('/api/pull', { headers: { authorization, 'accept-encoding': 'gzip' } })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  const text = gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()
  expect(zPullResponse.parse(JSON.parse(text)).rows.product).toHaveLength(5)
})

test('an enrolled till is told who it is', () => {
  expect(client.enrolled).toMatchObject({
    companyId: shop.companyId,
    companyName: 'Bedok Minimart',
    outletId: shop.outletId,
    outletCode: 'BED',
    tillCode: 'T1',
    tillName: 'Till T1',
    epoch: 1,
  })
})

const wrongTokens: [string, Parameters<TillClient['authorization']>[3]][] = [
  ['another body', { bh: 'AAAA' }],
  ['another method', { htm: 'GET' }],
  ['another address', { htu: '/api/pull' }],
  ["another company's name", { cid: '018f3c5e-0000-7000-8000-000000000001' }],
  ["another till's name", { iss: '018f3c5e-0000-7000-8000-000000000001' }],
  ['no company at all', { cid: 'x' }],
]
test.each(wrongTokens)('a token made for %s opens nothing', async (_, claims = {}) => {
  const answer = await client.push(pushBytes([journal.sell()]), { claims })
  expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' })
  expect(await entryCount()).toBe(0)
})

test.each([
  ['no token', undefined],
  ['a password', 'Basic dGlsbDp0aWxs'],
  ['three words', 'Bearer a.b.c'],
])('%s opens nothing', async (_, authorization) => {
  const headers = { ...(authorization && { authorization }) }
  const answer = await app.request('/api/pull', { headers })
  expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('a token signed by another key, or by none, opens nothing', async () => {
  const stranger = tillClient(send, await newTillKey(), client.enrolled)
  expect(await problemOf(await stranger.push(pushBytes([])))).toMatchObject({ code: 'unauthenticated' })
  const [, claims] = (await client.authorization('GET', '/api/pull', new Uint8Array())).split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  const answer = await app.request('/api/pull', {
    headers: { authorization: `Bearer ${header}.${claims}.x` },
  })
  expect(await problemOf(answer)).toMatchObject({ code: 'unauthenticated' })
})

test.each([-130, 130])('a till whose clock is %i s off is told the time and signs again', async (seconds) => {
  const iat = Math.floor(Date.now() / 1000) + seconds
  const stale = await problemOf(await client.push(pushBytes([journal.sell()]), { claims: { iat } }))
  expect(stale).toMatchObject({ status: 401, code: 'token-stale' })
  const serverTime = Date.parse(stale.serverTime ?? '')
  const again = await client.push(pushBytes([journal.sell()]), {
    claims: { iat: Math.floor(serverTime / 1000) },
  })
  expect(again.status).toBe(200)
})

test('a revoked till gets nothing more, and what it still sends is kept for head office', async () => {
  await client.push(pushBytes([journal.sell()]))
  await revokeTill(sql, { companyId: shop.companyId, tillId: client.enrolled.tillId })
  const answer = await client.push(pushBytes([journal.sell()]))
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { outcomes: [{ outcome: 'quarantined', exceptions: ['revoked-till'] }] },
  ])
  expect(await problemOf(await client.pull())).toMatchObject({ status: 403, code: 'till-revoked' })
  expect(await entryCount()).toBe(1)
})

test('a till that was enrolled anew elsewhere is no longer the till', async () => {
  const { companyId, tillId } = client.enrolled
  const { code } = await createEnrolmentCode(sql, { companyId, tillId, now: new Date() })
  const heir = await enrolTillClient(send, code)
  expect(heir.enrolled.epoch).toBe(2)
  expect(await problemOf(await client.push(pushBytes([journal.sell()])))).toMatchObject({
    code: 'unauthenticated',
  })
  expect((await heir.push(pushBytes([]))).status).toBe(200)
})

test('a body too large as sent, or once unpacked, is refused whole', async () => {
  const packed = gzipSync(Buffer.alloc(17_000_000, 'a'))
  expect(packed.length).toBeLessThan(MAX_PUSH_BYTES)
  const bomb = await client.push(Buffer.alloc(17_000_000, 'a'))
  expect(await problemOf(bomb)).toMatchObject({ status: 413, code: 'too-large' })
  const large = await client.push(Buffer.alloc(MAX_PUSH_BYTES + 1, 'a'), { gzip: false })
  expect(await problemOf(large)).toMatchObject({ status: 413, code: 'too-large' })
})

test('a body that is not what it says is refused with the field named', async () => {
  const body = new Uint8Array(Buffer.from('not gzip at all'))
  const pushAs = async (encoding: string) =>
    app.request('/api/push', {
      method: 'POST',
      headers: {
        'content-encoding': encoding,
        authorization: await client.authorization('POST', '/api/push', body),
      },
      body,
    })
  for (const encoding of ['gzip', 'br']) {
    expect(await problemOf(await pushAs(encoding))).toMatchObject({
      status: 400,
      code: 'bad-request',
      fields: [{ path: 'content-encoding' }],
    })
  }
  const cut = gzipSync(pushBytes([journal.sell()])).subarray(0, 100)
  const answer = await app.request('/api/push', {
    method: 'POST',
    headers: {
      'content-encoding': 'gzip',
      authorization: await client.authorization('POST', '/api/push', cut),
    },
    body: new Uint8Array(cut),
  })
  expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'bad-request' })
  expect(await entryCount()).toBe(0)
})

test('a push without a header is refused with the fields named', async () => {
  const answer = await client.push(Buffer.from('{"version":"one"}\n'))
  const { fields, ...rest } = await problemOf(answer)
  expect(rest).toMatchObject({ status: 400, code: 'bad-request' })
  expect(fields?.map(({ path }) => path)).toEqual(['version', 'epoch', 'report'])
})

test('an address of the API that does not exist says so as a problem', async () => {
  expect(await problemOf(await app.request('/api/nothing'))).toMatchObject({ status: 404, code: 'not-found' })
  expect(await problemOf(await app.request('/api/push'))).toMatchObject({ status: 404, code: 'not-found' })
})

test('no page of another origin may read an answer', async () => {
  const answer = await app.request('/api/pull', { headers: { origin: 'https://evil.example' } })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test('the log tells requests apart and holds no secret', async () => {
  const entry = journal.sell()
  await client.push(pushBytes([entry]))
  await client.pull('secret-cursor')
  const text = logged.join('')
  expect(text).toContain(client.enrolled.tillId)
  expect(text).toContain('/api/push')
  for (const secret of ['Bearer', 'secret-cursor', entry.hash, 'Milo']) expect(text).not.toContain(secret)
})

test('while the database does not answer, pushes and health are 503, and the till may try again', async () => {
  const gone = connect('postgres://nobody@127.0.0.1:1/nothing', { max: 1 })
  const dark = createApp({ sql: gone, config: {}, log: pino({ level: 'silent' }), now: () => new Date() })
  const toDark = tillClient((path, init) => dark.request(path, init), await newTillKey(), client.enrolled)
  expect(await problemOf(await toDark.push(pushBytes([])))).toMatchObject({
    status: 503,
    code: 'unavailable',
  })
  expect(await problemOf(await dark.request('/healthz'))).toMatchObject({ status: 503, code: 'unavailable' })
  expect((await app.request('/healthz')).status).toBe(200)
  await gone.end()
})

test('over a real socket an oversized body is answered before it has all arrived', async () => {
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const socket = dial(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  socket.on('error', () => {})
  socket.write('POST /api/push HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n')
  socket.write(Buffer.alloc(100_000))
  await expect.poll(() => answer).toContain('413')
  expect(answer).toContain('too-large')
  socket.destroy()
  server.close()
})
