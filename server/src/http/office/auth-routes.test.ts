import { zProblem } from '@evertill/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '../../office/auth.ts'
import { DEMO_OFFICE } from '../../office/demo/demo-shop.ts'
import { ORIGIN, openTestOffice, type TestOffice, type TestRequest } from './office-for-tests.ts'

let office: TestOffice

beforeAll(async () => {
  office = await openTestOffice()
})
afterAll(() => office.database.drop())

const signIn = (request: TestRequest = {}) =>
  office.call('/api/auth/sign-in/email', { method: 'POST', json: DEMO_OFFICE, ...request })
const problemOf = async (answer: Response) => zProblem.parse(await answer.json())

test('the right password gives a session cookie that scripts and other sites cannot use', async () => {
  const answer = await signIn()
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  const cookies = answer.headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^evertill\.session_token=.+; .*HttpOnly; SameSite=Lax$/)
  expect(cookies[0]).not.toContain('Secure')
})

test('behind https the cookie is secure', async () => {
  const { sql } = office.database
  const log = { warn() {}, error() {} }
  const publicUrl = 'https://pos.example.sg'
  const auth = await createAuth({ sql, publicUrl, log })
  const answer = await auth.handler(
    new Request(`${publicUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: publicUrl },
      body: JSON.stringify(DEMO_OFFICE),
    }),
  )
  expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-evertill\.session_token=.+; Secure/)
})

test('a wrong password and an unknown address are told in the same words', async () => {
  const wrong = await signIn({ json: { ...DEMO_OFFICE, password: 'not the password' } })
  const unknown = await signIn({ json: { ...DEMO_OFFICE, email: 'nobody@kopi.example' } })
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(await problemOf(wrong)).toEqual(await problemOf(unknown))
})

test('what cannot be a sign-in is answered with the fields at fault', async () => {
  const answer = await signIn({ json: { email: 'owner', password: 7 } })
  expect(answer.status).toBe(400)
  expect((await problemOf(answer)).fields?.map((field) => field.path)).toEqual(['email', 'password'])
  expect((await signIn({ json: undefined, text: '{"email":' } as TestRequest)).status).toBe(400)
})

test('a session ends with signing out', async () => {
  const cookie = await office.signIn()
  expect((await office.call('/api/office/session', { cookie })).status).toBe(200)
  const out = await office.call('/api/auth/sign-out', { method: 'POST', cookie, json: {} })
  expect(out.status).toBe(204)
  expect((await office.call('/api/office/session', { cookie })).status).toBe(401)
})

test('a session in use is prolonged, and the browser is told', async () => {
  const { sql } = office.database
  const cookie = await office.signIn()
  const fresh = await office.call('/api/office/session', { cookie })
  expect(fresh.headers.getSetCookie()).toEqual([])
  await sql`update auth_session set expires_at = now() + interval '2 days'`
  const used = await office.call('/api/office/session', { cookie })
  expect(used.headers.getSetCookie()[0]).toMatch(/^evertill\.session_token=.+Max-Age=604800/)
  await sql`update auth_session set expires_at = now() - interval '1 minute'`
  expect((await office.call('/api/office/session', { cookie })).status).toBe(401)
})

test('a changed password shuts out whoever knew the old one', async () => {
  const thief = await office.signIn()
  const cookie = await office.signIn()
  const change = (currentPassword: string, newPassword: string) =>
    office.call('/api/auth/change-password', {
      method: 'POST',
      cookie,
      json: { currentPassword, newPassword, revokeOtherSessions: true },
    })
  expect((await problemOf(await change(DEMO_OFFICE.password, 'short'))).fields?.[0]?.path).toBe('newPassword')
  const wrong = await problemOf(await change('a wrong password', 'a better password'))
  expect(wrong.fields).toEqual([{ path: 'currentPassword', message: 'is not your password' }])
  const log = () =>
    office.database.sql`select actor, action, detail::text from audit_log where action = 'password.changed'`
  expect(await log()).toEqual([])
  const changed = await change(DEMO_OFFICE.password, 'a better password')
  expect(changed.status).toBe(204)
  const next = changed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  expect((await office.call('/api/office/session', { cookie: next })).status).toBe(200)
  const [row, ...more] = await log()
  expect([row?.actor, more]).toEqual(['Tan Siew Hoon', []])
  expect(row?.detail).not.toContain('better')
  expect((await office.call('/api/office/session', { cookie: thief })).status).toBe(401)
  expect((await signIn()).status).toBe(401)
  await office.database.sql`
    update auth_account set password = ${await office.auth.hashPassword(DEMO_OFFICE.password)}`
})

test('a change of password leaves a trace, whatever breaks between it and the audit log', async () => {
  const { sql } = office.database
  const cookie = await office.signIn()
  const next = 'a password that was made'
  const change = () =>
    office.call('/api/auth/change-password', {
      method: 'POST',
      cookie,
      json: { currentPassword: DEMO_OFFICE.password, newPassword: next },
    })
  const breakAt = (action: string) =>
    sql.unsafe(`
      create or replace function break_audit() returns trigger language plpgsql as
        $$ begin if new.action = '${action}' then raise exception 'broken'; end if; return new; end $$;
      create or replace trigger break_audit before insert on audit_log for each row execute function break_audit()`)
  const log = async () => {
    const rows =
      await sql`select actor, action from audit_log where action like 'password.%' order by audit_id`
    return rows.map(({ actor, action }) => [actor, action])
  }
  await sql`delete from audit_log`
  try {
    await breakAt('password.change-asked')
    expect((await change()).status).toBe(500)
    expect([await log(), (await signIn()).status]).toEqual([[], 204])

    await breakAt('password.changed')
    expect((await change()).status).toBe(204)
    expect(await log()).toEqual([['Tan Siew Hoon', 'password.change-asked']])
    expect((await signIn({ json: { ...DEMO_OFFICE, password: next } })).status).toBe(204)
  } finally {
    await sql`drop trigger break_audit on audit_log`
    await sql`update auth_account set password = ${await office.auth.hashPassword(DEMO_OFFICE.password)}`
  }
  expect(
    (
      await problemOf(
        await office.call('/api/auth/change-password', {
          method: 'POST',
          cookie,
          json: { currentPassword: 'a wrong password', newPassword: next },
        }),
      )
    ).code,
  ).toBe('bad-request')
  expect((await log()).map(([, action]) => action)).toEqual([
    'password.change-asked',
    'password.change-asked',
    'password.change-refused',
  ])
})

test('a forged cookie is nobody', async () => {
  const cookie = await office.signIn()
  const forged = cookie.replace(/=.{4}/, '=AAAA')
  expect((await office.call('/api/office/session', { cookie: forged })).status).toBe(401)
})

test('nobody can sign up from outside, and the other doors of the library are shut', async () => {
  const user = { name: 'Eve', email: 'eve@example.com', password: 'a long enough one' }
  for (const path of [
    'sign-up/email',
    'update-user',
    'delete-user',
    'request-password-reset',
    'list-sessions',
  ])
    expect((await office.call(`/api/auth/${path}`, { method: 'POST', json: user })).status).toBe(404)
  const [row] = await office.database.sql`select count(*) as users from auth_user`
  expect(row).toEqual({ users: 1 })
})

test('another site cannot sign a browser in or out', async () => {
  const foreign = { origin: 'https://evil.example' }
  expect((await signIn({ headers: foreign })).status).toBe(403)
  const cookie = await office.signIn()
  const out = await office.call('/api/auth/sign-out', { method: 'POST', cookie, json: {}, headers: foreign })
  expect(out.status).toBe(403)
  expect((await office.call('/api/office/session', { cookie })).status).toBe(200)
})

test('a browser that opened the server by another of its names can sign in', async () => {
  const lan = 'http://192.168.1.20:3300'
  const answer = await office.app.request(`${lan}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { host: '192.168.1.20:3300', origin: lan, 'content-type': 'application/json' },
    body: JSON.stringify(DEMO_OFFICE),
  })
  expect(answer.status).toBe(204)
  expect(ORIGIN).not.toBe(lan)
})

test('guessing passwords is slowed down', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 35 }, (_, i) => signIn({ json: { ...DEMO_OFFICE, password: `guess number ${i}` } })),
  )
  const slowed = guesses.filter((answer) => answer.status === 429)
  expect(slowed.length).toBeGreaterThan(0)
  const problem = await problemOf(slowed[0] as Response)
  expect(problem.code).toBe('too-many-requests')
  expect(problem.retryAfterMs).toBeGreaterThan(0)
})
