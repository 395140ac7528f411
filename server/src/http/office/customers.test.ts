import { PERMISSIONS } from '@evertill/shared/domain/permission'
import { zPage } from '@evertill/shared/protocol/office'
import {
  type CustomerSummary,
  zCustomerDetail,
  zCustomerOptions,
  zCustomerSummary,
} from '@evertill/shared/protocol/office/customers'
import { zProblem } from '@evertill/shared/protocol/problem'
import { zPullResponse } from '@evertill/shared/protocol/pull'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { authenticated } from '../../../test/shop.ts'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import { pull } from '../../feed/pull.ts'
import { demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

const COMPANY = demoId('company', 'demo')
const LOW = demoId('customer', 'M0001')
const GOLD = demoId('tier', 'Gold')
const SILVER = demoId('tier', 'Silver')
const BRONZE = demoId('tier', 'Bronze')

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
  await sql`update customer set tier_id = ${BRONZE} where customer_id = ${LOW}`
})

async function get<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
  const answer = await office.call(`/api/office/${path}`, { cookie })
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([path, 200, schema.parse(body)])
  return schema.parse(body)
}
const change = (customerId: string, from: string | null, to: string | null, by = cookie) =>
  office.call(`/api/office/customers/${customerId}/tier`, { method: 'PUT', cookie: by, json: { from, to } })
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const tierOf = async (customerId: string) => (await get(zCustomerDetail, `customers/${customerId}`)).tierName
const found = async (q: string) => {
  const { rows } = await get(zPage(zCustomerSummary), `customers?q=${encodeURIComponent(q)}`)
  return rows.map(({ code }) => code)
}

interface New {
  readonly code: string
  readonly name: string
  readonly customerId?: string
  readonly email?: string
  readonly companyId?: string
  readonly deleted?: boolean
}
async function insertCustomer({
  code,
  name,
  email,
  deleted,
  companyId = COMPANY,
  customerId = uuidV7(),
}: New) {
  const { sql } = office.database
  await sql`
    insert into customer (company_id, customer_id, code, name, email, deleted_at)
    values (${companyId}, ${customerId}, ${code}, ${name}, ${email ?? null}, ${deleted ? NOW : null})`
  return customerId
}

test('a customer is shown with tier, points and when a till registered them, where one did', async () => {
  expect(await get(zCustomerDetail, `customers/${LOW}`)).toEqual({
    customerId: LOW,
    code: 'M0001',
    name: 'Low Wan Ting',
    phone: '+65 8000 1001',
    email: null,
    tierId: BRONZE,
    tierName: 'Bronze',
    points: 31,
    version: expect.any(String),
    registeredAt: null,
    registeredBy: null,
  })
  const at = new Date('2026-03-09T10:15:30.123Z')
  const customerId = await insertCustomer({
    code: 'C-1',
    name: 'Goh Kah Seng',
    email: 'goh@mail.example',
    customerId: uuidV7({ msecs: at.getTime() }),
  })
  expect(await get(zCustomerDetail, `customers/${customerId}`)).toMatchObject({
    email: 'goh@mail.example',
    tierId: null,
    tierName: null,
    points: 0,
    registeredAt: at.toISOString(),
  })
})

test('a till whose clock was ahead has not told when it registered somebody', async () => {
  const customerId = await insertCustomer({
    code: 'C-2',
    name: 'From the future',
    customerId: uuidV7({ msecs: NOW.getTime() + 60_000 }),
  })
  expect((await get(zCustomerDetail, `customers/${customerId}`)).registeredAt).toBeNull()
})

test('customers are found by words of the name, phone, code and e-mail address', async () => {
  await insertCustomer({ code: 'C-3', name: 'Rajeswari', email: 'raj@curry.example' })
  await insertCustomer({ code: 'C-4', name: 'Rajeswari', deleted: true })
  expect(await found('wan low')).toEqual(['M0001'])
  expect(await found('m0001')).toEqual(['M0001'])
  expect(await found('8000 1001')).toEqual(['M0001'])
  expect(await found('80001001')).toEqual(['M0001'])
  expect(await found('+6580001001')).toEqual(['M0001'])
  expect(await found('raj@curry')).toEqual(['C-3'])
  expect(await found('rajes')).toEqual(['C-3'])
  expect(await found('%')).toEqual([])
})

test('all customers are paged through once, by name', async () => {
  const { sql } = office.database
  const rows: CustomerSummary[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { rows: CustomerSummary[]; nextCursor: string | null } = await get(
      zPage(zCustomerSummary),
      `customers?cursor=${cursor}`,
    )
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  const stored = await sql<{ code: string }[]>`
    select code from customer where company_id = ${COMPANY} and deleted_at is null
    order by lower(name), customer_id`
  expect(stored.length).toBeGreaterThan(150)
  expect(rows.map(({ code }) => code)).toEqual(stored.map(({ code }) => code))
})

test('the tiers to choose from are the company’s, from the lowest up', async () => {
  const { tiers } = await get(zCustomerOptions, 'customers/options')
  expect(tiers.map(({ name }) => name)).toEqual(['Bronze', 'Silver', 'Gold'])
})

test('another tier reaches a till with its next pull, and the audit log with who changed it and when', async () => {
  const { sql } = office.database
  await sql`update till set state = 'active' where till_id = ${demoId('till', 'TB Counter 1')}`
  const till = await authenticated(sql, COMPANY, demoId('till', 'TB Counter 1'))
  const pulled = async (cursor?: string) => zPullResponse.parse(await pull(sql, till, cursor, () => NOW))
  const first = await pulled()
  expect((await change(LOW, BRONZE, GOLD)).status).toBe(204)
  expect(await tierOf(LOW)).toBe('Gold')
  const second = await pulled(first.cursor)
  expect(second.snapshot).toBe(false)
  expect(second.rows.customer.find(({ customerId }) => customerId === LOW)?.tierId).toBe(GOLD)
  expect((await change(LOW, GOLD, null)).status).toBe(204)
  const third = await pulled(second.cursor)
  expect(third.rows.customer.find(({ customerId }) => customerId === LOW)?.tierId).toBeNull()

  const audited = await sql`select at, actor, action, detail from audit_log order by audit_id`
  const by = { at: NOW, actor: 'Tan Siew Hoon', action: 'customer.tier-changed' }
  const told = (from: string | null, to: string | null) => ({
    ...by,
    detail: { customerId: LOW, code: 'M0001', changes: [{ field: 'tierId', from, to }] },
  })
  expect([...audited]).toEqual([told(BRONZE, GOLD), told(GOLD, null)])
})

test('of two people who move the same customer the second is told, and undoes nothing', async () => {
  expect((await change(LOW, BRONZE, GOLD)).status).toBe(204)
  const problem = await problemOf(await change(LOW, BRONZE, SILVER))
  expect([problem.status, problem.code]).toEqual([409, 'conflict'])
  expect(problem.message).toContain('put Low Wan Ting in Gold')
  expect(await tierOf(LOW)).toBe('Gold')
  // The same once more, for the answer was lost, is nobody else's doing.
  expect((await change(LOW, BRONZE, GOLD)).status).toBe(204)
  expect(await office.database.sql`select from audit_log`).toHaveLength(1)
})

test('people who move the same customer at the same moment do not both succeed', async () => {
  const answers = await Promise.all([change(LOW, BRONZE, GOLD), change(LOW, BRONZE, SILVER)])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
})

test('a tier that was removed, or that never was, is refused by its field', async () => {
  const { sql } = office.database
  const gone = uuidV7()
  await sql`
    insert into tier (company_id, tier_id, name, multiplier_ppm, spend_from, deleted_at)
    values (${COMPANY}, ${gone}, 'Gone', 1000000, 0, ${NOW})`
  for (const tierId of [gone, uuidV7()]) {
    const problem = await problemOf(await change(LOW, BRONZE, tierId))
    expect([problem.status, problem.fields]).toEqual([
      400,
      [{ path: 'to', message: 'is not one of your tiers' }],
    ])
  }
  expect((await problemOf(await change(LOW, BRONZE, 'gold'))).status).toBe(400)
  expect(await tierOf(LOW)).toBe('Bronze')
})

test('customers and tiers of another company are not there', async () => {
  const { sql } = office.database
  const companyId = uuidV7()
  const idOf = rememberedIds(uuidV7)
  await withTransaction(sql, (tx) => foundCompany(tx, { companyId, name: 'Theirs' }, idOf))
  const theirs = await insertCustomer({ companyId, code: 'T-1', name: 'Theirs alone' })
  const [tier] = await sql<{ tierId: string }[]>`
    select tier_id as "tierId" from tier where company_id = ${companyId} limit 1`
  const tierId = tier?.tierId ?? ''
  expect((await office.call(`/api/office/customers/${theirs}`, { cookie })).status).toBe(404)
  expect((await change(theirs, null, GOLD)).status).toBe(404)
  expect((await change(theirs, null, tierId)).status).toBe(404)
  expect((await change(LOW, BRONZE, tierId)).status).toBe(400)
  expect(await found('theirs')).toEqual([])
  const [row] = await sql`select tier_id from customer where customer_id = ${theirs}`
  expect(row?.tier_id).toBeNull()
})

test('whoever may not manage the company may see a customer’s tier, and not change it', async () => {
  const { sql } = office.database
  const ids = { companyId: COMPANY, roleId: uuidV7() }
  const permissions = PERMISSIONS.filter((permission) => permission !== 'company.manage')
  await sql`
    insert into role (company_id, role_id, name, permissions)
    values (${ids.companyId}, ${ids.roleId}, 'Almost all', ${permissions})`
  const email = 'almost@kopi.example'
  const passwordHash = await office.auth.hashPassword('a long password')
  await withTransaction(sql, (tx) =>
    insertOfficeUser(tx, { ...ids, userId: uuidV7(), name: email, email, passwordHash }, uuidV7(), NOW),
  )
  const almost = await office.signIn(email, 'a long password')
  expect((await office.call(`/api/office/customers/${LOW}`, { cookie: almost })).status).toBe(200)
  expect((await change(LOW, BRONZE, GOLD, almost)).status).toBe(403)
  expect(await tierOf(LOW)).toBe('Bronze')
})
