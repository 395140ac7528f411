import { zAuditReport } from '@evertill/shared/protocol/office/audit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_COMPANY, demoId } from '../../office/demo/demo-shop.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())

async function read() {
  const answer = await office.call('/api/office/audit', { cookie })
  const body: unknown = await answer.json()
  expect([answer.status, body]).toEqual([200, zAuditReport.parse(body)])
  return zAuditReport.parse(body)
}

test('the demo shop has no difference, and the report says when and at what it looked', async () => {
  const report = await read()
  expect(report).toMatchObject({ ranAt: NOW.toISOString(), differences: 0 })
  expect(report.checks.find(({ name }) => name === 'stock-levels')).toMatchObject({
    law: 'For every product and outlet, the stock on hand is what its movements make.',
    covers: 'products on a shelf',
    differences: 0,
    shown: [],
  })
})

test('all differences are counted and the first fifty are told, of the person’s own company only', async () => {
  const { sql } = office.database
  await sql`
    insert into stock_level (company_id, outlet_id, product_id, on_hand)
    select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1 from generate_series(1, 10)`
  await sql`update stock_level set on_hand = on_hand + 1000 where outlet_id = ${demoId('outlet', 'TB')}`
  const [{ levels } = { levels: 0 }] = await sql<{ levels: number }[]>`
    select count(*) as levels from stock_level
    where company_id = ${DEMO_COMPANY.companyId} and outlet_id = ${demoId('outlet', 'TB')}`
  const report = await read()
  const stock = report.checks.find(({ name }) => name === 'stock-levels')
  expect(levels).toBeGreaterThan(50)
  expect(report.differences).toBe(levels)
  expect(stock?.differences).toBe(levels)
  expect(stock?.shown).toHaveLength(50)
  expect(stock?.shown[0]?.sentence).toMatch(
    /^.+ at .+: its stock on hand is [\d.,]+, but its movements make [\d.,]+\.$/,
  )
})
