import { newValueCode } from '@evertill/shared/domain/stored-value'
import {
  card,
  cartOf,
  cash,
  giftCard,
  issue,
  refundOf,
  saleOf,
  voidOf,
} from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { pull } from '../feed/pull.ts'

const the = usePushingTill()
const { push, exceptions } = the

let code: string
beforeEach(() => {
  code = newValueCode(uuidV7())
})

const goods = (price: number) => ({ productId: the.shop.productIds[0] ?? '', price })
const sold = (amount: number) => saleOf(issue(cartOf([]), { code, amount }), [cash(amount)])
const spent = (amount: number) => saleOf(cartOf([goods(amount)]), [giftCard(code, amount)])

const entries = () => the.sql`
  select source_id, line_no, amount::integer, reason from value_entry
  where company_id = ${the.shop.companyId} order by source_id, line_no`
async function balance() {
  const [row] = await the.sql<{ balance: number }[]>`
    select balance::integer from stored_value where company_id = ${the.shop.companyId} and code = ${code}`
  return row?.balance
}
const fed = async (cursor?: string) => {
  const answer = await pull(the.sql, the.till, cursor, () => the.clock.now)
  return { cursor: answer.cursor, rows: answer.rows.storedValue }
}

test('a gift card that is sold is in the takings and in no revenue, tax or stock', async () => {
  const both = the.journal.sell(saleOf(issue(cartOf([goods(1090)]), { code, amount: 5000 }), [cash(6100)]))
  expect(await push(both)).toMatchObject([{ outcome: 'applied' }])
  expect(await push(both)).toMatchObject([{ outcome: 'duplicate' }])
  expect(await exceptions()).toEqual([])
  expect(await entries()).toEqual([{ source_id: both.id, line_no: 1001, amount: 5000, reason: 'issued' }])
  expect(
    await the.sql`
      select net::integer, tax::integer, total::integer, issued::integer from day_total
      where company_id = ${the.shop.companyId}`,
  ).toEqual([{ net: 1090, tax: 90, total: 6090, issued: 5000 }])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('what is spent of a code leaves it in the transaction of the sale, and tills hear what is left', async () => {
  await push(the.journal.sell(sold(5000)))
  const first = await fed()
  expect(first.rows).toEqual([{ code, kind: 'gift-card', balance: 5000 }])
  await push(the.journal.sell(spent(3000)))
  expect(await balance()).toBe(2000)
  const next = await fed(first.cursor)
  expect(next.rows).toEqual([{ code, kind: 'gift-card', balance: 2000 }])
  await push(the.journal.sell(spent(2000)))
  expect((await fed(next.cursor)).rows).toEqual([{ code, kind: 'gift-card', balance: 0, deleted: true }])
  expect((await fed()).rows).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a code that two tills spent is overdrawn: both sales count, and head office is told', async () => {
  await push(the.journal.sell(sold(5000)), the.journal.sell(spent(3000)))
  const again = the.journal.sell(spent(2500))
  expect(await push(again)).toMatchObject([{ outcome: 'applied', exceptions: ['value-overdrawn'] }])
  expect(await exceptions()).toMatchObject([
    {
      type: 'value-overdrawn',
      state: 'open',
      subject: code,
      entry_id: again.id,
      detail: { code, balance: -500 },
    },
  ])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a code that is spent before its sale arrives is overdrawn until then', async () => {
  const [issued, used] = [the.journal.sell(sold(5000)), the.journal.sell(spent(3000))]
  expect(await push(used)).toMatchObject([
    { outcome: 'applied', exceptions: expect.arrayContaining(['value-overdrawn']) },
  ])
  await push(issued)
  expect(await exceptions('value-overdrawn')).toMatchObject([{ state: 'resolved', resolved_by: 'evertill' }])
  expect(await balance()).toBe(2000)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a refund goes back to the code that paid, or puts store credit on a new one', async () => {
  const used = spent(3000)
  const entry = the.journal.sell(used)
  await push(the.journal.sell(sold(5000)), entry)
  await push(the.journal.write('refund', refundOf(used, { saleId: entry.id })))
  expect(await balance()).toBe(5000)

  const byCard = saleOf(cartOf([goods(700)]), [card(700)])
  const other = the.journal.sell(byCard)
  const credit = newValueCode(uuidV7())
  const ways = [{ methodCode: 'CREDIT', kind: 'store-credit' as const, code: credit }]
  await push(other, the.journal.write('refund', refundOf(byCard, { saleId: other.id, ways })))
  expect((await fed()).rows).toContainEqual({ code: credit, kind: 'store-credit', balance: 700 })
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a void takes back the codes that the sale had sold', async () => {
  const body = sold(5000)
  const entry = the.journal.sell(body)
  await push(entry, the.journal.write('void', voidOf(body, { saleId: entry.id })))
  expect(await balance()).toBe(0)
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the rest of a voucher that can be used but once is forfeited', async () => {
  const voucher = { methodCode: 'VOUCHER', kind: 'voucher' as const }
  await push(the.journal.sell(saleOf(issue(cartOf([]), { code, amount: 1000, ...voucher }), [cash(1000)])))
  const leg = { ...giftCard(code, 700), ...voucher, forfeited: giftCard(code, 300).amount }
  await push(the.journal.sell(saleOf(cartOf([goods(700)]), [leg])))
  expect((await entries()).map(({ amount, reason }) => [amount, reason])).toEqual([
    [1000, 'issued'],
    [-700, 'spent'],
    [-300, 'forfeited'],
  ])
  expect(await balance()).toBe(0)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a void puts the rest that was forfeited back on the voucher', async () => {
  const voucher = { methodCode: 'VOUCHER', kind: 'voucher' as const }
  const leg = { ...giftCard(code, 700), ...voucher, forfeited: giftCard(code, 300).amount }
  const body = saleOf(cartOf([goods(700)]), [leg])
  const used = the.journal.sell(body)
  await push(
    the.journal.sell(saleOf(issue(cartOf([]), { code, amount: 1000, ...voucher }), [cash(1000)])),
    used,
    the.journal.write('void', voidOf(body, { saleId: used.id })),
  )
  expect(await balance()).toBe(1000)
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('the audit finds a code whose balance its entries do not make', async () => {
  await push(the.journal.sell(sold(5000)))
  await the.sql`update stored_value set balance = 9000 where code = ${code}`
  await the.sql`update value_entry set amount = 6000 where code = ${code}`
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toHaveLength(2)
})
