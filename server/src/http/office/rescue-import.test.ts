import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { zProblem } from '@evertill/shared/protocol/problem'
import { type RescueHeader, type RescueReport, zRescueReport } from '@evertill/shared/protocol/rescue'
import { CompactSign } from 'jose'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../../test/ledger.ts'
import { authenticated, type Journal, journalOf, pushBytes, type Shop } from '../../../test/shop.ts'
import { newTillKey, type TillKey } from '../../../test/till-client.ts'
import { loadAuthSecret } from '../../db/queries/office-users.ts'
import { DEMO_COMPANY, DEMO_STAFF, demoId } from '../../office/demo/demo-shop.ts'
import { acceptPush } from '../../replay/accept-push.ts'
import { enrol, enrolAgain } from '../../tills/enrol.ts'
import { certificateOf } from '../../tills/enrolment-certificate.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let owner: string
let shop: Shop
let tillId: string
let key: TillKey
let journal: Journal

/** A temporary folder of our own, to see what is left lying in it. */
let folder: string
const folderBefore = process.env.TMPDIR

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-test-'))
  process.env.TMPDIR = folder
  office = await openTestOffice()
  owner = await office.signIn()
  const products = await office.database.sql<{ id: string }[]>`
    select product_id as id from product where company_id = ${DEMO_COMPANY.companyId} order by sku limit 5`
  shop = {
    companyId: DEMO_COMPANY.companyId,
    outletId: demoId('outlet', 'TB'),
    staffId: demoId('staff', DEMO_STAFF[3].name),
    customerId: uuidv7(),
    productIds: products.map(({ id }) => id),
  }
})
afterAll(async () => {
  if (folderBefore === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = folderBefore
  await rm(folder, { recursive: true, force: true })
  await office.database.drop()
})

beforeEach(async () => {
  tillId = uuidv7()
  await asOwner('tills', { tillId, outletId: shop.outletId, name: `Till ${randomBytes(3).toString('hex')}` })
  key = await newTillKey()
  await enrolWith(key)
  journal = journalOf(shop, tillId, { now: () => NOW.getTime() })
})

const asOwner = (path: string, json?: unknown) =>
  office.call(`/api/office/${path}`, { method: 'POST', cookie: owner, json })

async function enrolWith({ publicKey }: TillKey): Promise<void> {
  const answered = await asOwner(`tills/${tillId}/enrolment-code`)
  const { code } = (await answered.json()) as { code: string }
  const answer = await enrol(
    office.database.sql,
    { code: code.replace('-', ''), publicKey: publicKey as never, persisted: true, appVersion: 'test' },
    NOW,
  )
  if ('message' in answer) throw new Error(answer.message)
}

interface FileOptions {
  readonly header?: Partial<RescueHeader>
  readonly by?: TillKey | undefined
  readonly signature?: string
}

async function rescueFile(
  entries: readonly Pick<SealedEntry, 'hash' | 'raw'>[],
  { header = {}, by = key, signature }: FileOptions = {},
): Promise<string> {
  const head: RescueHeader = {
    format: 'evertill-rescue',
    version: 1,
    companyId: shop.companyId,
    companyName: DEMO_COMPANY.name,
    outletId: shop.outletId,
    outletCode: 'TB',
    tillId,
    tillCode: '9',
    tillName: 'Counter',
    epochs: [1],
    exportedAt: NOW.toISOString(),
    count: entries.length,
    scope: 'unsent',
    appVersion: 'test',
    ...header,
  }
  const text = [JSON.stringify(head), ...entries.map(({ hash, raw }) => `${hash} ${raw}`)]
    .map((line) => `${line}\n`)
    .join('')
  const jws = await new CompactSign(createHash('sha256').update(text).digest())
    .setProtectedHeader({ alg: 'ES256', typ: 'evertill-rescue' })
    .sign(by.privateKey)
  return `${text}${signature ?? jws}\n`
}

const post = (text: string | Uint8Array, commit: boolean, addTill = false) =>
  office.call(`/api/office/tills/rescue?commit=${commit}&addTill=${addTill}`, {
    method: 'POST',
    cookie: owner,
    text,
  })

async function report(text: string | Uint8Array, commit = true, addTill = false): Promise<RescueReport> {
  const answer = await post(text, commit, addTill)
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
  return zRescueReport.parse(await answer.json())
}

async function problem(text: string): Promise<{ code: string; message: string }> {
  const answer = await post(text, true)
  return zProblem.parse(await answer.json())
}

/** Every ledger and counter of the company, by its content. */
async function ledger(): Promise<unknown> {
  const tables = ['entry', 'sale', 'sale_line', 'sale_tender', 'stock_movement', 'stock_level', 'journal']
  const more = ['points_entry', 'points_balance', 'day_total', 'day_tender', 'quarantine', 'exception']
  const found = []
  for (const table of [...tables, ...more])
    found.push([
      table,
      await office.database.sql`
        select count(*), md5(string_agg(t::text, ' ' order by t::text)) from ${office.database.sql(table)} t`,
    ])
  return found
}

const push = async (entries: readonly SealedEntry[]) => {
  const till = await authenticated(office.database.sql, shop.companyId, tillId)
  const ports = { now: () => NOW, log: pino({ level: 'silent' }) }
  const answer = await acceptPush(office.database.sql, till, pushBytes(entries), ports)
  if ('code' in answer) throw new Error(answer.message)
  return answer
}

const salesOf = (n: number): SealedEntry[] => Array.from({ length: n }, () => journal.sell())
const held = () => office.database.sql<{ line: Buffer; reason: string }[]>`
  select q.line, q.reason from quarantine q
  where q.company_id = ${shop.companyId} and q.till_id = ${tillId} order by q.received_at, q.line`

test('a look at a file says what it holds and changes nothing', async () => {
  const entries = salesOf(3)
  await push(entries.slice(0, 1))
  const before = await ledger()
  const seen = await report(await rescueFile(entries), false)
  expect(seen).toMatchObject({
    committed: false,
    till: { tillId, outletName: 'Tiong Bahru', state: 'active' },
    signature: 'good',
    entries: 3,
    promised: 3,
    known: 1,
    newSales: 2,
    firstAt: NOW.toISOString(),
    applied: 0,
  })
  const [row] = await office.database.sql<{ total: number }[]>`
    select total from sale where company_id = ${shop.companyId} and till_id = ${tillId}`
  expect(seen.newTotal).toBe(2 * (row?.total ?? Number.NaN))
  expect(await ledger()).toEqual(before)
})

test('a file is replayed once: neither the same file nor the till itself changes anything after it', async () => {
  const entries = salesOf(450)
  const file = await rescueFile(entries)
  expect(await report(file)).toMatchObject({ committed: true, applied: 450, duplicate: 0, quarantined: 0 })
  const after = await ledger()
  expect(await report(file)).toMatchObject({ applied: 0, duplicate: 450, known: 450, newSales: 0 })
  expect(await ledger()).toEqual(after)

  const answer = await push(entries)
  expect(answer.outcomes.every(({ outcome }) => outcome === 'duplicate')).toBe(true)
  expect(answer.highWater).toBe(450)
  expect(await ledger()).toEqual(after)
  expect(await ledgerDifferences(office.database.sql, shop.companyId)).toEqual([])
})

test('a file that went through an editor, with other line ends and a mark before it, is still good', async () => {
  const file = await rescueFile(salesOf(2))
  expect(await report(`\uFEFF${file.replaceAll('\n', '\r\n')}\r\n`)).toMatchObject({
    signature: 'good',
    applied: 2,
  })
})

test('a file of a browser that was this till before is good by the key of then, also once it is revoked', async () => {
  const file = await rescueFile(salesOf(2))
  await enrolWith(await newTillKey())
  expect(await report(file, false)).toMatchObject({ signature: 'good' })
  await asOwner(`tills/${tillId}/revoke`)
  expect(await report(file, false)).toMatchObject({ signature: 'good', till: { state: 'revoked' } })
})

test('what no key of the till has signed is kept for review and counts nothing', async () => {
  const entries = salesOf(2)
  const file = await rescueFile(entries, { by: await newTillKey() })
  expect(await report(file)).toMatchObject({ signature: 'wrong', applied: 0, quarantined: 2 })
  expect(await office.database.sql`select 1 from sale where till_id = ${tillId}`).toHaveLength(0)
  const rows = await held()
  expect(rows.map(({ line }) => line.toString()).sort()).toEqual(
    entries.map(({ hash, raw }) => `${hash} ${raw}`).sort(),
  )
  expect(rows[0]?.reason).toContain('no key of this till has signed')
  const after = await ledger()
  expect(await report(file)).toMatchObject({ quarantined: 2 })
  expect(await ledger()).toEqual(after)
  // What is here already is not put aside for review.
  await push(entries.slice(0, 1))
  expect(await report(file)).toMatchObject({ duplicate: 1, quarantined: 1 })
})

test('one changed byte spoils the signature', async () => {
  const file = await rescueFile(salesOf(2))
  expect(await report(file.replace('"Counter"', '"Counted"'), false)).toMatchObject({ signature: 'wrong' })
})

test('a file that was cut short keeps what is left of it for review', async () => {
  const file = await rescueFile(salesOf(3))
  const cut = file.slice(0, file.indexOf('\n', file.length / 2) - 40)
  const seen = await report(cut)
  expect(seen).toMatchObject({ signature: 'missing', promised: 3, applied: 0 })
  expect(seen.quarantined).toBe(seen.entries)
  expect((await held()).at(-1)?.reason).toContain('cut short')
})

test('a file of a till that this server does not know is kept for review', async () => {
  tillId = uuidv7()
  journal = journalOf(shop, tillId)
  const file = await rescueFile(salesOf(2), { header: { tillName: 'Counter 7' } })
  expect(await report(file)).toMatchObject({
    signature: 'unknown-till',
    till: { name: 'Counter 7', state: 'unknown', outletName: 'Tiong Bahru' },
    quarantined: 2,
  })
  expect((await held())[0]?.reason).toContain('a till that this server does not know')
})

/** As in a backup from before the till was made. */
async function forgetTill(): Promise<void> {
  for (const table of ['enrolment_code', 'journal', 'till'])
    await office.database.sql`delete from ${office.database.sql(table)} where till_id = ${tillId}`
}
const tillRow = async () =>
  (
    await office.database.sql`select outlet_id, code, name, state, epoch from till where till_id = ${tillId}`
  )[0]

test('a till made after the backup is added from its file: its sales can count, and it is let in again', async () => {
  await forgetTill()
  const sales = salesOf(3)
  const header = { tillName: 'Counter 7', tillCode: 'Z7' }
  const file = await rescueFile(sales.slice(0, 2), { header })
  expect(await report(file)).toMatchObject({ till: { state: 'unknown' }, quarantined: 2 })
  const replay = async () => {
    const [last] = await office.database.sql<{ exception: string; id: string }[]>`
      select exception_id as exception, quarantine_id as id from quarantine
      where till_id = ${tillId} order by received_at desc limit 1`
    const answer = await asOwner(`exceptions/${last?.exception}/replay?upTo=${last?.id}`, {})
    return await answer.json()
  }
  expect(await replay()).toMatchObject({ applied: 0, reason: expect.stringContaining('add the till') })

  expect(await report(file, false, true)).toMatchObject({ till: { state: 'unknown' } })
  expect(await tillRow()).toBeUndefined()
  expect(await report(file, true, true)).toMatchObject({
    signature: 'unknown-till',
    till: { name: 'Counter 7', state: 'waiting-for-enrolment' },
    applied: 0,
    quarantined: 2,
  })
  expect(await tillRow()).toEqual({
    outlet_id: shop.outletId,
    code: 'Z7',
    name: 'Counter 7',
    state: 'waiting-for-enrolment',
    epoch: 0,
  })
  expect(await replay()).toMatchObject({ applied: 2, held: 0 })

  const { publicKey } = key
  const enrolment = { companyId: shop.companyId, tillId, epoch: 1, publicKey: publicKey as never }
  const certificate = certificateOf(await loadAuthSecret(office.database.sql), enrolment)
  expect(await enrolAgain(office.database.sql, { ...enrolment, certificate }, NOW)).toHaveProperty(
    'serverTime',
  )
  expect((await push(sales)).outcomes.map(({ outcome }) => outcome)).toEqual([
    'duplicate',
    'duplicate',
    'applied',
  ])
  expect(await report(await rescueFile(sales, { header }))).toMatchObject({ signature: 'good', duplicate: 3 })
  expect(await ledgerDifferences(office.database.sql, shop.companyId)).toEqual([])
  expect(
    await office.database.sql`
      select actor, detail from audit_log where action = 'till.added' and detail->>'code' = 'Z7'`,
  ).toMatchObject([{ actor: DEMO_STAFF[0].name, detail: { tillId, name: 'Counter 7' } }])
})

test('a till that is added again takes another code where its own has gone to another, and no epoch of its own', async () => {
  const header = { tillCode: ((await tillRow()) as { code: string }).code, epochs: [1, 4, 2 ** 40] }
  tillId = uuidv7()
  journal = journalOf(shop, tillId)
  const next = String(Number(header.tillCode) + 1)
  expect(await report(await rescueFile(salesOf(1), { header }), true, true)).toMatchObject({
    till: { code: next, state: 'waiting-for-enrolment' },
  })
  expect(await tillRow()).toMatchObject({ code: next })
  await enrolWith(await newTillKey())
  expect(await tillRow()).toMatchObject({ state: 'active', epoch: 5 })
})

test('a till of an outlet that is not known here either is not added, and its file is not taken half', async () => {
  tillId = uuidv7()
  journal = journalOf(shop, tillId)
  const file = await rescueFile(salesOf(1), { header: { outletId: uuidv7() } })
  expect(zProblem.parse(await (await post(file, true, true)).json())).toMatchObject({ code: 'conflict' })
  expect([await tillRow(), await held()]).toEqual([undefined, []])
  expect(await report(file)).toMatchObject({ quarantined: 1 })
})

test('an unreadable line in a signed file is kept by itself, its neighbours are applied', async () => {
  const [first, second] = salesOf(2)
  if (first === undefined || second === undefined) throw new Error('no sales')
  const broken = { hash: first.hash, raw: first.raw.replace('"sale"', '"sail"') }
  expect(await report(await rescueFile([broken, second]))).toMatchObject({ applied: 1, quarantined: 1 })
})

test('a file of another company is refused with its name', async () => {
  const header = { companyId: uuidv7(), companyName: 'Ah Seng Provision' }
  const before = await ledger()
  expect(await problem(await rescueFile(salesOf(1), { header }))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ah Seng Provision'),
  })
  expect(await ledger()).toEqual(before)
})

test.each([
  ['nothing', ''],
  ['a photograph', randomBytes(5000).toString('latin1')],
  ['a table of products', 'sku,name,price\nA-1,Kopi,1.20\n'],
])('%s is refused as not being a rescue file', async (_, text) => {
  expect((await problem(text)).message).toContain('This is not a rescue file')
})

test('a file of a newer format is refused with what to do', async () => {
  const file = await rescueFile(salesOf(1), { header: { version: 2 as never } })
  expect((await problem(file)).message).toContain('update the server')
})

test('the audit log says who imported what, and nothing of it is left lying on the disk', async () => {
  const entries = salesOf(2)
  await report(await rescueFile(entries), false)
  await report(await rescueFile(entries))
  const rows = await office.database.sql`
    select actor, detail from audit_log
    where action = 'journal.imported' and detail->>'tillId' = ${tillId}`
  expect(rows).toMatchObject([
    { actor: DEMO_STAFF[0].name, detail: { entries: 2, applied: 2, signature: 'good' } },
  ])
  expect(await readdir(folder)).toEqual([])
})
