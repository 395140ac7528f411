import { setTimeout as sleep } from 'node:timers/promises'
import type { PushResponse } from '@evertill/shared/protocol/push'
import { amountOff, card, cartOf, cash, customer, percent, saleOf } from '@evertill/shared/testing/builders'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { header, journalOf, oneMilo, pushBytes } from '../../test/shop.ts'
import { connect } from '../db/connect.ts'
import { acceptPush } from './accept-push.ts'

const the = usePushingTill()

const push = the.answerTo

const outcomesOf = (answer: PushResponse) => answer.outcomes.map(({ outcome }) => outcome)

async function entryCount(): Promise<number> {
  const [row] = await the.sql<
    { count: number }[]
  >`select count(*) from entry where company_id = ${the.shop.companyId}`
  return row?.count ?? 0
}

test('a sale is written with its lines, tenders, movements, stock, points and day', async () => {
  const [first = '', second = ''] = the.shop.productIds
  const cart = cartOf(
    [
      { productId: first, price: 1090, quantity: 2000 },
      { productId: second, price: 523, quantity: 1500, discount: percent(10) },
    ],
    { billDiscount: amountOff(100), customer: { ...customer(1_500_000), customerId: the.shop.customerId } },
  )
  // 21.80 + (7.85 − 0.79) − 1.00 = 27.86; card takes 20.00, the cash leg 7.86 is rounded to 7.85.
  const body = saleOf(cart, [card(2000, '0417'), cash(1000)])
  const entry = the.journal.sell(body, {
    at: '2026-11-21T03:00:00.000Z',
    clockOffsetMs: 90_000,
    businessDate: '2026-11-21',
  })
  expect(outcomesOf(await push([entry]))).toEqual(['applied'])

  const { companyId } = the.shop
  expect(
    await the.sql`select gross, discount, net, rounding, total, change, points_earned, customer_id, at
    from sale where company_id = ${companyId}`,
  ).toMatchObject([
    {
      gross: 2965,
      discount: 179,
      net: 2786,
      rounding: -1,
      total: 2785,
      change: 215,
      points_earned: 3,
      customer_id: the.shop.customerId,
      at: new Date('2026-11-21T03:01:30.000Z'),
    },
  ])
  expect(
    await the.sql`select line_no, product_id, quantity, unit_price, discount + net as gross, rate_ppm
    from sale_line where company_id = ${companyId} order by line_no`,
  ).toMatchObject([
    { line_no: 1, product_id: first, quantity: 2000, unit_price: 1090, gross: 2180, rate_ppm: 90_000 },
    { line_no: 2, product_id: second, quantity: 1500, unit_price: 523, gross: 785, rate_ppm: 90_000 },
  ])
  expect(
    await the.sql`select method_code, kind, amount, change, reference
    from sale_tender where company_id = ${companyId} order by tender_no`,
  ).toMatchObject([
    { method_code: 'CARD', kind: 'card', amount: 2000, change: 0, reference: '0417' },
    { method_code: 'CASH', kind: 'cash', amount: 1000, change: 215, reference: null },
  ])
  expect(
    await the.sql`select product_id, quantity from stock_movement
    where company_id = ${companyId} and source_id = ${entry.id} order by line_no`,
  ).toMatchObject([
    { product_id: first, quantity: -2000 },
    { product_id: second, quantity: -1500 },
  ])
  expect(
    await the.sql`select on_hand from stock_level
    where company_id = ${companyId} and product_id = any(${the.sql.array([first, second], 2950)})
    order by on_hand`,
  ).toMatchObject([{ on_hand: 998_000 }, { on_hand: 998_500 }])
  expect(
    await the.sql`select customer_id, points from points_balance where company_id = ${companyId}`,
  ).toMatchObject([{ customer_id: the.shop.customerId, points: 3 }])
  expect(
    await the.sql`select method_code, amount from day_tender where company_id = ${companyId}
    and business_date = '2026-11-21' order by method_code`,
  ).toMatchObject([
    { method_code: 'CARD', amount: 2000 },
    { method_code: 'CASH', amount: 785 },
  ])
  expect(
    await the.sql`select sales, total, tax from day_total where company_id = ${companyId}`,
  ).toMatchObject([{ sales: 1, total: 2785, tax: body.tax }])
  expect(
    await the.sql`select raw, encode(hash, 'hex') as hash from entry where company_id = ${companyId}`,
  ).toMatchObject([{ raw: entry.raw, hash: entry.hash }])
  expect(await ledgerDifferences(the.sql, companyId)).toEqual([])
})

test('a resent push is acknowledged as duplicate and stored once', async () => {
  const entries = [the.journal.sell(), the.journal.sell(), the.journal.sell()]
  expect(outcomesOf(await push(entries))).toEqual(['applied', 'applied', 'applied'])
  const again = await push(entries)
  expect(outcomesOf(again)).toEqual(['duplicate', 'duplicate', 'duplicate'])
  expect(again.highWater).toBe(3)
  expect(await entryCount()).toBe(3)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a push that overlaps an earlier one applies only what is new, in whatever order it comes', async () => {
  const [a, b, c, d] = [
    the.journal.sell(),
    the.journal.sell(),
    the.journal.sell(),
    the.journal.sell(),
  ] as const
  await push([b, c])
  expect(outcomesOf(await push([d, c, b, a]))).toEqual(['applied', 'duplicate', 'duplicate', 'applied'])
  expect(await entryCount()).toBe(4)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the same line twice in one push is applied once', async () => {
  const [a, b] = [the.journal.sell(), the.journal.sell()]
  expect(outcomesOf(await push([a, b, a, a]))).toEqual(['applied', 'applied', 'duplicate', 'duplicate'])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the same push from eight connections at once is applied once', async () => {
  const entries = Array.from({ length: 60 }, () => the.journal.sell())
  const connections = Array.from({ length: 8 }, () => connect(the.database.url, { max: 1 }))
  const answers = await Promise.all(connections.map((by) => push(entries, { by })))
  await Promise.all(connections.map((connection) => connection.end()))
  for (let i = 0; i < entries.length; i++) {
    const outcomes = answers.map((answer) => answer.outcomes[i]?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(7)
  }
  expect(answers.map(({ highWater }) => highWater)).toEqual(answers.map(() => 60))
  expect(await entryCount()).toBe(60)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the high-water mark waits at a gap and goes on when it closes', async () => {
  const entries = Array.from({ length: 8 }, () => the.journal.sell())
  const part = (...seqs: number[]) => seqs.flatMap((seq) => entries[seq - 1] ?? [])
  expect((await push(part(1, 2))).highWater).toBe(2)
  expect((await push(part(4, 5))).highWater).toBe(2)
  expect((await push(part(7, 8))).highWater).toBe(2)
  expect((await push(part(3))).highWater).toBe(5)
  expect((await push(part(6))).highWater).toBe(8)
  expect(
    await the.sql`select high_water, last_seq from journal where company_id = ${the.shop.companyId}`,
  ).toMatchObject([{ high_water: 8, last_seq: 8 }])
})

test('two entries of one seq are both applied, for a copied till sells on', async () => {
  const copy = journalOf(the.shop, the.till.till_id)
  await push([the.journal.sell(), the.journal.sell()])
  const answer = await push([copy.sell(), copy.sell(), copy.sell()])
  expect(outcomesOf(answer)).toEqual(['applied', 'applied', 'applied'])
  expect(answer.highWater).toBe(3)
  expect(await entryCount()).toBe(5)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('each epoch has its own high-water mark', async () => {
  await push([the.journal.sell(), the.journal.sell()])
  const next = journalOf(the.shop, the.till.till_id, { epoch: 2 })
  expect((await push([next.sell()], { epoch: 2 })).highWater).toBe(1)
  expect((await push([the.journal.sell()], { epoch: 1 })).highWater).toBe(3)
  expect((await push([], { epoch: 3 })).highWater).toBe(0)
})

test('a push without entries is a heartbeat that keeps what the till says of itself', async () => {
  const report = {
    waiting: 7,
    oldestWaitingAt: '2026-11-20T10:00:00.000Z',
    clockOffsetMs: -1500,
    appVersion: '0.1.0',
    persisted: false,
    storage: 'ephemeral' as const,
    freeBytes: 3_000_000_000,
  }
  const answer = await acceptPush(
    the.sql,
    the.till,
    Buffer.from(JSON.stringify({ ...header(), report })),
    the.ports,
  )
  expect(answer).toEqual({ outcomes: [], highWater: 0, serverTime: the.clock.now.toISOString() })
  expect(await the.sql`select * from till where company_id = ${the.shop.companyId}`).toMatchObject([
    {
      last_contact_at: the.clock.now,
      reported_waiting: 7,
      reported_oldest_waiting_at: new Date('2026-11-20T10:00:00.000Z'),
      reported_clock_offset_ms: -1500,
      reported_app_version: '0.1.0',
      reported_persisted: false,
      reported_storage: 'ephemeral',
      reported_free_bytes: 3_000_000_000,
    },
  ])
})

test('a report that cannot be kept holds up no sale', async () => {
  const blocker = connect(the.database.url, { max: 1 })
  const locked = await blocker.reserve()
  await locked`begin`
  await locked`select 1 from till where till_id = ${the.till.till_id} for update`
  const pushing = push([the.journal.sell()])
  await sleep(200)
  expect(await entryCount()).toBe(1)
  await locked`rollback`
  locked.release()
  await blocker.end()
  expect(outcomesOf(await pushing)).toEqual(['applied'])
})

test('a sale paid with several cash legs adds up by day and method', async () => {
  await push([
    the.journal.sell(saleOf(cartOf([{ price: 730 }]), [cash(500), cash(500)])),
    the.journal.sell(oneMilo(the.shop)),
  ])
  expect(
    await the.sql`select method_code, amount from day_tender where company_id = ${the.shop.companyId}`,
  ).toMatchObject([{ method_code: 'CASH', amount: 830 }])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a push of 500 entries is taken and one of 501 is refused whole', async () => {
  const entries = Array.from({ length: 501 }, () => the.journal.sell())
  expect(await acceptPush(the.sql, the.till, pushBytes(entries), the.ports)).toMatchObject({
    code: 'too-large',
  })
  expect(await entryCount()).toBe(0)
  expect((await push(entries.slice(0, 500))).highWater).toBe(500)
})

test('an entry that was taken once is a duplicate also where it could not be read today', async () => {
  const entry = the.journal.sell()
  await push([entry])
  const nowhere = { ...the.till, outlet_ids: [] }
  const answer = await acceptPush(the.sql, nowhere, pushBytes([entry, the.journal.sell()]), the.ports)
  expect(answer).toMatchObject({
    outcomes: [{ id: entry.id, outcome: 'duplicate' }, { outcome: 'quarantined' }],
    highWater: 1,
  })
  expect(await entryCount()).toBe(1)
})

test('a long push is sent again behind a line that nobody can read: every entry still counts once', async () => {
  const entries = Array.from({ length: 30 }, () => the.journal.sell())
  const unreadable = { hash: '0'.repeat(64), raw: '{}' }
  await push([unreadable, ...entries])
  const again = await push([unreadable, ...entries, the.journal.sell()])
  expect(outcomesOf(again)).toEqual(['quarantined', ...entries.map(() => 'duplicate'), 'applied'])
  expect(again.highWater).toBe(31)
  expect(await entryCount()).toBe(31)
})
