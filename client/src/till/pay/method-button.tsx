import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { IconCash, IconCreditCard, IconNfc, IconQrcode } from '@tabler/icons-react'
import { useId } from 'react'
import { Money } from '../../app/money.tsx'
import classes from './pay.module.css'

const ICONS = { cash: IconCash, card: IconCreditCard, nets: IconNfc, paynow: IconQrcode } as const

export interface MethodButtonProps {
  readonly method: PaymentMethodRow
  /** What it will take, minor units. */
  readonly amount: number
  readonly onClick: () => void
}

export function MethodButton({ method, amount, onClick }: MethodButtonProps) {
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
        {method.name}
      </span>
      <span id={`${id}amount`} className={classes.methodAmount}>
        <Money amount={amount} />
      </span>
    </button>
  )
}
