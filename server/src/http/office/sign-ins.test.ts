import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import { zOfficeSession } from '@evertill/shared/protocol/office'
import { zFirstPassword, zSignInDetail } from '@evertill/shared/protocol/office/sign-ins'
import { zProblem } from '@evertill/shared/protocol/problem'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import { DEMO_OFFICE, demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

const COMPANY = demoId('company', 'demo')
const OWNER = demoId('role', 'Owner')
const SUPERVISOR = demoId('role', 'Supervisor')
const CASHIER = demoId('role', 'Cashier')

let office: TestOffice
let cookie: string
let ownId: string
const logged: string[] = []

beforeAll(async () => {
  office = await openTestOffice({ log: pino({ level: 'trace' }, { write: (line) => logged.push(line) }) })
  cookie = await office.signIn()
  const [own] = await signIns()
  ownId = own?.signInId ?? ''
})
afterAll(() => office.database.drop())
beforeEach(async () => {
  const { sql } = office.database
  await sql`delete from audit_log`
  await sql`delete from auth_user where id <> ${ownId}`
})

const send = (method: string, path: string, json?: unknown, by = cookie) =>
  office.call(`/api/office/staff/sign-ins${path}`, { method, cookie: by, json })
const statusOf = async (answer: Promise<Response>) => (await answer).status
const problemOf = async (answer: Promise<Response>) => {
  const { status, ...rest } = await answer.then(async (got) => ({
    status: got.status,
    ...zProblem.parse(await got.json()),
  }))
  return { status, ...rest }
}
const passwordIn = async (answer: Promise<Response>): Promise<string> => {
  const got = await answer
  expect([got.status, got.headers.get('cache-control')]).toEqual([201, 'no-store'])
  return zFirstPassword.parse(await got.json()).password
}
async function signIns(by = cookie) {
  const answer = await send('GET', '', undefined, by)
  return z.object({ rows: z.array(zSignInDetail) }).parse(await answer.json()).rows
}
async function signInOf(signInId: string, by = cookie) {
  const found = (await signIns(by)).find((one) => one.signInId === signInId)
  if (found === undefined) throw new Error('there is no such sign-in')
  return found
}
const session = (by: string) => office.call('/api/office/session', { cookie: by })
const hasToChoose = async (by: string) => zOfficeSession.parse(await (await session(by)).json()).firstPassword
const changePassword = (by: string, currentPassword: string, newPassword: string) =>
  office.call('/api/auth/change-password', {
    method: 'POST',
    cookie: by,
    json: { currentPassword, newPassword, revokeOtherSessions: true },
  })
const audited = async () => {
  const log = await office.database.sql`
    select action, detail from audit_log where action like 'sign-in.%' order by audit_id`
  return log.map(({ action, detail }) => ({ action, detail }))
}
const actions = async () => (await audited()).map(({ action }) => action)

let people = 0
const someone = (roleId = SUPERVISOR) => {
  const n = ++people
  return { signInId: uuidV7(), name: `Person ${n}`, email: `person-${n}@kopi.example`, roleId }
}
async function add(roleId = SUPERVISOR) {
  const person = someone(roleId)
  return { ...person, password: await passwordIn(send('POST', '', person)) }
}
const edit = async (signInId: string, change: object, by = cookie) => {
  const { version, name, roleId } = await signInOf(signInId)
  return send('PUT', `/${signInId}`, { version, name, roleId, ...change }, by)
}
async function roleWith(permissions: readonly Permission[], companyId = COMPANY): Promise<string> {
  const { sql } = office.database
  const roleId = uuidV7()
  await sql`insert into role ${sql({ company_id: companyId, role_id: roleId, name: roleId, permissions: [...permissions] })}`
  return roleId
}
/** Somebody of another company who may do everything there. */
async function signInElsewhere() {
  const { sql } = office.database
  const companyId = uuidV7()
  await withTransaction(sql, (tx) => foundCompany(tx, { companyId, name: 'Theirs' }, rememberedIds(uuidV7)))
  const roleId = await roleWith(PERMISSIONS, companyId)
  const email = `${companyId}@elsewhere.example`
  const passwordHash = await office.auth.hashPassword('a long password')
  const user = { companyId, userId: uuidV7(), roleId, name: 'Elsewhere', email, passwordHash }
  await withTransaction(sql, (tx) => insertOfficeUser(tx, user, uuidV7(), NOW))
  return { ...user, cookie: await office.signIn(email, 'a long password') }
}

test('somebody is added, signs in with the password that was made, and is asked to choose their own', async () => {
  const { password, ...person } = await add()
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/)
  const { roleId, signInId, name, email } = person
  const listed = { signInId, name, email, roleId, role: 'Supervisor', firstPassword: true }
  expect(await signInOf(signInId)).toMatchObject({ ...listed, lastSignedInAt: null })
  const theirs = await office.signIn(email.toUpperCase(), password)
  expect(await hasToChoose(theirs)).toBe(true)
  expect(await hasToChoose(cookie)).toBe(false)
  expect((await signInOf(signInId)).lastSignedInAt).toBe(NOW.toISOString())

  expect((await changePassword(theirs, 'not this one', 'chosen by themselves')).status).toBe(400)
  expect((await signInOf(signInId)).firstPassword).toBe(true)
  expect((await changePassword(theirs, password, 'chosen by themselves')).status).toBe(204)
  expect(await hasToChoose(await office.signIn(email, 'chosen by themselves'))).toBe(false)
  expect((await signInOf(signInId)).firstPassword).toBe(false)
  expect(await audited()).toMatchObject([{ action: 'sign-in.added', detail: person }])
})

test('an address is kept as the door of head office knows it', async () => {
  const person = { ...someone(), email: '  Mei.Lim@Kopi.Example ' }
  const password = await passwordIn(send('POST', '', person))
  expect((await signInOf(person.signInId)).email).toBe('mei.lim@kopi.example')
  await office.signIn('Mei.Lim@kopi.example', password)
})

test('a password is stored as its hash, and stands in no log, list or history', async () => {
  const { signInId, email, password } = await add()
  const next = await passwordIn(send('POST', `/${signInId}/password`))
  expect(next).not.toBe(password)
  // A refusal is what the auth library has something to say about.
  await expect(office.signIn(email, password)).rejects.toThrow(/401/)
  await changePassword(await office.signIn(email, next), password, 'chosen by themselves')
  expect(logged).not.toEqual([])
  const { sql } = office.database
  const [kept] = await sql<{ text: string }[]>`
    select string_agg(t, '') as text from (
      select u::text as t from auth_user u union all select a::text from auth_account a
      union all select s::text from auth_session s union all select l::text from audit_log l) x`
  const shown = (await (await send('GET', '')).text()) + kept?.text + logged.join()
  expect([shown.includes(password), shown.includes(next), shown.includes(signInId)]).toEqual([
    false,
    false,
    true,
  ])
  const [account] = await sql<{ password: string }[]>`
    select password from auth_account where user_id = ${signInId}`
  expect(await office.auth.isPassword(next, account?.password ?? '')).toBe(true)
})

test('a form that is sent again after a lost answer adds one sign-in, and answers a password that works', async () => {
  const person = someone()
  const lost = await passwordIn(send('POST', '', person))
  const password = await passwordIn(send('POST', '', person))
  await expect(office.signIn(person.email, lost)).rejects.toThrow(/401/)
  const theirs = await office.signIn(person.email, password)
  expect((await signIns()).filter(({ email }) => email === person.email)).toHaveLength(1)
  for (const other of [{ name: 'Twice' }, { roleId: CASHIER }, { email: 'twice@kopi.example' }])
    expect(await statusOf(send('POST', '', { ...person, ...other }))).toBe(409)
  // Once the password is their own it is not taken from them.
  await changePassword(theirs, password, 'chosen by themselves')
  expect(await statusOf(send('POST', '', person))).toBe(409)
  await office.signIn(person.email, 'chosen by themselves')
  expect(await actions()).toEqual(['sign-in.added', 'sign-in.password-made'])
})

test('an address that has a sign-in is refused at its field, and of other companies nothing is told', async () => {
  const elsewhere = await signInElsewhere()
  const fieldsFor = async (email: string) =>
    (await problemOf(send('POST', '', { ...someone(), email }))).fields
  expect(await fieldsFor(elsewhere.email)).toEqual([{ path: 'email', message: 'cannot be used here' }])
  expect(await fieldsFor(DEMO_OFFICE.email)).toEqual([
    { path: 'email', message: 'is what Tan Siew Hoon signs in with already' },
  ])
  // Nor is an id of theirs taken over.
  const again = { ...someone(), signInId: elsewhere.userId }
  expect((await problemOf(send('POST', '', again))).status).toBe(409)
  expect((await signIns()).map(({ name }) => name)).toEqual(['Tan Siew Hoon'])
  await office.signIn(elsewhere.email, 'a long password')
  // Whoever tries many leaves a trace.
  expect(await actions()).toEqual(Array(3).fill('sign-in.email-refused'))
})

test('of two who add the same address at the same time one does', async () => {
  const { email } = someone()
  const both = await Promise.all([
    send('POST', '', { ...someone(), email }),
    send('POST', '', { ...someone(), email }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('another company’s sign-ins are neither seen nor changed, and its roles are not given', async () => {
  const elsewhere = await signInElsewhere()
  const { signInId, email, password } = await add()
  expect((await signIns(elsewhere.cookie)).map(({ name }) => name)).toEqual(['Elsewhere'])
  for (const [method, path, json] of [
    ['PUT', `/${signInId}`, { version: 'x', name: 'Mine', roleId: elsewhere.roleId }],
    ['POST', `/${signInId}/password`, undefined],
  ] as const)
    expect([path, await statusOf(send(method, path, json, elsewhere.cookie))]).toEqual([path, 404])
  expect(await statusOf(send('DELETE', `/${signInId}`, undefined, elsewhere.cookie))).toBe(204)
  await office.signIn(email, password)
  const refused = await problemOf(send('POST', '', { ...someone(), roleId: elsewhere.roleId }))
  expect(refused.fields).toEqual([{ path: 'roleId', message: 'is not one of your roles' }])
  const moved = edit(signInId, { roleId: elsewhere.roleId })
  expect((await problemOf(moved)).fields?.[0]?.path).toBe('roleId')
})

test('another role counts with the next request; of two who change a sign-in the second is told', async () => {
  const { signInId, email, password, name } = await add()
  const theirs = await office.signIn(email, password)
  const reports = () => office.call('/api/office/sales', { cookie: theirs })
  expect((await reports()).status).toBe(200)
  const { version } = await signInOf(signInId)
  const first = { version, name, roleId: CASHIER }
  for (let i = 0; i < 2; i++) expect(await statusOf(send('PUT', `/${signInId}`, first))).toBe(204)
  expect((await reports()).status).toBe(403)
  const second = await problemOf(send('PUT', `/${signInId}`, { ...first, name: 'Nora' }))
  expect([second.status, second.code, second.fields]).toEqual([409, 'conflict', undefined])
  expect(await signInOf(signInId)).toMatchObject({ name, role: 'Cashier' })
  expect((await audited()).at(-1)).toMatchObject({
    action: 'sign-in.edited',
    detail: { signInId, email, name, changes: [{ field: 'roleId', from: SUPERVISOR, to: CASHIER }] },
  })
})

test('a new password ends the old one and every session with it', async () => {
  const { signInId, email, password } = await add()
  const theirs = await office.signIn(email, password)
  await changePassword(theirs, password, 'chosen by themselves')
  const sessions = [
    await office.signIn(email, 'chosen by themselves'),
    await office.signIn(email, 'chosen by themselves'),
  ]
  const next = await passwordIn(send('POST', `/${signInId}/password`))
  for (const ended of sessions) expect((await session(ended)).status).toBe(401)
  await expect(office.signIn(email, 'chosen by themselves')).rejects.toThrow(/401/)
  expect(await hasToChoose(await office.signIn(email, next))).toBe(true)
  expect((await session(cookie)).status).toBe(200)
})

test('nobody gets a password for a screen they found unlocked', async () => {
  const refused = await problemOf(send('POST', `/${ownId}/password`))
  expect([refused.status, refused.message]).toEqual([
    409,
    'Your own password is changed under Your account, by yourself.',
  ])
  expect((await session(cookie)).status).toBe(200)
})

test('whoever has no access any more is signed out at once, and the history keeps their name', async () => {
  const { signInId, email, password, name } = await add(OWNER)
  const theirs = await office.signIn(email, password)
  const role = { name: 'By them', permissions: ['sale.make'], mostOpenPrice: null, mostDiscountPpm: null }
  const made = await office.call('/api/office/staff/roles', {
    method: 'POST',
    cookie: theirs,
    json: { roleId: uuidV7(), role },
  })
  expect(made.status).toBe(201)
  for (let i = 0; i < 2; i++) expect(await statusOf(send('DELETE', `/${signInId}`))).toBe(204)
  expect((await session(theirs)).status).toBe(401)
  await expect(office.signIn(email, password)).rejects.toThrow(/401/)
  expect((await signIns()).some((one) => one.signInId === signInId)).toBe(false)
  const { sql } = office.database
  const log = await sql`select actor, action, detail from audit_log order by audit_id`
  expect(log.slice(1)).toMatchObject([
    { actor: name, action: 'role.added', detail: expect.anything() },
    {
      actor: 'Tan Siew Hoon',
      action: 'sign-in.removed',
      detail: { signInId, name, email, role: 'Owner' },
    },
  ])
  // The address is free again, also for somebody else.
  await passwordIn(send('POST', '', { ...someone(), email }))
})

test('the last sign-in that can manage head office keeps it', async () => {
  const words = /^Then nobody in head office could manage .+ settings/
  const removed = await problemOf(send('DELETE', `/${ownId}`))
  expect([removed.status, removed.message]).toEqual([409, expect.stringMatching(words)])
  const changed = await problemOf(edit(ownId, { roleId: SUPERVISOR }))
  expect(changed.fields).toEqual([{ path: 'roleId', message: expect.stringMatching(words) }])
  await add(await roleWith(PERMISSIONS.filter((one) => one !== 'staff.manage')))
  expect((await problemOf(send('DELETE', `/${ownId}`))).message).toMatch(/^Then nobody in head office could /)
  expect((await session(cookie)).status).toBe(200)
})

test('of two who take each other’s access at the same time one stays', async () => {
  for (let round = 0; round < 2; round++) {
    const [a, b] = [await add(OWNER), await add(OWNER)]
    const [asA, asB] = [await office.signIn(a.email, a.password), await office.signIn(b.email, b.password)]
    const { sql } = office.database
    await sql`update auth_user set role_id = ${SUPERVISOR} where id = ${ownId}`
    const both = await Promise.all([
      statusOf(send('DELETE', `/${b.signInId}`, undefined, asA)),
      statusOf(send('DELETE', `/${a.signInId}`, undefined, asB)),
    ])
    await sql`update auth_user set role_id = ${OWNER} where id = ${ownId}`
    expect(both.filter((status) => status === 204)).toHaveLength(1)
    const left = (await signIns()).filter(({ signInId }) => signInId !== ownId)
    expect(left).toHaveLength(1)
    await send('DELETE', `/${left[0]?.signInId}`)
  }
})

test('whoever lost their access while they waited gives nobody any', async () => {
  const { signInId, email, password } = await add(OWNER)
  const theirs = await office.signIn(email, password)
  const { sql } = office.database
  const person = someone(await roleWith([]))
  let asked: Promise<Response> | undefined
  await sql.begin(async (tx) => {
    await tx`select 1 from company where company_id = ${COMPANY} for no key update`
    asked = send('POST', '', person, theirs)
    const isWaiting = async () => (await sql`select 1 from pg_locks where not granted`).length > 0
    await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true)
    await tx`delete from auth_user where id = ${signInId}`
  })
  expect((await asked)?.status).toBe(403)
  expect((await signIns()).some((one) => one.signInId === person.signInId)).toBe(false)
})

test('nobody gives what they do not have, nor gets at those who have it', async () => {
  const role = await roleWith(['staff.manage', 'report.view'])
  const manager = await add(role)
  const by = await office.signIn(manager.email, manager.password)
  const asManager = async (method: string, path: string, json?: unknown) => {
    const answer = await send(method, path, json, by)
    return answer.status === 403 ? zProblem.parse(await answer.json()).code : answer.status
  }
  const { version, name } = await signInOf(manager.signInId)
  expect(await asManager('POST', '', someone(OWNER))).toBe('forbidden')
  expect(await asManager('PUT', `/${manager.signInId}`, { version, name, roleId: OWNER })).toBe('forbidden')
  const owner = await signInOf(ownId)
  expect(await asManager('PUT', `/${ownId}`, { version: owner.version, name: 'A', roleId: role })).toBe(
    'forbidden',
  )
  const senior = await add(SUPERVISOR)
  expect(await asManager('POST', `/${senior.signInId}/password`)).toBe('forbidden')
  expect(await asManager('DELETE', `/${ownId}`)).toBe('forbidden')
  const mine = someone(await roleWith(['report.view']))
  expect(await asManager('POST', '', mine)).toBe(201)
  expect(await asManager('POST', `/${mine.signInId}/password`)).toBe(201)
  expect(await asManager('DELETE', `/${mine.signInId}`)).toBe(204)
  // Also not by saying again what somebody else has said.
  const { password: _, ...same } = senior
  expect(await asManager('POST', '', same)).toBe('forbidden')
  expect((await signInOf(ownId)).role).toBe('Owner')
})

test('who has a sign-in is not found out by trying: after sixty within an hour there are no more', async () => {
  const { sql } = office.database
  const at = new Date(NOW.getTime() - 30 * 60_000)
  for (let i = 0; i < 59; i++)
    await sql`
      insert into audit_log (company_id, audit_id, at, actor, action, detail)
      values (${COMPANY}, ${uuidV7()}, ${at}, 'Somebody', 'sign-in.email-refused', '{}')`
  const { signInId } = await add()
  const refused = await problemOf(send('POST', `/${signInId}/password`))
  expect([refused.status, refused.retryAfterMs]).toEqual([429, 3_600_000])
  expect(await statusOf(send('POST', '', someone()))).toBe(429)
  await sql`update audit_log set at = ${new Date(NOW.getTime() - 61 * 60_000)}`
  await passwordIn(send('POST', `/${signInId}/password`))
})

test.each([
  ['no name', { name: ' ' }, 'name'],
  ['no address', { email: 'mei' }, 'email'],
  ['a role that is none', { roleId: uuidV7() }, 'roleId'],
  ['an id that is none', { signInId: 'me' }, 'signInId'],
])('%s is refused at its field', async (_, change, path) => {
  const refused = await problemOf(send('POST', '', { ...someone(), ...change }))
  expect(refused.fields?.map((field) => field.path)).toEqual([path])
})
