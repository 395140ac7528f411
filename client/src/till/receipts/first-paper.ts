import type { EntryOf } from '@evertill/shared/protocol/entry'
import { useSyncExternalStore } from 'react'
import { printerSettings } from '../../devices/printer-settings.ts'
import { kickForCash } from '../printing/open-cash-drawer.ts'
import { printReceipt } from '../receipt/print-job.ts'
import type { useReceiptOf } from '../receipt/use-receipt-of.ts'

/*
 * The paper of what was taken back just now, until it is printed: what is handed over first is no copy. It is known to
 * the page that recorded it; after a reload nobody knows whether it was handed over, and so it is a copy.
 */

let unprinted: string | undefined
const listeners = new Set<() => void>()

function become(next: string | undefined): void {
  unprinted = next
  for (const listener of listeners) listener()
}

/** What the devices do for money that goes back: the drawer opens for cash, the paper comes where it comes by itself. */
export function handOver(
  entry: EntryOf<'refund'> | EntryOf<'void'>,
  receiptOf: ReturnType<typeof useReceiptOf>,
): void {
  kickForCash(entry.body.tenders)
  become(entry.id)
  if (printerSettings().printsAtOnce) printFirst(entry.id, receiptOf(entry))
}

/** Prints what is handed over; from then on it is printed as a copy. */
export function printFirst(paperId: string, receipt: ReturnType<ReturnType<typeof useReceiptOf>>): void {
  printReceipt({ receipt, copy: paperId !== unprinted })
  if (paperId === unprinted) become(undefined)
}

/** Whether this paper has not been handed over yet. */
export function useIsFirst(paperId: string): boolean {
  const first = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => unprinted,
  )
  return first === paperId
}
