import type { Buyer } from '@evertill/shared/domain/buyer'
import { minor } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { readOpenSale, saveOpenSale } from './cart.ts'
import { holdSale, resumeSale } from './held-sales.ts'
import { findOriginal, refundsOf } from './journal.ts'
import { readNamedBuyer } from './named-buyer.ts'
import { keepOtherPapers } from './other-papers.ts'
import { nameBuyer } from './record-buyer.ts'
import { emailReceipt, emailsOf } from './record-email.ts'
import { recordRefund } from './record-refund.ts'
import { openShift } from './record-shift.ts'
import {
  browserProfile,
  cash,
  enrolledTill,
  isRecorded,
  milkSale,
  NOW,
  STAFF,
  sell,
} from './till-for-tests.ts'

const by = { staffId: STAFF, now: NOW, newId: uuidv7 }
const TAN: Buyer = { name: 'Tan Pte. Ltd.', address: '10 Anson Road\nSingapore 079903' }
const LIM: Buyer = { name: 'Lim & Sons', address: '1 Fullerton Road', registrationNo: '201912345K' }

async function sold(buyer?: Buyer) {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund', 'shift.open'] })
  const sale = milkSale(1, cash(345))
  const { entry } = isRecorded(await sell(db, { ...sale, cart: { ...sale.cart, ...(buyer && { buyer }) } }))
  return { db, entry }
}

test('a buyer who was named before paying stands in the sale, cleaned, and on what comes back of it', async () => {
  const typed = { name: ' Tan\u0007  Pte. Ltd. ', address: '10 Anson\u001b Road\r\n\r\n Singapore 079903 ' }
  const { db, entry } = await sold(typed)
  expect(entry.body.buyer).toEqual(TAN)
  const picks = [{ lineNo: 1, quantity: entry.body.lines[0]?.quantity ?? minor(0), restock: true }]
  const back = { ...by, saleId: entry.id, picks: picks as never, reason: 'Open', expectedTotal: minor(345) }
  expect(await recordRefund(db, back)).toMatchObject({ entry: { body: { buyer: TAN } } })
})

test('a buyer is carried through a held sale and a killed browser', async () => {
  const profile = browserProfile()
  const db = await enrolledTill(profile)
  const open = { cart: { ...milkSale(1).cart, buyer: LIM }, tenders: [] }
  await saveOpenSale(db, open)
  const holding = { heldId: uuidv7(), name: 'Lim', heldAt: NOW.toISOString(), heldBy: STAFF }
  expect(await holdSale(db, open, holding)).toMatchObject({ code: 'held' })
  expect((await readOpenSale(db)).cart.buyer).toBeUndefined()
  db.close()
  const again = profile.open()
  const resumed = await resumeSale(again, await readOpenSale(again), holding.heldId, undefined)
  expect(resumed).toMatchObject({ openSale: { cart: { buyer: LIM } } })
  again.close()
  expect((await readOpenSale(profile.open())).cart.buyer).toEqual(LIM)
})

test('a receipt is made out to the last who was named; the sale stands as it was written', async () => {
  const { db, entry } = await sold()
  const before = await db.journal.where('id').equals(entry.id).first()
  expect(await readNamedBuyer(db, entry.id)).toBeUndefined()
  await nameBuyer(db, { ...by, paperId: entry.id, buyer: TAN })
  expect(await nameBuyer(db, { ...by, paperId: entry.id, buyer: LIM })).toMatchObject({
    entry: {
      kind: 'buyer-named',
      seq: entry.seq + 2,
      body: { paperId: entry.id, receiptNo: entry.body.receiptNo, buyer: LIM },
    },
  })
  expect(await readNamedBuyer(db, entry.id)).toEqual(LIM)
  expect((await findOriginal(db, entry.id))?.sale.buyer).toEqual(LIM)
  expect(await refundsOf(db, entry.id)).toEqual([])
  expect(await db.journal.where('id').equals(entry.id).first()).toEqual(before)
})

test('naming a buyer is no e-mail, and counts to none', async () => {
  const { db, entry } = await sold()
  for (let n = 0; n < 6; n++) await nameBuyer(db, { ...by, paperId: entry.id, buyer: TAN })
  expect(await emailsOf(db, entry.id)).toEqual([])
  const email = { ...by, paperId: entry.id, to: 'mei@example.com', language: 'en', copy: false } as const
  expect(await emailReceipt(db, email)).toHaveProperty('entry')
  expect(await readNamedBuyer(db, entry.id)).toEqual(TAN)
})

test('only papers of this till are made out to anybody, and to nobody without an address', async () => {
  const { db, entry } = await sold()
  const shift = await openShift(db, { ...by, float: minor(0) })
  for (const paperId of [uuidv7(), 'entry' in shift ? shift.entry.id : ''])
    expect(await nameBuyer(db, { ...by, paperId, buyer: TAN })).toEqual({ code: 'unknown-paper' })
  const nowhere = { ...TAN, address: ' \n ' }
  expect(await nameBuyer(db, { ...by, paperId: entry.id, buyer: nowhere })).toEqual({ code: 'no-buyer' })
})

test('a sale of another till is taken back from with the buyer that the server has shown', async () => {
  const { entry } = await sold(TAN)
  const db = await enrolledTill(browserProfile(), '01900000-0000-7000-8000-0000000000ff')
  await keepOtherPapers(db, [{ entry, tillName: 'Counter 1', outletName: 'Bedok', buyer: LIM }], NOW)
  expect(await readNamedBuyer(db, entry.id)).toEqual(LIM)
  expect((await findOriginal(db, entry.id))?.sale.buyer).toEqual(LIM)
})
