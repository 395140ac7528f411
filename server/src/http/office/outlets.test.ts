import { type OutletDetail, zOutletDetail } from '@evertill/shared/protocol/office/outlets'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readFeed } from '../../db/queries/feed.ts'
import { withTransaction } from '../../db/transaction.ts'
import { demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { openTestOffice, type TestOffice } from './office-for-tests.ts'

const COMPANY = demoId('company', 'demo')
const HERE = demoId('outlet', 'TB')

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())
beforeEach(() => office.database.sql`delete from audit_log`)

const send = (method: string, path: string, json?: unknown) =>
  office.call(`/api/office/${path}`, { method, cookie, json })
const statusOf = async (answer: Promise<Response>) => (await answer).status
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const fieldsOf = async (answer: Promise<Response>) => (await problemOf(await answer)).fields
const outlets = async () =>
  z.object({ rows: z.array(zOutletDetail) }).parse(await (await send('GET', 'settings/outlets')).json()).rows
async function outletOf(outletId: string): Promise<OutletDetail> {
  const found = (await outlets()).find((one) => one.outletId === outletId)
  if (found === undefined) throw new Error('there is no such outlet')
  return found
}
const edit = async (outletId: string, change: object) => {
  const { version, outlet } = await outletOf(outletId)
  return send('PUT', `settings/outlets/${outletId}`, { version, outlet: { ...outlet, ...change } })
}
const audited = () => office.database.sql`select action, detail from audit_log order by audit_id`
const actions = async () => (await audited()).map(({ action }) => action)

const BEDOK = {
  name: 'Bedok',
  address: '208B New Upper Changi Road #01-01',
  phone: '+65 6123 4567',
  timeZone: 'Asia/Singapore',
  dayCutHour: 4,
}
let codes = 0
async function add(change: object = {}, code = `B${++codes}`) {
  const outletId = uuidV7()
  const outlet = { ...BEDOK, name: `Outlet ${code}`, ...change }
  expect(await statusOf(send('POST', 'settings/outlets', { outletId, code, outlet }))).toBe(201)
  return outletId
}

test('a new outlet takes tills, has stock of everything, and its tills are told what it is', async () => {
  const outletId = await add({ name: 'Bedok' }, 'BED')
  expect(await outletOf(outletId)).toMatchObject({ code: 'BED', outlet: BEDOK, tills: 0 })
  const tillId = uuidV7()
  expect(await statusOf(send('POST', 'tills', { tillId, outletId, name: 'Counter' }))).toBe(201)
  expect((await outletOf(outletId)).tills).toBe(1)
  const { rows } = (await (await send('GET', `stock?outletId=${outletId}`)).json()) as {
    rows: { onHand: number }[]
  }
  expect(rows.length).toBeGreaterThanOrEqual(50)
  expect(rows.every(({ onHand }) => onHand === 0)).toBe(true)
  const feed = await readFeed(office.database.sql, { companyId: COMPANY, outletId, tillId }, undefined)
  expect([feed.outlet, feed.staff.length]).toEqual([{ outletId, code: 'BED', ...BEDOK }, 6])
  const { rows: options } = (await (await send('GET', 'outlets')).json()) as { rows: { code: string }[] }
  expect(options.map(({ code }) => code)).toContain('BED')
  const [added] = await audited()
  expect(added).toEqual({ action: 'outlet.added', detail: { outletId, code: 'BED', ...BEDOK } })
})

test('what of an outlet is changed goes to its tills; its code stays', async () => {
  const change = {
    address: '78 Guan Chuan Street',
    timeZone: 'Asia/Kuala_Lumpur',
    dayCutHour: 5,
    phone: null,
  }
  expect((await edit(HERE, change)).status).toBe(204)
  const ids = { companyId: COMPANY, outletId: HERE, tillId: demoId('till', 'TB Counter 1') }
  const { outlet } = await readFeed(office.database.sql, ids, undefined)
  expect(outlet).toMatchObject({
    code: 'TB',
    address: change.address,
    timeZone: change.timeZone,
    dayCutHour: 5,
  })
  const { version, outlet: stored } = await outletOf(HERE)
  await send('PUT', `settings/outlets/${HERE}`, {
    version,
    code: 'XX',
    outlet: { ...stored, name: 'Tiong Bahru 2' },
  })
  expect(await outletOf(HERE)).toMatchObject({ code: 'TB', outlet: { name: 'Tiong Bahru 2' } })
  const [edited] = await audited()
  expect(edited).toEqual({
    action: 'outlet.edited',
    detail: {
      outletId: HERE,
      code: 'TB',
      changes: [
        { field: 'address', from: '56 Eng Hoon Street #01-46, Singapore 160056', to: change.address },
        { field: 'timeZone', from: 'Asia/Singapore', to: change.timeZone },
        { field: 'dayCutHour', from: 0, to: 5 },
      ],
    },
  })
})

test('a form that is sent again after a lost answer adds one outlet, and no other one under its id', async () => {
  const form = { outletId: uuidV7(), code: 'ONCE', outlet: { ...BEDOK, name: 'Once' } }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('POST', 'settings/outlets', form))).toBe(201)
  for (const other of [{ code: 'TWICE' }, { outlet: { ...form.outlet, address: null } }])
    expect(await statusOf(send('POST', 'settings/outlets', { ...form, ...other }))).toBe(409)
  expect(await actions()).toEqual(['outlet.added'])
})

test('outlets whose names differ only in case can be changed, and neither takes the other’s name', async () => {
  const ids = [await add({ name: 'Bugis' }), await add({ name: 'Bugis 2' })]
  await office.database.sql`update outlet set name = 'BUGIS' where name = 'Bugis 2'`
  for (const outletId of ids)
    expect(await statusOf(edit(outletId, { address: '200 Victoria Street' }))).toBe(204)
  expect(await fieldsOf(edit(ids[1] ?? '', { name: 'bugis' }))).toEqual([
    { path: 'outlet.name', message: 'is the name of another outlet' },
  ])
})

test('of two people who change the same outlet the second is told, and undoes nothing', async () => {
  const outletId = await add()
  const { version, outlet } = await outletOf(outletId)
  const path = `settings/outlets/${outletId}`
  const first = { version, outlet: { ...outlet, phone: '6222 2222' } }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('PUT', path, first))).toBe(204)
  const second = await problemOf(await send('PUT', path, { version, outlet: { ...outlet, address: null } }))
  expect([second.status, second.fields]).toEqual([409, undefined])
  expect((await outletOf(outletId)).outlet).toEqual(first.outlet)
  expect(await actions()).toEqual(['outlet.added', 'outlet.edited'])
})

test.each([
  ['the code of another outlet', { code: 'TP' }, {}, 'code', 'is the code of Toa Payoh'],
  ['a code in small letters', { code: 'tp9' }, {}, 'code', 'must be 1 to 6 letters and figures, such as TB'],
  ['a code with a hyphen', { code: 'T-P' }, {}, 'code', 'must be 1 to 6 letters and figures, such as TB'],
  ['the name of another outlet', {}, { name: 'toa payoh' }, 'outlet.name', 'is the name of another outlet'],
  [
    'a zone nobody keeps',
    {},
    { timeZone: 'Asia/Bedok' },
    'outlet.timeZone',
    'must be a time zone such as Asia/Singapore',
  ],
  [
    'a zone the database has under another spelling',
    {},
    { timeZone: 'asia/singapore' },
    'outlet.timeZone',
    'must be a time zone such as Asia/Singapore',
  ],
  // The database reads it the other way round.
  [
    'a zone that is an offset',
    {},
    { timeZone: '+08:00' },
    'outlet.timeZone',
    'must be a time zone such as Asia/Singapore',
  ],
])('%s is refused', async (_, form, outlet, path, message) => {
  const asked = { outletId: uuidV7(), code: 'NEW', ...form, outlet: { ...BEDOK, name: 'New', ...outlet } }
  expect(await fieldsOf(send('POST', 'settings/outlets', asked))).toEqual([{ path, message }])
  expect((await outlets()).some(({ code }) => code === 'NEW')).toBe(false)
})

test('an outlet of another company cannot be changed, and its code is free here', async () => {
  const { sql } = office.database
  const companyId = uuidV7()
  const outletId = uuidV7()
  await withTransaction(sql, async (tx) => {
    await foundCompany(tx, { companyId, name: 'Theirs' }, rememberedIds(uuidV7))
    await tx`
      insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
      values (${companyId}, ${outletId}, 'MINE', 'Theirs', 'Asia/Singapore', 0)`
  })
  const asked = { version: 'x', outlet: BEDOK }
  expect(await statusOf(send('PUT', `settings/outlets/${outletId}`, asked))).toBe(404)
  expect((await outlets()).some(({ outlet }) => outlet.name === 'Theirs')).toBe(false)
  await add({}, 'MINE')
})
