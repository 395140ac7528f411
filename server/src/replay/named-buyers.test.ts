import type { Buyer } from '@evertill/shared/domain/buyer'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { cartOf, cash, saleOf } from '@evertill/shared/testing/builders'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { createShop, journalOf, type Shop } from '../../test/shop.ts'
import { findStoredPaper } from '../db/queries/receipt-email.ts'
import { receiptMail } from '../mail/receipt-mail.ts'
import { grant } from '../office/grant.ts'
import { saleDetail } from '../office/sales.ts'
import { findPapers } from '../tills/find-papers.ts'

const the = usePushingTill()
let sold: SealedEntry
beforeEach(() => {
  sold = the.journal.sell()
})

const receiptNo = 'BED-T1-000001'
const TAN: Buyer = { name: 'Tan Pte. Ltd.', address: '10 Anson Road\nSingapore 079903' }
const LIM: Buyer = { ...TAN, name: 'Lim & Sons', registrationNo: '201912345K' }
const named = (buyer: Buyer, paper = sold) =>
  the.journal.write('buyer-named', { paperId: paper.id, receiptNo, buyer })

async function buyerOf(saleId: string, shop: Shop = the.shop) {
  const person = {
    companyId: shop.companyId,
    userId: 'u',
    name: 'Priya',
    email: 'p@x.example',
    companyName: '',
    currency: 'SGD',
    firstPassword: false,
  }
  const granted = grant({ ...person, permissions: ['report.view'] }, 'report.view')
  if (granted === undefined) throw new Error('not granted')
  const sale = await saleDetail(the.sql, granted, saleId)
  return 'buyer' in sale ? sale.buyer : undefined
}

test('a receipt is made out to whoever was named last, in whatever order the entries come, and counts once', async () => {
  const [first, last] = [named(TAN), named(LIM)]
  expect(await the.push(last, sold)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await the.push(first, last)).toMatchObject([{ outcome: 'applied' }, { outcome: 'duplicate' }])
  expect(await buyerOf(sold.id)).toEqual({ ...LIM, namedAt: the.clock.now.toISOString() })
  expect(await the.sql`select name from buyer_named where company_id = ${the.shop.companyId}`).toHaveLength(2)
  expect((await the.exceptions()).filter(({ state }) => state === 'open')).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a sale that was paid with a buyer named shows that one until another is named', async () => {
  const cart = cartOf([{ productId: the.shop.productIds[0] ?? '', price: 120_000 }], { buyer: TAN })
  const paid = the.journal.sell({ ...saleOf(cart, [cash(120_000)]), receiptNo: 'BED-T1-000002' })
  await the.push(sold, paid)
  expect(await buyerOf(paid.id)).toEqual({ ...TAN, namedAt: null })
  expect(await buyerOf(sold.id)).toBeNull()
  await the.push(named(LIM, paid))
  expect(await buyerOf(paid.id)).toMatchObject(LIM)
})

test('neither another till nor another company says whom a receipt is made out to', async () => {
  await the.push(sold)
  const other = await the.another('T2')
  const body = { paperId: sold.id, receiptNo, buyer: LIM }
  await the.answerTo([journalOf(the.shop, other.till_id).write('buyer-named', body)], { from: other })
  expect(await buyerOf(sold.id)).toBeNull()
  await the.push(named(TAN))
  expect(await buyerOf(sold.id)).toMatchObject(TAN)
  expect(await buyerOf(sold.id, await createShop(the.sql))).toBeUndefined()
})

test('the other tills and the mail know the buyer too', async () => {
  await the.push(sold, named(LIM))
  const other = await the.another('T2')
  const { papers } = await findPapers(the.sql, other, { saleId: sold.id }, the.clock.now)
  expect(papers.map(({ buyer }) => buyer)).toEqual([LIM])

  const email = { companyId: the.shop.companyId, paperId: sold.id, tillId: the.till.till_id }
  const paper = await findStoredPaper(the.sql, email)
  if (paper === undefined) throw new Error('no paper')
  const asked = { ...email, emailId: sold.id, address: 'm@example.com', language: 'en', copy: false } as const
  const mail = receiptMail(
    { ...asked, tries: 1, queuedAt: the.clock.now, sent: 0, pastLimit: false },
    paper,
    'a@b',
  )
  expect(mail.text).toContain(
    'Bill to\nLim & Sons\n10 Anson Road\nSingapore 079903\nUEN / GST no. 201912345K',
  )
})

test('a buyer without a name, or with more of an address than a paper has room for, is held', async () => {
  const wrong = [
    { ...TAN, name: '' },
    { ...TAN, address: 'x'.repeat(301) },
  ].map((buyer) => named(buyer))
  expect((await the.push(...wrong)).map(({ outcome }) => outcome)).toEqual(['quarantined', 'quarantined'])
})
