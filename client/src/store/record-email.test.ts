import { MAX_EMAILS_PER_RECEIPT } from '@evertill/shared/domain/email'
import { minor } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { findOriginal, refundsOf } from './journal.ts'
import { emailReceipt, emailsOf, keptEmail } from './record-email.ts'
import { openShift } from './record-shift.ts'
import { cash, enrolledTill, isRecorded, milkSale, NOW, STAFF, sell } from './till-for-tests.ts'

const by = { staffId: STAFF, now: NOW, newId: uuidv7 }
const paper = { language: 'en', copy: false } as const

async function sold() {
  const db = await enrolledTill()
  const { entry } = isRecorded(await sell(db, milkSale(1, cash(345))))
  return { db, entry }
}

test('a receipt is put on its way in the journal, as an entry that names it and nothing that moves money', async () => {
  const { db, entry } = await sold()
  const recorded = await emailReceipt(db, { ...by, ...paper, paperId: entry.id, to: 'mei@example.com' })
  expect(recorded).toMatchObject({
    entry: {
      kind: 'receipt-emailed',
      seq: entry.seq + 1,
      body: { paperId: entry.id, receiptNo: entry.body.receiptNo, to: 'mei@example.com' },
    },
  })
  expect(await emailsOf(db, entry.id)).toMatchObject([{ to: 'mei@example.com', fate: 'waiting' }])
  // Nothing came back of the sale for it.
  expect(await refundsOf(db, entry.id)).toEqual([])
  expect((await findOriginal(db, entry.id))?.before).toEqual([])
})

test('an address is kept for the customer who wants it, and offered from then on', async () => {
  const { db, entry } = await sold()
  const customerId = uuidv7()
  await db.customer.put({
    customerId,
    code: 'C9',
    name: 'Mei',
    phone: null,
    tierId: null,
    points: 0,
    words: [],
  })
  const input = { ...by, ...paper, paperId: entry.id, to: 'mei@example.com' }
  await emailReceipt(db, input)
  expect(await keptEmail(db, customerId)).toBeUndefined()
  await emailReceipt(db, { ...input, keepFor: customerId })
  expect(await keptEmail(db, customerId)).toBe('mei@example.com')
})

test('a receipt goes to a few addresses and no more', async () => {
  const { db, entry } = await sold()
  const to = (n: number) => emailReceipt(db, { ...by, ...paper, paperId: entry.id, to: `m${n}@example.com` })
  for (let n = 0; n < MAX_EMAILS_PER_RECEIPT; n++) expect(await to(n)).toHaveProperty('entry')
  expect(await to(9)).toEqual({ code: 'too-many-emails', most: MAX_EMAILS_PER_RECEIPT })
  expect(await emailsOf(db, entry.id)).toHaveLength(MAX_EMAILS_PER_RECEIPT)
})

test('only papers of this till go out, to one address that is one', async () => {
  const { db, entry } = await sold()
  await db.staff.update(STAFF, { permissions: ['shift.open'] })
  const shift = await openShift(db, { ...by, float: minor(0) })
  const input = { ...by, ...paper, to: 'mei@example.com' }
  for (const paperId of [uuidv7(), 'entry' in shift ? shift.entry.id : ''])
    expect(await emailReceipt(db, { ...input, paperId })).toEqual({ code: 'unknown-paper' })
  const wrong = await emailReceipt(db, {
    ...input,
    paperId: entry.id,
    to: 'mei@example.com, all@example.com',
  })
  expect(wrong).toMatchObject({ code: 'not-valid', fields: [{ path: 'body.to' }] })
  expect(await emailsOf(db, entry.id)).toEqual([])
})
