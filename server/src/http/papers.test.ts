import { minor } from '@evertill/shared/domain/money'
import type { SaleBody } from '@evertill/shared/domain/sale'
import { zPapersResponse } from '@evertill/shared/protocol/papers'
import { zProblem } from '@evertill/shared/protocol/problem'
import { cartOf, cash, refundOf, saleOf } from '@evertill/shared/testing/builders'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { addTill, createShop, type Journal, journalOf, pushBytes, type Shop } from '../../test/shop.ts'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import { enrolTillClient, type Send, type TillClient } from '../../test/till-client.ts'
import type { Sql } from '../db/connect.ts'
import { createEnrolmentCode, revokeTill } from '../db/queries/enrolment.ts'
import { createApp } from './app.ts'

let database: TestDatabase
let sql: Sql
let shop: Shop
let counter: TillClient
let other: TillClient
let journal: Journal
let otherJournal: Journal
let send: Send

beforeAll(async () => {
  database = await createTestDatabase()
  sql = database.sql
  const app = createApp({ sql, config: {}, log: pino({ level: 'silent' }), now: () => new Date() })
  send = (path, init) => app.request(path, init)
})
afterAll(() => database.drop())
beforeEach(async () => {
  shop = await createShop(sql)
  counter = await enrolled(shop, 'T1')
  other = await enrolled(shop, 'T2')
  journal = journalOf(shop, counter.enrolled.tillId)
  otherJournal = journalOf(shop, other.enrolled.tillId)
})

async function enrolled(of: Shop, code: string): Promise<TillClient> {
  const tillId = await addTill(sql, of, code)
  const enrolment = await createEnrolmentCode(sql, { companyId: of.companyId, tillId, now: new Date() })
  return enrolTillClient(send, enrolment.code)
}

async function ask(till: TillClient, query: string): Promise<Response> {
  const target = `/api/papers${query}`
  const authorization = await till.authorization('GET', target, new Uint8Array())
  return send(target, { headers: { authorization } })
}
const papersOf = async (till: TillClient, query: string) =>
  zPapersResponse.parse(await (await ask(till, query)).json()).papers

const threeOf = (receiptNo: string): SaleBody => ({
  ...saleOf(cartOf([{ productId: shop.productIds[0] ?? '', price: 100, quantity: 3000 }]), [cash(300)]),
  receiptNo,
})

test('a till is shown the sale of another till by its number, with what came back of it at either', async () => {
  const body = threeOf('BED-T2-000007')
  const sold = otherJournal.sell(body)
  const first = refundOf(body, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }] })
  const second = refundOf(body, { saleId: sold.id, picks: [{ lineNo: 1, quantity: 1000 }], before: [first] })
  const backHere = otherJournal.write('refund', { ...first, receiptNo: 'BED-T2-000008' })
  await other.push(pushBytes([sold, backHere]))
  const backThere = journal.write('refund', { ...second, receiptNo: 'BED-T1-000001' })
  await counter.push(pushBytes([backThere]))

  const papers = await papersOf(counter, '?receiptNo=BED-T2-000007')
  expect(papers.map(({ entry, tillName, outletName }) => [entry.id, tillName, outletName])).toEqual([
    [sold.id, 'Till T2', 'Bedok'],
    [backHere.id, 'Till T2', 'Bedok'],
    [backThere.id, 'Till T1', 'Bedok'],
  ])
  expect(papers[0]?.entry.body).toEqual(body)
  expect(papers[2]?.entry.body.total).toBe(minor(100))
  expect(await papersOf(counter, `?saleId=${sold.id}`)).toEqual(papers)
  // The customer may hold the paper of the refund instead.
  expect(await papersOf(counter, '?receiptNo=BED-T2-000008')).toEqual(papers)
})

test('a number that nobody has sent is answered with no papers', async () => {
  expect(await papersOf(counter, '?receiptNo=BED-T2-000099')).toEqual([])
})

test('both sales are shown where a copied till gave one number twice', async () => {
  const sold = [otherJournal.sell(threeOf('BED-T2-000001')), otherJournal.sell(threeOf('BED-T2-000001'))]
  await other.push(pushBytes(sold))
  const papers = await papersOf(counter, '?receiptNo=BED-T2-000001')
  expect(papers.map(({ entry }) => entry.id)).toEqual(sold.map(({ id }) => id))
})

test('a till of another company is shown nothing', async () => {
  const sold = journal.sell(threeOf('BED-T1-000001'))
  await counter.push(pushBytes([sold]))
  const stranger = await enrolled(await createShop(sql), 'T1')
  expect(await papersOf(stranger, '?receiptNo=BED-T1-000001')).toEqual([])
  expect(await papersOf(stranger, `?saleId=${sold.id}`)).toEqual([])
})

test('a revoked till, an unsigned request and a question without a number are turned away', async () => {
  expect((await send('/api/papers?receiptNo=BED-T1-000001', {})).status).toBe(401)
  for (const query of ['', '?receiptNo=', '?receiptNo=BED%00', '?saleId=1', '?q=BED'])
    expect((await ask(counter, query)).status).toBe(400)
  await revokeTill(sql, { companyId: shop.companyId, tillId: counter.enrolled.tillId })
  const answer = await ask(counter, '?receiptNo=BED-T1-000001')
  expect(zProblem.parse(await answer.json()).code).toBe('till-revoked')
})
