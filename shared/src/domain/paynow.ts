import { emvQrText, plainText } from './emv-qr.ts'
import type { Minor } from './money.ts'

/** Whom PayNow pays: a company by its UEN, or a person by a mobile number. */
export type PayNowProxy =
  | { readonly kind: 'uen'; readonly uen: string }
  | { readonly kind: 'mobile'; readonly number: string }

/**
 * Reads a proxy as a person types it: `201900000A`, with the three letters or digits a bank may have added, or
 * `+65 9123 4567`. `undefined` when it is neither.
 */
export function payNowProxyOf(typed: string): PayNowProxy | undefined {
  const plain = typed.replaceAll(/[\s-]/gu, '').toUpperCase()
  if (/^\+\d{8,15}$/u.test(plain)) return { kind: 'mobile', number: plain }
  // 8 or 9 digits and a letter, or T08AB1234A: 9 or 10 characters, and up to 13 with a suffix.
  return /^[0-9A-Z]{9,13}$/u.test(plain) && /\d{4}/u.test(plain) ? { kind: 'uen', uen: plain } : undefined
}

export interface PayNowRequest {
  readonly proxy: PayNowProxy
  /** Singapore cents; above zero. */
  readonly amount: Minor
  /** Comes back on the shop's bank statement; at most MAX_PAYNOW_REFERENCE characters, see `payNowReference`. */
  readonly reference: string
  readonly merchantName: string
  /** Last day on which it can be paid, YYYY-MM-DD; none when it may be paid at any time. */
  readonly expires?: string
  /** Whether the payer may change the amount; not unless said. */
  readonly amountEditable?: boolean
}

/** The longest bill number an SGQR carries. */
export const MAX_PAYNOW_REFERENCE = 25
/** The longest amount an EMV QR code carries is 13 characters. */
const MAX_AMOUNT = 9_999_999_999_99

/**
 * The text of a PayNow QR code with amount and reference, made without a network. Throws on an amount that cannot
 * be asked for, which no sale that can be paid has.
 *
 * Sources: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1 (ids, order, lengths,
 * checksum); ABS and MAS, SGQR specifications (template 26 `SG.PAYNOW`: 01 proxy type, 0 mobile or 2 UEN; 02 proxy;
 * 03 whether the amount may be changed; 04 expiry YYYYMMDD; the reference as bill number, 62-01).
 */
export function payNowQrText(request: PayNowRequest): string {
  const { proxy, amount, expires, merchantName } = request
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > MAX_AMOUNT)
    throw new RangeError(`PayNow cannot ask for ${amount} cents`)
  const reference = payNowReference(request.reference)
  return emvQrText({
    '00': '01',
    // 11 is a code to be paid many times, 12 one made for this payment.
    '01': '12',
    26: {
      '00': 'SG.PAYNOW',
      '01': proxy.kind === 'mobile' ? '0' : '2',
      '02': proxy.kind === 'mobile' ? proxy.number : proxy.uen,
      '03': request.amountEditable === true ? '1' : '0',
      '04': expires?.replaceAll('-', ''),
    },
    // No merchant category; Singapore dollars (ISO 4217).
    52: '0000',
    53: '702',
    54: `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`,
    58: 'SG',
    59: plainText(merchantName, 25) || 'NA',
    60: 'Singapore',
    62: reference === '' ? undefined : { '01': reference },
  })
}

/**
 * A reference as an SGQR can carry it: plain characters, and the end of one that is too long, because receipts
 * count at their end. `leg` tells the PayNow payments of one sale apart, from 2 on.
 */
export function payNowReference(receiptNo: string, leg = 1): string {
  const plain = plainText(leg > 1 ? `${receiptNo}/${leg}` : receiptNo, 200)
  return plain.slice(-MAX_PAYNOW_REFERENCE).trim()
}
