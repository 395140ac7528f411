import type { SaleEntry } from '@evertill/shared/protocol/entry'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { EmailReceipt } from '../email/email-receipt.tsx'
import { ReceiptAsQr } from './receipt-as-qr.tsx'
import { ShareReceipt } from './share-receipt.tsx'

export interface AfterPaidProps {
  readonly entry: SaleEntry
  readonly receipt: NamedReceipt
}

/** What can be done with the receipt of a paid sale besides printing it. */
export function AfterPaid({ entry, receipt }: AfterPaidProps) {
  return (
    <>
      <ShareReceipt receipt={receipt} copy={false} />
      <ReceiptAsQr receipt={receipt} copy={false} />
      <EmailReceipt entry={entry} copy={false} />
    </>
  )
}
