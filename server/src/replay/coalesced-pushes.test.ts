import type { PushResponse } from '@evertill/shared/protocol/push'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { addTill, authenticated, createShop, journalOf, pushBytes } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { acceptPush } from './accept-push.ts'
import { applier } from './apply-lines.ts'
import { createReplayQueue, LIMITS } from './replay-queue.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('sixty-four tills share calls while one drains a backlog: each hears of its own entries, each counts once', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const base = { now: () => new Date(), log: pino({ level: 'silent' }) }
  const direct = applier(sql, { now: () => new Date() })
  const calls: number[] = []
  let release = () => {}
  const counterServed = new Promise<void>((resolve) => {
    release = resolve
  })
  const ports = {
    ...base,
    ...createReplayQueue(async (companyId, lines) => {
      calls.push(lines.length)
      // The backlog is under way until the whole counter has been served, however long that takes.
      if (calls.length === 1) await counterServed
      return direct(companyId, lines)
    }, base),
  }
  const open = async (code: string) => {
    const till = await authenticated(sql, shop.companyId, await addTill(sql, shop, code))
    const journal = journalOf(shop, till.till_id)
    return {
      journal,
      push: async (entries: Parameters<typeof pushBytes>[0]): Promise<PushResponse> => {
        const answer = await acceptPush(sql, till, pushBytes(entries), ports)
        if ('code' in answer) throw new Error(answer.message)
        return answer
      },
    }
  }
  const catchingUp = await open('LATE')
  const backlog = Array.from({ length: 4 }, () =>
    Array.from({ length: 500 }, () => catchingUp.journal.sell()),
  )
  const drain = Promise.all(backlog.map(catchingUp.push))

  const tills = await Promise.all(Array.from({ length: 64 }, (_, i) => open(`T${i}`)))
  const answers = await Promise.all(
    tills.map(async ({ journal, push }, i) => {
      const sold = journal.sell()
      // What one till cannot get stored holds up nobody who travels with it; what it sends twice counts once.
      const entries =
        i % 8 === 0 ? [sold, journal.sell(undefined, { kind: 'sale', businessDate: '2026-02-31' })] : [sold]
      const [first, again] = await Promise.all([push(entries), push([sold])])
      return { id: sold.id, first, again }
    }),
  )
  const callsAtCounter = calls.length
  release()
  answers.forEach(({ id, first, again }, i) => {
    expect(first.outcomes).toHaveLength(i % 8 === 0 ? 2 : 1)
    expect(first.outcomes[1]?.outcome).toBe(i % 8 === 0 ? 'quarantined' : undefined)
    const fates = [first, again].map(({ outcomes: [mine] }) => mine)
    expect(fates.map((mine) => mine?.id)).toEqual([id, id])
    expect(fates.map((mine) => mine?.outcome).toSorted()).toEqual(['applied', 'duplicate'])
    expect(first.highWater).toBe(1)
  })
  const drained = await drain
  expect(drained.flatMap(({ outcomes }) => outcomes).every(({ outcome }) => outcome === 'applied')).toBe(true)
  // Fewer calls than pushes: they did travel together.
  expect(callsAtCounter).toBeLessThan(64)
  expect(Math.max(...calls)).toBeLessThanOrEqual(LIMITS.backlog.entries)
  const [row] = await sql`select count(*) as entries from entry where company_id = ${shop.companyId}`
  expect(row?.entries).toBe(2000 + 64)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a long push is applied piece by piece; one that failed midway comes again, and every entry of it counts once', async () => {
  const { sql } = database
  const shop = await createShop(sql)
  const base = { now: () => new Date(), log: pino({ level: 'silent' }) }
  const direct = applier(sql, base)
  const calls: number[] = []
  const ports = {
    ...base,
    apply: async (...[companyId, lines]: Parameters<typeof direct>) => {
      if (calls.push(lines.length) === 3) throw new Error('unforeseen')
      return direct(companyId, lines)
    },
    pieceSize: () => 50,
  }
  const till = await authenticated(sql, shop.companyId, await addTill(sql, shop, 'LONG'))
  const journal = journalOf(shop, till.till_id)
  const body = pushBytes(Array.from({ length: 160 }, () => journal.sell()))
  await expect(acceptPush(sql, till, body, ports)).rejects.toThrow('unforeseen')
  expect(calls).toEqual([40, 40, 40])

  const answer = await acceptPush(sql, till, body, ports)
  if ('code' in answer) throw new Error(answer.message)
  const outcomes = answer.outcomes.map(({ outcome }) => outcome)
  expect(outcomes).toEqual([...Array(80).fill('duplicate'), ...Array(80).fill('applied')])
  expect(answer.highWater).toBe(160)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})
