import {
  card,
  cartOf,
  cash,
  customer,
  points,
  refundOf,
  SINGAPORE,
  saleOf,
  voidOf,
} from '@evertill/shared/testing/builders'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'

const the = usePushingTill()
const { push, exceptions } = the
const rules = { ...SINGAPORE, pointValue: 10 }

const cartFor = (price: number) =>
  cartOf([{ productId: the.shop.productIds[0] ?? '', price }], {
    customer: { ...customer(), customerId: the.shop.customerId },
  })
const paidByCard = (price: number) => saleOf(cartFor(price), [card(price)], rules)
const paidWith = (count: number, price: number) =>
  saleOf(cartFor(price), [points(count), cash(price - count * 10)], rules)

async function balance() {
  const [row] = await the.sql<{ points: number }[]>`
    select points::integer from points_balance
    where company_id = ${the.shop.companyId} and customer_id = ${the.shop.customerId}`
  return row?.points
}
const entries = () => the.sql`
  select source_id, line_no, points::integer, reason from points_entry
  where company_id = ${the.shop.companyId} order by source_id, line_no`

test('points that pay leave the balance in the transaction of their sale, once', async () => {
  const [first, second] = [the.journal.sell(paidByCard(50_000)), the.journal.sell(paidWith(30, 2000))]
  expect(await push(first, second)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await push(second, first)).toMatchObject([{ outcome: 'duplicate' }, { outcome: 'duplicate' }])
  expect(await entries()).toEqual([
    { source_id: first.id, line_no: 0, points: 50, reason: 'earned' },
    { source_id: second.id, line_no: 0, points: 2, reason: 'earned' },
    { source_id: second.id, line_no: 1, points: -30, reason: 'spent' },
  ])
  expect(await balance()).toBe(22)
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a refund and a void give back the points that paid', async () => {
  const [earned, spent, other] = [paidByCard(50_000), paidWith(30, 2000), paidWith(20, 1000)]
  await push(the.journal.sell(earned))
  const [sold, undone] = [the.journal.sell(spent), the.journal.sell(other)]
  await push(sold, undone)
  const refund = refundOf(spent, { saleId: sold.id })
  await push(
    the.journal.write('refund', refund),
    the.journal.write('void', voidOf(other, { saleId: undone.id })),
  )
  expect(await balance()).toBe(50)
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('points that were spent at another till too are overdrawn: both sales count, and head office is told until it is made good', async () => {
  await push(the.journal.sell(paidByCard(50_000)))
  await push(the.journal.sell(paidWith(40, 1000)))
  const again = the.journal.sell(paidWith(40, 900))
  expect(await push(again)).toMatchObject([{ outcome: 'applied', exceptions: ['points-overdrawn'] }])
  expect(await exceptions()).toMatchObject([
    {
      type: 'points-overdrawn',
      state: 'open',
      subject: the.shop.customerId,
      entry_id: again.id,
      outlet_id: the.shop.outletId,
      till_id: the.till.till_id,
      detail: { customerId: the.shop.customerId, points: -29 },
    },
  ])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])

  await push(the.journal.sell(paidByCard(20_000)))
  expect(await balance()).toBe(-9)
  expect(await exceptions()).toMatchObject([{ state: 'open' }])
  await push(the.journal.sell(paidByCard(20_000)))
  expect(await exceptions()).toMatchObject([{ state: 'resolved', resolved_by: 'evertill' }])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the audit finds points that were taken without their leg, and a debt nobody was told of', async () => {
  const sold = the.journal.sell(paidByCard(50_000))
  await push(sold, the.journal.sell(paidWith(30, 2000)))
  await the.sql`update points_entry set points = -60 where company_id = ${the.shop.companyId} and reason = 'spent'`
  await the.sql`update points_balance set points = -8 where company_id = ${the.shop.companyId}`
  const found = await ledgerDifferences(the.sql, the.shop.companyId)
  expect(JSON.stringify(found)).toMatch(/should have moved -?30|no exception tells/)
  expect(found).toHaveLength(2)
})
