import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readContact } from '../store/contact.ts'
import { sendAgain } from '../store/hold-entry.ts'
import { countKept, readHealth, recentSales } from '../store/journal.ts'
import { pruneJournal } from '../store/prune-journal.ts'
import { readState } from '../store/state.ts'
import { notePersisted, readTill } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import {
  browserProfile,
  enrolledTill,
  MILK,
  NO_ROWS,
  pullAnswer,
  readStock,
  sellMany,
} from '../store/till-for-tests.ts'
import { SYNC_START, type SyncEvent, type SyncState } from './decide.ts'
import { type DrainDeps, drain } from './drain.ts'
import { type Fault, ServerForTests } from './server-for-tests.ts'

/** A till and its server under one hand-driven clock. */
async function road(
  db?: TillDatabase,
  start: SyncState = SYNC_START,
  change: (deps: DrainDeps) => DrainDeps = (deps) => deps,
) {
  const till = db ?? (await enrolledTill())
  const server = new ServerForTests()
  const clock = { ms: Date.parse('2026-03-01T04:00:00.000Z') }
  server.clockMs = () => clock.ms
  server.publicKey = (await readTill(till))?.publicKey
  const deps = (of: TillDatabase): DrainDeps => ({
    db: of,
    fetch: server.fetch,
    now: () => new Date(clock.ms),
    random: () => 0.5,
    isOnline: () => true,
    sleep: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    appVersion: 'test',
  })
  let state = start
  /** One round, a minute after the one before. */
  async function round(of = till, event: SyncEvent = { type: 'slept' }): Promise<number> {
    clock.ms += 60_000
    const done = await drain(change(deps(of)), state, event)
    state = done.state
    return done.restMs
  }
  async function rounds(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await round()
  }
  return { db: till, server, clock, round, rounds }
}

/** Whatever is larger does not arrive before the till gives up. */
const overSlowRoad =
  (mostBytes: number) =>
  (deps: DrainDeps): DrainDeps => {
    const asleep = new Set<() => void>()
    return {
      ...deps,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          asleep.add(resolve)
          signal.addEventListener('abort', () => resolve())
        }),
      fetch: async (path, init) => {
        if (((init.body as Uint8Array | undefined) ?? []).length <= mostBytes) return deps.fetch(path, init)
        const gone = new Promise<never>((_, reject) =>
          init.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError'))),
        )
        for (const wake of asleep) wake()
        return gone
      },
    }
  }

const fates = async (db: TillDatabase) => (await db.journal.toArray()).map((row) => row.fate)
const hashesOf = async (db: TillDatabase) => (await db.journal.toArray()).map((row) => row.hash)

describe('a drain', () => {
  test('sends what waits in order, as it was hashed, and settles it by its outcomes', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 3)
    await round()
    expect(server.applied).toEqual(await hashesOf(db))
    for (const { hash, raw } of server.ledger.values()) expect(sha256Hex(raw)).toBe(hash)
    expect(await fates(db)).toEqual(['applied', 'applied', 'applied'])
    expect(await readHealth(db)).toMatchObject({
      waiting: 0,
      online: true,
      sending: false,
      sentToday: 3,
      highWater: { 1: 3 },
    })
  })

  test('tells head office how much waits, also when there is nothing to send', async () => {
    const { db, server, round } = await road()
    await round()
    expect(server.pushes[0]).toMatchObject({ hashes: [], header: { epoch: 1, report: { waiting: 0 } } })
    await sellMany(db, 2)
    await round()
    expect(server.pushes[1]).toMatchObject({
      hashes: [expect.any(String), expect.any(String)],
      header: { report: { waiting: 0, oldestWaitingAt: null, persisted: true, appVersion: 'test' } },
    })
  })

  test('tells head office how much is left beside what a push carries', async () => {
    const { db, server, round } = await road(undefined, { ...SYNC_START, most: 3 })
    await sellMany(db, 5)
    await round()
    expect(server.pushes.map((push) => push.header.report)).toMatchObject([
      { waiting: 2, oldestWaitingAt: '2026-03-01T04:00:00.000Z' },
      { waiting: 0, oldestWaitingAt: null },
    ])
  })

  test('tells head office when the browser may clear what the till holds', async () => {
    const { db, server, round } = await road()
    await notePersisted(db, false)
    await round()
    expect(server.pushes[0]?.header.report.persisted).toBe(false)
    expect((await readHealth(db)).persisted).toBe(false)
  })

  test('goes on in batches until nothing waits', async () => {
    const { db, server, round } = await road(undefined, { ...SYNC_START, most: 3 })
    await sellMany(db, 7)
    await round()
    expect(server.pushes.map((push) => push.hashes.length)).toEqual([3, 4])
    expect(await readHealth(db)).toMatchObject({ waiting: 0 })
  })

  test('packs many sales, and sends a lone one as it is', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 1)
    await round()
    await sellMany(db, 40)
    await round()
    expect(server.pushes.map(({ hashes, isPacked }) => [hashes.length, isPacked])).toEqual([
      [1, false],
      [40, true],
    ])
  })

  test('halves a batch that is too large, and holds the entry that is too large alone', async () => {
    const { db, server, round, clock } = await road()
    await sellMany(db, 4)
    server.mostEntries = 0
    // A heartbeat is never too large, so that ends the round.
    await round()
    expect(await fates(db)).toEqual(['held', 'held', 'held', 'held'])
    expect((await recentSales(db, 1))[0]?.reason).toMatch(/larger than the server takes/)

    server.mostEntries = 500
    for (const sale of await recentSales(db, 4)) await sendAgain(db, sale.entry.id)
    clock.ms += 60_000
    await round()
    expect(await fates(db)).toEqual(['applied', 'applied', 'applied', 'applied'])
  })

  test('halves a push that a slow road does not carry in time, until it does', async () => {
    const { db, server, rounds } = await road(undefined, SYNC_START, overSlowRoad(3000))
    await sellMany(db, 60)
    await rounds(8)
    expect(await readHealth(db)).toMatchObject({ waiting: 0 })
    expect(server.pushes[0]?.hashes.length).toBeGreaterThan(0)
    expect(server.applied).toHaveLength(60)
  })

  test('leaves a push as it is that no network carries at all', async () => {
    const { db, server, round, rounds } = await road()
    await sellMany(db, 60)
    server.faults = Array.from({ length: 8 }, () => 'lost-request' as const)
    await rounds(8)
    await round()
    expect(server.pushes[0]?.hashes).toHaveLength(60)
  })

  test('holds what the server cannot read and sends its neighbours', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 3)
    server.unreadable = (entry) => entry.seq === 2
    await round()
    expect(await fates(db)).toEqual(['applied', 'held', 'applied'])
    expect((await recentSales(db, 3))[1]).toMatchObject({ fate: 'held', reason: 'cannot be read' })
    await round()
    expect(server.pushes.at(-1)?.hashes).toEqual([])
  })

  test('an entry on which the server crashes does not hold up its neighbours for ever, and is never dropped', async () => {
    const { db, server, rounds } = await road()
    await sellMany(db, 20)
    server.crashesOn = (entry) => entry.seq === 7
    await rounds(25)
    expect((await fates(db)).map((fate, i) => (fate === 'waiting' ? i + 1 : 0)).filter(Boolean)).toEqual([7])
    server.crashesOn = () => false
    await rounds(2)
    expect(await readHealth(db)).toMatchObject({ waiting: 0 })
    expect(server.applied).toHaveLength(20)
  })
})

describe('whatever happens on the way, nothing is settled without an outcome', () => {
  const faults: [string, Fault][] = [
    ['the request is lost', 'lost-request'],
    ['the response is lost after the commit', 'lost-response'],
    ['the response is cut', 'cut'],
    ['a captive portal answers 200', 'portal'],
    ['the server answers 500', { status: 500 }],
    ['a proxy answers 502', { status: 502 }],
    ['the database is away', { status: 503, problem: { code: 'unavailable', message: 'away' } }],
    ['the key is not known', { status: 401, problem: { code: 'unauthenticated', message: 'who?' } }],
    ['the server says 404', { status: 404 }],
    ['there are too many requests', { status: 429, headers: { 'retry-after': '7' } }],
  ]
  test.each(faults)('when %s', async (_, fault) => {
    const { db, server, round } = await road()
    await sellMany(db, 2)
    server.faults = [fault]
    await round()
    expect(await fates(db)).toEqual(['waiting', 'waiting'])
    expect((await readContact(db)).lastProblem).toBeDefined()
    await round()
    expect(server.applied).toEqual(await hashesOf(db))
    expect((await fates(db)).every((fate) => fate === 'applied' || fate === 'duplicate')).toBe(true)
    expect((await readContact(db)).lastProblem).toBeUndefined()
  })

  test('a server that asks to be left alone is left alone', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 1)
    server.faults = [{ status: 429, headers: { 'retry-after': '7' } }]
    expect(await round()).toBeGreaterThanOrEqual(7000)
  })

  test('an answer that names only some entries settles only those', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 3)
    const [first] = await hashesOf(db)
    server.faults = [
      {
        status: 200,
        problem: {
          outcomes: [{ hash: first, id: null, outcome: 'applied' }],
          highWater: 1,
          serverTime: '2026-03-01T04:01:00.000Z',
        } as never,
      },
      'lost-request',
    ]
    await round()
    expect(await fates(db)).toEqual(['applied', 'waiting', 'waiting'])
  })

  test('a request sent twice by the network is applied once', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 2)
    server.faults = ['doubled']
    await round()
    expect(server.applied).toHaveLength(2)
    expect(await fates(db)).toEqual(['duplicate', 'duplicate'])
  })

  test('a revoked till says so, keeps its entries and sends them when it may again', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 2)
    server.faults = [{ status: 403, problem: { code: 'till-revoked', message: 'revoked' } }]
    await round()
    expect(await readHealth(db)).toMatchObject({ tillState: 'revoked', waiting: 2 })
    await round()
    expect(await readHealth(db)).toMatchObject({ tillState: 'active', waiting: 0 })
  })

  test('two tabs that drain at once, over any faults, leave every entry on the server once', async () => {
    const fault = fc.constantFrom<Fault | undefined>(
      undefined,
      undefined,
      'lost-request',
      'lost-response',
      'doubled',
      'cut',
      'portal',
      { status: 500 },
      { status: 503 },
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        async (schedule, sales) => {
          const profile = browserProfile()
          const { db, server, round, rounds } = await road(await enrolledTill(profile))
          const other = profile.open()
          await sellMany(db, sales)
          for (const next of schedule) {
            server.faults = next === undefined ? [] : [next]
            await Promise.all([round(db), round(other)])
            await sellMany(db, 1)
          }
          server.faults = []
          await rounds(2)
          expect(server.applied).toHaveLength(new Set(server.applied).size)
          expect(new Set(server.applied)).toEqual(new Set(await hashesOf(db)))
          expect(await readHealth(db)).toMatchObject({ waiting: 0, held: 0 })
          expect(await countKept(db)).toBe(sales + schedule.length)
          other.close()
        },
      ),
      { numRuns: 15 },
    )
  }, 120_000)
})

describe('a wrong clock', () => {
  test('is answered with the time, and the same push goes through by it at once', async () => {
    const { db, server, round, clock } = await road()
    await sellMany(db, 1)
    server.clockMs = () => clock.ms + 86_400_000
    await round()
    expect(await fates(db)).toEqual(['applied'])
    expect(await readState(db, 'clockOffsetMs')).toBe(86_400_000)
  })

  test('does not decide how long an acknowledged sale is kept', async () => {
    const { db, server, round, clock } = await road()
    await sellMany(db, 1)
    const serverMs = clock.ms
    server.clockMs = () => serverMs
    clock.ms += 400 * 86_400_000
    await round()
    expect((await db.journal.toArray())[0]?.settledAt).toBe(new Date(serverMs).toISOString())
    expect(await pruneJournal(db)).toBe(0)
  })

  test('is not set by every small difference', async () => {
    const { db, server, round, clock } = await road()
    await round()
    const before = await readState(db, 'clockOffsetMs')
    server.clockMs = () => clock.ms + 200
    await round()
    expect(await readState(db, 'clockOffsetMs')).toBe(before)
  })
})

describe('a server restored from a backup', () => {
  test('gets back what it lost, and the catalogue is fetched anew', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 2)
    await round()
    const backup = new Map(server.ledger)
    await sellMany(db, 3)
    await round()
    expect(await readHealth(db)).toMatchObject({ waiting: 0 })

    server.restore(backup)
    server.pulls.length = 0
    await round()
    expect([...server.ledger.keys()].sort()).toEqual((await hashesOf(db)).sort())
    expect(server.pulls[0]).toBeNull()
    expect(await readHealth(db)).toMatchObject({ waiting: 0, highWater: { 1: 5 } })
  })

  test('gets back entries behind a held one, when the feed begins anew', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 4)
    server.unreadable = (entry) => entry.seq === 1
    await round()
    server.restore(new Map())
    server.unreadable = () => false
    await round() // the mark says nothing of what lies behind the gap; the unasked snapshot does
    await round()
    expect([...server.ledger.keys()].sort()).toEqual((await hashesOf(db)).sort())
  })

  test('does not make the till send for ever when a gap on the server stays', async () => {
    const { db, server, round } = await road()
    await sellMany(db, 3)
    await round()
    server.highWater = () => 1
    await round()
    await round()
    server.pushes.length = 0
    await round()
    expect(server.pushes.map((push) => push.hashes.length)).toEqual([0])
  })

  test('shows as sold what it lost, until it counts it again', async () => {
    const { db, server, round } = await road()
    const counted = (onHand: number) =>
      pullAnswer({ rows: { ...NO_ROWS, taxCode: [], stock: [{ productId: MILK, onHand }] } })
    await sellMany(db, 2)
    server.feed = counted(22_000)
    await round()
    expect((await readStock(db)).get(MILK)).toBe(22_000)

    server.restore(new Map())
    server.feed = counted(24_000)
    server.crashesOn = () => true
    await round() // the heartbeat finds the loss; the entries do not get through yet
    await round()
    expect((await readHealth(db)).waiting).toBe(2)
    expect(server.pulls.at(-1)).toBeNull()
    expect((await readStock(db)).get(MILK)).toBe(22_000)
    server.crashesOn = () => false
    await round()
    server.feed = counted(22_000)
    await round()
    expect((await readStock(db)).get(MILK)).toBe(22_000)
  })
})

test('a till that is told to begin a new epoch sends the old one to its end and numbers anew', async () => {
  const { db, server, round } = await road()
  await sellMany(db, 2)
  server.newEpoch = 2
  await round()
  const [third] = await sellMany(db, 1)
  expect(third?.entry).toMatchObject({ epoch: 2, seq: 1, prev: '0'.repeat(64) })
  expect(third?.entry.body.receiptNo).toBe('BR-T1-000003')
  await round()
  expect(server.pushes.at(-1)?.header.epoch).toBe(2)
  expect(server.applied).toHaveLength(3)
  expect(third?.entry.body.total).toBe(minor(345))
})
