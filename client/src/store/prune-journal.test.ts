import { minor, thousandths } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { noteContact } from './contact.ts'
import type { Fate } from './journal-row.ts'
import { keepOtherPapers } from './other-papers.ts'
import { pruneJournal } from './prune-journal.ts'
import type { Recorded } from './record-entry.ts'
import { recordRefund } from './record-refund.ts'
import type { TillDatabase } from './till-database.ts'
import { browserProfile, enrolledTill, isRecorded, STAFF, sell, sellMany } from './till-for-tests.ts'

const NOW = new Date('2026-08-01T00:00:00.000Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString()

async function settledAs(db: TillDatabase, seq: number, fate: Fate, days: number) {
  await db.journal
    .filter((row) => row.seq === seq)
    .modify((row) => {
      row.fate = fate
      row.settledAt = daysAgo(days)
      delete row.overlaid
    })
}
const seqs = async (db: TillDatabase) => (await db.journal.toArray()).map((row) => row.seq)

test('only what the server acknowledged over 90 days ago and still has is let go', async () => {
  const db = await enrolledTill()
  await sellMany(db, 6)
  await settledAs(db, 1, 'applied', 91)
  await settledAs(db, 2, 'duplicate', 91)
  await settledAs(db, 3, 'held', 400)
  await settledAs(db, 4, 'applied', 89)
  await settledAs(db, 5, 'applied', 91) // above the mark
  await noteContact(db, { serverTime: NOW.toISOString(), highWater: { 1: 4 } })
  expect(await pruneJournal(db)).toBe(2)
  expect(await seqs(db)).toEqual([3, 4, 5, 6])
})

test('nothing is let go while the server’s mark is unknown', async () => {
  const db = await enrolledTill()
  await sellMany(db, 1)
  await settledAs(db, 1, 'applied', 400)
  expect(await pruneJournal(db)).toBe(0)
})

test('numbers and chain go on after everything was let go', async () => {
  const db = await enrolledTill()
  const [first] = await sellMany(db, 1)
  await settledAs(db, 1, 'applied', 91)
  await noteContact(db, { serverTime: NOW.toISOString(), highWater: { 1: 1 } })
  await pruneJournal(db)
  const [second] = await sellMany(db, 1)
  expect(second?.entry).toMatchObject({ seq: 2, prev: first?.hash })
})

test('nothing is let go before the server has said what time it is', async () => {
  const db = await enrolledTill()
  await sellMany(db, 1)
  await settledAs(db, 1, 'applied', 400)
  await noteContact(db, { highWater: { 1: 1 } })
  expect(await pruneJournal(db)).toBe(0)
})

describe('what came back of a sale', () => {
  const OTHER = '01900000-0000-7000-8000-0000000000e3'

  const refundOf = async (db: TillDatabase, saleId: string) => {
    await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund'] })
    return recordRefund(db, {
      staffId: STAFF,
      now: NOW,
      newId: uuidv7,
      saleId,
      picks: [{ lineNo: 1, quantity: thousandths(1000), restock: true }],
      reason: 'Sour',
      expectedTotal: minor(345),
    })
  }
  const recorded = (refund: Awaited<ReturnType<typeof refundOf>>): Recorded<'refund'> => {
    if ('code' in refund) throw new Error(refund.code)
    return refund
  }
  const heard = (db: TillDatabase) => noteContact(db, { serverTime: NOW.toISOString(), highWater: { 1: 99 } })

  test('at another till is remembered for as long as the sale is', async () => {
    const db = await enrolledTill()
    const { entry } = isRecorded(await sell(await enrolledTill(browserProfile(), OTHER)))
    const paper = { entry, tillName: 'Counter 2', outletName: 'Bedok' }
    await keepOtherPapers(db, [paper], new Date(daysAgo(91)))
    const back = recorded(await refundOf(db, entry.id))
    await settledAs(db, 1, 'applied', 91)
    // Its receipt was opened again: the server shows both, and the journal has the refund already.
    await keepOtherPapers(db, [paper, { ...paper, entry: back.entry }], new Date(daysAgo(70)))
    await heard(db)
    expect(await pruneJournal(db)).toBe(0)
    expect(await refundOf(db, entry.id)).toMatchObject({ code: 'over-refund' })

    await db.otherPaper.clear()
    expect(await pruneJournal(db)).toBe(1)
  })

  test('is remembered for as long as the sale waits, and goes when that goes', async () => {
    const db = await enrolledTill()
    const { entry } = isRecorded(await sell(db))
    recorded(await refundOf(db, entry.id))
    await settledAs(db, 1, 'held', 91)
    await settledAs(db, 2, 'applied', 91)
    await heard(db)
    expect(await pruneJournal(db)).toBe(0)
    expect(await refundOf(db, entry.id)).toMatchObject({ code: 'over-refund' })
    await settledAs(db, 1, 'duplicate', 91)
    expect(await pruneJournal(db)).toBe(2)
  })

  test('at another till is remembered for as long as this till’s own sale is', async () => {
    const db = await enrolledTill()
    const { entry } = isRecorded(await sell(db))
    const elsewhere = await enrolledTill(browserProfile(), OTHER)
    const paper = { tillName: 'Counter 2', outletName: 'Bedok' }
    await keepOtherPapers(elsewhere, [{ ...paper, entry }], NOW)
    const back = recorded(await refundOf(elsewhere, entry.id))
    await keepOtherPapers(db, [{ ...paper, entry: back.entry }], new Date(daysAgo(91)))
    // Somebody asks about another receipt.
    await keepOtherPapers(db, [], NOW)
    expect(await refundOf(db, entry.id)).toMatchObject({ code: 'over-refund' })
    await settledAs(db, 1, 'applied', 91)
    await heard(db)
    await pruneJournal(db)
    await keepOtherPapers(db, [], NOW)
    expect(await db.otherPaper.count()).toBe(0)
  })
})
