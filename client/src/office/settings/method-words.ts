import type { MethodKind } from '@evertill/shared/domain/tender'
import type { PaymentMethodDetail } from '@evertill/shared/protocol/office/settings'

/** What a way to pay is, in the words of a shop. */
export const METHOD_KIND_WORDS: Readonly<Record<MethodKind, string>> = {
  cash: 'Cash',
  card: 'Card or wallet on a terminal',
  nets: 'NETS',
  paynow: 'PayNow',
  points: 'Points',
  'gift-card': 'Gift card',
  voucher: 'Voucher',
  'store-credit': 'Store credit',
}

/** What a till does with it. */
export function methodRule({
  kind,
  payNowProxy,
  rest,
}: Pick<PaymentMethodDetail, 'kind' | 'payNowProxy' | 'rest'>): string {
  switch (kind) {
    case 'cash':
      return 'Gives change, and rounds to the smallest coin'
    case 'card':
    case 'nets':
      return 'Takes no more than is due'
    case 'paynow':
      return payNowProxy === null
        ? 'Shows no code: nobody is set to be paid'
        : `Shows a code that pays ${payNowProxy}`
    case 'points':
      return 'Pays as set under Loyalty'
    default:
      return rest === 'forfeited'
        ? 'Used once: what is left of it is lost'
        : 'What is left of it stays for the next time'
  }
}

/** What it means when tills offer it no more. */
export function retireWords(method: PaymentMethodDetail, money: (amount: number) => string): string {
  const history = 'What was paid with it stays as it is, and it can be brought back.'
  if (method.owed !== null && method.owed > 0)
    return `${money(method.owed)} is still on codes that customers hold, and no till will take them any more. ${history}`
  if (method.kind === 'points') return `Customers keep their points, but cannot pay with them. ${history}`
  return history
}

/** What it means that customers who scan a till's code pay somebody else from now on; undefined where they do not. */
export function payeeWords(before: string | null, after: string | null): string | undefined {
  // Without anybody to pay tills show no code, and no money goes astray.
  if (after === null || after === before) return undefined
  return before === null
    ? `From their next contact tills show customers a code that pays ${after}. A wrong one pays somebody else, and no bank gives it back by itself.`
    : `From their next contact tills show customers a code that pays ${after} and no longer ${before}. A wrong one pays somebody else, and no bank gives it back by itself.`
}
