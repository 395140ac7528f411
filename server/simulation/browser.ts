import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import type { StateRow } from '../../client/src/store/state.ts'
import { openTillDatabase, type TillDatabase } from '../../client/src/store/till-database.ts'
import { type Sync, startSync } from '../../client/src/sync/sync-loop.ts'
import { Random } from './random.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { abandon, copyOf, rowsOn, type StorageUser } from './storage.ts'
import { Wire } from './wire.ts'
import type { World } from './world.ts'

/** One tab: the till's own store and sync, until it is killed. */
export interface Page extends StorageUser {
  readonly browser: Browser
  readonly db: TillDatabase
  readonly sync: Sync
}

/** One browser profile: a disk, a clock, a connection, and the pages open on it. */
export class Browser {
  readonly wire: Wire
  readonly pages = new Map<number, Page>()
  /** How far its clock is off. */
  skewMs = 0
  stepMs = 0
  readonly #world: World
  readonly #server: ServerUnderTest
  readonly #seed: number
  #holder: Page | undefined
  #queue: { readonly page: Page; readonly start: () => void }[] = []
  #opened: TillDatabase[] = []

  constructor(
    world: World,
    server: ServerUnderTest,
    seed: number,
    readonly name: string,
    readonly disk = new IDBFactory(),
    /** Browsers without Web Locks drain in every tab. */
    readonly hasLocks = true,
  ) {
    this.#world = world
    this.#server = server
    this.#seed = seed
    this.wire = new Wire(world, server, seed, name)
  }

  readonly now = (): Date => new Date(this.#world.now + this.skewMs)

  /** Opens a tab, as its page would start by itself. */
  open(no = 0): Page {
    const world = this.#world
    const { now, hasLocks } = this
    const random = new Random(this.#seed, this.name, no, world.now)
    const before = world.current
    const starting: { page?: Page } = {}
    const actor: StorageUser = {
      name: no === 0 ? this.name : `${this.name}/${no}`,
      alive: true,
      onDeath: () => {
        if (starting.page !== undefined) this.#died(no, starting.page)
      },
    }
    world.current = actor
    const db = openTillDatabase({ indexedDB: this.disk, IDBKeyRange })
    // Live queries are the screens': nobody here is told of changes.
    db.unuse({ stack: 'dbcore', name: 'Observability' })
    this.#opened.push(db)
    const page = Object.assign(actor, { browser: this, db }) as unknown as Page
    starting.page = page
    actor.stepMs = this.stepMs
    this.pages.set(no, page)
    world.current = before
    // In a turn of its own, so that all that follows from it is the page's.
    world.after(0, page, () => {
      const sync = startSync({
        db,
        fetch: this.fetchOf(page),
        now,
        random: () => random.next(),
        locks: hasLocks ? (this.#locksOf(page) as never) : undefined,
        sleep: this.sleepOf(page),
        isOnline: () => this.wire.online,
        isVisible: () => false,
        appVersion: 'simulated',
      })
      Object.assign(page, { sync })
    })
    return page
  }

  fetchOf(page: StorageUser) {
    return this.wire.fetchFor(page)
  }

  sleepOf =
    (page: StorageUser) =>
    (ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
        this.#world.after(ms, page, () => resolve())
      })

  /** Kills a page between two of its steps. */
  kill(no: number): void {
    const page = this.pages.get(no)
    if (page !== undefined) this.#world.kill(page)
  }

  #died(no: number, page: Page): void {
    this.#world.tell(`${page.name}: killed`)
    this.#world.count('till crash')
    if (this.pages.get(no) === page) this.pages.delete(no)
    abandon(this.disk, page, () => [...this.pages.values()])
    this.#queue = this.#queue.filter((waiting) => waiting.page !== page)
    if (this.#holder === page) this.#release()
  }

  #release(): void {
    const next = this.#queue.shift()
    this.#holder = next?.page
    if (next !== undefined) this.#world.after(0, next.page, next.start)
  }

  // Web Locks: exclusive, first come first served, let go of when the page dies.
  #locksOf(page: Page) {
    const request = (_name: string, { signal }: { signal?: AbortSignal }, work: () => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        const start = () => {
          void work()
            .finally(() => {
              if (this.#holder === page) this.#release()
            })
            .then(resolve, reject)
        }
        if (this.#holder === undefined) {
          this.#holder = page
          start()
          return
        }
        const waiting = { page, start }
        this.#queue.push(waiting)
        signal?.addEventListener('abort', () => {
          if (!this.#queue.includes(waiting)) return
          this.#queue = this.#queue.filter((other) => other !== waiting)
          reject(new DOMException('not given in time', 'AbortError'))
        })
      })
    return { request }
  }

  /** The same profile on another machine. Nobody may be writing. */
  clone(name: string): Browser {
    return new Browser(this.#world, this.#server, this.#seed, name, copyOf(this.disk), this.hasLocks)
  }

  table<T>(name: string): T[] {
    return rowsOn<T>(this.disk, name)
  }

  journal(): JournalRow[] {
    return this.table<JournalRow>('journal')
  }

  state(key: string): unknown {
    return this.table<StateRow>('state').find((row) => row.key === key)?.value
  }

  /** When the last pull that was written down was asked for, by the world's clock. */
  pulledAt(): number {
    const { lastPullAt } = (this.state('contact') ?? {}) as { lastPullAt?: string }
    const at = lastPullAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastPullAt) - this.skewMs
    // Written down before the clock was set back: nobody can say when.
    return at > this.#world.now ? Number.NEGATIVE_INFINITY : at
  }

  /** Lets go of what Dexie keeps of its databases. */
  forget(): void {
    for (const db of this.#opened) db.close()
  }
}
