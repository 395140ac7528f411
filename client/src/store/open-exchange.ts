import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { Cart } from '@evertill/shared/domain/cart'
import type { BlindLine, PickedLine } from '@evertill/shared/domain/refund'
import type { Tender } from '@evertill/shared/domain/tender'
import { dropState, readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** Goods that are being taken back, and those that go out for them: it survives a killed browser, as a cart does. */
export interface OpenExchange {
  /** Of this preparing: once it is recorded, no other window writes it down again. */
  readonly preparedId?: string
  /** The sale whose goods come back; without it there is no receipt. */
  readonly saleId?: string
  readonly picks: readonly PickedLine[]
  readonly lines: readonly (BlindLine & { readonly lineId: string })[]
  readonly cart: Cart
  readonly reason: string
  /** Payments of the difference that were taken, and the moment that decides the price of what they pay for. */
  readonly tenders?: readonly Tender[]
  readonly pricedAt?: string
  /** When it was changed last, by the till's own clock, and by whom. */
  readonly at?: string
  readonly staffId?: string
}

const FORGOTTEN_AFTER_MS = 15 * 60_000

const readOpenExchange = (db: TillDatabase): Promise<OpenExchange | undefined> =>
  readState(db, 'openExchange')

/** An exchange that was begun to be paid, on any screen: that money is on the counter. */
export async function readPaidExchange(db: TillDatabase): Promise<OpenExchange | undefined> {
  const open = await readOpenExchange(db)
  return open !== undefined && takenFor(open).length > 0 ? open : undefined
}

export const takenFor = ({ tenders = [] }: Pick<OpenExchange, 'tenders'>): readonly Tender[] => tenders

/**
 * What that person was preparing a moment ago, of this sale or without a receipt; undefined when there is none: goods
 * of one customer must not turn up in the return of the next. What was begun to be paid stays, for whoever goes on.
 */
export async function readMyExchange(
  db: TillDatabase,
  saleId: string | undefined,
  staffId: string,
  now: Date,
): Promise<OpenExchange | undefined> {
  const open = await readOpenExchange(db)
  const age = open?.at === undefined ? -1 : now.getTime() - Date.parse(open.at)
  if (open === undefined || open.saleId !== saleId) return undefined
  const isMine = open.staffId === staffId && age >= 0 && age < FORGOTTEN_AFTER_MS
  return isMine || takenFor(open).length > 0 ? open : undefined
}

/**
 * Keeps what is prepared, unless it has been recorded, or money was taken for it, or for another, in another window since.
 * @param before as this window knew it
 * @returns whether it was kept
 */
export const saveOpenExchange = (
  db: TillDatabase,
  open: OpenExchange,
  before?: OpenExchange,
): Promise<boolean> =>
  db.transaction('rw', db.state, async () => {
    if (open.preparedId !== undefined && (await readRecorded(db)).includes(open.preparedId)) return false
    const paid = await readPaidExchange(db)
    if (paid !== undefined && !isSameTaken(paid, before)) return false
    if (paid === undefined && before !== undefined && takenFor(before).length > 0) return false
    await writeState(db, 'openExchange', open)
    return true
  })

const isSameTaken = (paid: OpenExchange, before: OpenExchange | undefined): boolean =>
  before !== undefined &&
  paid.saleId === before.saleId &&
  canonicalJson(takenFor(paid)) === canonicalJson(takenFor(before))

/** What was prepared and not begun to be paid is forgotten: money on the counter waits for whoever goes on. */
export const dropOpenExchange = (db: TillDatabase): Promise<void> =>
  db.transaction('rw', db.state, async () => {
    if ((await readPaidExchange(db)) === undefined) await dropState(db, 'openExchange')
  })

/** What was taken has been given back, and nothing came of it. */
export const givePaidExchangeUp = (db: TillDatabase): Promise<void> => dropState(db, 'openExchange')

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
  if (open === undefined || open.saleId !== saleId) return
  await dropState(db, 'openExchange')
  const { preparedId } = open
  if (preparedId === undefined) return
  const before = await readRecorded(db)
  await writeState(db, 'recordedExchanges', [...before, preparedId].slice(-MOST_REMEMBERED))
}

/** As many as windows could be open that were left standing on one. */
const MOST_REMEMBERED = 50

const readRecorded = async (db: TillDatabase): Promise<readonly string[]> =>
  (await readState(db, 'recordedExchanges')) ?? []

/** Whether money was taken to exchange goods of that sale: until it is recorded or given back, nothing else comes back. */
export async function isBeingExchanged(db: TillDatabase, saleId: string | undefined): Promise<boolean> {
  const paid = await readPaidExchange(db)
  return paid !== undefined && paid.saleId === saleId
}
