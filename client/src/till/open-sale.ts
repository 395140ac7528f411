import { type CartEvent, cartAfter } from '@evertill/shared/domain/cart'
import type { HandsOff } from '@evertill/shared/domain/discount-share'
import type { Tender } from '@evertill/shared/domain/tender'
import {
  type CodeShown,
  EMPTY_SALE,
  newRev,
  type OpenSale,
  readOpenSale,
  saveOpenSaleSince,
} from '../store/cart.ts'
import type { TillDatabase } from '../store/till-database.ts'

/*
 * The sale being rung up, as this tab shows it: every change is on screen at once and on its way to disk in the
 * same breath, so that a killed browser loses nothing. Other tabs of the till follow through the database; one that has
 * not heard yet overwrites nothing: what it changed is done anew to what it finds there, or not at all.
 */
export interface OpenSaleStore {
  get(): OpenSale
  /** Whether the last change reached the disk. */
  saved(): boolean
  subscribe(listener: () => void): () => void
  change(...events: readonly CartEvent[]): void
  /** Somebody who may give any discount allows what hands have taken off. */
  allowOff(allowedOff: HandsOff): void
  /** Of the sale that is shown, and of no other. */
  setTenders(tenders: readonly Tender[]): void
  /** Kept until somebody has said whether its money came: undefined from then on. An emptied cart forgets it. */
  setCodeShown(codeShown: CodeShown | undefined): void
  /** Hears that a payment was not taken over, because what it was for is another sale by now. */
  onOutdated(listener: () => void): () => void
  /** From here on it costs what it costs now, until it is paid or `endPaying`. */
  beginPaying(at: Date): void
  /** Nobody pays any more: what was taken keeps its price. */
  endPaying(): void
  /** Takes over what is on disk: at the start, and when another tab changed it. */
  refresh(): Promise<void>
  /** Hears what is on disk: what this tab wrote itself needs no second look. */
  follow(onDisk: OpenSale): void
  /**
   * Runs `record` on the sale as it stands. Changes that arrive meanwhile (a scan for the next customer) wait
   * and go into whatever sale is open afterwards: an empty one where `isRecorded`, because the transaction
   * that recorded the sale emptied it on disk; the same one otherwise.
   * @param tenders with which it is paid: they are neither shown nor saved before it is known that they did not
   */
  whileRecording<T>(
    record: (openSale: OpenSale) => Promise<T>,
    isRecorded: (result: T) => boolean,
    tenders?: readonly Tender[],
  ): Promise<T>
  /** As `whileRecording`, for whatever else changes the open sale on disk: `left` is what is open then, if it did. */
  whileExchanging<T>(
    exchange: (openSale: OpenSale) => Promise<T>,
    left: (result: T) => OpenSale | undefined,
  ): Promise<T>
}

export function createOpenSale(db: TillDatabase): OpenSaleStore {
  let openSale = EMPTY_SALE
  let saved = true
  let saving = 0
  let lastSave: Promise<void> = Promise.resolve()
  let version = 0
  let recording = false
  let waiting: (() => void)[] = []
  const listeners = new Set<() => void>()
  const outdated = new Set<() => void>()
  // Changes to what another tab had changed before: they come to it when it has been read.
  let unsaved: Change[] = []

  const show = (next: OpenSale) => {
    openSale = next
    version += 1
    for (const listener of listeners) listener()
  }

  const set = (change: Change) => {
    if (recording) {
      waiting.push(() => set(change))
      return
    }
    const { rev: since } = openSale
    const changed = change(openSale)
    if (changed === openSale) return
    const next = { ...changed, rev: newRev() }
    saving += 1
    lastSave = Promise.resolve(saveOpenSaleSince(db, next, since))
      .then(
        (isNewest) => {
          if (!isNewest) unsaved.push(change)
          return true
        },
        () => false,
      )
      .then((ok) => {
        saving -= 1
        if (saved !== ok) {
          saved = ok
          show(openSale)
        }
        return takeOver()
      })
    show(next)
  }

  /** What another tab left, and on top of it what was changed here before this one had heard of it. */
  const takeOver = async () => {
    if (unsaved.length === 0 || saving > 0 || recording) return
    const late = unsaved
    unsaved = []
    const onDisk = await readOpenSale(db).catch(() => undefined)
    if (onDisk === undefined || recording) {
      unsaved = [...late, ...unsaved]
      return
    }
    show(onDisk)
    for (const change of late) set(change)
  }

  const refresh = async () => {
    if (saving > 0 || recording) return
    const seen = version
    const onDisk = await readOpenSale(db)
    // A change made here while reading is newer than what was read.
    if (seen !== version || saving > 0 || recording) return
    if (JSON.stringify(onDisk) !== JSON.stringify(openSale)) show(onDisk)
  }

  const isStillOpen = async ({ cart }: OpenSale): Promise<boolean> => {
    await lastSave
    const onDisk = await readOpenSale(db).catch(() => undefined)
    return onDisk === undefined || JSON.stringify(onDisk.cart) === JSON.stringify(cart)
  }

  const exchange = async <T>(
    work: (openSale: OpenSale) => Promise<T>,
    left: (result: T) => OpenSale | undefined,
    tenders = openSale.tenders,
  ): Promise<T> => {
    if (recording) throw new Error('a sale is being recorded already')
    recording = true
    let isDone = false
    try {
      const result = await work({ ...openSale, tenders })
      const next = left(result)
      if (next !== undefined) {
        isDone = true
        show(next)
      }
      return result
    } finally {
      // The money is on the counter, unless another tab has just taken it for this very sale.
      const stands = !isDone && tenders !== openSale.tenders && (await isStillOpen(openSale))
      recording = false
      if (stands) set((before) => ({ ...before, tenders }))
      const late = waiting
      waiting = []
      for (const change of late) change()
      void takeOver()
      // Refused because another tab was quicker? Then this one should show what that one left.
      void refresh().catch(() => undefined)
    }
  }

  return {
    get: () => openSale,
    saved: () => saved,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (...events) => {
      // Whose name is on the receipt changes no price, and is of this sale: not of the one after it.
      const isOfBuyer = events.every(({ type }) => type === 'buyer-set')
      const mayBePaid = recording
      set((before) => {
        if (isOfBuyer && mayBePaid && before.cart.lines.length === 0) return before
        const cart = events.reduce(cartAfter, before.cart)
        if (cart === before.cart) return before
        const changed = { ...before, cart }
        if (isOfBuyer) return changed
        return unpriced(cart.lines.length === 0 ? withoutCode(changed) : changed)
      })
    },
    allowOff: (allowedOff) => {
      const seen = openSale
      set((before) => (before.cart === seen.cart ? { ...before, allowedOff } : before))
    },
    setTenders: (tenders) => {
      const seen = openSale
      set((before) => {
        if (before.cart === seen.cart && before.tenders === seen.tenders) return { ...before, tenders }
        for (const listener of outdated) listener()
        return before
      })
    },
    setCodeShown: (codeShown) => {
      const seen = openSale
      set((before) => {
        if (codeShown !== undefined) return before.cart === seen.cart ? { ...before, codeShown } : before
        // Shown in another window since then, it is of another question.
        const isSame = JSON.stringify(before.codeShown) === JSON.stringify(seen.codeShown)
        return isSame ? withoutCode(before) : before
      })
    },
    onOutdated(listener) {
      outdated.add(listener)
      return () => outdated.delete(listener)
    },
    beginPaying: (at) =>
      set((before) =>
        before.pricedAt !== undefined || before.cart.lines.length === 0
          ? before
          : { ...before, pricedAt: at.toISOString() },
      ),
    endPaying: () => set(unpriced),
    refresh,
    follow(onDisk) {
      if (JSON.stringify(onDisk) !== JSON.stringify(openSale)) void refresh().catch(() => undefined)
    },
    whileRecording: (record, isRecorded, tenders) =>
      exchange(record, (result) => (isRecorded(result) ? EMPTY_SALE : undefined), tenders),
    whileExchanging: (work, left) => exchange(work, left),
  }
}

type Change = (before: OpenSale) => OpenSale

function withoutCode(openSale: OpenSale): OpenSale {
  if (openSale.codeShown === undefined) return openSale
  const { codeShown: _, ...rest } = openSale
  return rest
}

/** With payments taken the cart is as it was asked to be paid. */
function unpriced(openSale: OpenSale): OpenSale {
  if (openSale.pricedAt === undefined || openSale.tenders.length > 0) return openSale
  const { pricedAt: _, ...rest } = openSale
  return rest
}
