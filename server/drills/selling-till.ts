import { setTimeout as wait } from 'node:timers/promises'
import { zPushResponse } from '@evertill/shared/protocol/push'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import { type Sync, startSync } from '../../client/src/sync/sync-loop.ts'
import type { Random } from '../simulation/random.ts'
import type { Sql } from '../src/db/connect.ts'
import { card, cash, catalogueOf, enrolRealTill, type RealTill, ringUp } from '../test/real-till.ts'
import type { Shop } from '../test/shop.ts'
import { Stall } from './stall.ts'

export interface Pushes {
  pushes: number
  answered: number
  /** Answered with a status that settles nothing. */
  refused: number
  /** Broken on the way: nobody knows what became of it. */
  cut: number
  /** The longest that one of them took, whatever came of it. */
  slowestMs: number
}

/** The till's own code, all of it but the screens, on an IndexedDB in memory: it sells, and sync does the rest. */
export class SellingTill {
  readonly stall = new Stall(() => performance.now())
  readonly pushes: Pushes = { pushes: 0, answered: 0, refused: 0, cut: 0, slowestMs: 0 }
  readonly #shop: Shop
  readonly #till: RealTill
  readonly #random: Random
  readonly #sync: Sync

  private constructor(shop: Shop, till: RealTill, origin: string, random: Random) {
    this.#shop = shop
    this.#till = till
    this.#random = random
    this.#sync = startSync({
      db: till.db,
      fetch: this.#countedFetch(origin),
      now: () => new Date(),
      random: () => random.next(),
      locks: undefined,
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
      isOnline: () => true,
      appVersion: 'drill',
    })
  }

  static async open(
    sql: Sql,
    shop: Shop,
    code: string,
    origin: string,
    random: Random,
  ): Promise<SellingTill> {
    const fetchFrom: Fetch = (path, init) => fetch(`${origin}${path}`, init)
    const till = await enrolRealTill(sql, shop, code, { fetch: fetchFrom, now: () => new Date() })
    return new SellingTill(shop, till, origin, random)
  }

  get tillId(): string {
    return this.#till.tillId
  }

  /** A basket every `everyMs` in the mean, whatever the server does. */
  async sellUntil(until: number, everyMs: number): Promise<void> {
    const catalogue = await catalogueOf(this.#till.db)
    const random = this.#random
    while (Date.now() < until) {
      const { hash } = await ringUp(
        this.#till.db,
        {
          staffId: this.#shop.staffId,
          lines: basket(random),
          ...(random.chance(1 / 3) && { customerId: this.#shop.customerId }),
          tenders: (total) => (random.chance(0.5) ? [cash(Math.ceil(total / 1000) * 1000)] : [card(total)]),
          now: new Date(),
        },
        catalogue,
      )
      this.stall.recorded(hash)
      this.#sync.wake()
      await wait(-Math.log(1 - random.next()) * everyMs)
    }
  }

  async journal(): Promise<JournalRow[]> {
    return this.#till.db.journal.toArray()
  }

  /** Ends after the step under way; its outcome is written down. */
  async stopSync(): Promise<void> {
    await this.#sync.stop()
  }

  async close(): Promise<void> {
    await this.#sync.stop()
    this.#till.db.close()
  }

  #countedFetch(origin: string): Fetch {
    return async (path, init) => {
      if (path !== '/api/push') return fetch(`${origin}${path}`, init)
      this.pushes.pushes++
      const sentAt = performance.now()
      const answer = await fetch(`${origin}${path}`, init)
        .then(async (response) => ({ status: response.status, text: await response.text(), response }))
        .catch((error: unknown) => {
          this.pushes.cut++
          throw error
        })
        .finally(() => {
          this.pushes.slowestMs = Math.max(this.pushes.slowestMs, performance.now() - sentAt)
        })
      if (answer.status === 200) {
        this.pushes.answered++
        const { outcomes } = zPushResponse.parse(JSON.parse(answer.text))
        this.stall.acknowledged(
          outcomes.flatMap(({ outcome, hash }) => (outcome !== 'quarantined' && hash !== null ? [hash] : [])),
        )
      } else this.pushes.refused++
      return new Response(answer.text, { status: answer.status, headers: answer.response.headers })
    }
  }
}

/** Shaped like real ones: 4.4 lines in the mean, some goods in many baskets, one in every fourth. */
function basket(random: Random): { place: number; pieces: number }[] {
  const places = new Set<number>()
  if (random.chance(0.26)) places.add(0)
  const lines = 1 + Math.min(31, Math.floor(-3.6 * Math.log(1 - random.next())))
  while (places.size < lines) places.add(Math.floor(169 * random.next() ** 2.2))
  return [...places].map((place) => ({ place, pieces: random.int(1, 3) }))
}
