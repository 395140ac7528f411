import { expect, test } from 'vitest'
import { holdEntry, sendAgain } from './hold-entry.ts'
import { readHealth } from './journal.ts'
import { readBatch } from './read-batch.ts'
import { type SettledEntry, settleEntries } from './settle-entries.ts'
import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'
import { enrolledTill, NOW, sellMany, TILL } from './till-for-tests.ts'

async function settle(
  db: TillDatabase,
  fates: [number, SettledEntry['fate']][],
  highWater: number,
  epoch = 1,
) {
  const limits = { most: 500, maxChars: 1e6, aside: [] }
  const batch = await readBatch(db, limits)
  if (batch === undefined) throw new Error('not enrolled')
  const rows = await db.journal.toArray()
  return settleEntries(db, {
    batch: { ...batch, epoch },
    entries: fates.map(([seq, fate]) => ({
      seq,
      fate,
      hash: rows.find((row) => row.epoch === epoch && row.seq === seq)?.hash ?? '',
    })),
    highWater,
    now: NOW,
  })
}
const fates = async (db: TillDatabase) => (await db.journal.toArray()).map((row) => row.fate)

test('a late quarantine does not undo an acknowledgement, an acknowledgement does lift a hold', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  await settle(
    db,
    [
      [1, 'applied'],
      [2, 'held'],
    ],
    1,
  )
  expect(
    await settle(
      db,
      [
        [1, 'held'],
        [2, 'duplicate'],
      ],
      2,
    ),
  ).toEqual({ settled: 1, waitingAgain: 0 })
  expect(await fates(db)).toEqual(['applied', 'duplicate'])
})

test('an outcome under another hash settles nothing', async () => {
  const db = await enrolledTill()
  await sellMany(db, 1)
  await settleEntries(db, {
    batch: { till: { tillId: TILL }, epoch: 1, believed: 0, suspectRestore: false, settlements: 0 },
    entries: [{ seq: 1, hash: 'f'.repeat(64), fate: 'applied' }],
    highWater: 1,
    now: NOW,
  })
  expect(await fates(db)).toEqual(['waiting'])
})

test('an answer to another till’s journal changes nothing', async () => {
  const db = await enrolledTill()
  await sellMany(db, 1)
  const [row] = await db.journal.toArray()
  const result = await settleEntries(db, {
    batch: { till: { tillId: 'another' }, epoch: 1, believed: 0, suspectRestore: false, settlements: 0 },
    entries: [{ seq: 1, hash: row?.hash ?? '', fate: 'applied' }],
    highWater: 1,
    now: NOW,
  })
  expect(result).toEqual({ settled: 0, waitingAgain: 0 })
  expect(await fates(db)).toEqual(['waiting'])
})

test('an old answer that arrives late does not make acknowledged entries wait again', async () => {
  const db = await enrolledTill()
  await sellMany(db, 4)
  const first = await readBatch(db, { most: 2, maxChars: 1e6, aside: [] })
  await settle(
    db,
    [
      [1, 'applied'],
      [2, 'applied'],
      [3, 'applied'],
      [4, 'applied'],
    ],
    4,
  )
  if (first === undefined) throw new Error('not enrolled')
  const late = await settleEntries(db, { batch: first, entries: [], highWater: 2, now: NOW })
  expect(late.waitingAgain).toBe(0)
  expect(await fates(db)).toEqual(['applied', 'applied', 'applied', 'applied'])
})

test('entries of earlier epochs are sent again too when the server lost data', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  const batch = await readBatch(db, { most: 500, maxChars: 1e6, aside: [] })
  if (batch === undefined) throw new Error('not enrolled')
  const entries = batch.entries.map(({ seq, hash }) => ({ seq, hash, fate: 'applied' as const }))
  await settleEntries(db, { batch, entries, highWater: 2, newEpoch: 2, now: NOW })
  await sellMany(db, 1)
  await settle(db, [[1, 'applied']], 1, 2)
  expect(await readState(db, 'cursor')).toBe('c1')

  const { waitingAgain } = await settle(db, [], 0, 2)
  expect(waitingAgain).toBe(3)
  expect(await readState(db, 'cursor')).toBeUndefined()
  const next = await readBatch(db, { most: 500, maxChars: 1e6, aside: [] })
  expect(next).toMatchObject({ epoch: 1, believed: 0 })
  expect(next?.entries.map((entry) => entry.seq)).toEqual([1, 2])
})

test('entries below the mark of a restored server are sent again: a copied till may have filled it', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  const acknowledged: [number, SettledEntry['fate']][] = [
    [1, 'applied'],
    [2, 'applied'],
  ]
  await settle(db, acknowledged, 2)
  await writeState(db, 'suspectRestore', true)
  expect(await settle(db, [], 2)).toMatchObject({ waitingAgain: 2 })
  await settle(db, acknowledged, 2)
  expect(await settle(db, [], 2)).toMatchObject({ waitingAgain: 0 })
  expect(await fates(db)).toEqual(['applied', 'applied'])
})

test('a till that suspects a restored server asks it first, whatever the server makes of what waits', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  await settle(db, [[1, 'applied']], 1)
  await writeState(db, 'suspectRestore', true)
  const limits = { most: 500, maxChars: 1e6, aside: [] }
  expect((await readBatch(db, limits))?.entries).toEqual([])
  await settle(db, [], 0)
  expect((await readBatch(db, limits))?.entries.map((entry) => entry.seq)).toEqual([1, 2])
})

test('a held entry stays held until a person sends it again', async () => {
  const db = await enrolledTill()
  const [sale] = await sellMany(db, 1)
  const [row] = await db.journal.toArray()
  if (row === undefined || sale === undefined) throw new Error('no sale')
  await holdEntry(db, { ...row, hash: 'other' }, 'too large', NOW)
  expect(await fates(db)).toEqual(['waiting'])
  await holdEntry(db, row, 'too large', NOW)
  expect(await readHealth(db)).toMatchObject({ held: 1, waiting: 0 })
  await sendAgain(db, sale.entry.id)
  expect(await readHealth(db)).toMatchObject({ held: 0, waiting: 1 })
  expect((await db.journal.toArray())[0]).not.toHaveProperty('reason')
})

test('a batch holds what fits, in order, and at least one entry', async () => {
  const db = await enrolledTill()
  await sellMany(db, 4)
  const length = (await db.journal.toArray())[0]?.raw.length ?? 0
  const seqs = async (most: number, maxChars: number, aside: string[] = []) =>
    (await readBatch(db, { most, maxChars, aside }))?.entries.map((entry) => entry.seq)
  expect(await seqs(3, 1e6)).toEqual([1, 2, 3])
  expect(await seqs(10, Math.floor(2.5 * length))).toEqual([1, 2])
  expect(await seqs(10, 1)).toEqual([1])
  const hashes = (await db.journal.toArray()).map((row) => row.hash)
  expect(await seqs(2, 1e6, hashes.slice(0, 1))).toEqual([2, 3])
  expect(await seqs(2, 1e6, hashes.toReversed())).toEqual([4])
})

test('counts what was sent today, and begins anew on the next business date', async () => {
  const db = await enrolledTill()
  await sellMany(db, 2)
  await settle(
    db,
    [
      [1, 'applied'],
      [2, 'held'],
    ],
    1,
  )
  expect((await readHealth(db)).sent).toEqual({ businessDate: '2026-03-01', count: 1 })
  await sellMany(db, 1)
  const [, , third] = await db.journal.toArray()
  await settleEntries(db, {
    batch: { till: { tillId: TILL }, epoch: 1, believed: 1, suspectRestore: false, settlements: 9 },
    entries: [{ seq: 3, hash: third?.hash ?? '', fate: 'applied' }],
    highWater: 1,
    now: new Date(NOW.getTime() + 86_400_000),
  })
  expect((await readHealth(db)).sent).toEqual({ businessDate: '2026-03-02', count: 1 })
})
