import type { SaleEntry } from '@evertill/shared/protocol/entry'
import { useEffect } from 'react'
import { afterPaint } from '../../app/after-paint.ts'
import { printerSettings } from '../../devices/printer-settings.ts'
import { printReceipt } from '../receipt/print-job.ts'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { kickForCash } from './open-cash-drawer.ts'

// A look back must not print or open the drawer again.
const seen = new Set<string>()

/**
 * What the devices do by themselves for a sale that this page has just recorded. With Paid itself and not with the
 * receipt that comes a moment later: the next customer's scan would be quicker, and the drawer stay shut.
 */
export function DevicesWhenPaid({ entry }: { readonly entry: SaleEntry }) {
  const receiptOf = useReceiptOf()
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sale, whatever is shown anew
  useEffect(() => {
    if (seen.has(entry.id)) return
    seen.add(entry.id)
    // Before the receipt: the drawer is what the cashier waits for.
    kickForCash(entry.body.tenders)
    // Not taken back by whoever leaves before that.
    if (printerSettings().printsAtOnce)
      afterPaint(() => printReceipt({ receipt: receiptOf(entry), copy: false }))
  }, [entry.id])
  return null
}
