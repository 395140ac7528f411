import type { SaleEntry } from '@evertill/shared/protocol/entry'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { useEffect } from 'react'
import { printerSettings } from '../../devices/printer-settings.ts'
import { EmailReceipt } from '../email/email-receipt.tsx'
import { printReceipt } from '../receipt/print-job.ts'
import { openCashDrawer } from './open-cash-drawer.ts'
import { ReceiptAsQr } from './receipt-as-qr.tsx'
import { ShareReceipt } from './share-receipt.tsx'

// A reload of the page, or a look back, must not print or open the drawer again.
const seen = new Set<string>()

export interface AfterPaidProps {
  readonly entry: SaleEntry
  readonly receipt: NamedReceipt
  /** Recorded by this page a moment ago. */
  readonly fresh: boolean
}

/** What the devices do by themselves when a sale is paid, and what can be done with its receipt besides printing. */
export function AfterPaid({ entry, receipt, fresh }: AfterPaidProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each sale, whatever is shown anew
  useEffect(() => {
    if (!fresh || seen.has(entry.id)) return
    seen.add(entry.id)
    const { kicksForCash, printsAtOnce } = printerSettings()
    // Before the receipt: the drawer is what the cashier waits for.
    if (kicksForCash && entry.body.tenders.some(({ kind }) => kind === 'cash')) void openCashDrawer()
    if (printsAtOnce) printReceipt({ receipt, copy: false })
  }, [entry.id])
  return (
    <>
      <ShareReceipt receipt={receipt} copy={false} />
      <ReceiptAsQr receipt={receipt} copy={false} />
      <EmailReceipt entry={entry} copy={false} />
    </>
  )
}
