import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { useSyncExternalStore } from 'react'
import { afterPaint } from '../../app/after-paint.ts'
import { printerSettings } from '../../devices/printer-settings.ts'
import { kickForCash } from '../printing/open-cash-drawer.ts'
import { type PrintJob, printReceipt } from '../receipt/print-job.ts'
import type { useReceiptOf } from '../receipt/use-receipt-of.ts'

/*
 * What is handed over first is no copy: the first print of a paper that this page recorded last. After a reload nobody
 * knows whether it was handed over, and so it is a copy.
 */

/** By their numbers: those that were recorded last, and all that this page printed. */
let last: readonly string[] = []
const printed = new Set<string>()
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

/** What the devices do by themselves for what was recorded just now. */
export function handOver(
  entries: readonly EntryOf<'sale' | 'refund' | 'void'>[],
  receiptOf: ReturnType<typeof useReceiptOf>,
): void {
  // Before the paper: the drawer is what the cashier waits for.
  kickForCash(entries.flatMap(({ body }) => body.tenders))
  last = entries.map(({ body }) => body.receiptNo)
  tell()
  // Not taken back by whoever leaves before that.
  if (printerSettings().printsAtOnce)
    afterPaint(() => {
      for (const entry of entries) printPaper(receiptOf(entry), true)
    })
}

/** @param isLast whether this page recorded it last; what is older is a copy anyway */
export function printPaper(receipt: NamedReceipt, isLast: boolean): void {
  print({ receipt, copy: !isLast || printed.has(receipt.receiptNo) })
}

/** Once more what did not come out: the first, if none came out before it. */
export function printAgain({ receipt, copy }: PrintJob): void {
  print({ receipt, copy: copy && printed.has(receipt.receiptNo) })
}

function print(job: PrintJob): void {
  // Before it comes out: whoever taps twice gets one original.
  printed.add(job.receipt.receiptNo)
  tell()
  printReceipt(job)
}

/** No paper came: of a first one, the next is the first. */
export function notPrinted({ receipt, copy }: PrintJob): void {
  if (copy) return
  printed.delete(receipt.receiptNo)
  tell()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether this page printed it. */
export const useIsPrinted = (receiptNo: string): boolean =>
  useSyncExternalStore(listen, () => printed.has(receiptNo))

/** Whether this page recorded it last. */
export const useIsLast = (receiptNo: string): boolean =>
  useSyncExternalStore(listen, () => last.includes(receiptNo))
