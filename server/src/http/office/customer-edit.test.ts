import { PERMISSIONS } from '@evertill/shared/domain/permission'
import { type CustomerEdit, zCustomerDetail } from '@evertill/shared/protocol/office/customers'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import { demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

const COMPANY = demoId('company', 'demo')
const LOW = demoId('customer', 'M0001')
const GOLD = demoId('tier', 'Gold')
const AS_IS: CustomerEdit = {
  name: 'Low Wan Ting',
  phone: '+65 8000 1001',
  email: null,
  code: 'M0001',
  tierId: demoId('tier', 'Bronze'),
}

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
  const { name, phone, email, code, tierId } = AS_IS
  await sql`
    update customer set ${sql({ name, phone, email, code, tier_id: tierId })} where customer_id = ${LOW}`
})

async function stored(customerId = LOW) {
  const answer = await office.call(`/api/office/customers/${customerId}`, { cookie })
  return zCustomerDetail.parse(await answer.json())
}
const put = (change: object, customerId = LOW, by = cookie) =>
  office.call(`/api/office/customers/${customerId}`, { method: 'PUT', cookie: by, json: change })
/** Changed from what is stored now. */
async function edit(change: Partial<Record<keyof CustomerEdit, unknown>>) {
  const { version } = await stored()
  return put({ ...AS_IS, ...change, version })
}
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const audited = () => office.database.sql`select at, actor, action, detail from audit_log`

test('a customer is corrected, and the audit log has who did it, and what it was before and after', async () => {
  const email = 'wan.ting@mail.example'
  const answer = await edit({ name: ' Low Wan Tin ', phone: ' 9000 1234 ', email, code: 'L-1', tierId: GOLD })
  expect(answer.status).toBe(204)
  const after = { name: 'Low Wan Tin', phone: '9000 1234', email, code: 'L-1', tierId: GOLD }
  expect(await stored()).toMatchObject({ ...after, tierName: 'Gold', points: 31 })
  const changes = Object.entries(after).map(([field, to]) => ({
    field,
    from: AS_IS[field as keyof CustomerEdit],
    to,
  }))
  expect([...(await audited())]).toEqual([
    {
      at: NOW,
      actor: 'Tan Siew Hoon',
      action: 'customer.edited',
      detail: { customerId: LOW, code: 'M0001', name: 'Low Wan Ting', changes },
    },
  ])
  expect((await edit({ ...after, phone: null, email: null, tierId: null })).status).toBe(204)
  expect(await stored()).toMatchObject({ phone: null, email: null, tierId: null, tierName: null })
})

test('of two people who edit the same customer the second is told, and undoes nothing', async () => {
  const { version } = await stored()
  const first = { ...AS_IS, phone: '9000 1234', version }
  expect((await put(first)).status).toBe(204)
  const problem = await problemOf(await put({ ...AS_IS, name: 'Low', version }))
  expect(problem).toMatchObject({ status: 409, code: 'conflict' })
  expect(problem.fields).toBeUndefined()
  expect(await stored()).toMatchObject({ name: 'Low Wan Ting', phone: '9000 1234' })
  // The same once more, for the answer was lost, is nobody else's doing.
  expect((await put(first)).status).toBe(204)
  expect(await audited()).toHaveLength(1)
})

test('points and sales are no change that somebody has made meanwhile', async () => {
  const { version } = await stored()
  await office.database.sql`
    update points_balance set points = points + 5 where customer_id = ${LOW}`
  expect((await put({ ...AS_IS, name: 'Low', version })).status).toBe(204)
  await office.database.sql`
    update points_balance set points = points - 5 where customer_id = ${LOW}`
})

test('people who edit the same customer at the same moment do not both succeed', async () => {
  const { version } = await stored()
  const answers = await Promise.all([
    put({ ...AS_IS, name: 'One', version }),
    put({ ...AS_IS, name: 'Other', version }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
})

test.each(['+65 8000 1008', '80001008', '+6580001008', '65-8000-1008', '(8000) 1008'])(
  'the phone %s that another customer has is refused at its field, however it is written',
  async (phone) => {
    const problem = await problemOf(await edit({ phone, name: 'Low' }))
    expect(problem).toMatchObject({
      status: 409,
      fields: [{ path: 'phone', message: 'is the phone of Ng Zhi Hao' }],
    })
    expect((await stored()).name).toBe('Low Wan Ting')
  },
)

test('a phone of another country that ends alike is another phone, and one’s own may be written anew', async () => {
  for (const phone of ['+60 8000 1008', '+60 7 8000 1008', '8000 1001', 'ask Mei'])
    expect([phone, (await edit({ phone })).status]).toEqual([phone, 204])
})

test('a code that another customer has, or had, is refused at its field in any case', async () => {
  const { sql } = office.database
  await sql`
    insert into customer (company_id, customer_id, code, name, phone, deleted_at)
    values (${COMPANY}, ${uuidV7()}, 'GONE-1', 'Who left', '9111 2222', ${NOW})`
  for (const [code, message] of [
    ['m0002', 'is the code of Ng Zhi Hao'],
    ['gone-1', 'was the code of Who left'],
  ])
    expect(await problemOf(await edit({ code }))).toMatchObject({
      status: 409,
      fields: [{ path: 'code', message }],
    })
  const both = await problemOf(await edit({ code: 'M0002', phone: '80001015' }))
  expect(both.fields?.map(({ path }) => path)).toEqual(['phone', 'code'])
  // Nobody is called there any more.
  expect((await edit({ phone: '91112222', code: 'm0001' })).status).toBe(204)
})

test('who has the phone of another already may be corrected otherwise', async () => {
  const { sql } = office.database
  await sql`update customer set phone = '8000 1008' where customer_id = ${LOW}`
  expect((await edit({ phone: '8000 1008', name: 'Low' })).status).toBe(204)
})

test.each([
  ['name', '  ', /./],
  ['name', 'x'.repeat(201), /./],
  ['phone', '1'.repeat(41), /./],
  ['phone', '', /./],
  ['email', 'goh@mail', /must be an address such as/],
  ['email', 'a@b.example, c@d.example', /must be an address such as/],
  ['code', '', /./],
  ['code', 'M 0001', /must be without spaces/],
  ['tierId', 'gold', /./],
  ['tierId', demoId('tier', 'Platinum'), /is not one of your tiers/],
])('a wrong %s (%j) is named', async (path, value, message) => {
  const problem = await problemOf(await edit({ [path]: value }))
  expect(problem).toMatchObject({ status: 400, fields: [{ path, message: expect.stringMatching(message) }] })
  expect(await stored()).toMatchObject(AS_IS)
})

test('who is of another company cannot be edited, and their phones and codes are no business of ours', async () => {
  const { sql } = office.database
  const companyId = uuidV7()
  const idOf = rememberedIds(uuidV7)
  await withTransaction(sql, (tx) => foundCompany(tx, { companyId, name: 'Theirs' }, idOf))
  const theirs = uuidV7()
  await sql`
    insert into customer (company_id, customer_id, code, name, phone)
    values (${companyId}, ${theirs}, 'T-1', 'Theirs alone', '9333 4444')`
  expect((await put({ ...AS_IS, version: 'any' }, theirs)).status).toBe(404)
  expect((await put({ ...AS_IS, version: 'any' }, uuidV7())).status).toBe(404)
  expect((await edit({ code: 'T-1', phone: '93334444' })).status).toBe(204)
  const [tier] = await sql<{ tierId: string }[]>`
    select tier_id as "tierId" from tier where company_id = ${companyId} limit 1`
  expect((await edit({ tierId: tier?.tierId })).status).toBe(400)
  expect(await sql`select code, name, phone from customer where customer_id = ${theirs}`).toEqual([
    { code: 'T-1', name: 'Theirs alone', phone: '9333 4444' },
  ])
})

test('whoever may not manage the company may not edit a customer', async () => {
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
  const { version } = await stored()
  expect((await put({ ...AS_IS, name: 'Low', version }, LOW, almost)).status).toBe(403)
  expect(await stored()).toMatchObject(AS_IS)
})
