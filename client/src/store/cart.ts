import { type Cart, EMPTY_CART } from '@evertill/shared/domain/cart'
import type { HandsOff } from '@evertill/shared/domain/discount-share'
import type { Tender } from '@evertill/shared/domain/tender'
import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** A code to pay by that the customer was shown: nobody has said yet whether its money came. */
export interface CodeShown {
  readonly methodCode: string
  readonly amount: number
  /** Empty where it had none. */
  readonly reference: string
}

/** The sale being rung up: it survives a killed browser. */
export interface OpenSale {
  readonly cart: Cart
  readonly tenders: readonly Tender[]
  /** When paying began, see `timeAt`, ISO 8601: what was asked for then stands while it is paid. */
  readonly pricedAt?: string
  /** What was off by hand when somebody who may give it allowed it. */
  readonly allowedOff?: HandsOff
  readonly codeShown?: CodeShown
  /** Another with every change that is saved; none of an empty sale. A window goes on from the one it has seen. */
  readonly rev?: string
}

/**
 * The moment that decides what it costs: a happy hour may end while a card is being read.
 * @param present see `timeAt`
 */
export const pricedAtOf = ({ pricedAt }: OpenSale, present: Date): Date =>
  pricedAt === undefined ? present : new Date(pricedAt)

export const EMPTY_SALE: OpenSale = { cart: EMPTY_CART, tenders: [] }

export async function readOpenSale(db: TillDatabase): Promise<OpenSale> {
  return (await readState(db, 'openSale')) ?? EMPTY_SALE
}

export const newRev = (): string => Math.random().toString(36).slice(2)

/** Saves are carried out in the order of the calls, and before a `recordSale` called after them. */
export async function saveOpenSale(db: TillDatabase, openSale: OpenSale): Promise<void> {
  await writeState(db, 'openSale', openSale)
}

/**
 * As `saveOpenSale`, unless another window has changed or paid it since.
 * @param since the `rev` that this change was made to
 * @returns whether it was saved
 */
export const saveOpenSaleSince = (
  db: TillDatabase,
  openSale: OpenSale,
  since: string | undefined,
): PromiseLike<boolean> =>
  db.transaction('rw', db.state, async () => {
    if ((await readOpenSale(db)).rev !== since) return false
    await writeState(db, 'openSale', openSale)
    return true
  })
