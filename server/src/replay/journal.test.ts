import { GENESIS, type SealedEntry } from '@evertill/shared/domain/journal-hash'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { journalOf, pushBytes } from '../../test/shop.ts'

const the = usePushingTill()

const sell = (count: number): SealedEntry[] => Array.from({ length: count }, () => the.journal.sell())
const at = <T>(items: readonly T[], i: number): T => {
  const item = items[i]
  if (item === undefined) throw new Error(`there is no item ${i}`)
  return item
}
const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1)
  return at(items, 0)
}
const mark = async () => {
  const { companyId } = the.shop
  return the.sql`select epoch, high_water, last_seq from journal where company_id = ${companyId} order by epoch`
}
const sound = async () => expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])

test('an entry past a hole opens a sequence-gap that names what is missing, and filling it closes it', async () => {
  const [first, second, third, fourth] = sell(4)
  if (!first || !second || !third || !fourth) throw new Error('nothing sold')
  await the.push(first)
  expect(await the.push(fourth)).toMatchObject([{ outcome: 'applied', exceptions: ['sequence-gap'] }])
  const subject = `${the.till.till_id}/1`
  expect(await the.exceptions()).toMatchObject([
    {
      type: 'sequence-gap',
      state: 'open',
      subject,
      entry_id: fourth.id,
      outlet_id: the.shop.outletId,
      till_id: the.till.till_id,
      detail: { epoch: 1, missing: 2, ranges: [{ from: 2, to: 3 }] },
    },
  ])
  expect(await mark()).toMatchObject([{ high_water: 1, last_seq: 4 }])
  await sound()

  expect(await the.push(third)).toMatchObject([{ outcome: 'applied' }])
  expect(await the.exceptions()).toMatchObject([
    { state: 'open', detail: { missing: 1, ranges: [{ from: 2, to: 2 }] } },
  ])
  await the.push(second)
  expect(await the.exceptions()).toMatchObject([
    {
      type: 'sequence-gap',
      state: 'resolved',
      resolved_by: 'evertill',
      note: expect.stringContaining('by itself'),
    },
  ])
  expect(await mark()).toMatchObject([{ high_water: 4, last_seq: 4 }])
  await sound()
})

test('another hole opens another sequence-gap; what follows the last entry changes neither', async () => {
  const entries = sell(9)
  await the.push(at(entries, 2))
  await the.push(at(entries, 0), at(entries, 1))
  await the.push(at(entries, 5))
  expect((await the.exceptions()).map(({ state }) => state)).toEqual(['resolved', 'open'])
  await the.push(at(entries, 6))
  await the.push(at(entries, 8))
  expect(await the.exceptions()).toMatchObject([
    { state: 'resolved' },
    {
      state: 'open',
      detail: {
        missing: 3,
        ranges: [
          { from: 4, to: 5 },
          { from: 8, to: 8 },
        ],
      },
    },
  ])
  expect(await mark()).toMatchObject([{ high_water: 3, last_seq: 9 }])
  await sound()
})

test('a hole that is filled in the same push is none, in whatever order its entries come', async () => {
  await the.push(...sell(40).toReversed())
  expect(await the.exceptions()).toEqual([])
  expect(await mark()).toMatchObject([{ high_water: 40, last_seq: 40 }])
})

test('a hole that a person has settled stays settled, until another one comes', async () => {
  const entries = sell(8)
  await the.push(at(entries, 2))
  await the.sql`update exception set state = 'resolved', resolved_by = 'Mei', note = 'The tablet was smashed.'
    where company_id = ${the.shop.companyId}`
  await the.push(at(entries, 1))
  await the.push(at(entries, 3))
  expect(await the.exceptions()).toMatchObject([{ state: 'resolved', resolved_by: 'Mei' }])
  await sound()
  await the.push(at(entries, 5))
  expect(await the.exceptions()).toMatchObject([
    { state: 'resolved' },
    {
      state: 'open',
      detail: {
        missing: 2,
        ranges: [
          { from: 1, to: 1 },
          { from: 5, to: 5 },
        ],
      },
    },
  ])
  await sound()
})

test('a till that says entries wait has no hole', async () => {
  await the.push(...sell(3))
  await the.sql`update till set reported_waiting = 40 where till_id = ${the.till.till_id}`
  expect(await the.exceptions()).toEqual([])
  await sound()
})

test('thirty holes are counted, and the first twenty named', async () => {
  const entries = sell(61)
  await the.push(...entries.filter((_, i) => i % 2 === 0))
  const { detail } = only(await the.exceptions())
  expect(detail).toMatchObject({ missing: 30 })
  expect(detail.ranges).toHaveLength(20)
})

test('an entry whose predecessor is another one raises chain-broken, whichever of the two comes first', async () => {
  const [first, second, third] = sell(3)
  if (!first || !second || !third) throw new Error('nothing sold')
  const strange = journalOf(the.shop, the.till.till_id, { now: () => the.clock.now.getTime() })
  strange.sell()
  const other = strange.sell()
  expect(await the.push(first, other)).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'applied', exceptions: ['chain-broken'] },
  ])
  expect(await the.exceptions()).toMatchObject([
    {
      type: 'chain-broken',
      state: 'open',
      subject: `${the.till.till_id}/1/2`,
      entry_id: other.id,
      detail: { epoch: 1, seq: 2, expected: first.hash, actual: expect.not.stringContaining(first.hash) },
    },
  ])
  await sound()
})

test('a predecessor that arrives late breaks the chain of the one after it', async () => {
  const [first, second] = sell(2)
  if (!first || !second) throw new Error('nothing sold')
  const stranger = journalOf(the.shop, the.till.till_id).sell()
  await the.push(second)
  expect(await the.push(stranger)).toMatchObject([{ outcome: 'applied' }])
  expect(await the.exceptions('chain-broken')).toMatchObject([
    { subject: `${the.till.till_id}/1/2`, entry_id: second.id, detail: { expected: stranger.hash } },
  ])
  await sound()

  // The right one comes as well: its number is used twice now, and the next entry goes on from one of the two.
  expect(await the.push(first)).toMatchObject([{ outcome: 'applied', exceptions: ['sequence-collision'] }])
  expect(await the.exceptions('chain-broken')).toMatchObject([{ state: 'resolved', resolved_by: 'evertill' }])
  await sound()
})

test('a journal that does not begin at the beginning raises chain-broken', async () => {
  const entry = the.journal.sell(undefined, { prev: 'ab'.repeat(32) })
  expect(await the.push(entry)).toMatchObject([{ outcome: 'applied', exceptions: ['chain-broken'] }])
  expect(await the.exceptions()).toMatchObject([{ detail: { seq: 1, actual: 'ab'.repeat(32) } }])
  expect(GENESIS).not.toBe('ab'.repeat(32))
  await sound()
})

test('a broken link is told of once, also when it was resolved', async () => {
  const first = the.journal.sell()
  const broken = the.journal.sell(undefined, { prev: 'ab'.repeat(32) })
  await the.push(first, broken)
  await the.sql`update exception set state = 'resolved' where company_id = ${the.shop.companyId}`
  await the.push(broken, the.journal.sell())
  expect(await the.exceptions()).toMatchObject([{ type: 'chain-broken', state: 'resolved' }])
})

/** Two browsers with the same journal up to here, each selling on by itself. */
function clones(shared: number, each: number): [SealedEntry[], SealedEntry[], SealedEntry[]] {
  const common = sell(shared)
  const branch = () => {
    let prev = at(common, shared - 1).hash
    return Array.from({ length: each }, (_, i) => {
      const entry = journalOf(the.shop, the.till.till_id, { now: () => the.clock.now.getTime() }).sell(
        undefined,
        {
          seq: shared + i + 1,
          prev,
        },
      )
      prev = entry.hash
      return entry
    })
  }
  return [common, branch(), branch()]
}

test('a second entry under a used number is applied as well, and its till is told to start a new epoch', async () => {
  const [common, first, second] = clones(2, 3)
  await the.push(...common)
  expect(await the.answerTo(first)).not.toHaveProperty('newEpoch')
  const answer = await the.answerTo(second)
  expect(answer).toMatchObject({ newEpoch: 2, highWater: 5 })
  expect(answer.outcomes).toMatchObject(
    second.map(() => ({ outcome: 'applied', exceptions: ['sequence-collision'] })),
  )
  expect(await the.exceptions()).toMatchObject([
    {
      type: 'sequence-collision',
      subject: `${the.till.till_id}/1`,
      entry_id: second[0]?.id,
      detail: {
        epoch: 1,
        first: 3,
        last: 5,
        entries: 3,
        newEpoch: 2,
        pairs: second.map((entry, i) => ({ seq: 3 + i, entryId: entry.id, otherId: first[i]?.id })),
      },
    },
  ])
  expect(await the.sql`select epoch from till where till_id = ${the.till.till_id}`).toMatchObject([
    { epoch: 2 },
  ])
  await sound()
})

test('whose answer was lost is told the same epoch again, and the one who was first is left alone', async () => {
  const [common, first, second] = clones(1, 3)
  await the.push(...common, ...first)
  await the.answerTo(second)
  expect(await the.answerTo(second)).toMatchObject({
    newEpoch: 2,
    outcomes: second.map(() => ({ outcome: 'duplicate' })),
  })
  expect(await the.answerTo(second.slice(2))).toMatchObject({ newEpoch: 2 })
  expect(await the.answerTo(first)).not.toHaveProperty('newEpoch')
  expect(await the.answerTo(common)).not.toHaveProperty('newEpoch')
})

test('what a clone had not sent of the old epoch goes with its branch: nobody else has to move for it', async () => {
  const [common, first, second] = clones(1, 6)
  await the.push(...common, ...first.slice(0, 2))
  expect(await the.answerTo(second.slice(0, 2))).toMatchObject({ newEpoch: 2 })
  // Written before the order was heard, and longer than the branch that stays.
  expect(await the.answerTo(second.slice(2))).toMatchObject({ newEpoch: 2 })
  expect(await the.answerTo(first.slice(2))).not.toHaveProperty('newEpoch')
  expect(only(await the.exceptions()).detail).toMatchObject({ first: 2, last: 7, entries: 6 })
  expect(await mark()).toMatchObject([{ epoch: 1, high_water: 7, last_seq: 7 }])
  await sound()
})

test('three clones get three epochs', async () => {
  const [common, first, second] = clones(1, 2)
  const third = [...second].map((_, i) => {
    const entry = journalOf(the.shop, the.till.till_id).sell(undefined, {
      seq: 2 + i,
      prev: at(common, 0).hash,
    })
    return entry
  })
  await the.push(...common, ...first)
  expect(await the.answerTo(second)).toMatchObject({ newEpoch: 2 })
  expect(await the.answerTo(third.slice(0, 1))).toMatchObject({ newEpoch: 3 })
  await sound()
})

test('clones whose pushes share a call are told apart', async () => {
  const [common, first, second] = clones(1, 2)
  await the.push(...common)
  const answer = await the.answerTo([...first, ...second])
  expect(answer).toMatchObject({ newEpoch: 2 })
  expect(await the.answerTo(first)).not.toHaveProperty('newEpoch')
  expect(await the.answerTo(second)).toMatchObject({ newEpoch: 2 })
})

test('an epoch that is in use already is never handed out, also when the server has forgotten it', async () => {
  const [common, first, second] = clones(1, 1)
  await the.push(...common, ...first)
  await the.send(pushBytes([journalOf(the.shop, the.till.till_id, { epoch: 4 }).sell()], { epoch: 4 }))
  expect(await the.answerTo(second)).toMatchObject({ newEpoch: 5 })
})

test('collisions and holes come out the same whichever of eight connections is first', async () => {
  const [common, first, second] = clones(3, 30)
  const pushes = [common, ...first.map((entry) => [entry]), ...second.map((entry) => [entry])]
  const answers = await Promise.all(pushes.map((entries) => the.answerTo(entries)))
  expect(answers.flatMap(({ outcomes }) => outcomes).every(({ outcome }) => outcome === 'applied')).toBe(true)
  expect(await mark()).toMatchObject([{ epoch: 1, high_water: 33, last_seq: 33 }])
  expect(
    await the.exceptions('sequence-gap').then((rows) => rows.filter(({ state }) => state === 'open')),
  ).toEqual([])
  expect(
    await the.exceptions('chain-broken').then((rows) => rows.filter(({ state }) => state === 'open')),
  ).toEqual([])
  expect(only(await the.exceptions('sequence-collision')).detail).toMatchObject({
    first: 4,
    last: 33,
    entries: 30,
  })
  await sound()
})

const minutes = (count: number) => count * 60_000

test.each([
  ['far off', { clockOffsetMs: minutes(6) }],
  ['far off the other way', { clockOffsetMs: -minutes(6) }],
  ['of a time to come', { at: '2026-11-21T04:05:01.000Z' }],
])('an entry with a clock %s is applied and raises clock-skew', async (_, odd) => {
  const entry = the.journal.sell(undefined, odd)
  expect(await the.push(entry)).toMatchObject([{ outcome: 'applied', exceptions: ['clock-skew'] }])
  expect(await the.exceptions()).toMatchObject([
    {
      type: 'clock-skew',
      state: 'open',
      subject: the.till.till_id,
      entry_id: entry.id,
      detail: {
        seq: 1,
        clockOffsetMs: 'clockOffsetMs' in odd ? odd.clockOffsetMs : 0,
        serverTime: '2026-11-21T04:00:00+00:00',
      },
    },
  ])
  await sound()
})

test('a clock that is a little off, or was right once corrected, raises nothing', async () => {
  await the.push(
    the.journal.sell(undefined, { clockOffsetMs: minutes(5), at: '2026-11-21T03:55:00.000Z' }),
    the.journal.sell(undefined, { at: '2026-11-21T03:56:00.000Z' }),
    the.journal.sell(undefined, { at: '2026-11-21T04:05:00.000Z' }),
  )
  expect(await the.exceptions()).toEqual([])
})

test.each(['in one push', 'in two'])(
  'a time well before the last entry’s raises clock-skew, %s',
  async (how) => {
    const before = the.journal.sell(undefined, { at: '2026-11-21T03:00:00.000Z' })
    const back = the.journal.sell(undefined, { at: '2026-11-21T02:54:59.000Z' })
    if (how === 'in two') await the.push(before)
    await the.push(before, back)
    expect(await the.exceptions()).toMatchObject([
      { type: 'clock-skew', entry_id: back.id, detail: { entryBeforeAt: '2026-11-21T03:00:00+00:00' } },
    ])
  },
)

test('a clock that stays wrong is one exception', async () => {
  const entries = Array.from({ length: 5 }, () => the.journal.sell(undefined, { clockOffsetMs: minutes(60) }))
  await the.push(...entries.slice(0, 3))
  expect(await the.push(...entries.slice(3))).toMatchObject([
    { exceptions: ['clock-skew'] },
    { exceptions: ['clock-skew'] },
  ])
  expect(await the.exceptions()).toHaveLength(1)
})

test('a journal kept before its last entry was remembered goes on without a look at anything else', async () => {
  await the.push(...sell(3))
  await the.sql`update journal set last_hash = null, last_at = null where company_id = ${the.shop.companyId}`
  await the.push(...sell(2))
  expect(await the.exceptions()).toEqual([])
  expect(await mark()).toMatchObject([{ high_water: 5, last_seq: 5 }])
})
