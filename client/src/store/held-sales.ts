import type { Cart } from '@evertill/shared/domain/cart'
import type { HandsOff } from '@evertill/shared/domain/discount-share'
import { EMPTY_SALE, newRev, type OpenSale, readOpenSale, saveOpenSale } from './cart.ts'
import { type StorageProblem, storageProblem, type TillDatabase } from './till-database.ts'

/** A sale put aside with its name, until somebody goes on with it. No money has been taken for it. */
export interface HeldSale {
  readonly heldId: string
  readonly name: string
  /** By the till's own clock. */
  readonly heldAt: string
  readonly heldBy: string
  readonly cart: Cart
  readonly allowedOff?: HandsOff
}

/** The most letters of a name. */
export const MAX_HELD_NAME = 60

/** How the open sale is put aside. */
export type Holding = Omit<HeldSale, 'cart' | 'allowedOff'>

export type HoldRefusal =
  | { readonly code: 'cart-empty' }
  /** Another window paid, held or changed the open sale. */
  | { readonly code: 'cart-changed' }
  | { readonly code: 'payments-taken' }
  | ({ readonly code: 'not-stored' } & StorageProblem)

export type ResumeRefusal =
  | HoldRefusal
  /** Another window was quicker, or it was discarded. */
  | { readonly code: 'gone' }
  /** Nobody said what becomes of the sale that is open. */
  | { readonly code: 'sale-open' }

/** Oldest first. */
export async function readHeldSales(db: TillDatabase): Promise<HeldSale[]> {
  const held = await db.heldSale.toArray()
  return held.sort((a, b) => a.heldAt.localeCompare(b.heldAt) || a.heldId.localeCompare(b.heldId))
}

export const countHeldSales = (db: TillDatabase): PromiseLike<number> => db.heldSale.count()

/**
 * Puts the open sale aside and empties the cart, in one strict transaction.
 * @param seen the open sale as the cashier sees it
 */
export const holdSale = (
  db: TillDatabase,
  seen: OpenSale,
  holding: Holding,
): Promise<{ readonly code: 'held'; readonly held: HeldSale } | HoldRefusal> =>
  exchanging(db, async () => {
    if (seen.cart.lines.length === 0) return { code: 'cart-empty' } as const
    const refusal = await refuseAside(db, seen)
    if (refusal !== undefined) return refusal
    const held = { ...holding, ...putAside(seen) }
    await db.heldSale.add(held)
    await saveOpenSale(db, EMPTY_SALE)
    return { code: 'held', held } as const
  })

/**
 * Goes on with a held sale, in one strict transaction: of two windows only one gets it.
 * @param holding how a sale that is open meanwhile is put aside; without it, nothing may be open
 */
export const resumeSale = (
  db: TillDatabase,
  seen: OpenSale,
  heldId: string,
  holding: Holding | undefined,
): Promise<{ readonly code: 'resumed'; readonly openSale: OpenSale } | ResumeRefusal> =>
  exchanging(db, async () => {
    const held = await db.heldSale.get(heldId)
    if (held === undefined) return { code: 'gone' } as const
    const refusal = await refuseAside(db, seen)
    if (refusal !== undefined) return refusal
    if (seen.cart.lines.length > 0) {
      if (holding === undefined) return { code: 'sale-open' } as const
      await db.heldSale.add({ ...holding, ...putAside(seen) })
    }
    await db.heldSale.delete(heldId)
    const openSale: OpenSale = { ...putAside(held), tenders: [], rev: newRev() }
    await saveOpenSale(db, openSale)
    return { code: 'resumed', openSale } as const
  })

/** What of a sale is the same whether it is held or open. */
const putAside = ({ cart, allowedOff }: Pick<HeldSale, 'cart' | 'allowedOff'>) => ({
  cart,
  ...(allowedOff !== undefined && { allowedOff }),
})

/** @returns what was discarded, for whoever wants it back; undefined when it was gone already */
export const discardHeldSale = (db: TillDatabase, heldId: string): Promise<HeldSale | undefined> =>
  db.transaction('rw', db.heldSale, async () => {
    const held = await db.heldSale.get(heldId)
    await db.heldSale.delete(heldId)
    return held
  })

/** Takes a discard back. Twice is once. */
export async function restoreHeldSale(db: TillDatabase, held: HeldSale): Promise<void> {
  await db.heldSale.put(held)
}

async function refuseAside(db: TillDatabase, seen: OpenSale): Promise<HoldRefusal | undefined> {
  const onDisk = await readOpenSale(db)
  if (onDisk.tenders.length > 0) return { code: 'payments-taken' }
  return JSON.stringify(onDisk.cart) === JSON.stringify(seen.cart) ? undefined : { code: 'cart-changed' }
}

async function exchanging<T>(db: TillDatabase, work: () => Promise<T>) {
  try {
    return await db.transaction('rw', [db.state, db.heldSale], async () => work())
  } catch (error) {
    const problem = storageProblem(error)
    if (problem === undefined) throw error
    return { code: 'not-stored', ...problem } as const
  }
}
