import { valueCodeText } from '@evertill/shared/domain/stored-value'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import type { NotAllowed } from '../../store/permit.ts'
import type { BuyerRefusal } from '../../store/record-buyer.ts'
import type { EmailRefusal } from '../../store/record-email.ts'
import type { EntryRefusal } from '../../store/record-entry.ts'
import type { ExchangeNotRecorded } from '../../store/record-exchange.ts'
import type { RefundNotRecorded } from '../../store/record-refund.ts'
import type { DrawerRefusal } from '../../store/record-shift.ts'

export type NotRecorded =
  | EntryRefusal
  | NotAllowed
  | RefundNotRecorded
  | ExchangeNotRecorded
  | DrawerRefusal
  | EmailRefusal
  | BuyerRefusal

/** Why nothing was recorded: what happened, what it means for the money, what to do. */
export function useRecordWords(): (refusal: NotRecorded) => string {
  const { t } = useTranslation()
  const money = useMoneyText()
  return (refusal) => {
    switch (refusal.code) {
      case 'nothing-picked':
        return t('Choose what comes back first.')
      case 'unknown-line':
      case 'unknown-sale':
        return t('This till has no such sale. Nothing was paid back.')
      case 'unknown-paper':
        return t('This till has no such receipt.')
      case 'no-buyer':
        return t('A receipt for a business needs its name and address. Nothing was changed.')
      case 'too-many-emails':
        return t('This receipt went to {{count}} addresses already. Print it, or show it as a QR code.', {
          count: refusal.most,
        })
      case 'over-refund':
        return t('Only {{left}} of that line can still come back. Nothing was paid back yet.', {
          left: quantityText(refusal.left),
        })
      case 'already-refunded':
        return t('Some of this sale came back before. Refund what is left of it instead.')
      case 'value-spent':
        return t(
          'Some of what this sale put on {{code}} was spent: {{left}} is left. Nothing was paid back. Ask head office.',
          { code: refusal.valueCode, left: money(refusal.left) },
        )
      case 'exchange-being-paid':
        return t(
          'Payments were taken to exchange something of it. Finish that exchange, or give them back, first. Nothing was paid back.',
        )
      case 'another-day':
        return t('This sale is of another business day. Refund it instead.')
      case 'cart-changed':
        return t(
          'The sale was changed or paid in another window. Nothing was recorded twice. Check the cart, then go on.',
        )
      case 'empty-cart':
        return t('Choose what goes out first.')
      case 'not-paid':
        return t('{{remaining}} is not paid yet. Nothing was recorded.', {
          remaining: money(refusal.remaining),
        })
      case 'over-paid':
        return t('{{excess}} too much was taken. Nothing was recorded.', { excess: money(refusal.excess) })
      case 'tax-code-unknown':
        return t('The tax code {{taxCode}} is not known here. Nothing was recorded. Tell head office.', {
          taxCode: refusal.taxCode,
        })
      case 'part-of-exchange':
        return t('This sale is one half of an exchange. Refund it instead.')
      case 'too-late':
        return t('A sale can be voided for {{count}} minutes. Refund it instead.', { count: refusal.minutes })
      case 'no-way-back':
        return t('{{remaining}} cannot go back the way it was paid. Choose cash.', {
          remaining: money(refusal.remaining),
        })
      case 'too-large':
        return t('This is too large to record as one. Split it. Nothing was recorded.')
      case 'total-changed':
        return t(
          'Something else of this sale came back just now: it would be {{total}}. Nothing was paid back yet.',
          { total: money(refusal.total) },
        )
      case 'price-changed':
        return t('A price rule changed just now: the total is {{total}}. Nothing was recorded yet.', {
          total: money(refusal.total),
        })
      case 'points-short':
        return t('No more than {{count}} points can be used now. Nothing was taken.', { count: refusal.most })
      case 'value-short':
        return t(
          'No more than {{most}} of the code {{code}} can be used now. Take that payment back, and pay the rest otherwise. Nothing was recorded.',
          { most: money(refusal.most), code: valueCodeText(refusal.valueCode) },
        )
      case 'ways-changed':
        return t(
          'Some of this sale was paid back in another window just now. Nothing was paid back yet. Check how it goes back, then try again.',
        )
      case 'shift-open':
        return t('A shift is open already on this till.')
      case 'reason-wanted':
        return refusal.variance > 0
          ? t('{{amount}} too much was counted. Count again, or say why. The shift is still open.', {
              amount: money(refusal.variance),
            })
          : t('{{amount}} too little was counted. Count again, or say why. The shift is still open.', {
              amount: money(-refusal.variance),
            })
      case 'drawer-differs':
        return refusal.variance > 0
          ? t('{{amount}} too much was counted. Count again, or close with it. The shift is still open.', {
              amount: money(refusal.variance),
            })
          : t('{{amount}} too little was counted. Count again, or close with it. The shift is still open.', {
              amount: money(-refusal.variance),
            })
      case 'more-than-expected':
        return t('There should be less than that in the drawer. Check the amount. Nothing was recorded.')
      case 'money-on-counter':
        return t(
          'Payments were taken for a sale or an exchange that is not finished. Finish it, or give them back, first. The shift is still open.',
        )
      case 'no-shift':
        return t('No shift is open on this till any more.')
      case 'not-allowed':
        return t('Your role does not do this. Nothing was recorded. Ask a supervisor.')
      case 'not-enrolled':
        return t('This browser is not a till any more, so nothing was recorded.')
      case 'not-valid':
        return t('This cannot be recorded ({{field}}). Nothing was recorded.', {
          field: refusal.fields.map(({ path, message }) => `${path} ${message}`).join('; '),
        })
      case 'not-stored':
        return refusal.cause === 'storage-full'
          ? t('This device is out of space, so nothing was recorded. Free some space, then try again.')
          : t('This device could not save it, so nothing was recorded. Try again.')
    }
  }
}
