import type { PushResponse } from '@evertill/shared/protocol/push'
import { cartOf, cash, customer, saleOf } from '@evertill/shared/testing/builders'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { addTill, authenticated, createShop, journalOf, pushBytes } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { acceptPush } from './accept-push.ts'

const tills = 8
const pushesEach = 12
const entriesEach = 25
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('tills that sell the same goods to the same customers in any order never deadlock, nor lose a sale', async () => {
  const { sql } = database
  const shop = await createShop(sql, { products: 12, openingStock: 100_000 })
  const customerIds = Array.from({ length: 4 }, () => crypto.randomUUID())
  let retries = 0
  const ports = {
    now: () => new Date(),
    log: pino({ level: 'silent' }),
    onRetry: () => {
      retries++
    },
  }
  const sell = (journal: ReturnType<typeof journalOf>) => {
    const products = shuffled(shop.productIds).slice(0, 6)
    const customerId = shuffled(customerIds)[0] ?? ''
    const cart = cartOf(
      products.map((productId) => ({ productId, price: 1000 })),
      { customer: { ...customer(), customerId } },
    )
    return journal.sell(saleOf(cart, [cash(6000)]))
  }
  const answers = await Promise.all(
    Array.from({ length: tills }, async (_, t) => {
      const tillId = await addTill(sql, shop, `T${t}`)
      const till = await authenticated(sql, shop.companyId, tillId)
      const journal = journalOf(shop, tillId)
      const mine: PushResponse[] = []
      for (let p = 0; p < pushesEach; p++) {
        const entries = Array.from({ length: entriesEach }, () => sell(journal))
        const answer = await acceptPush(sql, till, pushBytes(shuffled(entries)), ports)
        if ('code' in answer) throw new Error(answer.message)
        mine.push(answer)
      }
      return mine
    }),
  )
  expect(retries).toBe(0)
  const [server] = await sql`select deadlocks from pg_stat_database where datname = current_database()`
  expect(server?.deadlocks).toBe(0)
  const outcomes = answers.flat(2).flatMap((answer) => answer.outcomes)
  expect(outcomes.filter(({ outcome }) => outcome === 'applied')).toHaveLength(
    tills * pushesEach * entriesEach,
  )
  for (const mine of answers) expect(mine.at(-1)?.highWater).toBe(pushesEach * entriesEach)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
  // Every product has sunk below zero by now, and says so once.
  const open = await sql`
    select subject from exception where company_id = ${shop.companyId} and type = 'stock-negative'`
  expect(open).toHaveLength(12)
})

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
