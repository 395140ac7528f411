import { afterAll, beforeAll, expect, test } from 'vitest'
import { addTill, createShop, header, type Shop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { Sql } from '../db/connect.ts'
import { contactKeeper } from './keep-contact.ts'

let database: TestDatabase
let sql: Sql
let shop: Shop
beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
  shop = await createShop(sql)
})
afterAll(() => database.drop())

const waitingOf = async (tillId: string) => {
  const [row] = await sql<{ waiting: number; updates: number }[]>`
    select reported_waiting as waiting from till where company_id = ${shop.companyId} and till_id = ${tillId}`
  return row?.waiting
}

test('of what a till says within a second the first and the last word are kept, and nothing between', async () => {
  const tillId = await addTill(sql, shop, 'K1')
  const wakes: (() => void)[] = []
  const sleep = () => new Promise<void>((resolve) => wakes.push(resolve))
  const keep = contactKeeper(sql, { sleep })
  const say = (waiting: number) =>
    keep({
      companyId: shop.companyId,
      tillId,
      report: { ...header().report, waiting },
      now: new Date(),
    })

  await say(3)
  expect(await waitingOf(tillId)).toBe(3)
  await say(2)
  await say(1)
  expect(await waitingOf(tillId)).toBe(3)
  wakes.shift()?.()
  await expect.poll(() => waitingOf(tillId)).toBe(1)
  // A quiet second later the till is written at once again.
  await expect.poll(() => wakes.length).toBe(1)
  wakes.shift()?.()
  await new Promise(setImmediate)
  await say(0)
  expect(await waitingOf(tillId)).toBe(0)
})

test('what several tills say within a second is kept together, nonsense of one beside the others', async () => {
  const [a, b] = [await addTill(sql, shop, 'K2'), await addTill(sql, shop, 'K3')]
  const wakes: (() => void)[] = []
  const lost: unknown[] = []
  const keep = contactKeeper(sql, {
    sleep: () => new Promise<void>((resolve) => wakes.push(resolve)),
    onLost: (error) => lost.push(error),
  })
  const say = (tillId: string, waiting: number) =>
    keep({
      companyId: shop.companyId,
      tillId,
      report: { ...header().report, waiting, appVersion: 'it said "1.0"' },
      now: new Date(),
    })
  await say(a, 1)
  await say(b, 1)
  await say(a, Number.MAX_SAFE_INTEGER)
  await say(b, 7)
  expect(wakes).toHaveLength(1)
  wakes.shift()?.()
  await expect.poll(() => waitingOf(b)).toBe(7)
  expect(await waitingOf(a)).toBe(2_147_483_647)
  expect(lost).toEqual([])
  const [row] = await sql`
    select reported_app_version as version from till where company_id = ${shop.companyId} and till_id = ${a}`
  expect(row?.version).toBe('it said "1.0"')
})
