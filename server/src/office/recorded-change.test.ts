import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sql } from '../db/connect.ts'
import { findOfficeUser } from '../db/queries/office-users.ts'
import { NOW, openTestOffice, type TestOffice } from '../http/office/office-for-tests.ts'
import { demoId } from './demo/demo-shop.ts'
import { grant } from './grant.ts'
import { addProduct } from './products.ts'

let office: TestOffice

beforeAll(async () => {
  office = await openTestOffice()
})
afterAll(() => office.database.drop())

/** The database, except that the answer to its first commit is lost on the way. */
function losingFirstAnswer(sql: Sql): Sql {
  let lost = false
  return new Proxy(sql, {
    get(target, name) {
      if (name !== 'begin') return Reflect.get(target, name)
      return async (options: string, work: Parameters<Sql['begin']>[1]) => {
        const answer = await target.begin(options, work)
        if (lost) return answer
        lost = true
        throw Object.assign(new Error('the connection was lost'), { code: 'CONNECTION_CLOSED' })
      }
    },
  })
}

test('a change whose commit was not heard of is made once and answered as made', async () => {
  const { sql } = office.database
  const user = await findOfficeUser(sql, demoId('user', 'owner'))
  const granted = user && grant(user, 'catalogue.edit')
  if (granted === undefined) throw new Error('the owner may edit the catalogue')
  const product = {
    sku: 'ONCE-1',
    name: 'Once',
    categoryId: null,
    taxCodeId: demoId('tax code', 'SR'),
    price: 100 as never,
    cost: null,
    unit: 'each' as const,
    barcodes: ['ONCE'],
  }
  const write = { sql: losingFirstAnswer(sql), now: () => NOW }
  const answer = await addProduct(write, granted, product)
  const rows = await sql`select product_id as "productId" from product where sku = 'ONCE-1'`
  expect([...rows]).toEqual([answer])
  const [audit] = await sql`select count(*) as rows from audit_log where action = 'product.added'`
  expect(audit).toEqual({ rows: 1 })
})
