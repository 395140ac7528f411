import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { IconCash, IconCreditCard, IconGift, IconNfc, IconQrcode, IconStar } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import classes from './pay.module.css'

const ICONS = {
  cash: IconCash,
  card: IconCreditCard,
  nets: IconNfc,
  paynow: IconQrcode,
  points: IconStar,
  'gift-card': IconGift,
  voucher: IconGift,
  'store-credit': IconGift,
} as const

export interface MethodButtonProps {
  readonly method: Pick<PaymentMethodRow, 'kind' | 'name'>
  /** What it will take, minor units; only its code says, of stored value. */
  readonly amount: number | undefined
  /** How many points that is, of a method that takes points. */
  readonly points?: number | undefined
  /** What goes back of it, minor units: said instead of the amount, which stands where it was typed. */
  readonly change?: number
  readonly onClick: () => void
}

export function MethodButton({ method, amount, points, change = 0, onClick }: MethodButtonProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const id = useId()
  const Icon = ICONS[method.kind]
  return (
    <button
      type="button"
      className={classes.method}
      aria-labelledby={`${id}name`}
      aria-describedby={`${id}amount`}
      onClick={onClick}
    >
      <Icon aria-hidden size={28} stroke={1.75} />
      <span id={`${id}name`} className={classes.methodName}>
        {points === undefined ? method.name : t('Use {{count}} points', { count: points })}
      </span>
      <span id={`${id}amount`} className={classes.methodAmount} data-change={change > 0}>
        {amount === undefined ? (
          t('by its code')
        ) : change > 0 ? (
          t('Change {{amount}}', { amount: money(change) })
        ) : (
          <Money amount={amount} />
        )}
      </span>
    </button>
  )
}
