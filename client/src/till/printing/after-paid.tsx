import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { NameBuyer } from '../buyer/name-buyer.tsx'
import { EmailReceipt } from '../email/email-receipt.tsx'
import { ReceiptAsQr } from './receipt-as-qr.tsx'
import { ShareReceipt } from './share-receipt.tsx'

export interface AfterPaidProps {
  readonly entry: EntryOf<'sale' | 'refund'>
  readonly receipt: NamedReceipt
  readonly copy: boolean
}

/** What can be done with a receipt besides printing it. */
export function AfterPaid({ entry, receipt, copy }: AfterPaidProps) {
  return (
    <>
      <ShareReceipt receipt={receipt} copy={copy} />
      <ReceiptAsQr receipt={receipt} copy={copy} />
      <EmailReceipt entry={entry} copy={copy} />
      <NameBuyer entry={entry} buyer={receipt.buyer} />
    </>
  )
}
