import type { Language } from '../domain/language.ts'
import { type ValueKind, valueCodeText } from '../domain/stored-value.ts'
import type { Logo } from '../protocol/logo.ts'
import { dateTimeText, moneyText, quantityText, rateText } from './formats.ts'
import type { NamedReceipt } from './named-receipt.ts'
import type { Say } from './say.ts'
import { valueName } from './value-name.ts'

export interface ReceiptPair {
  readonly label: string
  readonly value: string
}

/** The language of a paper, with its words. */
export interface PaperWords {
  readonly language: Language
  readonly t: Say
}

/**
 * A receipt in words, in the order they are read: the screen, the printers, the PDF and the e-mail show these and no
 * others.
 */
export interface ReceiptText {
  readonly title: string
  /** Over everything else. */
  readonly logo: Logo | undefined
  /** Centred; `text` may have several lines. */
  readonly head: readonly { readonly text: string; readonly look: 'strong' | 'plain' | 'copy' }[]
  readonly facts: readonly ReceiptPair[]
  /** Whom it is made out to, line by line. */
  readonly buyer: { readonly label: string; readonly lines: readonly string[] } | undefined
  readonly items: readonly { readonly name: string; readonly rows: readonly (ReceiptPair | string)[] }[]
  readonly discounts: readonly ReceiptPair[]
  readonly total: ReceiptPair
  readonly tenders: readonly ReceiptPair[]
  readonly taxes: readonly ReceiptPair[]
  readonly footer: string | undefined
  /** The receipt's number, to be scanned when goods come back. */
  readonly code: string
  readonly codeLabel: string
  /** Codes that the customer may pay with, each to be scanned. */
  readonly values: readonly { readonly name: string; readonly code: string; readonly words: string }[]
}

/** @param copy whether it says that it is one: not what is first handed over */
export function receiptText(receipt: NamedReceipt, copy: boolean, { language, t }: PaperWords): ReceiptText {
  const { context, currency, back, receiptNo } = receipt
  // No currency sign per line: paper is narrow, and the total names it.
  const plain = (amount: number) => moneyText(amount, currency, language).replace(/[^\d.,−]/gu, '')
  // Who is not registered says nothing of a tax.
  const isTaxed = context.gstRegistrationNo !== undefined || receipt.tax !== 0
  return {
    title: t('Receipt {{receiptNo}}', { receiptNo }),
    logo: receipt.logo,
    head: [
      { text: context.companyName, look: 'strong' },
      ...only(context.header !== undefined, { text: context.header ?? '', look: 'plain' as const }),
      { text: context.outletName, look: 'plain' },
      ...only(context.address !== undefined, { text: context.address ?? '', look: 'plain' as const }),
      ...only(context.phone !== undefined, {
        text: t('Tel. {{phone}}', { phone: context.phone ?? '' }),
        look: 'plain' as const,
      }),
      ...only(context.gstRegistrationNo !== undefined, {
        text: t('GST Reg. No. {{number}}', { number: context.gstRegistrationNo ?? '' }),
        look: 'plain' as const,
      }),
      { text: kindOfPaper(receipt, t), look: 'strong' },
      ...only(copy, { text: t('COPY'), look: 'copy' as const }),
    ],
    facts: [
      { label: t('Receipt'), value: receiptNo },
      ...only(back?.originalReceiptNo !== undefined, {
        label: back?.kind === 'void' ? t('Void of') : t('Refund of'),
        value: back?.originalReceiptNo ?? '',
      }),
      ...only(receipt.exchangeReceiptNo !== undefined, {
        label: t('Exchange with'),
        value: receipt.exchangeReceiptNo ?? '',
      }),
      ...only(back !== undefined, { label: t('Reason'), value: back?.reason ?? '' }),
      { label: t('Date'), value: dateTimeText(new Date(context.at), context.timeZone, language) },
      { label: context.tillName, value: context.cashierName },
      ...only(receipt.customerName !== undefined, {
        label: t('Customer'),
        value: receipt.customerName ?? '',
      }),
    ],
    buyer: receipt.buyer && {
      label: t('Bill to'),
      lines: [
        receipt.buyer.name,
        ...receipt.buyer.address.split('\n'),
        ...only(
          receipt.buyer.registrationNo !== undefined,
          t('UEN / GST no. {{number}}', { number: receipt.buyer.registrationNo ?? '' }),
        ),
      ],
    },
    items: [
      ...receipt.lines.map((line) => ({
        name: line.name,
        rows: [
          {
            label: `${quantityText(line.quantity, line.unit ?? 'each', language)} × ${plain(line.unitPrice)}`,
            value: plain(line.gross),
          },
          ...only(
            line.listPrice !== undefined,
            t('Price was {{price}}', { price: plain(line.listPrice ?? 0) }),
          ),
          ...only(line.labelled === true, t('Price on the label')),
          ...only(line.note !== undefined, line.note ?? ''),
          ...(line.promotions ?? []).map(({ name, amount }) => ({ label: name, value: plain(-amount) })),
          ...only(line.discount > 0, { label: t('Discount'), value: plain(-line.discount) }),
        ],
      })),
      ...(receipt.issued ?? []).map(({ kind, code, amount }) => ({
        name: valueName(kind, t),
        rows: [{ label: valueCodeText(code), value: plain(amount) }],
      })),
    ],
    discounts: [
      ...only(receipt.billDiscount > 0, {
        label: t('Discount on the bill'),
        value: plain(-receipt.billDiscount),
      }),
      ...only(!receipt.taxInclusive, { label: t('GST'), value: plain(receipt.tax) }),
      ...only(receipt.rounding !== 0, { label: t('Rounding'), value: plain(receipt.rounding) }),
    ],
    total: { label: back ? t('Paid back') : t('Total'), value: moneyText(receipt.total, currency, language) },
    tenders: [
      ...receipt.tenders.flatMap(({ methodName, reference, amount, points, code, forfeited = 0, left }) => [
        {
          label:
            points !== undefined
              ? t('{{method}}: {{count}}', { method: methodName, count: points })
              : code !== undefined
                ? `${methodName} …${code.slice(-4)}`
                : reference === undefined
                  ? methodName
                  : `${methodName} ${reference}`,
          value: plain(amount),
        },
        ...only(forfeited > 0, {
          label: back === undefined ? t('Rest of it, lost') : t('Rest of it, not lost any more'),
          value: plain(forfeited),
        }),
        ...only(left !== undefined, {
          label: t('Left on …{{code}}', { code: code?.slice(-4) ?? '' }),
          value: plain(left ?? 0),
        }),
      ]),
      ...only(back === undefined && hasChange(receipt), {
        label: t('Change'),
        value: plain(receipt.change),
      }),
    ],
    taxes: [
      ...(isTaxed ? receipt.taxRows : []).map((row) => ({
        label: t('{{taxCode}} {{rate}} on {{taxable}}', {
          taxCode: row.taxCode,
          rate: rateText(row.ratePpm, language),
          taxable: plain(row.taxable),
        }),
        value: plain(row.tax),
      })),
      ...only(isTaxed && receipt.taxInclusive, { label: t('GST included'), value: plain(receipt.tax) }),
      ...only(receipt.pointsEarned < 0, {
        label: t('Points taken back'),
        value: String(-receipt.pointsEarned),
      }),
      ...only(receipt.pointsEarned > 0, { label: t('Points earned'), value: String(receipt.pointsEarned) }),
      ...only(receipt.pointsBalance !== undefined, {
        label: t('Points now'),
        value: String(receipt.pointsBalance ?? 0).replace('-', '−'),
      }),
    ],
    footer: context.footer,
    code: receiptNo,
    codeLabel: t('QR code of receipt {{receiptNo}}', { receiptNo }),
    values: valuesOf(receipt).map(({ kind, code }) => ({
      name: valueName(kind, t),
      code,
      words: valueCodeText(code),
    })),
  }
}

/** What was sold, and the store credit of a refund. */
function valuesOf({ issued = [], tenders, back }: NamedReceipt): { kind: ValueKind; code: string }[] {
  if (back === undefined) return [...issued]
  return tenders.flatMap(({ kind, code }) =>
    kind === 'store-credit' && code !== undefined ? [{ kind, code }] : [],
  )
}

function kindOfPaper({ context, back }: NamedReceipt, t: Say): string {
  const registered = context.gstRegistrationNo !== undefined
  if (back === undefined) return registered ? t('Tax invoice') : t('Receipt')
  if (registered) return t('Credit note')
  return back.kind === 'void' ? t('Void') : t('Refund')
}

const only = <T>(wanted: boolean, row: T): T[] => (wanted ? [row] : [])

/** Of cash, even where it was the exact sum: nobody asks for change from a card. */
const hasChange = ({ change, tenders }: NamedReceipt): boolean =>
  change > 0 || tenders.length === 0 || tenders.some(({ kind }) => kind === undefined || kind === 'cash')
