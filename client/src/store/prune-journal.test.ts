import { expect, test } from 'vitest'
import { noteContact } from './contact.ts'
import type { Fate } from './journal-row.ts'
import { pruneJournal } from './prune-journal.ts'
import type { TillDatabase } from './till-database.ts'
import { enrolledTill, sellMany } from './till-for-tests.ts'

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
