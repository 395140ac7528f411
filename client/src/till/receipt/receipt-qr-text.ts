import { plainReceipt } from '@evertill/shared/receipt/plain-receipt'
import { receiptRows } from '@evertill/shared/receipt/receipt-rows'
import type { ReceiptText } from '@evertill/shared/receipt/receipt-text'

/** A code of more bytes has dots that a phone cannot tell apart on another phone's screen (QR version 19, level M). */
export const MOST_QR_BYTES = 600

export interface ReceiptQrText {
  readonly text: string
  /** Whether it says all that the paper says. */
  readonly whole: boolean
}

/**
 * A receipt as plain text for a code: no address to open, for the till may be offline and so may the customer. One
 * that is too long says whose it is, its number, date and total, and the taxes: what it takes to find it again.
 */
export function receiptQrText(receipt: ReceiptText): ReceiptQrText {
  const whole = linesOf(receipt)
  if (new TextEncoder().encode(whole).length <= MOST_QR_BYTES) return { text: whole, whole: true }
  const { footer: _, ...rest } = receipt
  const short = {
    ...rest,
    buyer: undefined,
    items: [],
    discounts: [],
    tenders: [],
    values: [],
    footer: undefined,
  }
  return { text: linesOf(short), whole: false }
}

const linesOf = (receipt: ReceiptText): string => plainReceipt(receiptRows(receipt))
