import type { SaleEntry } from '@evertill/shared/protocol/entry'
import { useEffect } from 'react'
import { useReceiptOf } from '../receipt/use-receipt-of.ts'
import { handOver } from '../receipts/first-paper.ts'

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
    handOver([entry], receiptOf)
  }, [entry.id])
  return null
}
