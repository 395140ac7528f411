import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import { type RoleDetail, zRoleDetail } from '@evertill/shared/protocol/office/roles'
import { zStaffDetail } from '@evertill/shared/protocol/office/staff'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readFeed } from '../../db/queries/feed.ts'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import { DEMO_STAFF, demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { pinTries } from '../../office/founding/pin.ts'
import { openTestOffice, type TestOffice } from './office-for-tests.ts'

const COMPANY = demoId('company', 'demo')
const CASHIER = demoId('role', 'Cashier')
const SUPERVISOR = demoId('role', 'Supervisor')
const OWNER = demoId('role', 'Owner')
const JUN_WEI = demoId('staff', 'Lim Jun Wei')
const DEMO_PIN = DEMO_STAFF.find(({ name }) => name === 'Lim Jun Wei')?.pin ?? ''
const FAIZAL = demoId('staff', 'Muhammad Faizal')
const SIEW_HOON = demoId('staff', 'Tan Siew Hoon')

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())
beforeEach(async () => {
  const { sql } = office.database
  await sql`delete from audit_log`
  // Every PIN is tried against everybody's, which takes its time: one of each role stays.
  await sql`delete from staff where staff_id <> all (${sql.array([JUN_WEI, FAIZAL, SIEW_HOON], 2950)})`
})

const send = (method: string, path: string, json?: unknown, by = cookie) =>
  office.call(`/api/office/${path}`, { method, cookie: by, json })
const statusOf = async (answer: Promise<Response>) => (await answer).status
async function rows<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>[]> {
  const answer = await send('GET', path)
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([
    path,
    200,
    { rows: z.array(schema).parse((body as { rows: unknown }).rows) },
  ])
  return z.object({ rows: z.array(schema) }).parse(body).rows
}
const people = () => rows(zStaffDetail, 'staff')
const roles = () => rows(zRoleDetail, 'staff/roles')
async function personOf(staffId: string) {
  const found = (await people()).find((one) => one.staffId === staffId)
  if (found === undefined) throw new Error('there is no such person')
  return found
}
async function roleOf(roleId: string): Promise<RoleDetail> {
  const found = (await roles()).find((one) => one.roleId === roleId)
  if (found === undefined) throw new Error('there is no such role')
  return found
}
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const fieldsOf = async (answer: Promise<Response>) => (await problemOf(await answer)).fields
const audited = async () => {
  const log = await office.database.sql`select action, detail from audit_log order by audit_id`
  return log.map(({ action, detail }) => ({ action, detail }))
}
const actions = async () => (await audited()).map(({ action }) => action)

const till = { companyId: COMPANY, outletId: demoId('outlet', 'TB'), tillId: demoId('till', 'TB Counter 1') }
const fed = async (since?: string) => (await readFeed(office.database.sql, till, since)).staff
const now = async () => {
  const [row] = await office.database.sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`
  return row?.xid ?? ''
}

let pins = 50_000
const freePin = () => String(++pins)
/** Adds a person who is in nobody's way. */
async function add(roleId = CASHIER, pin = freePin()) {
  const person = { staffId: uuidV7(), name: `Person ${pin}`, roleId, pin }
  expect(await statusOf(send('POST', 'staff', person))).toBe(201)
  return person
}
const edit = async (staffId: string, change: object) => {
  const { version, name, roleId } = await personOf(staffId)
  return send('PUT', `staff/${staffId}`, { version, name, roleId, ...change })
}
async function addRole(change: object = {}) {
  const roleId = uuidV7()
  const role = {
    name: `Role ${roleId}`,
    permissions: ['sale.make'],
    mostOpenPrice: null,
    mostDiscountPpm: null,
  }
  expect(await statusOf(send('POST', 'staff/roles', { roleId, role: { ...role, ...change } }))).toBe(201)
  return roleId
}
const editRole = async (roleId: string, change: object) => {
  const { version, role } = await roleOf(roleId)
  return send('PUT', `staff/roles/${roleId}`, { version, role: { ...role, ...change } })
}
/** Signs in somebody at head office whose role has these permissions. */
async function signInWith(permissions: Permission[], companyId = COMPANY): Promise<string> {
  const { sql } = office.database
  const roleId = uuidV7()
  await sql`insert into role ${sql({ company_id: companyId, role_id: roleId, name: roleId, permissions })}`
  return signInTo(roleId, companyId)
}
/** Signs in somebody new at head office who has this role. */
async function signInTo(roleId: string, companyId = COMPANY): Promise<string> {
  const userId = uuidV7()
  const email = `${userId}@kopi.example`
  const passwordHash = await office.auth.hashPassword('a long password')
  const user = { companyId, userId, roleId, name: email, email, passwordHash }
  await withTransaction(office.database.sql, (tx) => insertOfficeUser(tx, user, uuidV7(), new Date()))
  return office.signIn(email, 'a long password')
}

test('a person is added, and tills know them by their PIN and their role', async () => {
  const since = await now()
  const person = { staffId: uuidV7(), name: 'Siti Aminah', roleId: CASHIER, pin: '4711' }
  expect(await statusOf(send('POST', 'staff', person))).toBe(201)
  const [row, ...more] = await fed(since)
  expect([row, more]).toMatchObject([{ staffId: person.staffId, name: 'Siti Aminah', role: 'Cashier' }, []])
  expect(await pinTries('4711')(row === undefined ? [] : [row])).toBe(true)
  expect(await personOf(person.staffId)).toMatchObject({
    name: 'Siti Aminah',
    role: 'Cashier',
    retiredAt: null,
  })
  const { pin: _, ...detail } = person
  expect(await audited()).toEqual([
    { action: 'staff.added', detail: { ...detail, userId: expect.any(String) } },
  ])
})

test('a PIN is answered, logged and stored nowhere', async () => {
  const pin = '90817263'
  const { staffId } = await add(CASHIER, pin)
  await send('PUT', `staff/${staffId}/pin`, { pin: '36271809' })
  await send('POST', `staff/${staffId}/retire`)
  await send('POST', `staff/${staffId}/bring-back`, { roleId: CASHIER, pin })
  const kept = await office.database.sql`
    select string_agg(t::text, '') as text from (select s::text as t from staff s union all select a::text from audit_log a) x`
  const answers = (await (await send('GET', 'staff')).text()) + kept[0]?.text
  const shown = answers.replaceAll(`Person ${pin}`, '')
  expect([shown.includes(pin), shown.includes('36271809')]).toEqual([false, false])
})

test('a PIN that somebody of the company has is refused at its field, whoever types it', async () => {
  const taken = [{ path: 'pin', message: 'is somebody else’s PIN already. Choose another.' }]
  const { staffId } = await add()
  const pin = DEMO_PIN
  const person = { staffId: uuidV7(), name: 'Ben', roleId: CASHIER, pin }
  const refused = await problemOf(await send('POST', 'staff', person))
  expect([refused.status, refused.fields]).toEqual([409, taken])
  expect(await fieldsOf(send('PUT', `staff/${staffId}/pin`, { pin }))).toEqual(taken)
  await send('POST', `staff/${staffId}/retire`)
  expect(await fieldsOf(send('POST', `staff/${staffId}/bring-back`, { roleId: CASHIER, pin }))).toEqual(taken)
  expect((await people()).some(({ name }) => name === 'Ben')).toBe(false)
  // Whoever tries many leaves a trace.
  expect((await actions()).filter((action) => action === 'staff.pin-refused')).toHaveLength(3)
})

test('of two who choose the same PIN at the same time one gets it', async () => {
  const pin = freePin()
  const one = () => ({ staffId: uuidV7(), name: 'At once', roleId: CASHIER, pin })
  const both = await Promise.all([send('POST', 'staff', one()), send('POST', 'staff', one())])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('a PIN of another company is nobody’s here', async () => {
  const { sql } = office.database
  const companyId = uuidV7()
  await withTransaction(sql, (tx) => foundCompany(tx, { companyId, name: 'Theirs' }, rememberedIds(uuidV7)))
  const there = await signInWith([...PERMISSIONS], companyId)
  const { rows: theirs } = (await (await send('GET', 'staff/roles', undefined, there)).json()) as {
    rows: RoleDetail[]
  }
  expect(theirs.map(({ role }) => role.name)).toContain('Cashier')
  expect(theirs.every(({ roleId }) => roleId !== CASHIER)).toBe(true)
  const roleId = theirs.find(({ role }) => role.name === 'Cashier')?.roleId
  const person = { staffId: uuidV7(), name: 'Theirs', pin: DEMO_PIN }
  expect(await statusOf(send('POST', 'staff', { ...person, roleId }, there))).toBe(201)
  expect(
    await fieldsOf(send('POST', 'staff', { ...person, staffId: uuidV7(), roleId: CASHIER }, there)),
  ).toEqual([{ path: 'roleId', message: 'is not one of your roles' }])
  for (const [method, path, json] of [
    ['PUT', `staff/${JUN_WEI}`, { version: 'x', name: 'Mine', roleId }],
    ['PUT', `staff/${JUN_WEI}/pin`, { pin: '8080' }],
    ['POST', `staff/${JUN_WEI}/retire`, undefined],
    ['POST', `staff/${JUN_WEI}/bring-back`, { pin: '8080', roleId }],
    ['PUT', `staff/roles/${CASHIER}`, { version: 'x', role: { ...theirs[0]?.role, name: 'Mine' } }],
  ] as const)
    expect([path, await statusOf(send(method, path, json, there))]).toEqual([path, 404])
  await send('DELETE', `staff/roles/${CASHIER}`, undefined, there)
  expect((await personOf(JUN_WEI)).role).toBe('Cashier')
  expect((await roleOf(CASHIER)).role.name).toBe('Cashier')
})

test('a form that is sent again after a lost answer adds one person, and no other one under its id', async () => {
  const person = { staffId: uuidV7(), name: 'Once', roleId: CASHIER, pin: freePin() }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('POST', 'staff', person))).toBe(201)
  for (const other of [{ name: 'Twice' }, { roleId: SUPERVISOR }])
    expect(await statusOf(send('POST', 'staff', { ...person, ...other }))).toBe(409)
  expect((await people()).filter(({ staffId }) => staffId === person.staffId)).toHaveLength(1)
  expect(await actions()).toEqual(['staff.added', ...Array(3).fill('staff.pin-tried')])
})

test.each([
  ['adds', 'staff', 'staff.added'],
  ['brings back', 'bring-back', 'staff.brought-back'],
])(
  'whoever %s somebody again after a lost answer, with another PIN, has given them that one',
  async (_, door, action) => {
    const staffId = uuidV7()
    const first = { staffId, name: 'Again', roleId: CASHIER, pin: freePin() }
    const isAdding = door === 'staff'
    if (!isAdding) {
      await send('POST', 'staff', { ...first, pin: freePin() })
      await send('POST', `staff/${staffId}/retire`)
    }
    const path = isAdding ? 'staff' : `staff/${staffId}/bring-back`
    const next = { ...first, pin: freePin() }
    await office.database.sql`delete from audit_log`
    const answers = []
    for (const form of [first, next, next]) {
      const json = isAdding ? form : { roleId: form.roleId, pin: form.pin }
      answers.push(await statusOf(send('POST', path, json)))
    }
    expect(new Set(answers)).toEqual(new Set([isAdding ? 201 : 204]))
    const row = (await fed()).filter((one) => one.staffId === staffId)
    expect([await pinTries(first.pin)(row), await pinTries(next.pin)(row)]).toEqual([false, true])
    expect(await actions()).toEqual([action, 'staff.pin-changed', 'staff.pin-tried'])
  },
)

test('whoever does not yet know a PIN learns it from no answer, and every try is counted', async () => {
  const own: Permission[] = ['sale.make', 'shift.open', 'shift.close', 'customer.register', 'staff.manage']
  const manager = await signInWith(own)
  const peer = await add()
  const owner = { staffId: SIEW_HOON, name: 'Tan Siew Hoon', roleId: OWNER }
  const ownersPin = DEMO_STAFF.find(({ name }) => name === owner.name)?.pin ?? ''
  const guess = async (path: string, json: object) => {
    const answer = await send('POST', path, json, manager)
    return { status: answer.status, text: await answer.text() }
  }
  await office.database.sql`delete from audit_log`
  for (const { staffId, name, roleId, pin, status } of [
    { ...owner, pin: ownersPin, status: 403 },
    { ...peer, status: 409 },
  ])
    for (const [path, form] of [
      ['staff', { staffId, name, roleId }],
      [`staff/${staffId}/bring-back`, { roleId }],
    ] as const) {
      const [wrong, right] = [
        await guess(path, { ...form, pin: freePin() }),
        await guess(path, { ...form, pin }),
      ]
      expect([path, wrong.status]).toEqual([path, status])
      expect([path, right]).toEqual([path, wrong])
    }
  expect(await actions()).toEqual(Array(8).fill('staff.pin-tried'))
  for (let i = 0; i < 52; i++)
    await office.database.sql`
      insert into audit_log (company_id, audit_id, at, actor, action, detail)
      select company_id, ${uuidV7()}, at, actor, action, detail from audit_log limit 1`
  expect((await guess('staff', { ...owner, pin: ownersPin })).status).toBe(429)
})

test('who added somebody learns nothing of a PIN that was set since, by whomever', async () => {
  const manager = await signInWith([
    'sale.make',
    'shift.open',
    'shift.close',
    'customer.register',
    'staff.manage',
  ])
  const person = { staffId: uuidV7(), name: 'Chose their own', roleId: CASHIER, pin: freePin() }
  expect(await statusOf(send('POST', 'staff', person, manager))).toBe(201)
  const pin = freePin()
  expect(await statusOf(send('PUT', `staff/${person.staffId}/pin`, { pin }))).toBe(204)
  for (const typed of [freePin(), person.pin, pin])
    expect(await statusOf(send('POST', 'staff', { ...person, pin: typed }, manager))).toBe(409)
  expect(await pinTries(pin)((await fed()).filter(({ staffId }) => staffId === person.staffId))).toBe(true)
})

test('of two people who change the same person the second is told, and undoes nothing', async () => {
  const { staffId } = await add()
  const { version } = await personOf(staffId)
  const first = { version, name: 'Nur', roleId: CASHIER }
  expect(await statusOf(send('PUT', `staff/${staffId}`, first))).toBe(204)
  expect(await statusOf(send('PUT', `staff/${staffId}`, first))).toBe(204)
  const problem = await problemOf(await send('PUT', `staff/${staffId}`, { ...first, name: 'Nora' }))
  expect([problem.status, problem.code, problem.fields]).toEqual([409, 'conflict', undefined])
  expect((await personOf(staffId)).name).toBe('Nur')
  const [, edited] = await audited()
  expect(edited?.detail.changes).toEqual([{ field: 'name', from: expect.any(String), to: 'Nur' }])
  expect(await actions()).toEqual(['staff.added', 'staff.edited'])
})

test('a new PIN replaces the old one at the tills, and leaves it to others', async () => {
  const { staffId, pin } = await add()
  const since = await now()
  const next = freePin()
  for (let i = 0; i < 2; i++)
    expect(await statusOf(send('PUT', `staff/${staffId}/pin`, { pin: next }))).toBe(204)
  const row = await fed(since)
  expect([await pinTries(next)(row), await pinTries(pin)(row)]).toEqual([true, false])
  await add(CASHIER, pin)
  expect(await actions()).toEqual(['staff.added', 'staff.pin-changed', 'staff.pin-tried', 'staff.added'])
})

test('whoever is off the list is a tombstone to tills and keeps their name here; their PIN is free', async () => {
  const { staffId, pin, name } = await add()
  const since = await now()
  for (let i = 0; i < 2; i++) expect(await statusOf(send('POST', `staff/${staffId}/retire`))).toBe(204)
  const row = await fed(since)
  expect(row).toMatchObject([{ staffId, deleted: true }])
  expect(await pinTries(pin)(row)).toBe(false)
  expect((await fed()).find((one) => one.staffId === staffId)).toMatchObject({ name, deleted: true })
  expect(await personOf(staffId)).toMatchObject({ name, retiredAt: '2026-03-10T04:00:00.000Z' })
  expect((await edit(staffId, { name: 'Back' })).status).toBe(409)
  expect(await statusOf(send('PUT', `staff/${staffId}/pin`, { pin: freePin() }))).toBe(409)
  await add(CASHIER, pin)

  const next = { roleId: SUPERVISOR, pin: freePin() }
  for (let i = 0; i < 2; i++)
    expect(await statusOf(send('POST', `staff/${staffId}/bring-back`, next))).toBe(204)
  expect(await statusOf(send('POST', `staff/${staffId}/bring-back`, { ...next, roleId: CASHIER }))).toBe(409)
  const back = (await fed(since)).find((one) => one.staffId === staffId)
  expect(back).toMatchObject({ staffId, name, role: 'Supervisor' })
  expect(back).not.toHaveProperty('deleted')
  expect((await actions()).filter((action) => action !== 'staff.pin-tried')).toEqual([
    'staff.added',
    'staff.retired',
    'staff.added',
    'staff.brought-back',
  ])
})

test('the last person who can let others do what they may not stays, in any way that could be lost', async () => {
  const widest = [SIEW_HOON, demoId('staff', 'Muhammad Faizal'), demoId('staff', 'Priya Nair')]
  const others = (await people()).filter(({ role, retiredAt }) => role === 'Supervisor' && retiredAt === null)
  for (const { staffId } of others) await send('POST', `staff/${staffId}/retire`)
  expect(widest).toContain(SIEW_HOON)
  const words =
    'Then nobody at a till could move cash, open the drawer, give a refund, void a sale or change a price.'
  const retired = await problemOf(await send('POST', `staff/${SIEW_HOON}/retire`))
  expect([retired.status, retired.message]).toEqual([
    409,
    `${words} Put somebody else in a role that may do that first.`,
  ])
  expect(await fieldsOf(edit(SIEW_HOON, { roleId: CASHIER }))).toEqual([{ path: 'roleId', message: words }])
  const permissions = PERMISSIONS.filter((one) => one !== 'sale.void')
  expect(await fieldsOf(editRole(OWNER, { permissions }))).toEqual([
    { path: 'role.permissions', message: 'Then nobody at a till could void a sale.' },
  ])
  expect(await statusOf(editRole(OWNER, { name: 'Towkay' }))).toBe(204)
  expect(await statusOf(editRole(OWNER, { name: 'Owner' }))).toBe(204)
  for (const { staffId } of others)
    expect(
      await statusOf(send('POST', `staff/${staffId}/bring-back`, { roleId: SUPERVISOR, pin: freePin() })),
    ).toBe(204)
  // Now somebody else could.
  expect(await statusOf(edit(SIEW_HOON, { roleId: CASHIER }))).toBe(204)
  expect(await statusOf(edit(SIEW_HOON, { roleId: OWNER }))).toBe(204)
})

const OWNERLESS = 'Then nobody in head office could manage both the staff and the settings, as an owner does.'

test('head office is never left without anybody who manages it', async () => {
  const permissions = PERMISSIONS.filter((one) => one !== 'staff.manage')
  // Whoever else may manage staff here, from another test, would be somebody else who could.
  await office.database.sql`
    update role set permissions = array_remove(permissions, 'staff.manage') where company_id = ${COMPANY} and role_id <> ${OWNER}`
  expect(await fieldsOf(editRole(OWNER, { permissions }))).toEqual([
    { path: 'role.permissions', message: OWNERLESS },
  ])
})

test('what an owner may do no longer is never lost: whoever manages staff and settings gives anything', async () => {
  const kept: Permission[] = ['staff.manage', 'company.manage']
  const { sql } = office.database
  await sql`update role set permissions = '{}' where company_id = ${COMPANY} and role_id <> all (${[OWNER, CASHIER, SUPERVISOR]})`
  const rest = PERMISSIONS.filter((one) => !kept.includes(one))
  expect(await statusOf(editRole(OWNER, { permissions: kept }))).toBe(204)
  for (const lost of kept)
    expect(
      await fieldsOf(editRole(OWNER, { permissions: [...rest, ...kept.filter((one) => one !== lost)] })),
    ).toEqual([{ path: 'role.permissions', message: OWNERLESS }])
  expect(await statusOf(editRole(OWNER, { permissions: [...PERMISSIONS] }))).toBe(204)
  expect((await roleOf(OWNER)).role.permissions).toEqual(PERMISSIONS)
})

test('a role is added, changed with its limits and told to the tills of its people', async () => {
  const roleId = uuidV7()
  const role = {
    name: 'Senior cashier',
    permissions: ['sale.discount', 'sale.make', 'sale.make'],
    mostOpenPrice: 5000,
    mostDiscountPpm: 100_000,
  }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('POST', 'staff/roles', { roleId, role }))).toBe(201)
  expect(await statusOf(send('POST', 'staff/roles', { roleId, role: { ...role, name: 'Other' } }))).toBe(409)
  const { staffId, name } = await add(roleId)
  expect(await roleOf(roleId)).toMatchObject({
    role: { ...role, permissions: ['sale.make', 'sale.discount'] },
    people: [name],
    signIns: [],
  })
  const since = await now()
  const change = { permissions: ['sale.make', 'drawer.open'], mostDiscountPpm: null, mostOpenPrice: 900 }
  expect((await editRole(roleId, change)).status).toBe(204)
  expect(await fed(since)).toMatchObject([
    { staffId, role: 'Senior cashier', permissions: ['sale.make', 'drawer.open'], mostOpenPrice: 900 },
  ])
  expect((await audited()).at(-1)).toEqual({
    action: 'role.edited',
    detail: {
      roleId,
      name: 'Senior cashier',
      changes: [
        { field: 'permissions', from: ['sale.make', 'sale.discount'], to: ['sale.make', 'drawer.open'] },
        { field: 'mostOpenPrice', from: 5000, to: 900 },
        { field: 'mostDiscountPpm', from: 100_000, to: null },
      ],
    },
  })
})

test('of two people who change the same role the second is told; a second role of a name is refused', async () => {
  const roleId = await addRole({ name: 'Trainee' })
  const { version, role } = await roleOf(roleId)
  const first = { version, role: { ...role, mostDiscountPpm: 50_000 } }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('PUT', `staff/roles/${roleId}`, first))).toBe(204)
  const second = await problemOf(await send('PUT', `staff/roles/${roleId}`, { version, role }))
  expect([second.status, second.fields]).toEqual([409, undefined])
  expect(await fieldsOf(editRole(roleId, { name: 'cashier' }))).toEqual([
    { path: 'role.name', message: 'is the name of another role' },
  ])
  const again = { roleId: uuidV7(), role: { ...role, name: 'TRAINEE' } }
  expect(await fieldsOf(send('POST', 'staff/roles', again))).toEqual([
    { path: 'role.name', message: 'is the name of another role' },
  ])
})

test('a role that somebody has stays; one that people had who left goes, and leaves its name', async () => {
  const roleId = await addRole({ name: 'Weekend' })
  const { staffId, name } = await add(roleId)
  const refused = await problemOf(await send('DELETE', `staff/roles/${roleId}`))
  expect([refused.status, refused.message]).toEqual([
    409,
    `Weekend stays: ${name} has it. Put them in another role first.`,
  ])
  expect((await problemOf(await send('DELETE', `staff/roles/${OWNER}`))).message).toContain('Owner stays: ')
  await send('POST', `staff/${staffId}/retire`)
  for (let i = 0; i < 2; i++) expect(await statusOf(send('DELETE', `staff/roles/${roleId}`))).toBe(204)
  expect(await personOf(staffId)).toMatchObject({ name, role: 'Weekend' })
  expect(await fieldsOf(send('POST', `staff/${staffId}/bring-back`, { roleId, pin: freePin() }))).toEqual([
    { path: 'roleId', message: 'is not one of your roles' },
  ])
  await addRole({ name: 'Weekend' })
  expect((await actions()).filter((action) => action === 'role.removed')).toHaveLength(1)
})

test('nobody gives what they do not have, nor gets at those who have it', async () => {
  const own: Permission[] = ['sale.make', 'shift.open', 'shift.close', 'customer.register', 'staff.manage']
  const manager = await signInWith(own)
  const by = async (method: string, path: string, json?: unknown) => {
    const answer = await send(method, path, json, manager)
    return answer.status === 403 ? (await problemOf(answer)).code : answer.status
  }
  const { staffId } = await add()
  const senior = await add(SUPERVISOR)
  const { version } = await personOf(staffId)
  const role = { name: 'Mine', permissions: [...own], mostOpenPrice: null, mostDiscountPpm: null }
  const roleId = uuidV7()
  const supervisor = await roleOf(SUPERVISOR)

  expect(
    await by('POST', 'staff', { staffId: uuidV7(), name: 'A', roleId: SUPERVISOR, pin: freePin() }),
  ).toBe('forbidden')
  expect(await by('PUT', `staff/${staffId}`, { version, name: 'A', roleId: OWNER })).toBe('forbidden')
  expect(await by('PUT', `staff/${senior.staffId}/pin`, { pin: freePin() })).toBe('forbidden')
  expect(await by('POST', `staff/${senior.staffId}/retire`)).toBe('forbidden')
  expect(
    await by('POST', 'staff/roles', { roleId, role: { ...role, permissions: [...own, 'company.manage'] } }),
  ).toBe('forbidden')
  expect(
    await by('PUT', `staff/roles/${SUPERVISOR}`, {
      version: supervisor.version,
      role: { ...supervisor.role, permissions: ['sale.make'] },
    }),
  ).toBe('forbidden')

  expect(await by('POST', 'staff/roles', { roleId, role })).toBe(201)
  expect(await by('PUT', `staff/${staffId}`, { version, name: 'A', roleId })).toBe(204)
  expect(await by('PUT', `staff/${staffId}/pin`, { pin: freePin() })).toBe(204)
  const mine = await roleOf(roleId)
  const more = { version: mine.version, role: { ...role, permissions: [...own, 'sale.void'] } }
  expect(await by('PUT', `staff/roles/${roleId}`, more)).toBe('forbidden')
  await send('POST', `staff/${senior.staffId}/retire`)
})

test('a limit is part of what one may give, so nobody lifts their own', async () => {
  const permissions = [
    'sale.make',
    'sale.discount',
    'shift.open',
    'shift.close',
    'customer.register',
    'staff.manage',
  ]
  const limits = { mostOpenPrice: 1000, mostDiscountPpm: 50_000 }
  const roleId = await addRole({ permissions, ...limits })
  const free = await addRole({ permissions: ['sale.make', 'sale.discount'] })
  const manager = await signInTo(roleId)
  const refusedAt = async (method: string, path: string, json: object) => {
    const { code, fields } = await problemOf(await send(method, path, json, manager))
    return [code, fields?.map((field) => field.path)]
  }
  const { version, role } = await roleOf(roleId)
  const edit = (change: object) => ({ version, role: { ...role, ...change } })
  const path = `staff/roles/${roleId}`
  expect(await refusedAt('PUT', path, edit({ mostDiscountPpm: null }))).toEqual([
    'forbidden',
    ['role.mostDiscountPpm'],
  ])
  expect(await refusedAt('PUT', path, edit({ mostOpenPrice: 1001 }))).toEqual([
    'forbidden',
    ['role.mostOpenPrice'],
  ])
  const mine = { name: 'Limited', permissions: ['sale.make'], mostDiscountPpm: null, mostOpenPrice: null }
  expect(await refusedAt('POST', 'staff/roles', { roleId: uuidV7(), role: mine })).toEqual([
    'forbidden',
    ['role.mostOpenPrice'],
  ])
  const person = { staffId: uuidV7(), name: 'Mine', roleId: free, pin: freePin() }
  expect(await refusedAt('POST', 'staff', person)).toEqual(['forbidden', ['roleId']])
  // Without the permission to give any, no limit is needed.
  const within = { roleId: uuidV7(), role: { ...mine, mostOpenPrice: 1000 } }
  expect(await statusOf(send('POST', 'staff/roles', within, manager))).toBe(201)
  expect(await statusOf(send('PUT', path, edit({ mostDiscountPpm: 40_000 }), manager))).toBe(204)
})

test('roles whose names differ only in case can be changed, and neither takes the other’s name', async () => {
  const [roleId, other] = [await addRole({ name: 'Runner' }), uuidV7()]
  const { sql } = office.database
  await sql`insert into role ${sql({ company_id: COMPANY, role_id: other, name: 'RUNNER', permissions: ['sale.make'] })}`
  for (const one of [roleId, other]) expect(await statusOf(editRole(one, { mostOpenPrice: 700 }))).toBe(204)
  expect(await fieldsOf(editRole(other, { name: 'runner' }))).toEqual([
    { path: 'role.name', message: 'is the name of another role' },
  ])
})

test('PINs are not found out by trying: after sixty within an hour there are no more', async () => {
  const { sql } = office.database
  const at = new Date('2026-03-10T03:30:00.000Z')
  for (let i = 0; i < 59; i++)
    await sql`
      insert into audit_log (company_id, audit_id, at, actor, action, detail)
      values (${COMPANY}, ${uuidV7()}, ${at}, 'Somebody', 'staff.pin-refused', '{}')`
  const { staffId } = await add()
  const refused = await problemOf(await send('PUT', `staff/${staffId}/pin`, { pin: freePin() }))
  expect([refused.status, refused.retryAfterMs]).toEqual([429, 3_600_000])
  await sql`update audit_log set at = ${new Date('2026-03-10T02:59:00.000Z')}`
  expect(await statusOf(send('PUT', `staff/${staffId}/pin`, { pin: freePin() }))).toBe(204)
})

test.each([
  ['three digits', { pin: '123' }, 'pin'],
  ['nine digits', { pin: '123456789' }, 'pin'],
  ['letters for a PIN', { pin: 'abcd' }, 'pin'],
  ['no name', { name: '  ' }, 'name'],
  ['a role that is none', { roleId: uuidV7() }, 'roleId'],
])('%s is refused at its field', async (_, change, path) => {
  const person = { staffId: uuidV7(), name: 'New', roleId: CASHIER, pin: freePin(), ...change }
  expect((await fieldsOf(send('POST', 'staff', person)))?.map((field) => field.path)).toEqual([path])
})
