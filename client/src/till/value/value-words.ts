import type { ValueKind } from '@evertill/shared/domain/stored-value'
import type { TFunction } from 'i18next'

/** What a code is called where no payment method names it. */
export function valueName(kind: ValueKind, t: TFunction): string {
  switch (kind) {
    case 'gift-card':
      return t('Gift card')
    case 'voucher':
      return t('Voucher')
    case 'store-credit':
      return t('Store credit')
  }
}
