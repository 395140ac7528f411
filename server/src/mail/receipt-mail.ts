import { localeOf } from '@evertill/shared/domain/language'
import { zPaperEntry } from '@evertill/shared/protocol/entry'
import { emailNote } from '@evertill/shared/receipt/email-note'
import { htmlReceipt } from '@evertill/shared/receipt/html-receipt'
import { namedReceipt } from '@evertill/shared/receipt/named-receipt'
import { plainReceipt } from '@evertill/shared/receipt/plain-receipt'
import { receiptRows } from '@evertill/shared/receipt/receipt-rows'
import { receiptText } from '@evertill/shared/receipt/receipt-text'
import { sayIn } from '@evertill/shared/receipt/say'
import type { ClaimedEmail, StoredPaper } from '../db/queries/receipt-email.ts'

/** A mail as a transport takes it. */
export interface ReceiptMail {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: ''; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The same whenever it is sent: a mailbox that gets it twice can tell, and most show one. */
  readonly messageId: string
  readonly headers: Readonly<Record<string, string>>
}

/** Lays a recorded paper out as a mail, by the renderer of screen and paper. @param from the address it comes from */
export function receiptMail(email: ClaimedEmail, paper: StoredPaper, from: string): ReceiptMail {
  const { language } = email
  const t = sayIn(language)
  const names = {
    companyName: paper.companyName,
    ...(paper.receiptHeader !== null && { header: paper.receiptHeader }),
    outletName: paper.outletName,
    ...(paper.address !== null && { address: paper.address }),
    ...(paper.phone !== null && { phone: paper.phone }),
    ...(paper.gstRegistrationNo !== null && { gstRegistrationNo: paper.gstRegistrationNo }),
    tillName: paper.tillName,
    cashierName: paper.cashierName ?? '—',
    timeZone: paper.timeZone,
    ...(paper.receiptFooter !== null && { footer: paper.receiptFooter }),
    paymentMethods: paper.paymentMethods,
  }
  const entry = zPaperEntry.parse(JSON.parse(paper.raw))
  const receipt = namedReceipt(entry, names, t, paper.buyer ?? undefined)
  const text = receiptText(receipt, email.copy, { language, t })
  const rows = receiptRows(text)
  const note = emailNote(t)
  const title = `${text.title}, ${paper.companyName}`
  return {
    from: { name: paper.companyName, address: from },
    to: { name: '', address: email.address },
    subject: title,
    text: `${plainReceipt(rows)}\n\n${note}\n`,
    html: htmlReceipt(rows, { title, language: localeOf(language), note }),
    messageId: `<${email.emailId}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    // RFC 3834: nobody's holiday greeting needs to answer it.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
