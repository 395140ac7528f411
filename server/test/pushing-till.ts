import type { PushResponse } from '@evertill/shared/protocol/push'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type AcceptPushPorts, acceptPush } from '../src/replay/accept-push.ts'
import type { AuthenticatedTill } from '../src/tills/authenticate-till.ts'
import {
  addTill,
  authenticated,
  createShop,
  type Journal,
  journalOf,
  pushBytes,
  type Shop,
  type ShopOptions,
} from './shop.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export type Entries = Parameters<typeof pushBytes>[0]

export type RaisedException = {
  readonly exception_id: string
  readonly type: string
  readonly state: 'open' | 'resolved'
  readonly subject: string
  readonly entry_id: string | null
  readonly outlet_id: string | null
  readonly till_id: string | null
  readonly detail: Record<string, unknown>
  readonly resolved_by: string | null
  readonly note: string | null
}

export type HeldRow = {
  readonly till_id: string
  readonly line: Buffer
  readonly type: string
  readonly reason: string
  readonly fields: { readonly path: string }[]
  readonly state: 'held' | 'replayed'
}

/**
 * The server behind its authentication, on a real database, with one till of a new shop in each test. Call it at
 * the top of a test file.
 */
export function usePushingTill(options: ShopOptions = {}) {
  const clock = { now: new Date('2026-11-21T04:00:00.000Z') }
  const retried: unknown[] = []
  const ports: AcceptPushPorts = {
    now: () => clock.now,
    log: pino({ level: 'silent' }),
    onRetry: (error) => retried.push(error),
  }
  let database: TestDatabase
  let shop: Shop
  let till: AuthenticatedTill
  let journal: Journal

  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    retried.length = 0
    shop = await createShop(database.sql, options)
    till = await authenticated(database.sql, shop.companyId, await addTill(database.sql, shop))
    journal = journalOf(shop, till.till_id, { now: () => clock.now.getTime() })
  })

  async function send(body: Uint8Array, by = database.sql, from = till): Promise<PushResponse> {
    const answer = await acceptPush(by, from, body, ports)
    if ('code' in answer) throw new Error(answer.message)
    return answer
  }

  return {
    clock,
    ports,
    /** Why statements were made again in this test, such as a deadlock. */
    retried,
    send,
    get database() {
      return database
    },
    get sql() {
      return database.sql
    },
    get shop() {
      return shop
    },
    get till() {
      return till
    },
    get journal() {
      return journal
    },
    /** Another till of the same shop, and whatever head office has done to this one since. */
    async another(code: string): Promise<AuthenticatedTill> {
      return authenticated(database.sql, shop.companyId, await addTill(database.sql, shop, code))
    },
    async again(): Promise<AuthenticatedTill> {
      return authenticated(database.sql, shop.companyId, till.till_id)
    },
    answerTo: (entries: Entries, { epoch = 1, by = database.sql, from = till } = {}) =>
      send(pushBytes(entries, { epoch }), by, from),
    async push(...entries: Entries): Promise<PushResponse['outcomes']> {
      return (await send(pushBytes(entries))).outcomes
    },
    /** In the order in which they were raised. */
    async exceptions(...types: string[]): Promise<RaisedException[]> {
      const rows = await database.sql<RaisedException[]>`
        select exception_id, type, state, subject, entry_id, outlet_id, till_id, detail, resolved_by, note
        from exception where company_id = ${shop.companyId} order by raised_at, type, subject`
      return rows.filter(({ type }) => types.length === 0 || types.includes(type))
    },
    async held(): Promise<HeldRow[]> {
      return await database.sql<HeldRow[]>`
        select till_id, line, type, reason, fields, state from quarantine
        where company_id = ${shop.companyId} order by received_at, line_hash`
    },
  }
}
