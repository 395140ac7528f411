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
  /** When it was changed last, by the till's own clock, and by whom. */
  readonly at?: string
  readonly staffId?: string
}

const FORGOTTEN_AFTER_MS = 15 * 60_000

const readOpenExchange = (db: TillDatabase): Promise<OpenExchange | undefined> =>
  readState(db, 'openExchange')

/**
 * What that person was preparing a moment ago, of this sale or without a receipt; undefined when there is none: goods
 * of one customer must not turn up in the return of the next.
 */
export async function readMyExchange(
  db: TillDatabase,
  saleId: string | undefined,
  staffId: string,
  now: Date,
): Promise<OpenExchange | undefined> {
  const open = await readOpenExchange(db)
  const age = open?.at === undefined ? -1 : now.getTime() - Date.parse(open.at)
  const isMine = open?.saleId === saleId && open?.staffId === staffId && age >= 0 && age < FORGOTTEN_AFTER_MS
  return isMine ? open : undefined
}

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
