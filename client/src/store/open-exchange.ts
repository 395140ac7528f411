import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { Cart } from '@evertill/shared/domain/cart'
import type { BlindLine, PickedLine } from '@evertill/shared/domain/refund'
import { dropState, readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** Goods that are being taken back, and those that go out for them: it survives a killed browser, as a cart does. */
export interface OpenExchange {
  /** The sale whose goods come back; without it there is no receipt. */
  readonly saleId?: string
  readonly picks: readonly PickedLine[]
  readonly lines: readonly (BlindLine & { readonly lineId: string })[]
  readonly cart: Cart
  readonly reason: string
}

export const readOpenExchange = (db: TillDatabase): Promise<OpenExchange | undefined> =>
  readState(db, 'openExchange')

export const saveOpenExchange = (db: TillDatabase, open: OpenExchange): Promise<void> =>
  writeState(db, 'openExchange', open)

export const dropOpenExchange = (db: TillDatabase): Promise<void> => dropState(db, 'openExchange')

/**
 * Whether this is still what is prepared: two presses, or two windows, must not pay the same goods back twice. Of what
 * was never prepared there is nothing to ask. In a transaction over state.
 */
export async function isStillPrepared(db: TillDatabase, shown: OpenExchange | undefined): Promise<boolean> {
  if (shown === undefined) return true
  const open = await readOpenExchange(db)
  return open !== undefined && canonicalJson(open) === canonicalJson(shown)
}

/** What was prepared has been recorded: the same goods do not come back twice. In a transaction over state. */
export async function forgetPrepared(db: TillDatabase, saleId: string | undefined): Promise<void> {
  const open = await readOpenExchange(db)
  if (open !== undefined && open.saleId === saleId) await dropOpenExchange(db)
}
