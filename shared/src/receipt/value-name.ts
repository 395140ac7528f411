import type { ValueKind } from '../domain/stored-value.ts'
import type { Say } from './say.ts'

/** What a code is called where no payment method names it. */
export function valueName(kind: ValueKind, t: Say): string {
  switch (kind) {
    case 'gift-card':
      return t('Gift card')
    case 'voucher':
      return t('Voucher')
    case 'store-credit':
      return t('Store credit')
  }
}
