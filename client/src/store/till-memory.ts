import { followCalmly } from './follow.ts'
import { readFormerTills } from './former-tills.ts'
import { receiptNoOf } from './receipt-no.ts'
import { readState } from './state.ts'
import { hasKey, readTill } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import { countUnsent } from './unsent.ts'

/*
 * What is remembered of a till outside its database, in a place that browsers keep and lose apart from it: should the
 * database ever be gone, the browser can say which till it was and what had not been sent.
 */
export interface TillMemory {
  readonly companyName: string
  readonly outletCode: string
  readonly tillCode: string
  readonly tillName: string
  /** Entries that no server had. */
  readonly unsent: number
  /** The last paper that it numbered. */
  readonly lastReceiptNo?: string
  /** When this was so, by the till's clock. */
  readonly at: string
}

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = 'evertill-till'
/** A burst of sales is remembered once. */
const REST_MS = 1000

/** Remembers the till of this browser, and every change of what it has to send, until it is stopped. */
export function rememberTill(db: TillDatabase, keep: Keep, now: () => Date): () => void {
  return followCalmly(() => whatToRemember(db), REST_MS, {
    next: (seen) => {
      // Where nothing is known of any till, what is remembered may be all there is left of one.
      if (seen === 'left') forgetTill(keep)
      else if (seen !== 'nothing') attempt(() => keep.setItem(KEY, textOf(seen, now())))
    },
    error: (error) => console.warn(error),
  })
}

const textOf = (seen: Omit<TillMemory, 'at'>, at: Date): string =>
  JSON.stringify({ ...seen, at: at.toISOString() } satisfies TillMemory)

/** A till that is left on purpose was not lost. */
export const forgetTill = (keep: Keep | undefined): void => attempt(() => keep?.removeItem(KEY))

/** In a live query. */
export async function whatToRemember(db: TillDatabase): Promise<Omit<TillMemory, 'at'> | 'left' | 'nothing'> {
  return db.transaction('r', [db.journal, db.state], async () => {
    const till = await readTill(db)
    // One whose key is gone with its database was brought back from a spare copy, and left by nobody.
    if (till === undefined)
      return (await readFormerTills(db)).some((former) => hasKey(former.till)) ? 'left' : 'nothing'
    const { companyName, outletCode, tillCode, tillName, tillId } = till
    const receipts = (await readState(db, 'counters'))?.receipts ?? 0
    const unsent = await countUnsent(db, tillId)
    const seen = { companyName, outletCode, tillCode, tillName, unsent }
    return receipts === 0 ? seen : { ...seen, lastReceiptNo: receiptNoOf(till, receipts) }
  })
}

/** The till that a browser was which holds none any more, and never left one: its database is gone. */
export function lostTill(keep: Keep | undefined): TillMemory | undefined {
  const known: unknown = attempt(() => JSON.parse(keep?.getItem(KEY) ?? 'null'))
  return isMemory(known) ? known : undefined
}

// By hand: this is read before the first screen, which does not wait for zod.
const isMemory = (value: unknown): value is TillMemory => {
  const { companyName, outletCode, tillCode, tillName, unsent, lastReceiptNo, at } = (value ?? {}) as {
    [K in keyof TillMemory]?: unknown
  }
  return (
    [companyName, outletCode, tillCode, tillName, at, lastReceiptNo ?? ''].every(
      (text) => typeof text === 'string',
    ) &&
    Number.isSafeInteger(unsent) &&
    !Number.isNaN(Date.parse(String(at)))
  )
}

/** Storage may be full or forbidden; nobody is stopped from selling by that. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
