import { minor } from '@evertill/shared/domain/money'
import type { SaleBody } from '@evertill/shared/domain/sale'
import { card, cartOf, cash, refundOf, SINGAPORE, saleOf, voidOf } from '@evertill/shared/testing/builders'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { addTill, authenticated, createShop, type Journal, journalOf, pushBytes } from '../../test/shop.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { acceptPush } from './accept-push.ts'

const the = usePushingTill()

type Till = { readonly from: AuthenticatedTill; readonly written: Journal }
const at = async (code: string): Promise<Till> => {
  const from = await the.another(code)
  return { from, written: journalOf(the.shop, from.till_id, { now: () => the.clock.now.getTime() }) }
}
const three = (): SaleBody =>
  saleOf(cartOf([{ productId: the.shop.productIds[0] ?? '', price: 1000, quantity: 3000 }]), [cash(5000)])
const overRefunds = () => the.exceptions('over-refund')
const onHand = async () =>
  (
    await the.sql<{ moved: number }[]>`
      select on_hand - 1000000 as moved from stock_level
      where company_id = ${the.shop.companyId} and outlet_id = ${the.shop.outletId}
        and product_id = ${the.shop.productIds[0] ?? ''}`
  )[0]?.moved
const takings = async () =>
  (
    await the.sql<{ total: number }[]>`
      select sum(total)::bigint as total from day_total where company_id = ${the.shop.companyId}`
  )[0]?.total
const sound = async () => expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])

test('a refund sent again under its id with other amounts is kept for a person and changes nothing', async () => {
  const sale = three()
  const sold = the.journal.sell(sale)
  const some = refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }] })
  const refund = the.journal.write('refund', some)
  await the.push(sold, refund)
  const other = { ...refundOf(sale, { saleId: sold.id }), receiptNo: some.receiptNo }
  const copy = journalOf(the.shop, the.till.till_id, { now: () => the.clock.now.getTime() })
  const forged = copy.write('refund', other, { id: refund.id })
  expect(await the.push(forged)).toMatchObject([{ outcome: 'quarantined', exceptions: ['id-reused'] }])
  expect((await the.held()).map(({ line }) => line.toString())).toEqual([`${forged.hash} ${forged.raw}`])
  expect(await the.push(refund)).toMatchObject([{ outcome: 'duplicate' }])
  expect([await onHand(), await takings()]).toEqual([-2000, 2000])
  await sound()
})

test('a refund and a void of one sale, from two tills at once, are both kept and told once', async () => {
  const [one, two] = [await at('A1'), await at('A2')]
  for (let round = 0; round < 6; round++) {
    const sale = three()
    const sold = the.journal.sell(sale)
    const some = refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }] })
    // The sale itself is under way too.
    await Promise.all([
      the.answerTo([one.written.write('refund', some)], { from: one.from }),
      the.answerTo([two.written.write('void', voidOf(sale, { saleId: sold.id }))], { from: two.from }),
      the.push(sold),
    ])
    await the.push(the.journal.sell())
    const told = (await overRefunds()).filter(({ subject }) => subject === sold.id)
    expect(told.filter(({ state }) => state === 'open')).toMatchObject([
      { detail: { known: true, lines: [{ sold: 3000, refunded: 4000 }] } },
    ])
    // One that came before the sale, alone, was answered by it.
    for (const { resolved_by } of told.filter(({ state }) => state !== 'open'))
      expect(resolved_by).toBe('evertill')
  }
  expect(the.retried).toEqual([])
  await sound()
})

test('a void of a void is told: what it names was never sold', async () => {
  const sale = three()
  const sold = the.journal.sell(sale)
  const voided = the.journal.write('void', voidOf(sale, { saleId: sold.id }))
  await the.push(sold, voided)
  const again = the.journal.write('void', voidOf(sale, { saleId: voided.id }))
  expect(await the.push(again)).toMatchObject([{ outcome: 'applied', exceptions: ['over-refund'] }])
  await the.push(the.journal.sell())
  expect(await overRefunds()).toMatchObject([{ state: 'open', subject: voided.id, detail: { known: false } }])
  await sound()
})

test('a sale of another company is unknown to whoever refunds it, and stays so', async () => {
  const elsewhere = await createShop(the.sql)
  const stranger = await authenticated(the.sql, elsewhere.companyId, await addTill(the.sql, elsewhere))
  const sale = three()
  const sold = journalOf(elsewhere, stranger.till_id).sell(sale)
  await acceptPush(the.sql, stranger, pushBytes([sold]), the.ports)
  await the.push(the.journal.write('void', voidOf(sale, { saleId: sold.id })))
  await the.push(the.journal.sell())
  expect(await overRefunds()).toMatchObject([{ state: 'open', detail: { known: false } }])
  expect(await the.sql`select from refunded_sale where company_id = ${elsewhere.companyId}`).toHaveLength(0)
  await sound()
  expect(await ledgerDifferences(the.sql, elsewhere.companyId)).toEqual([])
})

test('a refund at another outlet restocks that outlet and takes from its day', async () => {
  const { companyId } = the.shop
  const outletId = '01900000-0000-7000-8000-0000000000b2'
  await the.sql`
    insert into outlet (company_id, outlet_id, code, name, time_zone, day_cut_hour)
    values (${companyId}, ${outletId}, 'TAM', 'Tampines', 'Asia/Singapore', 4)`
  const other = { ...the.shop, outletId }
  const from = await authenticated(the.sql, companyId, await addTill(the.sql, other, 'X1'))
  const sale = three()
  const sold = the.journal.sell(sale)
  await the.push(sold)
  const written = journalOf(other, from.till_id, { now: () => the.clock.now.getTime() })
  expect(
    (await the.answerTo([written.write('void', voidOf(sale, { saleId: sold.id }))], { from })).outcomes,
  ).toEqual([expect.not.objectContaining({ exceptions: expect.anything() })])
  expect(await onHand()).toBe(-3000)
  expect(
    await the.sql`
      select l.on_hand, d.total from stock_level l join day_total d using (company_id, outlet_id)
      where company_id = ${companyId} and outlet_id = ${outletId}`,
  ).toEqual([{ on_hand: 3000, total: -3000 }])
  await sound()
})

test('a refund of a till that has sold offline, then the other, then the sale: told while it is too much', async () => {
  const [one, two] = [await at('B1'), await at('B2')]
  const sale = three()
  const sold = the.journal.sell(sale)
  const take = (quantity: number) => refundOf(sale, { saleId: sold.id, picks: [{ lineNo: 1, quantity }] })
  await the.answerTo([one.written.write('refund', take(1000))], { from: one.from })
  await the.answerTo([two.written.write('refund', take(2000))], { from: two.from })
  expect(await overRefunds()).toMatchObject([
    { state: 'open', detail: { known: false, lines: [{ sold: 0, refunded: 3000 }] } },
  ])
  await the.push(sold)
  expect(await overRefunds()).toMatchObject([{ state: 'resolved', resolved_by: 'evertill' }])
  await the.answerTo([one.written.write('refund', take(1000))], { from: one.from })
  expect(await overRefunds()).toMatchObject([
    { state: 'resolved' },
    { state: 'open', detail: { known: true, lines: [{ sold: 3000, refunded: 4000 }] } },
  ])
  await sound()
})

test('tax beyond what was charged is told where prices are without it', async () => {
  const rules = { ...SINGAPORE, inclusive: false }
  const sale = saleOf(cartOf([{ productId: the.shop.productIds[0] ?? '', price: 1000 }]), undefined, rules)
  const sold = the.journal.sell(sale)
  const honest = refundOf(sale, { saleId: sold.id })
  const [line] = honest.lines
  if (line?.of === undefined) throw new Error('no line')
  const tax = minor(5000)
  const total = minor(line.net + tax)
  const greedy = {
    ...honest,
    lines: [{ ...line, tax, of: { ...line.of, tax } }],
    tax,
    net: total,
    total,
    tenders: [card(total)],
  }
  expect(await the.push(sold, the.journal.write('refund', greedy))).toMatchObject([
    {},
    { exceptions: expect.arrayContaining(['over-refund']) },
  ])
  await the.sql`delete from exception where company_id = ${the.shop.companyId} and type = 'over-refund'`
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([
    expect.objectContaining({ law: expect.stringContaining('beyond what was sold') }),
  ])
})
