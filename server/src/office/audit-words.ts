import type { AuditedCompany, FoundDifference } from '../db/queries/audit.ts'

const locale = 'en-SG'
const minus = '−'
const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })

/** What is wrong, where, and what it should be: `Receipt TB-1-000012 (Counter 1, Tiong Bahru): its total is …` */
export function differenceSentence(found: FoundDifference, { currency }: AuditedCompany): string {
  const value = (text: string | null) => (text === null ? 'nothing' : valueText(text, found.unit, currency))
  const says = found.says
    .replace('{expected}', () => value(found.expected))
    .replace('{actual}', () => value(found.actual))
  return `${subjectOf(found)}: ${says}.`
}

/** The thing as its shop would name it: a receipt, an entry of a till, a product at an outlet, a customer, a shift, a day. */
function subjectOf(found: FoundDifference): string {
  const place = [found.tillName, found.outletName].filter((name) => name !== null).join(', ')
  const at = place === '' ? '' : ` (${place})`
  if (found.entryId !== null) {
    if (found.receiptNo !== null) return `Receipt ${found.receiptNo}${at}`
    if (found.seq !== null) return `Entry ${found.seq}${at}`
    return `Entry ${found.entryId}`
  }
  if (found.shiftId !== null) return `Shift of ${found.day ?? 'an unknown day'}${at}`
  if (found.day !== null) return `${found.day}${at}`
  if (found.productId !== null) {
    const name = found.productName ?? `Product ${found.productId}`
    return found.outletName === null ? name : `${name} at ${found.outletName}`
  }
  if (found.customerId !== null) return found.customerName ?? `Customer ${found.customerId}`
  return found.epoch === null ? `Journal${at}` : `Journal ${found.epoch}${at}`
}

function valueText(text: string, unit: FoundDifference['unit'], currency: string): string {
  if (unit === 'text') return text
  const amount = BigInt(text)
  const sign = amount < 0n ? minus : ''
  const size = amount < 0n ? -amount : amount
  return sign + (unit === 'money' ? moneyText(size, currency) : plain.format(Number(size) / 1000))
}

function moneyText(minor: bigint, currency: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(Number(minor) / 10 ** decimals)
}
