import type { SaleBody } from '@evertill/shared/domain/sale'
import type { Sql } from '../../src/db/connect.ts'

/** What is rung up, the same for all: a finished sale with its lines, tax and tenders. */
export interface Sale {
  readonly id: string
  readonly body: SaleBody
}

/** The client side of a peer, in the page: `<peer>/page.ts` exports `openOutbox`. */
export interface Outbox {
  /** Resolves when the library has told its caller, as firmly as it ever does offline, that the sale is taken. */
  take(sale: Sale): Promise<void>
  /** Whether this client believes that everything it took has reached the server. */
  isDrained(): Promise<boolean>
}

/** @param setUp what the peer's endpoint wants its client to know */
export type OpenOutbox = (setUp: unknown) => Promise<Outbox>

/** The server side of a peer: `<peer>/endpoint.ts` exports `openEndpoint`. It answers under /api. */
export interface Endpoint {
  readonly app: { fetch(request: Request): Response | Promise<Response> }
  readonly setUp?: unknown
}

/** @param sql an empty database of its own */
export type OpenEndpoint = (sql: Sql, products: number) => Promise<Endpoint>
