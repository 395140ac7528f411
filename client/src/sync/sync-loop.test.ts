import { afterEach, describe, expect, test } from 'vitest'
import { readContact } from '../store/contact.ts'
import { readHealth } from '../store/journal.ts'
import { readTill } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { browserProfile, enrolledTill, sellMany } from '../store/till-for-tests.ts'
import { ServerForTests } from './server-for-tests.ts'
import { type Sync, type SyncDeps, startSync } from './sync-loop.ts'

/** One browser's Web Locks: first come, first served, and a waiting request can be aborted. */
class LocksForTests {
  readonly #tails = new Map<string, Promise<unknown>>()
  holders = 0
  mostHolders = 0
  readonly request = async (
    name: string,
    options: LockOptions,
    work: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    const before = this.#tails.get(name) ?? Promise.resolve()
    const aborted = new Promise<'aborted'>((resolve) =>
      options.signal?.addEventListener('abort', () => resolve('aborted')),
    )
    const granted = Promise.race([before.then(() => 'granted' as const), aborted])
    const done = granted.then(async (how) => {
      if (how === 'aborted') throw options.signal?.reason
      this.mostHolders = Math.max(this.mostHolders, ++this.holders)
      try {
        return await work({ name, mode: 'exclusive' })
      } finally {
        this.holders--
      }
    })
    this.#tails.set(name, Promise.all([before, done.catch(() => undefined)]))
    return done
  }
}

const running: Sync[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((sync) => sync.stop()))
})

/** A clock that stands still until the test lets it go on: sleepers are woken when their time has come. */
function handClock() {
  const sleepers = new Set<{ at: number; wake: () => void }>()
  const clock = {
    ms: Date.parse('2026-03-01T04:00:00.000Z'),
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const sleeper = { at: clock.ms + ms, wake: resolve }
        sleepers.add(sleeper)
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper)
          resolve()
        })
      }),
    async pass(ms: number) {
      clock.ms += ms
      for (const sleeper of sleepers) {
        if (sleeper.at > clock.ms) continue
        sleepers.delete(sleeper)
        sleeper.wake()
      }
    },
  }
  return clock
}

async function shop() {
  const profile = browserProfile()
  const db = await enrolledTill(profile)
  const server = new ServerForTests()
  server.publicKey = (await readTill(db))?.publicKey
  const clock = handClock()
  server.clockMs = () => clock.ms
  const locks = new LocksForTests()
  const start = (of: TillDatabase, changes: Partial<SyncDeps> = {}): Sync => {
    const sync = startSync({
      db: of,
      fetch: server.fetch,
      now: () => new Date(clock.ms),
      random: () => 0.5,
      locks: locks as unknown as Pick<LockManager, 'request'>,
      sleep: clock.sleep,
      isOnline: () => true,
      appVersion: 'test',
      ...changes,
    })
    running.push(sync)
    return sync
  }
  return { profile, db, server, clock, locks, start }
}

/** Waits for what the loop does in its own time; fails by the test's time limit. */
async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5))
}
const drained = (db: TillDatabase) => async () => (await readHealth(db)).waiting === 0

describe('the sync loop', () => {
  test('sends a sale when it is woken, without waiting for its time', async () => {
    const { db, server, start } = await shop()
    const sync = start(db)
    await until(() => server.pulls.length > 0)
    await sellMany(db, 1)
    sync.wake()
    await until(drained(db))
    expect(server.applied).toHaveLength(1)
  })

  test('finds a sale by itself when nobody wakes it', async () => {
    const { db, server, start, clock } = await shop()
    start(db)
    await until(() => server.pulls.length > 0)
    await sellMany(db, 1)
    await until(async () => {
      await clock.pass(10_000)
      return drained(db)()
    })
    expect(server.applied).toHaveLength(1)
  })

  test('keeps trying through an outage and goes on at once when the browser is online again', async () => {
    const { db, server, start, clock } = await shop()
    server.faults = Array.from({ length: 1000 }, () => 'lost-request' as const)
    await sellMany(db, 3)
    const sync = start(db)
    for (let i = 0; i < 20; i++) {
      const left = server.faults.length
      await until(async () => {
        await clock.pass(60_000)
        return server.faults.length < left
      })
    }
    expect(await readHealth(db)).toMatchObject({ waiting: 3, online: false })
    server.faults = []
    sync.online()
    await until(drained(db))
    expect(await readHealth(db)).toMatchObject({ online: true })
  })

  test('a till that starts without a network says so at once, though its last contact was good', async () => {
    const { db, server, start } = await shop()
    const before = start(db)
    await until(() => server.pulls.length > 0)
    await until(async () => (await readHealth(db)).online)
    await before.stop()
    start(db, { isOnline: () => false })
    await until(async () => !(await readHealth(db)).online)
  })

  test('sends a heartbeat every minute', async () => {
    const { db, server, start, clock } = await shop()
    start(db)
    await until(() => server.pushes.length >= 1)
    for (let minute = 2; minute <= 4; minute++) {
      await until(async () => {
        await clock.pass(10_000)
        return server.pushes.length >= minute
      })
    }
    expect(server.pushes.every((push) => push.hashes.length === 0)).toBe(true)
  })

  test('runs one round at a time in a browser with two tabs, and both tabs’ sales arrive once', async () => {
    const { profile, db, server, start, locks } = await shop()
    const other = profile.open()
    const tabs = [start(db), start(other)]
    for (let i = 0; i < 10; i++) {
      await sellMany(i % 2 === 0 ? db : other, 1)
      tabs[i % 2]?.wake()
    }
    await until(drained(db))
    expect(server.applied).toHaveLength(10)
    expect(locks.mostHolders).toBe(1)
  })

  test('goes on without the lock when a sleeping tab holds it and nobody talks to the server', async () => {
    const { db, start, locks, clock } = await shop()
    void locks.request('evertill-sync', {}, () => new Promise(() => undefined))
    await sellMany(db, 1)
    start(db)
    await until(async () => {
      await clock.pass(31_000)
      return drained(db)()
    })
  })

  test('works where there are no locks, and where they are forbidden', async () => {
    const { db, start } = await shop()
    const none = start(db, { locks: undefined })
    await sellMany(db, 1)
    none.wake()
    await until(drained(db))
    await none.stop()
    const forbidden = start(db, {
      locks: { request: async () => Promise.reject(new DOMException('no', 'SecurityError')) } as never,
    })
    await sellMany(db, 1)
    forbidden.wake()
    await until(drained(db))
  })

  test('outlives a failing disk and says so', async () => {
    const { db, server, start, clock } = await shop()
    await sellMany(db, 1)
    let broken = true
    db.journal.hook('updating', () => {
      if (broken) throw new DOMException('disk', 'UnknownError')
    })
    start(db)
    await until(async () => (await readContact(db)).lastProblem?.code === 'internal')
    expect(await readHealth(db)).toMatchObject({ waiting: 1, sending: false })
    broken = false
    await until(async () => {
      await clock.pass(60_000)
      return drained(db)()
    })
    expect(server.applied).toHaveLength(1)
  })

  test('stops when it is told to, also while it waits for the lock', async () => {
    const { db, start, locks } = await shop()
    void locks.request('evertill-sync', {}, () => new Promise(() => undefined))
    await start(db).stop()
    expect(locks.holders).toBe(1)
  })

  test('gives up a request that hangs and tries again', async () => {
    const { db, server, start, clock } = await shop()
    await sellMany(db, 1)
    let hangs = true
    start(db, {
      fetch: (path, init) => {
        if (!hangs) return server.fetch(path, init)
        return new Promise((_, reject) =>
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
        )
      },
    })
    await until(async () => (await readHealth(db)).sending)
    hangs = false
    await until(async () => {
      await clock.pass(60_000)
      return drained(db)()
    })
  })
})
