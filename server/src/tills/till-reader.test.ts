import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTill, createShop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { Sql } from '../db/connect.ts'
import { tillReader } from './till-reader.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Counts the statements that go through it. */
function counted(sql: Sql): { sql: Sql; statements: () => number } {
  let statements = 0
  const apply: ProxyHandler<Sql>['apply'] = (target, self, args) => {
    statements += 1
    return Reflect.apply(target as unknown as (...given: unknown[]) => unknown, self, args)
  }
  return { sql: new Proxy(sql, { apply }), statements: () => statements }
}

test('requests that come at the same time are answered by one statement, each with its own till', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const tillIds = await Promise.all(['A', 'B', 'C'].map((code) => addTill(sql, shop, code)))
  const { sql: counting, statements } = counted(sql)
  const find = tillReader(counting)
  const found = await Promise.all([...tillIds, crypto.randomUUID()].map((id) => find(shop.companyId, id)))
  expect(found.map((till) => till?.code)).toEqual(['A', 'B', 'C', undefined])
  expect(found[0]?.outlet_ids).toEqual([shop.outletId])
  // `sql.typed` is not a call of sql itself.
  expect(statements()).toBe(1)
})

test('a till that is revoked while others are being read is revoked for the request that comes after', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const tillId = await addTill(sql, shop, 'A')
  const find = tillReader(sql)
  const before = find(shop.companyId, tillId)
  // The reading has begun; what comes now must not be answered from it.
  await Promise.resolve()
  await sql`update till set state = 'revoked' where company_id = ${shop.companyId} and till_id = ${tillId}`
  expect((await find(shop.companyId, tillId))?.state).toBe('revoked')
  await before
})

test('a company that nobody has is no till, and is not remembered', async () => {
  const find = tillReader(database.sql)
  expect(await find(crypto.randomUUID(), crypto.randomUUID())).toBeUndefined()
})

test('whoever comes soon after another is read together with those who come meanwhile', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const tillIds = await Promise.all(['A', 'B', 'C'].map((code) => addTill(sql, shop, code)))
  const { sql: counting, statements } = counted(sql)
  let wake = () => {}
  const find = tillReader(counting, {
    sleep: () =>
      new Promise<void>((resolve) => {
        wake = resolve
      }),
  })
  const [first = '', ...later] = tillIds
  expect((await find(shop.companyId, first))?.code).toBe('A')
  const found = later.map((id) => find(shop.companyId, id))
  await new Promise(setImmediate)
  expect(statements()).toBe(1)
  await sql`update till set state = 'revoked' where company_id = ${shop.companyId} and till_id = ${tillIds[2] ?? ''}`
  wake()
  expect((await Promise.all(found)).map((till) => [till?.code, till?.state])).toEqual([
    ['B', 'waiting-for-enrolment'],
    ['C', 'revoked'],
  ])
  expect(statements()).toBe(2)
})
