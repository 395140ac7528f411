import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { built } from '../test/built-server.ts'
import { openTestOffice, type TestOffice } from './http/office/office-for-tests.ts'
import { DEMO_OFFICE } from './office/demo/demo-shop.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openTestOffice()
})
afterAll(() => office.database.drop())

function run(...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, DATABASE_URL: office.database.url }
  const child = spawn(process.execPath, [built('password-command'), ...args], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk
    })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

test('a new password is made for who has forgotten theirs: it opens, the old one and its sessions do not', async () => {
  const old = await office.signIn()
  const { code, said } = await run(DEMO_OFFICE.email.toUpperCase())
  expect(said).toMatch(/^Tan Siew Hoon of Kopi & Co Minimart signs in with this password once/)
  expect(code).toBe(0)
  const password = /^ {4}(\S+)$/m.exec(said)?.[1] ?? ''
  expect((await office.call('/api/office/session', { cookie: old })).status).toBe(401)
  await expect(office.signIn()).rejects.toThrow()
  const session = await office.call('/api/office/session', {
    cookie: await office.signIn(DEMO_OFFICE.email, password),
  })
  expect(await session.json()).toMatchObject({ email: DEMO_OFFICE.email, firstPassword: true })
  const log = await office.database.sql`
    select actor, action, detail->>'email' as email from audit_log where action like 'sign-in.%'`
  expect(log).toEqual([
    { actor: 'Whoever runs the server', action: 'sign-in.password-made', email: DEMO_OFFICE.email },
  ])
  expect(JSON.stringify(log)).not.toContain(password)
})

test('for an address that nobody has, and for none, it says so and changes nothing', async () => {
  const before = await office.database.sql`select password from auth_account order by id`
  expect(await run('nobody@kopi.example')).toEqual({
    code: 1,
    said: 'Nobody signs in to head office as nobody@kopi.example. Nothing was changed.\n',
  })
  expect((await run()).code).toBe(1)
  expect(await office.database.sql`select password from auth_account order by id`).toEqual(before)
})
