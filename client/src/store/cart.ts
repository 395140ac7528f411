import { type Cart, EMPTY_CART } from '@evertill/shared/domain/cart'
import type { HandsOff } from '@evertill/shared/domain/discount-share'
import type { Tender } from '@evertill/shared/domain/tender'
import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** The sale being rung up: it survives a killed browser. */
export interface OpenSale {
  readonly cart: Cart
  readonly tenders: readonly Tender[]
  /** When paying began, by the till's own clock, ISO 8601: what was asked for then stands while it is paid. */
  readonly pricedAt?: string
  /** What was off by hand when somebody who may give it allowed it. */
  readonly allowedOff?: HandsOff
}

/** The moment that decides what it costs: a happy hour may end while a card is being read. */
export const pricedAtOf = ({ pricedAt }: OpenSale, now: Date): Date =>
  pricedAt === undefined ? now : new Date(pricedAt)

export const EMPTY_SALE: OpenSale = { cart: EMPTY_CART, tenders: [] }

export async function readOpenSale(db: TillDatabase): Promise<OpenSale> {
  return (await readState(db, 'openSale')) ?? EMPTY_SALE
}

/** Saves are carried out in the order of the calls, and before a `recordSale` called after them. */
export async function saveOpenSale(db: TillDatabase, openSale: OpenSale): Promise<void> {
  await writeState(db, 'openSale', openSale)
}
