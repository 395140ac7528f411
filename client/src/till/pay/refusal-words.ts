import { valueCodeText } from '@evertill/shared/domain/stored-value'
import type { TenderRefusal } from '@evertill/shared/domain/tender'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import type { RecordRefusal } from '../../store/record-entry.ts'

/** What happened, what it means for the money, what to do. */
export function useRefusalWords(): (refusal: TenderRefusal | RecordRefusal, method?: string) => string {
  const { t } = useTranslation()
  const money = useMoneyText()
  return (refusal, method = '') => {
    switch (refusal.code) {
      case 'nothing-due':
        return t('This sale is paid already. Nothing more was taken.')
      case 'not-positive':
        return t('Type an amount above zero, or choose a button that names one.')
      case 'over-due':
        return t('{{method}} can take {{most}} at most, because only cash gives change.', {
          method,
          most: money(refusal.most),
        })
      case 'not-in-coins':
        return t('There is no coin for that amount of cash: use multiples of {{step}}.', {
          step: money(refusal.step),
        })
      case 'over-paid':
        return t('The payments come to {{excess}} too much, and only cash gives change. Take one back.', {
          excess: money(refusal.excess),
        })
      case 'too-large':
        return t(
          'This sale is too large to record as one. Take out some of it and sell that separately. Nothing was recorded.',
        )
      case 'empty-cart':
        return t('There is nothing to pay: the cart is empty.')
      case 'not-paid':
        return t('{{remaining}} is still to be paid.', { remaining: money(refusal.remaining) })
      case 'points-short':
        return t('No more than {{count}} points can be used now. Nothing was taken.', { count: refusal.most })
      case 'value-short':
        return t(
          'No more than {{most}} of the code {{code}} can be used now. Take that payment back, and pay the rest otherwise. Nothing was recorded.',
          { most: money(refusal.most), code: valueCodeText(refusal.valueCode) },
        )
      case 'not-enrolled':
        return t(
          'This browser is not a till any more, so nothing was recorded. Do not hand over the goods yet.',
        )
      case 'may-not-sell':
        return t('Your role does not sell. Ask a colleague to sign in.')
      case 'cart-changed':
        return t(
          'The sale was changed or paid in another window. Nothing was recorded twice. Check the cart, then go on.',
        )
      case 'total-changed':
        return t('A price rule changed just now: the total is {{total}}. Nothing was recorded yet.', {
          total: money(refusal.total),
        })
      case 'tax-code-unknown':
        return t(
          'The tax code {{taxCode}} is not known here. Remove its product to go on. Nothing was recorded.',
          {
            taxCode: refusal.taxCode,
          },
        )
      case 'not-valid':
        return t(
          'This sale cannot be recorded ({{field}}). Nothing was recorded: change the cart and try again.',
          {
            field: refusal.fields.map(({ path, message }) => `${path} ${message}`).join('; '),
          },
        )
      case 'not-stored':
        return refusal.cause === 'storage-full'
          ? t(
              'This device is out of space, so the sale is not recorded. Free some space, then complete the sale again.',
            )
          : t('This device could not save the sale, so it is not recorded. Complete the sale again.')
    }
  }
}
